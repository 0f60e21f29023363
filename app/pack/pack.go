// Package pack makes what a trainer takes along: the site, the lab as one file, a package
// for learning management systems, and papers. The same sources give the same bytes.
package pack

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
)

// Sums is the file of the pack that sha256sum -c checks; it is known by it.
const Sums = "SHA256SUMS"

// mostBytes bounds lab.html.
const mostBytes = 6_000_000

// Files returns the pack's files by name, in folders. site are those of the built site; web
// reads a file of the module's web folder.
func Files(site map[string][]byte, web func(name string) ([]byte, error)) (map[string][]byte, error) {
	links, err := web("alone.js")
	if err != nil {
		return nil, err
	}
	runtime, err := web("scorm.js")
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for name, b := range site {
		files["site/"+name] = b
	}
	if files["lab.html"], err = alone(site, "whole", links); err != nil {
		return nil, fmt.Errorf("lab.html: %w", err)
	}
	if n := len(files["lab.html"]); n > mostBytes {
		return nil, fmt.Errorf("lab.html has %d bytes, %d over its budget", n, n-mostBytes)
	}
	sco, err := alone(site, "app", runtime, links)
	if err != nil {
		return nil, fmt.Errorf("the page of the LMS package: %w", err)
	}
	if files["lab-scorm12.zip"], err = scorm(map[string][]byte{launch: sco}); err != nil {
		return nil, err
	}
	for _, name := range sheetNames(site) {
		if files[name], _, err = sheet(site, name); err != nil {
			return nil, err
		}
	}
	files["README.html"] = readme(site)
	var list bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256(files[name]), name)
	}
	files[Sums] = list.Bytes()
	return files, nil
}
