// Package edit helps somebody who writes a scenario file: it says what is wrong with a
// text, and what could stand at a place in it. Nothing is played for that.
package edit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fixlab/lab/event"
	"fixlab/lab/near"
	"fixlab/lab/script"
)

// A Fault is what is wrong with a line of a scenario file.
type Fault struct {
	Line     int    // from 1
	From, To int    // the bytes of the line: the word at fault where that can be told, else all of it
	Says     string // without file and line
}

const (
	mostFaults = 20
	mostNear   = 200 // how many words are looked through for a near one
)

// Faults returns what is wrong with a scenario file, at most twenty things: first what
// the parser says, beginning with the error of script.Parse, then the steps that are
// certain to end a run with an error and the names that there are not, whichever route and source of the value the learner
// chooses. Without words to choose from, little is certain after such a step.
func Faults(text string, words Words) []Fault {
	list, _ := faults(text, words)
	return list
}

// faults is Faults, and says how many bytes it has looked at besides the parser.
func faults(text string, words Words) (list []Fault, work int) {
	steps, mistakes := script.Mistakes(text, mostFaults)
	lines := strings.Split(text, "\n")
	wrong := map[int]bool{}
	for _, m := range mistakes {
		line := strings.TrimSuffix(lines[m.Line-1], "\r")
		wrong[m.Line] = true
		at := blamed(line, m.Err.Error())
		list = append(list, Fault{m.Line, at.from, at.to, m.Err.Error()})
	}
	if len(list) == mostFaults || len(text) > script.MostBytes {
		return list, 0
	}
	t, r := newTold(words), reader{}
	spoilt := false // the header
	for i, line := range lines {
		line = strings.TrimSuffix(line, "\r")
		if i == 0 && strings.HasPrefix(line, mark) {
			line = "   " + line[len(mark):] // as many bytes
		}
		in := r.read(line)
		isStep := len(steps) > 0 && steps[0].Line == i+1
		var at span
		var says string
		switch {
		case isStep:
			s := newStep(line)
			if at, says = t.fault(s); says == "" && !spoilt && !r.keys[s.words[1]] {
				at, says = words.wrongVerb(s)
			}
			t.hear(s.words, wrong[i+1])
			steps = steps[1:]
		case wrong[i+1] && in == inSteps:
			t.hear(newStep(line).words, true)
		case wrong[i+1]:
			spoilt = spoilt || in == inHeader
		case in == inHeader:
			at, says = words.wrongKey(line)
		case in == inSection && r.section == "want":
			at, says = words.wrongRow(line)
		}
		if says != "" {
			if list = append(list, Fault{i + 1, at.from, at.to, says}); len(list) == mostFaults {
				break
			}
		}
	}
	return list, r.work
}

// A step is a line of the steps, cut into words.
type step struct {
	line  string
	at    []span
	words []string
}

func newStep(line string) step {
	s := step{line: line, at: words(line)}
	for _, w := range s.at {
		s.words = append(s.words, line[w.from:w.to])
	}
	return s
}

// who returns whose step it is, and the browser it is done at.
func (s step) who() (who, at string) {
	who, at, ok := strings.Cut(s.words[0], "@")
	if !ok {
		at = who
	}
	return who, at
}

// fault returns what lets a run end at s, a step that the parser takes, and the word at
// fault; "" for nothing.
func (t *told) fault(s step) (at span, says string) {
	who, browser := s.who()
	for i, arg := range s.words[2:] {
		for _, u := range uses(arg) {
			if says := t.wrongUse(u, who); says != "" {
				from := s.at[i+2].from
				return span{from + u.from, from + u.to}, says
			}
		}
	}
	switch s.words[1] {
	case "get", "post", "serve":
		if says = t.wrongURL(s.words[1], s.words[2]); says != "" {
			return s.at[2], says
		}
		if s.words[1] == "serve" && s.words[3] == "Status:" {
			value := strings.Join(s.words[4:], " ")
			if n, err := strconv.Atoi(value); !strings.Contains(value, "$") && (err != nil || n < 200 || n > 599) {
				return span{s.at[3].from, s.at[len(s.at)-1].to}, fmt.Sprintf("%q is no status: want a number from 200 to 599", value)
			}
		}
	case "click", "submit":
		if _, ok := t.asked[browser]; !ok && !t.shown {
			return s.at[1], browser + " sees no page yet"
		}
	}
	return span{}, ""
}

