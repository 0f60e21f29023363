package record

import (
	"slices"
	"strings"

	"fixlab/lab/cookie"
)

// A harCookie is an element of a cookies array. Attributes are those it names: of a request's
// cookie most programs have none.
type harCookie struct {
	name, value            string
	path, domain, expires  string
	sameSite               string
	secure, httpOnly, told bool // told: some attribute is named at all
}

func (h *harReader) cookies(to *harHeaders) {
	h.array(func() {
		var c harCookie
		h.object(func(key string) {
			switch key {
			case "name":
				c.name = h.str()
				return
			case "value":
				c.value = h.str()
				return
			case "path":
				c.path = h.str()
			case "domain":
				c.domain = h.str()
			case "expires":
				c.expires = h.str()
			case "sameSite":
				c.sameSite = h.str()
			case "secure":
				c.secure = h.yes()
			case "httpOnly":
				c.httpOnly = h.yes()
			default:
				h.skip()
				return
			}
			c.told = true
		})
		to.array = append(to.array, c)
	})
}

// line writes the Set-Cookie line of which the cookie was read.
func (c harCookie) line() string {
	var b strings.Builder
	b.WriteString(c.name + "=" + c.value)
	add := func(name, value string) {
		if value != "" {
			b.WriteString("; " + name + "=" + value)
		}
	}
	add("Domain", c.domain)
	add("Path", c.path)
	if t := stamp(c.expires); !t.IsZero() {
		c.expires = t.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")
	}
	add("Expires", c.expires)
	add("SameSite", c.sameSite)
	if c.secure {
		b.WriteString("; Secure")
	}
	if c.httpOnly {
		b.WriteString("; HttpOnly")
	}
	return b.String()
}

// lines returns the lines of Set-Cookie, of the array where no header has them (chrome-har
// #124); bare where neither has attributes.
func (m *harHeaders) lines(creator string) (lines []string, bare bool) {
	if len(m.cookies) == 0 {
		bare = true
		for _, c := range m.array {
			bare = bare && !c.told
			lines = append(lines, c.line())
		}
		return lines, bare && len(lines) > 0
	}
	for _, line := range m.cookies {
		lines = append(lines, m.split(line, creator)...)
	}
	return lines, false
}

// split divides a value of Set-Cookie that is several, joined by commas: Safari writes them
// so, and others where the array of cookies has more than there are lines.
func (m *harHeaders) split(line, creator string) []string {
	joined := strings.HasPrefix(creator, "WebKit")
	if !joined && len(m.array) <= len(m.cookies) {
		return []string{line}
	}
	var lines []string
	from := 0
	for i := range len(line) {
		if line[i] != ',' {
			continue
		}
		rest := strings.TrimLeft(line[i+1:], " ")
		name, _, ok := strings.Cut(rest[:min(len(rest), maxValue)], "=")
		if ok && (joined && cookie.IsToken(name) || slices.ContainsFunc(m.array, func(c harCookie) bool { return c.name == name })) {
			lines = append(lines, strings.TrimSpace(line[from:i]))
			from = i + 1
		}
	}
	return append(lines, strings.TrimSpace(line[from:]))
}
