package cookie

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A browser drives a Jar as the corpus was recorded: it visits, follows
// redirects, loads frames and images, and lets scripts assign document.cookie.
type browser struct {
	jar  Jar
	hsts HSTS
	now  time.Time
}

func newBrowser(rules Rules, skip uint64) *browser {
	return &browser{jar: Jar{Rules: rules, skip: skip}, now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}
}

// A step is one request, assignment or wait of the corpus.
type step struct {
	Context, Via, URL, Method string
	Initiator                 *string
	TopLevel                  bool
	From                      string
	Set                       []string
	Redirect                  []string
	SetOn                     *int
	Repeat, Status            int
	Headers                   []string
	OnlyIfScheme              string
	Seconds                   float64
}

// A sight is what one step showed.
type sight struct {
	hops     []*string // the Cookie header of each
	document *string   // document.cookie after a script
	frame    *string   // document.cookie of the frame
	refused  []refused
	upgraded string
	final    *url.URL
	from     Context // of the last hop
	held     []Withheld
}

type refused struct {
	line string
	why  *Refusal
}

func (s *sight) cookie() *string {
	if len(s.hops) == 0 {
		return nil
	}
	return s.hops[len(s.hops)-1]
}

func mustURL(s string) *url.URL {
	if u, ok := ParseURL(nil, s); ok {
		return u
	}
	u, err := url.Parse(s) // another scheme
	if err != nil {
		panic(err)
	}
	return u
}

func origin(s string) string {
	u := mustURL(s)
	return u.Scheme + "://" + u.Host
}

func (b *browser) tick() { b.now = b.now.Add(time.Millisecond) }

// run plays one step.
func (b *browser) run(s step) sight {
	b.now = b.now.Add(10 * time.Millisecond)
	if s.Context == "wait" {
		b.now = b.now.Add(time.Duration(s.Seconds * float64(time.Second)))
		return sight{}
	}
	lines := s.Set
	if s.Repeat > 0 {
		lines = nil
		for i := range s.Repeat {
			lines = append(lines, strings.ReplaceAll(s.Set[0], "%d", strconv.Itoa(i)))
		}
	}
	if s.From != "" {
		b.load(step{URL: s.From}, Context{TopLevel: true}, nil)
	}
	from := Context{Method: s.Method, TopLevel: s.TopLevel}
	if s.Initiator != nil {
		from.Initiator = *s.Initiator
	}
	if !s.TopLevel {
		from.Top = origin(s.From)
	}
	switch s.Via {
	case "script", "iframe-script":
		saw := b.load(s, from, nil)
		door := Context{API: Script, TopLevel: s.TopLevel, Top: from.Top}
		b.set(&saw, saw.final, lines, door)
		b.tick()
		if read := Header(getOf(&b.jar, b.now, saw.final, door)); s.TopLevel {
			saw.document = &read
		} else {
			saw.frame = &read
		}
		return saw
	case "meta":
		return b.load(s, from, nil) // HTML 4.2.5.3: the pragma does nothing
	case "iframe":
		saw := b.load(s, from, lines)
		b.tick()
		read := Header(getOf(&b.jar, b.now, saw.final, Context{API: Script, Top: from.Top}))
		saw.frame = &read
		return saw
	}
	return b.load(s, from, lines)
}

// load makes one request and follows its redirects.
func (b *browser) load(s step, from Context, lines []string) (saw sight) {
	for hop, text := range append([]string{s.URL}, s.Redirect...) {
		u := mustURL(text)
		asked := u
		if from.TopLevel {
			u = b.jar.Rules.HTTPSFirst(b.hsts.Upgrade(b.now, u), from.Method)
		} else {
			u = b.hsts.Upgrade(b.now, u)
			if strings.HasPrefix(from.Top, "https://") && u.Scheme == "http" && !Loopback(hostOf(u)) {
				if s.Via != "img" {
					break // blocked as mixed content
				}
				u = withTLS(u)
			}
		}
		if u != asked {
			saw.upgraded = u.Scheme
		}
		b.tick()
		saw.final, saw.from = u, from
		saw.held = b.jar.Withheld(b.now, u, from)
		var sent *string
		if es := getOf(&b.jar, b.now, u, from); len(es) > 0 {
			h := Header(es)
			if b.jar.Rules == Firefox { // as it was recorded: the last byte of U+00A0 passes for a space
				h = strings.ToValidUTF8(strings.TrimSuffix(h, "\xa0"), "\ufffd")
			}
			sent = &h
		}
		saw.hops = append(saw.hops, sent)
		last := hop == len(s.Redirect)
		if last {
			for _, h := range s.Headers {
				if name, value, _ := strings.Cut(h, ":"); strings.EqualFold(name, "Strict-Transport-Security") {
					b.hsts.Note(b.now, u, value)
					break // the first counts
				}
			}
		}
		if s.SetOn == nil && last || s.SetOn != nil && *s.SetOn == hop {
			if s.OnlyIfScheme == "" || s.OnlyIfScheme == u.Scheme {
				b.set(&saw, u, b.headerLines(lines), from)
			}
		}
		from = from.Redirect(u, cmp.Or(s.Status, 302))
	}
	return saw
}

// headerLines is what the browser reads when lines are sent as Set-Cookie headers:
// LF ends a header, in Chromium a bare CR does too, and what follows may be another,
// or with white space before it more of the same.
func (b *browser) headerLines(lines []string) (out []string) {
	for _, l := range lines {
		var headers []string
		for rest, more := "Set-Cookie:"+l, true; more; {
			var head string
			head, rest, more = b.cutLine(rest)
			if n := len(headers); n > 0 && head != "" && (head[0] == ' ' || head[0] == '\t') {
				headers[n-1] += " " + trim(head)
			} else {
				headers = append(headers, head)
			}
		}
		for _, h := range headers {
			name, value, ok := strings.Cut(h, ":")
			if b.jar.Rules != Firefox {
				name = trim(name)
			}
			if ok && strings.EqualFold(name, "Set-Cookie") {
				out = append(out, value)
			}
		}
	}
	return out
}

func (b *browser) cutLine(s string) (line, rest string, ok bool) {
	if b.jar.Rules == Firefox {
		line, rest, ok = strings.Cut(s, "\n")
		if ok {
			line = strings.TrimSuffix(line, "\r")
		}
		return line, rest, ok
	}
	i := strings.IndexAny(s, "\r\n")
	if i < 0 {
		return s, "", false
	}
	return s[:i], strings.TrimPrefix(s[i+1:], "\n"), true
}

func (b *browser) set(saw *sight, u *url.URL, lines []string, from Context) {
	for _, l := range lines {
		b.tick()
		if _, err := b.jar.Set(b.now, u, l, from); err != nil {
			saw.refused = append(saw.refused, refused{trim(l), err.(*Refusal)})
		}
	}
}
