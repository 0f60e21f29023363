package site

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A licensed is a part of the site with the folder that holds its licence.
type licensed struct{ name, dir string }

// The names of a licence, without which nothing may be passed on, and of all files
// that belong to it.
var (
	licence = regexp.MustCompile(`(?i)^(un)?(licen[cs]e|copying)([-.].*)?$`)
	legal   = regexp.MustCompile(`(?i)^((un)?(licen[cs]e|copying)|notice|patents)([-.].*)?$`)
)

// licences returns the licences of the module at root, of Go, whose runtime and
// wasm_exec.js the site contains, and of every module that the package pkg is
// built from as wasm.
func licences(root, pkg, release string) ([]byte, error) {
	goroot, err := goTool(root, nil, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	env := []string{"GOOS=js", "GOARCH=wasm", "GOWASM=", "GOFLAGS=", "GOWORK=off"}
	list, err := goTool(root, env, "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", pkg)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(goroot, "LICENSE")); err != nil {
		// Distributions keep it elsewhere; what Go has vendored carries the same text.
		goroot = filepath.Join(goroot, "src", "vendor", "golang.org", "x", "net")
	}
	parts := []licensed{{title, root}, {"Go, its standard library and runtime, " + release, goroot}}
	lines := strings.Split(list, "\n")
	slices.Sort(lines)
	for _, line := range slices.Compact(lines) {
		if name, dir, ok := strings.Cut(line, "\t"); ok {
			parts = append(parts, licensed{name, dir})
		}
	}
	return gather(parts)
}

// gather returns the licences of the parts, in their order, each below its part's
// name. A part without one is an error.
func gather(parts []licensed) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("What this site contains, and the licences of each part.\n")
	for _, p := range parts {
		entries, err := os.ReadDir(p.dir)
		if err != nil {
			return nil, fmt.Errorf("the licence of %s: %w", p.name, err)
		}
		fmt.Fprintf(&out, "\n\n==== %s ====\n", p.name)
		found := false
		for _, e := range entries { // sorted by name
			if e.IsDir() || !legal.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
				continue
			}
			text, err := os.ReadFile(filepath.Join(p.dir, e.Name()))
			if err != nil {
				return nil, fmt.Errorf("the licence of %s: %w", p.name, err)
			}
			found = found || licence.MatchString(e.Name()) && len(bytes.TrimSpace(text)) > 0
			fmt.Fprintf(&out, "\n---- %s ----\n\n%s\n", e.Name(), bytes.TrimRight(text, "\n"))
		}
		if !found {
			return nil, fmt.Errorf("%s has no licence file in %s: the site may not be passed on without one", p.name, p.dir)
		}
	}
	return out.Bytes(), nil
}
