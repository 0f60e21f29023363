package server

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"

	"fixlab/lab/session"
)

// form returns the submitted fields, and leaves them in r.PostForm; none when
// the body is larger than 64 KiB or malformed.
func form(r *http.Request) url.Values {
	if r.PostForm == nil {
		r.PostForm = parse(r)
	}
	return r.PostForm
}

func parse(r *http.Request) url.Values {
	body, err := io.ReadAll(io.LimitReader(r.Body, 64<<10+1))
	if err != nil || len(body) > 64<<10 {
		return nil
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil
	}
	return values
}

// listed returns a list, as the session keeps one, with one more item.
func listed(all, item string) string {
	if all == "" {
		return item
	}
	return all + session.Between + item
}

// items returns such a list as HTML.
func items(all string) string {
	if all == "" {
		return "<p>Nothing yet.</p>"
	}
	var b strings.Builder
	b.WriteString("<ul>")
	for item := range strings.SplitSeq(all, session.Between) {
		b.WriteString("<li>" + html.EscapeString(item) + "</li>")
	}
	b.WriteString("</ul>")
	return b.String()
}

// page writes an HTML page. The title is escaped here; the parts of body are HTML
// already. One at least has words, so that no page is empty below its title.
func page(w http.ResponseWriter, status int, title string, body ...string) {
	title = html.EscapeString(title)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	io.WriteString(w, "<!doctype html><title>"+title+"</title><h1>"+title+"</h1>"+strings.Join(body, "\n")+"\n")
}

// hidden returns the field in which a form carries its token, "" without one.
func hidden(token string) string {
	if token == "" {
		return ""
	}
	return `<input type="hidden" name="token" value="` + html.EscapeString(token) + `">`
}
