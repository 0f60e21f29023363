package record

import (
	"cmp"
	"strings"
)

func (h *harReader) member(key string) {
	e := &h.now
	switch key {
	case "startedDateTime":
		e.started = stamp(h.str())
	case "request":
		h.object(h.request)
		e.asked = h.bad == ""
	case "response":
		h.object(h.response)
		e.answered = h.bad == ""
	case "_fromCache": // Chrome
		e.cached = h.str() != ""
	default:
		h.skip()
	}
}

func (h *harReader) request(key string) {
	e := &h.now
	switch key {
	case "method":
		e.method = h.str()
	case "url":
		e.url = h.str()
	case "headers":
		h.headers(&e.request, "cookie")
	case "cookies":
		h.cookies(&e.request)
	case "postData":
		h.object(h.posted)
	default:
		h.skip()
	}
}

func (h *harReader) response(key string) {
	e := &h.now
	switch key {
	case "status":
		e.status = h.whole()
	case "headers":
		h.headers(&e.reply, "set-cookie")
	case "cookies":
		h.cookies(&e.reply)
	case "redirectURL":
		e.redirect = h.str()
	default:
		h.skip()
	}
}

// posted reads postData. Chrome and Firefox write both params and text, which HAR 1.2 would
// not have; _filled is the page's own mark for a value that it took out.
func (h *harReader) posted(key string) {
	p := &h.now.post
	switch key {
	case "mimeType":
		p.kind = h.str()
	case "text":
		p.text = h.str()
	case "params":
		h.array(func() {
			var name string
			filled := false
			h.object(func(key string) {
				switch key {
				case "name":
					name = h.str()
				case "value":
					filled = h.str() != "" || filled
				case "_filled":
					filled = h.yes() || filled
				default:
					h.skip()
				}
			})
			p.add(name, filled)
		})
	default:
		h.skip()
	}
}

// headers reads an array of headers; which is that of the cookies, in lower case. HTTP/2
// has names in lower case, and a cookie header may come in several parts (RFC 9113, 8.2.3).
func (h *harReader) headers(to *harHeaders, which string) {
	h.array(func() {
		var name, value string
		h.object(func(key string) {
			switch key {
			case "name":
				name = strings.ToLower(h.str())
			case "value":
				value = h.str()
			default:
				h.skip()
			}
		})
		switch name {
		case which: // chrome-har and Chrome join several Set-Cookie by newlines (chrome-har #121)
			for line := range strings.SplitSeq(value, "\n") {
				if line = strings.TrimSpace(line); line != "" {
					to.cookies = append(to.cookies, line)
				}
			}
		case "location":
			to.location = value
		case "strict-transport-security":
			to.hsts = value
		case "cache-control":
			to.cache = value
		case "authorization":
			to.authorized = cmp.Or(value, "?")
		}
	})
}
