package record

import (
	"strings"

	"fixlab/lab/cookie"
)

// read goes through the text line by line and finds out what begins at each.
func (r *reader) read() {
	t := talk{reader: r}
	for r.at < len(r.text) && !r.full() {
		line := r.line()
		command := commandAt(line)
		switch {
		case r.beginsHAR(line):
			t.close()
			r.at += strings.IndexByte(line, '{')
			r.har()
		case command >= 0:
			r.at += command
			t.command()
		case isTable(line):
			t.close()
			r.table()
		case begins(line):
			t.message(r.message())
		default:
			t.note(line)
			r.pass(line)
		}
	}
	t.close()
}

// line returns what is left of the line at r.at, without its end.
func (r *reader) line() string {
	line, _, _ := strings.Cut(r.text[r.at:], "\n")
	return line
}

// pass steps over a line.
func (r *reader) pass(line string) { r.at = min(len(r.text), r.at+len(line)+1) }

// place says where in the text a byte stands.
func (r *reader) place(at int) int { return 1 + strings.Count(r.text[:at], "\n") }

// beginsHAR reports whether a HAR begins in the line at r.at: an object that is all there is
// so far, or whose first name is "log".
func (r *reader) beginsHAR(line string) bool {
	if !strings.HasPrefix(strings.TrimLeft(line, " \t\r"), "{") {
		return false
	}
	s := scanner{text: r.text[r.at:min(len(r.text), r.at+200)]}
	s.next('{')
	s.space()
	return strings.HasPrefix(s.text[s.at:], `"log"`) || len(r.items) == 0 && strings.TrimSpace(r.text[:min(r.at, maxValue)]) == ""
}

// A message is a request or an answer as text has it.
type message struct {
	at      int    // where it stands
	mark    string // "> " or "< " before each line in the account of curl -v, else ""
	start   string
	headers [][2]string // names in lower case
	body    string      // only of what has no mark
}

// begins reports whether a message begins with this line.
func begins(line string) bool {
	_, line = cutMark(strings.TrimRight(line, "\r"))
	_, _, request := requestLine(line)
	_, status := statusLine(line)
	return request || status
}

func cutMark(line string) (mark, rest string) {
	if strings.HasPrefix(line, "> ") || strings.HasPrefix(line, "< ") {
		return line[:2], line[2:]
	}
	return "", line
}

// message reads the message that begins at r.at.
func (r *reader) message() message {
	m := message{at: r.at}
	line := r.line()
	m.mark, m.start = cutMark(strings.TrimRight(line, "\r"))
	r.pass(line)
	for r.at < len(r.text) {
		line := r.line()
		text := strings.TrimRight(line, "\r ")
		mark, rest := cutMark(text)
		switch {
		case m.mark != "" && text == strings.TrimSpace(m.mark):
			r.pass(line)
			return m
		case m.mark != "" && mark != m.mark:
			if !strings.HasPrefix(line, "* ") {
				return m
			}
		case text == "":
			r.pass(line)
			m.body = r.body()
			return m
		default:
			if name, value, ok := strings.Cut(rest, ":"); ok && cookie.IsToken(name) {
				value = strings.ToValidUTF8(strings.Clone(strings.TrimSpace(value)), "\ufffd")
				m.headers = append(m.headers, [2]string{strings.ToLower(name), value})
			} else if begins(line) || commandAt(line) >= 0 {
				return m
			}
		}
		r.pass(line)
	}
	return m
}

// body steps over what comes before the next message or command, and returns it.
func (r *reader) body() string {
	from := r.at
	for r.at < len(r.text) {
		line := r.line()
		if begins(line) || commandAt(line) >= 0 || strings.HasPrefix(line, "{") && r.beginsHAR(line) {
			break
		}
		r.pass(line)
	}
	return strings.TrimSpace(r.text[from:r.at])
}

// requestLine reads the first line of a request (RFC 9112, 3), also of HTTP/2 and HTTP/3 as
// curl and browsers print it.
func requestLine(line string) (method, target string, ok bool) {
	method, rest, _ := strings.Cut(line, " ")
	target, version, _ := strings.Cut(rest, " ")
	ok = method != "" && len(method) <= 32 && strings.Trim(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == "" &&
		(strings.HasPrefix(target, "/") || strings.HasPrefix(target, "http")) && isVersion(strings.TrimSpace(version))
	return method, target, ok
}

// statusLine reads the first line of an answer (RFC 9112, 4).
func statusLine(line string) (status int, ok bool) {
	version, rest, _ := strings.Cut(line, " ")
	if !isVersion(version) || len(rest) < 3 || len(rest) > 3 && rest[3] != ' ' {
		return 0, false
	}
	for _, c := range []byte(rest[:3]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		status = 10*status + int(c-'0')
	}
	return status, status >= 100
}

func isVersion(s string) bool { return strings.HasPrefix(s, "HTTP/") && len(s) >= 6 && len(s) <= 8 }
