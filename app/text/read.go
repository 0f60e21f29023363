package text

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
)

// An Entry is one text of a file.
type Entry struct {
	Key  string
	Text string // as it is written, with its placeholders
	Sum  string // of the English text that a translation was made from, "" in English
	Line int    // of the file
}

// A Catalogue is the texts of one language.
type Catalogue struct {
	Name    string
	Entries []Entry // in the order of the file

	plural   rule
	index    map[string]int // of Entries by key
	fallback *Catalogue     // that has what this one lacks, or nil
}

// raw returns the text of a key as it is written.
func (c *Catalogue) raw(key string) (text string, of *Catalogue, ok bool) {
	if i, ok := c.index[key]; ok {
		return c.Entries[i].Text, c, true
	}
	if c.fallback != nil {
		return c.fallback.raw(key)
	}
	return "", nil, false
}

// Get returns the entry of a key.
func (c *Catalogue) Get(key string) (Entry, bool) {
	i, ok := c.index[key]
	if !ok {
		return Entry{}, false
	}
	return c.Entries[i], true
}

// Read reads a file of texts. It returns all that it could read, and every fault,
// each with its line: "name:12: …".
func Read(name, file string) (*Catalogue, error) {
	c := &Catalogue{Name: name, plural: english, index: make(map[string]int, strings.Count(file, " = "))}
	var faults []error
	n, lost := 0, false // lost: the entry above has a fault
	for line := range strings.SplitSeq(file, "\n") {
		n++
		fault := func(format string, args ...any) {
			faults = append(faults, fmt.Errorf("%s:%d: "+format, append([]any{name, n}, args...)...))
			lost = true
		}
		text := strings.TrimSpace(line)
		switch {
		case text == "" || text[0] == '#':
			continue
		case line[0] == ' ' || line[0] == '\t': // the text above goes on
			switch {
			case lost:
			case len(c.Entries) == 0:
				fault("an indented line continues a text, and there is none above it")
			default:
				e := &c.Entries[len(c.Entries)-1]
				e.Text = strings.TrimSpace(e.Text + " " + text)
			}
			continue
		}
		lost = false
		left, right, ok := strings.Cut(text, "=")
		if head, value, is := strings.Cut(left, ":"); is { // a header line
			if ok {
				value += "=" + right
			}
			var err error
			switch {
			case head != "plural":
				fault("unknown header %q; the header is plural", head)
			case len(c.Entries) > 0:
				fault("the header %q stands above the first text", head)
			default:
				if c.plural, err = parseRule(strings.TrimSpace(value)); err != nil {
					c.plural = english
					fault("%v", err)
				}
			}
			continue
		}
		key, sum, _ := strings.Cut(strings.TrimSpace(left), " @")
		first, twice := c.index[key]
		switch {
		case !ok:
			fault("want \"key = text\", got %q", text)
		case !isKey(key):
			fault("%q is no key: small letters, digits, dots and hyphens", key)
		case twice:
			fault("the key %s is in line %d already", key, c.Entries[first].Line)
		default:
			c.index[key] = len(c.Entries)
			c.Entries = append(c.Entries, Entry{key, strings.TrimSpace(right), sum, n})
		}
	}
	return c, errors.Join(faults...)
}

func isKey(s string) bool {
	for _, r := range s {
		if !(r == '.' || r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z') {
			return false
		}
	}
	return s != ""
}

// Sum stands for an English text in the entry of its translation, six hex digits:
// when it is another, the text has changed since.
func Sum(text string) string {
	h := fnv.New32a()
	h.Write([]byte(text))
	return fmt.Sprintf("%06x", h.Sum32()&0xffffff)
}
