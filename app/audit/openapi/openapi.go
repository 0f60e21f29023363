//go:build !wasm

// Package openapi opens an OpenAPI document, and the files that it refers to, for
// lab/audit/contract. x-session.md describes the extension by which a document says what
// becomes of a session.
//
// The document is read over its bare YAML and not with an OpenAPI library, so that the page
// and the command read alike, every value keeps its line, and what is of a wrong type is an
// error with a line.
package openapi

import (
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"fixlab/app/audit/yaml"
	"fixlab/lab/audit/contract"
	"fixlab/lab/audit/tree"
)

// Most is how long a file may be, in bytes, and Files how many of them a document may
// consist of.
const (
	Most  = 16 << 20
	Files = 200
)

// Load reads the document in a file, of YAML or, where the name ends with .json, of JSON. It
// opens files that the document refers to if they are below its folder, and nothing else:
// no other file, no link that leads out of the folder, nothing over a network. Errors name
// the file and the line.
func Load(file string) (contract.Document, error) {
	folder, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return contract.Document{}, err
	}
	defer folder.Close()
	f := files{folder: folder, at: filepath.Dir(file), read: map[string]*tree.Node{}}
	root, err := f.open(file, filepath.Base(file))
	if err != nil {
		return contract.Document{}, err
	}
	return contract.Read(root, func(from, name string) (*tree.Node, error) {
		inside, err := filepath.Rel(f.at, from)
		if err != nil {
			return nil, err
		}
		to := path.Join(path.Dir(filepath.ToSlash(inside)), name)
		if path.IsAbs(name) || to == ".." || strings.HasPrefix(to, "../") {
			return nil, fmt.Errorf("%q is not opened: only files below the folder of the document are", name)
		}
		return f.open(filepath.Join(f.at, to), to)
	})
}

// files are what was opened below a folder.
type files struct {
	folder *os.Root
	at     string // its name, as the document's name has it
	read   map[string]*tree.Node
}

// open reads a file once. shown is what errors and findings call it.
func (f *files) open(shown, inside string) (*tree.Node, error) {
	if n := f.read[inside]; n != nil {
		return n, nil
	}
	if len(f.read) == Files {
		return nil, fmt.Errorf("the document consists of more than %d files", Files)
	}
	info, err := f.folder.Stat(inside)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file", shown)
	}
	file, err := f.folder.Open(inside)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, Most+1))
	switch {
	case err != nil:
		return nil, err
	case len(text) > Most:
		return nil, fmt.Errorf("%s is longer than %d bytes", shown, Most)
	}
	var n *tree.Node
	if strings.EqualFold(filepath.Ext(inside), ".json") {
		n, err = tree.JSON(shown, string(text))
	} else {
		n, err = yaml.Read(shown, text)
	}
	if err != nil {
		return nil, err
	}
	f.read[inside] = n
	return n, nil
}
