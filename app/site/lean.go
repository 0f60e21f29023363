package site

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// goApp is the library that the wasm is built with. Its router is the one place
// that uses package regexp, and costs more than 100 KB compressed; the wasm is
// built with a copy in which the router is another, and which has no ciphers. The
// copy lies in cache, and go.mod does not know of it.
const goApp = "github.com/maxence-charriere/go-app/v10"

const cache = ".cache"

//go:embed lean/route.go.txt
var leanRouter []byte

//go:embed lean/crypto.go.txt
var leanCrypto []byte

// leanModfile returns the path, from root, of a go.mod that replaces go-app by
// the copy. The names depend on what is in the copy only, because the binary
// holds them.
func leanModfile(root string) (string, error) {
	out, err := goTool(root, nil, "mod", "download", "-json", goApp)
	if err != nil {
		return "", err
	}
	var module struct{ Dir, Sum string }
	if err := json.Unmarshal([]byte(out), &module); err != nil || module.Dir == "" {
		return "", fmt.Errorf("go mod download %s: %q", goApp, out)
	}
	h := sha256.Sum256(slices.Concat([]byte(module.Sum), leanRouter, leanCrypto))
	dir := filepath.Join(cache, "go-app-"+hex.EncodeToString(h[:6]))
	if err := copyLean(module.Dir, filepath.Join(root, dir)); err != nil {
		return "", err
	}

	modfile := dir + ".mod"
	for from, to := range map[string]string{"go.mod": modfile, "go.sum": dir + ".sum"} {
		text, err := os.ReadFile(filepath.Join(root, from))
		if err != nil {
			return "", err
		}
		if to == modfile {
			text = fmt.Appendf(text, "\nreplace %s => ./%s\n", goApp, filepath.ToSlash(dir))
		}
		if err := replaceFile(filepath.Join(root, to), text); err != nil {
			return "", err
		}
	}
	return modfile, nil
}

// copyLean copies the module at from to a new folder, with our files in it. A folder
// that is there already is complete: it gets its name last.
func copyLean(from, to string) error {
	if _, err := os.Stat(to); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(to), "copy-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	err = filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		source := strings.HasPrefix(name, "pkg"+string(filepath.Separator)) && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")
		switch {
		case d.IsDir() && d.Name() == "docs":
			return filepath.SkipDir
		case d.IsDir() || !source && name != "go.mod":
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		switch filepath.ToSlash(name) {
		case "pkg/app/route.go":
			text = leanRouter
		case "pkg/app/crypto.go":
			text = leanCrypto
		}
		if err := os.MkdirAll(filepath.Join(tmp, filepath.Dir(name)), 0o755); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(tmp, name), text, 0o644)
	})
	if err != nil {
		return err
	}
	if err := os.Rename(tmp, to); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// replaceFile writes a file in one go, so that two builds at once do not read
// half of it.
func replaceFile(name string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), "file-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(text); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
