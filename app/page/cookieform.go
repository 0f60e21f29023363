package page

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/cookie"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// A CookieForm is a cookie that is being edited, or added to a browser.
type CookieForm struct {
	Browser string // "" when there is none
	Was     cookie.Entry
	New     bool
	Now     CookieFields
	Wrong   string // the field that keeps it from being saved, "" for none
	Fault   string // and why
}

// of reports whether the form is that of a cookie.
func (f CookieForm) of(e cookie.Entry) bool { return words.SameCookie(f.Was, e) }

// NoSameSite is what the list of SameSite's values has for none: "None" is one of them.
const NoSameSite = "-"

// CookieFields are what stands in it.
type CookieFields struct {
	Name, Value, Domain, Path, SameSite, Age string
	Secure, HTTPOnly, Script                 bool // Script: through document.cookie, and not by the browser's tools
}

type (
	// EditCookie opens the form for a cookie of a browser, by its index in the jar; -1 for a
	// new one. An open one is closed by CloseCookie.
	EditCookie struct {
		Browser string
		Index   int
	}
	CloseCookie struct{}
	// A CookieField is what stands in one of its fields, by the field's name.
	CookieField struct{ Name, Text string }
	// SaveCookie does it, with what stands in the fields.
	SaveCookie  struct{}
	CopyCookie  EditCookie // gives the value a name
	ClearCookie EditCookie // deletes it
)

func (e EditCookie) hand(m Model) Model {
	f := CookieForm{Browser: e.Browser, New: e.Index < 0, Now: CookieFields{Domain: event.ShopHost, Path: "/", Secure: true}}
	if jar := m.stateOf(e.Browser).Jar; !f.New && e.Index < len(jar) {
		was := jar[e.Index]
		f.Was = was
		f.Now = CookieFields{Name: was.Name, Value: was.Value, Domain: was.Host(), Path: was.Path, Secure: was.Secure, HTTPOnly: was.HTTPOnly}
		if !was.Expires.IsZero() {
			f.Now.Age = strconv.Itoa(int(was.Expires.Sub(m.Trace.Frames[m.Step].State.Now).Seconds()))
		}
		if was.SameSite != cookie.Default {
			f.Now.SameSite = was.SameSite.String()
		}
	}
	m.Hand.Cookie = f
	return m
}

func (CloseCookie) hand(m Model) Model { m.Hand.Cookie = CookieForm{}; return m }

func (f CookieField) hand(m Model) Model {
	n, on := &m.Hand.Cookie.Now, f.Text == "true"
	m.Hand.Cookie.Wrong, m.Hand.Cookie.Fault = "", ""
	switch f.Name {
	case "name":
		n.Name = f.Text
	case "value":
		n.Value = f.Text
	case "domain":
		n.Domain = f.Text
	case "path":
		n.Path = f.Text
	case "samesite":
		if n.SameSite = f.Text; f.Text == NoSameSite {
			n.SameSite = ""
		}
	case "age":
		n.Age = f.Text
	case "secure":
		n.Secure = on
	case "httponly":
		n.HTTPOnly = on
	case "script":
		n.Script = on
	}
	return m
}

func (SaveCookie) hand(m Model) Model {
	f := m.Hand.Cookie
	if wrong, fault := f.Now.wrong(); wrong != "" {
		m.Hand.Cookie.Wrong, m.Hand.Cookie.Fault = wrong, fault
		return m
	}
	who := m.Hand.sitter(f.Browser)
	var lines []string
	if n := f.Now; !f.New && (n.Name != f.Was.Name || n.Domain != f.Was.Host() || n.Path != f.Was.Path) {
		lines = append(lines, who+" forget "+m.called(f.Browser, f.Was))
	}
	next := Act(append(lines, who+" "+m.sets(f.Now))).hand(m)
	if next.Scenario != m.Scenario {
		next.Hand.Cookie = CookieForm{}
	}
	return next
}

