package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"regexp"
)

// A shell is a page of the site whose parts are swapped for others.
type shell struct {
	site       map[string][]byte
	name, page string
	fault      error // the first
}

func (s *shell) wrong(format string, args ...any) {
	if s.fault == nil {
		s.fault = fmt.Errorf(s.name+": "+format, args...)
	}
}

// swap replaces what tag finds, which must stand there once; with is given its groups.
func (s *shell) swap(tag *regexp.Regexp, with func(groups []string) string) {
	found := tag.FindAllStringIndex(s.page, -1)
	if len(found) != 1 {
		s.wrong("%s stands in it %d times, want 1", tag, len(found))
		return
	}
	s.page = s.page[:found[0][0]] + with(tag.FindStringSubmatch(s.page)) + s.page[found[0][1]:]
}

// file returns a file of the site.
func (s *shell) file(name string) []byte {
	b, ok := s.site[name]
	if !ok {
		s.wrong("the site has no %s", name)
	}
	return b
}

// icon is the link to the icon, which stands inside it.
func (s *shell) icon() string {
	return `<link rel="icon" type="image/svg+xml" href="data:image/svg+xml;base64,` + base64.StdEncoding.EncodeToString(s.file("icon.svg")) + `">`
}

// never says that a text may not stand in what is put inline.
func (s *shell) never(text string, parts ...[]byte) {
	for _, part := range parts {
		if bytes.Contains(bytes.ToLower(part), []byte(text)) {
			s.wrong("what stands inline holds %s", text)
		}
	}
}

// hashOf returns the hash of an inline script or style as a policy has it.
func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
