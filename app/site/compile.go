package site

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Load compiles the page of the module that dir lies in and reads what belongs
// to it. It leaves Base and Lesson to the caller.
func Load(dir string) (Source, error) {
	mod, err := goTool(dir, nil, "env", "GOMOD")
	if err != nil {
		return Source{}, err
	}
	if mod == "" || mod == os.DevNull {
		return Source{}, fmt.Errorf("no go.mod in %s or above it: run it in the project's folder", dir)
	}
	root := filepath.Dir(mod)
	s := Source{Web: os.DirFS(filepath.Join(root, "web"))}
	if s.Go, err = goTool(root, nil, "env", "GOVERSION"); err != nil {
		return Source{}, err
	}
	if s.Licences, err = licences(root, "./app", s.Go); err != nil {
		return Source{}, err
	}
	if s.WASM, s.Reductions, err = compact(root, "slim"); err != nil {
		return Source{}, err
	}
	if s.Whole, _, err = compact(root, ""); err != nil {
		return Source{}, err
	}
	s.WASMExec, err = WASMExec(root)
	return s, err
}

// compact returns the page compiled with the build tags, as small as can be, and in one line
// which reductions applied.
func compact(root, tags string) (wasm []byte, said string, err error) {
	wasm, said, unpacks, err := compile(root, tags)
	if err != nil {
		return nil, "", err
	}
	dropped, packed := 0, false
	wasm, err = joinSegments(wasm, func(data segment) {
		t, ok := readTable(data.data)
		if !ok {
			return
		}
		dropped = t.dropLines(hasLines)
		t.dropUnread()
		t.shortenNames()
		t.dropNames(named)
		packed = unpacks && t.pack() && dropBuckets(data)
	})
	if err != nil {
		return nil, "", err
	}
	said += fmt.Sprintf(", %d functions have no lines", dropped)
	if packed {
		said += ", their table is packed"
	}
	return wasm, said, err
}

// hasLines reports whether the lab shows the lines of a function: those of its
// servers.
func hasLines(name string) bool { return strings.HasPrefix(name, "fixlab/lab/server") }

// named reports whether a stack trace names a function: the lab's and those of the
// libraries, not the standard library's and those that the compiler adds.
func named(name string) bool {
	first, _, below := strings.Cut(name, "/")
	return first == "fixlab" || strings.HasPrefix(name, "main.") ||
		below && strings.Contains(first, ".") && !strings.Contains(first, ":") // not "type:.eq.fixlab/lab.Frame"
}

// The packages whose functions are inlined.
var (
	// Those of maps and strings weigh 8 KB and make long sums an eighth faster.
	smallest = []string{"internal/abi", "internal/bytealg", "internal/byteorder", "internal/chacha8rand", "internal/runtime/...", "internal/stringslite", "strings"}

	// Of these the page links little but their variables. With errors.New and
	// godebug.New inlined most are data, and need no code that makes them: 9 KB.
	constant = []string{"errors", "internal/godebug", "bufio", "crypto/tls", "crypto/x509", "internal/oserror", "internal/poll", "io", "io/fs", "mime", "mime/multipart",
		"net", "net/http", "net/http/internal", "net/http/internal/httpcommon", "net/textproto", "vendor/golang.org/x/net/dns/dnsmessage", "vendor/golang.org/x/net/http2/hpack"}
)

// compile compiles the page, and says in one line which reductions applied. The go
// command refuses to replace sources of a toolchain that it has fetched itself, and a
// release of Go to come may not compile with them: the page is then built without them.
// It reports whether the runtime unpacks its table of functions.
func compile(root, tags string) (wasm []byte, said string, unpacks bool, err error) {
	modfile, err := leanModfile(root)
	if err != nil {
		return nil, "", false, err
	}
	// Functions are not inlined: that takes a tenth off the download and costs no
	// time that shows.
	flags := []string{"-modfile=" + modfile, "-tags=" + tags, "-gcflags=all=-l"}
	for _, pkg := range slices.Concat(smallest, constant) {
		flags = append(flags, "-gcflags="+pkg+"=")
	}
	total := len(reductions) + len(unpacking)
	list, applied, unpacks, err := overlay(root, tags)
	if err != nil {
		return nil, "", false, err
	}
	wasm, patched := Compile(root, "./app", append(flags, "-overlay="+list)...)
	if patched == nil {
		return wasm, fmt.Sprintf("%d of %d reductions applied", applied, total), unpacks, nil
	}
	if wasm, err = Compile(root, "./app", flags...); err != nil {
		return nil, "", false, err // no fault of the reductions
	}
	why := strings.Join(strings.Fields(patched.Error()), " ")
	return wasm, fmt.Sprintf("0 of %d reductions applied, the page is larger: %s", total, why), false, nil
}

// Compile returns the package pkg of the module at root as wasm for a browser.
// The bytes depend on the sources and the toolchain only: not on the folder,
// the time, the version control or the caller's GOFLAGS.
func Compile(root, pkg string, flags ...string) ([]byte, error) {
	tmp, err := os.MkdirTemp("", "fixlab-wasm-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	out := filepath.Join(tmp, "app.wasm")
	env := []string{"GOOS=js", "GOARCH=wasm", "GOWASM=", "GOFLAGS=", "GOWORK=off"}
	args := append([]string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", out}, flags...)
	if _, err := goTool(root, env, append(args, pkg)...); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

// WASMExec returns wasm_exec.js of the toolchain that Compile uses: the two
// must be of one release.
func WASMExec(root string) ([]byte, error) {
	goroot, err := goTool(root, nil, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(goroot, "lib", "wasm", "wasm_exec.js"))
}

// goTool runs the go command in dir and returns what it prints.
func goTool(dir string, env []string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, errs.Bytes())
	}
	return strings.TrimSpace(string(out)), nil
}