// wrong returns the field that keeps the cookie from being written, and why; "" for none.
func (n CookieFields) wrong() (field, fault string) {
	switch {
	case n.Name == "" && n.Value == "":
		return "name", text.T("live.no-cookie")
	case strings.ContainsAny(n.Name, "=;/ \n"):
		return "name", text.T("live.bad-name")
	}
	for _, f := range [][2]string{{"value", n.Value}, {"domain", n.Domain}, {"path", n.Path}, {"age", n.Age}} {
		if strings.ContainsAny(f[1], ";\n") {
			return f[0], text.T("live.semicolon")
		}
	}
	if n.Script && strings.TrimPrefix(n.Domain, ".") != event.ShopHost {
		return "domain", text.T("live.script-shop")
	}
	return "", ""
}

// sets writes the verb that sets a cookie.
func (m Model) sets(n CookieFields) string {
	name, host := n.Name, strings.TrimPrefix(n.Domain, ".")
	if name == m.Trace.Cookie {
		name = "$cookie"
	}
	if name == n.Name {
		name = script.Rest(name, func(string) bool { return false })
	}
	pair := name + "=" + m.written(n.Value)
	attributes := ""
	attribute := func(name, value string) {
		if value != "" {
			attributes += "; " + name + "=" + value
		}
	}
	if strings.HasPrefix(n.Domain, ".") {
		attribute("Domain", host)
	}
	// The browser's tools set Path=/ and Secure by themselves: see script.Verbs.
	tools := host == event.ShopHost && n.Secure && !n.Script
	if !tools || n.Path != "/" {
		attribute("Path", n.Path)
	}
	if n.Secure && !tools {
		attributes += "; Secure"
	}
	if n.HTTPOnly {
		attributes += "; HttpOnly"
	}
	attribute("SameSite", n.SameSite)
	attribute("Max-Age", n.Age)
	if m.Hand.Cookie.Was.Partition != "" {
		attributes += "; Partitioned"
	}
	line := pair + script.Rest(attributes, m.named)
	switch {
	case n.Script:
		return "script " + line
	case tools:
		return "paste " + line
	}
	return "paste https://" + host + "/ " + line
}

// written writes a value: by its variable, where it has one.
func (m Model) written(value string) string {
	for _, name := range slices.Sorted(maps.Keys(m.Trace.Vars)) {
		if m.Trace.Vars[name] == value && value != "" && m.named(name) && m.once(name) {
			return "$" + name
		}
	}
	return script.Rest(value, m.named)
}

// once reports whether a variable gets a value once in the run: it has that at every step then.
func (m Model) once(name string) bool {
	n := 0
	for _, f := range m.Trace.Frames {
		if f.Step.Names() == name {
			n++
		}
	}
	return n < 2
}

func (c CopyCookie) hand(m Model) Model {
	jar := m.stateOf(c.Browser).Jar
	if c.Index < 0 || c.Index >= len(jar) {
		return m
	}
	line := m.Hand.sitter(c.Browser) + " copy " + m.free()
	if what := m.called(c.Browser, jar[c.Index]); what != m.Trace.Cookie {
		line += " " + what
	}
	return Act{line}.hand(m)
}

func (c ClearCookie) hand(m Model) Model {
	jar := m.stateOf(c.Browser).Jar
	if c.Index < 0 || c.Index >= len(jar) {
		return m
	}
	return Act{m.Hand.sitter(c.Browser) + " forget " + m.called(c.Browser, jar[c.Index])}.hand(m)
}

// called names a cookie of a browser: by its name, and where another has it too by domain
// and path.
func (m Model) called(browser string, e cookie.Entry) string {
	n := 0
	for _, other := range m.stateOf(browser).Jar {
		if other.Name == e.Name {
			n++
		}
	}
	if n < 2 {
		return e.Name
	}
	return e.Name + " " + e.Host() + " " + e.Path
}

// free returns a name for a value that none has so far: loot, loot2, …
func (m Model) free() string {
	name := "loot"
	for n := 2; m.named(name); n++ {
		name = "loot" + strconv.Itoa(n)
	}
	return name
}
