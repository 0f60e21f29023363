package edit

import (
	"slices"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/near"
	"fixlab/lab/script"
)

// A Suggestion is what could stand at a place in a text.
type Suggestion struct {
	Text string // it ends with a blank where something must follow
	Hint string // a few words, "" when Text says it all
}

// mostSuggestions is how many there are at one place.
const mostSuggestions = 12

// Complete returns what could stand at the byte offset at of a scenario file, at most
// twelve suggestions: those that what stands there begins, and then those that are near
// it. They are for the text from the offset from to at.
func Complete(text string, at int, words Words) (from int, list []Suggestion) {
	c := placed(text, at, words)
	return c.from, c.list
}

// Apply puts a suggestion of Complete into the text, and returns it with the offset
// after the suggestion. What of the suggestion stands behind the cursor already, as in
// the middle of a word, is not put twice.
func Apply(text string, at int, s Suggestion) (string, int) {
	at = boundary(text, at)
	from := placed(text, at, Words{}).from
	put, typed, rest := s.Text, text[from:at], text[at:]
	n := 0
	if begins(put, typed) {
		for left := put[len(typed):]; n < len(left) && n < len(rest) && left[n] == rest[n]; {
			n++
		}
	}
	if n = boundary(rest, n); strings.HasSuffix(put, " ") && strings.HasPrefix(rest[n:], " ") && !strings.HasSuffix(rest[:n], " ") {
		n++ // one blank is enough
	}
	return text[:from] + put + rest[n:], from + len(put)
}

// begins reports whether text begins with what is typed, in large or small letters.
func begins(text, typed string) bool {
	n := len(typed)
	return len(text) >= n && boundary(text, n) == n && strings.EqualFold(text[:n], typed)
}

// A place is where the cursor stands.
type place struct {
	Words
	reader
	told
	typed string // the line up to the cursor
	start int    // of the line, in the text
	from  int    // of the word to complete, in the text
	list  []Suggestion
}

// placed reads the text up to the cursor, and the rest of the header, once.
func placed(text string, at int, known Words) *place {
	c := &place{Words: known, told: *newTold(known)}
	at = boundary(text, at)
	if strings.HasPrefix(text, mark) && at >= len(mark) {
		c.start = len(mark)
	}
	for {
		end := strings.IndexByte(text[c.start:at], '\n')
		if end < 0 {
			break
		}
		line := strings.TrimSuffix(text[c.start:c.start+end], "\r")
		c.start += end + 1
		if c.read(line) == inSteps && !strings.HasPrefix(line, "#") {
			c.hear(newStep(line).words, false)
		}
	}
	c.typed, c.from = text[c.start:at], at
	c.work += len(c.typed)
	in := c.part
	if in == inHeader {
		c.restOfHeader(text[at:])
		if first, _, ok := strings.Cut(c.typed, " "); ok && slices.Contains(script.Actors, first) {
			in = inSteps
		}
	}
	switch {
	case strings.HasPrefix(c.typed, "-") && (in != inHeader || c.begun):
		c.offer(c.typed, sections())
	case in == inHeader:
		c.header()
	case in == inSteps && !strings.HasPrefix(c.typed, "#"):
		c.step()
	case in == inSection && c.section == "want":
		c.want()
	case in == inSection:
		c.course()
	}
	return c
}

// restOfHeader notes the keys of the header below the cursor's line.
func (c *place) restOfHeader(rest string) {
	below := c.reader
	_, rest, _ = strings.Cut(rest, "\n")
	for below.begun = true; below.part == inHeader && rest != ""; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		below.read(strings.TrimSuffix(line, "\r"))
	}
	c.keys, c.work = below.keys, below.work
}

// offer has the list be those of all that fit what is typed of a word.
func (c *place) offer(typed string, all ...[]Suggestion) {
	c.from -= len(typed)
	var others []Suggestion
	for _, list := range all {
		for _, s := range list {
			c.work++
			switch {
			case begins(s.Text, typed):
				c.list = append(c.list, s)
			case len(others) < mostNear && len(typed) > 2:
				others = append(others, s)
			}
			if len(c.list) == mostSuggestions {
				return
			}
		}
	}
	if len(typed) == 3 && len(c.list) > 0 {
		return // three letters are near to much
	}
	for _, s := range others {
		if near.Match(typed, []string{strings.TrimRight(s.Text, " :=")}) != nil && len(c.list) < mostSuggestions {
			c.list = append(c.list, s)
		}
	}
}

