//go:build !wasm

package report

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"
)

// A Place is a line of a file of the repository.
type Place struct {
	File string // as RepositoryFile returns it
	Line int    // from 1; less is taken for 1
}

// Places says where the result of a check belongs, by the check's ID. Code scanning shows
// a result only at a file of the repository, never at a URL.
type Places func(check string) Place

// RepositoryFile returns the address that a SARIF result has for a file of the repository
// whose folder is root: relative, with slashes, percent-encoded, never empty. It is an
// error if the file is not in the repository.
func RepositoryFile(root, name string) (string, error) {
	if name == "" {
		return "", errors.New("code scanning shows a result only at a file of the repository: name one, such as the configuration or the OpenAPI document")
	}
	if i := strings.Index(name, "://"); i > 0 {
		return "", fmt.Errorf("code scanning shows a result only at a file of the repository, and %q is a URL", name)
	}
	inside := filepath.ToSlash(name)
	if filepath.IsAbs(name) {
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return "", fmt.Errorf("%s is not below the repository: %w", name, err)
		}
		inside = filepath.ToSlash(rel)
	}
	inside = strings.TrimLeft(path.Clean(inside), "/")
	if inside == "" || inside == "." || inside == ".." || strings.HasPrefix(inside, "../") {
		return "", fmt.Errorf("%q is no file below the repository’s folder", name)
	}
	return (&url.URL{Path: inside}).String(), nil
}

// uri returns what p has for a SARIF result, or why code scanning would refuse it.
func (p Place) uri() (string, error) {
	u, err := url.Parse(p.File)
	switch {
	case err != nil:
		return "", err
	case p.File == "" || u.Path == "":
		return "", errors.New("sarif: a result needs a file of the repository")
	case u.Scheme != "" || u.Host != "" || strings.HasPrefix(p.File, "/") || strings.HasPrefix(path.Clean(u.Path), ".."):
		return "", fmt.Errorf("sarif: %q is no file of the repository, by a path from its folder", p.File)
	}
	return p.File, nil
}
