package record

import (
	"cmp"
	"slices"
	"strings"

	"fixlab/lab/audit"
	"fixlab/lab/cookie"
)

// A talk is a conversation in text: commands, curl's account of them, or the messages as
// they are. It puts an answer to its request.
type talk struct {
	*reader
	open  *item  // not yet taken in
	fresh bool   // open is of a command whose output may follow
	next  string // where the last answer led
	tls   bool   // curl -v spoke of TLS on this connection
}

// close takes in what is open.
func (t *talk) close() {
	if t.open != nil {
		t.add(*t.open)
		if t.next = ""; t.open.URL != "" {
			t.next = t.open.Location
		}
	}
	t.open, t.fresh = nil, false
}

// note takes in a line that begins nothing: curl's own remarks tell of TLS.
func (t *talk) note(line string) {
	rest, ok := strings.CutPrefix(line, "* ")
	switch rest = strings.TrimSpace(rest); {
	case !ok:
	case strings.HasPrefix(rest, "Trying "):
		t.tls = false
	case strings.HasPrefix(rest, "SSL connection using"), strings.Contains(rest, "TLS handshake"), strings.Contains(rest, "OPENED stream for https://"):
		t.tls = true
	}
}

func (t *talk) message(m message) {
	if method, target, ok := requestLine(m.start); ok {
		t.request(m, method, target)
	} else if status, ok := statusLine(m.start); ok && status >= 200 { // others are interim (RFC 9110, 15.2)
		t.answer(m, status)
	}
}

// request begins an exchange. What curl -v tells first is the request of the command before.
func (t *talk) request(m message, method, target string) {
	x := item{kind: audit.Raw}
	if m.mark != "" {
		x.kind = audit.Verbose
	}
	if t.fresh && m.mark != "" {
		x.URL, x.Fields, x.secrets = t.open.URL, t.open.Fields, t.open.secrets
		t.open = nil
	}
	t.close()
	if x.URL != "" {
		x.Method = method
	} else if !x.ask(method, t.address(m, target)) {
		t.problem("line %d: a request without a URL or a Host that can be read, left out", t.place(m.at))
		return
	}
	for _, h := range m.headers {
		switch h[0] {
		case "cookie":
			x.Cookies = append(x.Cookies, pairs(h[1])...)
		case "authorization":
			x.authorization(h[1])
		}
	}
	x.post(&post{kind: m.header("content-type"), text: m.body})
	t.open = &x
}

// answer gives the open exchange its answer. One to nothing stands alone, or is the next of
// a chain that curl -i -L followed.
func (t *talk) answer(m message, status int) {
	if t.open != nil && t.open.kind == audit.Verbose && m.mark == "" {
		return // curl -i -v prints it twice
	}
	if t.open == nil || t.open.Status != 0 {
		t.close()
		if t.open = new(item); t.next != "" {
			t.open.ask("GET", t.next)
		}
	}
	x := t.open
	if t.fresh = false; m.mark != "" {
		x.kind = audit.Verbose
	} else {
		x.kind = audit.Raw
	}
	x.Status = status
	for _, h := range m.headers {
		if h[0] == "set-cookie" {
			x.Set = append(x.Set, h[1])
		}
	}
	x.locate(m.header("location"))
	x.HSTS, x.Cache = m.header("strict-transport-security"), m.header("cache-control")
}

// header returns the value of the first header of a name.
func (m *message) header(name string) string {
	if i := slices.IndexFunc(m.headers, func(h [2]string) bool { return h[0] == name }); i >= 0 {
		return m.headers[i][1]
	}
	return ""
}

// address is the URL of a request, "" where it has no host. The scheme of a raw request is
// that of the page from which it came, else http for this machine, and https for another.
func (t *talk) address(m message, target string) string {
	host := m.header("host")
	switch {
	case !strings.HasPrefix(target, "/"):
		return target
	case host == "":
		return ""
	case m.mark != "" && t.tls:
		return "https://" + host + target
	case m.mark != "":
		return "http://" + host + target
	}
	if u, ok := cookie.ParseURL(nil, cmp.Or(m.header("origin"), m.header("referer"))); ok && u.Host == host {
		return u.Scheme + "://" + host + target
	}
	if u, ok := cookie.ParseURL(nil, "http://"+host); ok && cookie.Loopback(u.Hostname()) {
		return "http://" + host + target
	}
	t.problem("line %d: the text does not say whether it was http or https: https is taken", t.place(m.at))
	return "https://" + host + target
}