// header completes a line of the header.
func (c *place) header() {
	key, value, ok := strings.Cut(c.typed, ":")
	if !ok {
		var keys []Suggestion
		for _, k := range script.Keys {
			if !c.keys[k.Name] {
				keys = append(keys, Suggestion{k.Name + ": ", k.Args + ": " + k.Does})
			}
		}
		c.offer(c.typed, keys)
		return
	}
	value = strings.TrimLeft(value, " \t")
	switch key {
	case "profile":
		c.offer(value, profiles())
	case "route":
		c.offer(value, fragments(c.Routes))
	case "token":
		c.offer(value, fragments(c.Tokens))
	case "jar":
		c.offer(value, plain([]string{"fresh", "visited"}, ""))
	case "browser":
		c.offer(value, plain(script.Browsers, ""))
	case "on":
		c.switches(value)
	}
}

// switches completes the last of several switches.
func (c *place) switches(typed string, more ...Suggestion) {
	i := strings.LastIndexByte(typed, '+') + 1
	all := switches()
	if i > 0 && i < 1000 {
		if on, err := defence.Parse(typed[:i-1]); err == nil {
			out := on | on.Rivals()
			all = slices.DeleteFunc(all, func(s Suggestion) bool { d, err := defence.Parse(s.Text); return err == nil && out.Has(d) })
		}
	}
	if i > 0 {
		more = nil
	}
	c.offer(typed[i:], more, all)
}

// row completes the first column of a want table.
func (c *place) row(typed string) {
	if i := strings.IndexByte(typed, '@'); i >= 0 {
		i = max(i, strings.LastIndexByte(typed, '+'))
		c.offer(typed[i+1:], c.setups())
		return
	}
	c.switches(typed, Suggestion{"none", "the lesson as it stands"})
}

// want completes a row of the want table.
func (c *place) want() {
	typed, n := c.lastWord()
	switch n {
	case 0:
		c.row(typed)
	case 1:
		c.offer(typed, outcomes())
	case 2:
		c.offer(typed, c.held())
	}
}

// held are the variables that may hold the key of a hijack.
func (c *place) held() (list []Suggestion) {
	for i := len(c.names) - 1; i >= 0 && len(list) < mostNear; i-- {
		list = append(list, Suggestion{Text: "$" + c.names[i]})
	}
	return append(list, Suggestion{"*", "any session key"})
}

// lastWord returns what is typed of the last word of the line, and how many words stand
// before it.
func (c *place) lastWord() (typed string, before int) {
	all := words(c.typed)
	if n := len(all); n > 0 && all[n-1].to == len(c.typed) {
		return c.typed[all[n-1].from:], n - 1
	}
	return "", len(all)
}

// course completes a line of a section of "key: value".
func (c *place) course() {
	i := slices.IndexFunc(script.Sections, func(s script.Section) bool { return s.Name == c.section })
	if i < 0 {
		return
	}
	key, value, ok := strings.Cut(c.typed, ": ")
	if !ok {
		var keys []Suggestion
		for _, k := range script.Sections[i].Keys {
			if k.Many() || !c.keys[k.Name] {
				keys = append(keys, Suggestion{k.Name + ": ", k.Args + ": " + k.Does})
			}
		}
		if word, ok := strings.CutPrefix(c.typed, "why "); ok && c.section == "stop" {
			c.offer(word, outcomes())
			return
		}
		c.offer(c.typed, keys)
		return
	}
	value = strings.TrimLeft(value, " ")
	switch {
	case key == "run" || key == "card" && !strings.Contains(value, "|"):
		c.row(value)
	case key == "own":
		c.offer(value, plain([]string{"frameworks"}, ""))
	case key == "term":
		c.offer(value, plain(c.Terms, ""))
	}
}