// wrongUse returns what is wrong with a variable that who uses.
func (t *told) wrongUse(u use, who string) string {
	if u.name == "" {
		return "unknown variable \"$\": the name of one stands after it"
	}
	if isGiven(u.name) {
		return ""
	}
	by, name, ok := t.owner(u.name)
	switch {
	case !ok && t.open == 0:
		var all []string
		for _, s := range t.usable(who) {
			all = append(all, s.Text)
		}
		if hint := near.Hint("$"+u.name, all); hint != "" {
			return fmt.Sprintf("unknown variable %q%s", "$"+name, hint)
		}
		return fmt.Sprintf("unknown variable %q: name it with copy or let first", "$"+name)
	case ok && who == event.Mallory && by == event.Alice:
		return fmt.Sprintf("%q is alice's: mallory cannot know it", "$"+name)
	}
	return ""
}

// mark is the byte order mark with which a text may begin.
const mark = "\ufeff"

// hosts are those of every run.
var hosts = []string{event.ShopHost, event.BlogHost, event.EvilHost, event.NewsHost}

// wrongURL returns what is wrong with the address of a step.
func (t *told) wrongURL(verb, text string) string {
	before, _, variable := strings.Cut(text, "$")
	if variable {
		_, path, _ := strings.Cut(before, "://")
		if !strings.HasPrefix(before, "/") && !strings.ContainsAny(path, `/\?#`) {
			return "" // it is the host that the value says, or more
		}
		text = before
	}
	u, ok := addressOf(text)
	if !ok {
		return fmt.Sprintf("%q is not an http or https URL%s", text, near.Hint("/"+text, texts(paths)))
	}
	host := u.Hostname()
	switch {
	case verb == "serve" && u.Scheme == "https" && host != event.BlogHost && host != event.EvilHost:
		hers := []string{event.BlogHost, event.EvilHost}
		if hint := near.Hint(host, hers); hint != "" {
			return fmt.Sprintf("mallory cannot answer for https://%s%s", u.Host, hint)
		}
		return fmt.Sprintf("mallory cannot answer for https://%s: want %s, %s or an http URL", u.Host, hers[0], hers[1])
	case verb == "get" && !slices.Contains(hosts, host) && !t.hosts && !t.pages[u.Scheme+"://"+u.Host+u.Path]:
		if variable {
			return ""
		}
		return fmt.Sprintf("no such host %q%s", host, near.Choices(host, hosts))
	}
	return ""
}

// blamed returns where in a line the first word stands that a message quotes, or the
// whole line.
func blamed(line, says string) span {
	for i := 0; i < len(says); i++ {
		if says[i] != '"' && says[i] != '\'' {
			continue
		}
		quoted, err := strconv.QuotedPrefix(says[i:])
		if err != nil {
			continue
		}
		word, err := strconv.Unquote(quoted)
		if err != nil {
			continue
		}
		i += len(quoted) - 1
		if at, ok := find(line, word); ok {
			return at
		}
	}
	return span{len(line) - len(strings.TrimPrefix(line, mark)), len(line)}
}

// find returns where word stands in line, and not as a part of a longer name.
func find(line, word string) (span, bool) {
	for at := 0; word != "" && at <= len(line)-len(word); {
		i := strings.Index(line[at:], word)
		if i < 0 {
			break
		}
		from, to := at+i, at+i+len(word)
		if !(from > 0 && inWord(line[from-1]) && inWord(word[0])) && !(to < len(line) && inWord(line[to]) && inWord(word[len(word)-1])) {
			return span{from, to}, true
		}
		at = to
	}
	return span{}, false
}

func inWord(c byte) bool { return c == '-' || inName(c) }
