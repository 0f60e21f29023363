package world

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fixlab/lab/cookie"
)

// A head is what an answer's headers say of its body.
type head struct {
	media    string // Content-Type without parameters, "" for HTML
	sniffs   bool   // no nosniff
	cors     string // Access-Control-Allow-Origin
	framing  string // X-Frame-Options
	policy   policy
	refresh  string // Refresh
	referrer string // what decides of Referrer-Policy: see referrerPolicy
	unkept   bool   // Cache-Control: no-store

	base *url.URL // of srcdoc: what its parent's references are relative to
}

// headOf reads the headers of an answer with this body.
func headOf(h http.Header, body string) head {
	first, _, _ := strings.Cut(h.Get("X-Content-Type-Options"), ",")
	hd := head{
		sniffs:   !strings.EqualFold(strings.TrimSpace(first), "nosniff"),
		cors:     h.Get("Access-Control-Allow-Origin"),
		framing:  strings.Join(h["X-Frame-Options"], ","),
		policy:   policy(strings.Join(h["Content-Security-Policy"], ",")),
		refresh:  strings.Join(h["Refresh"], ", "),
		referrer: referrerPolicy(h["Referrer-Policy"], ""),
		unkept:   strings.Contains(strings.ToLower(strings.Join(h["Cache-Control"], ",")), "no-store"),
	}
	hd.media = mediaOf(h.Get("Content-Type"), hd.sniffs, body)
	return hd
}

// mediaOf returns the type without its parameters, "" for HTML: the last of
// several that is one (Fetch 2.2.2). Where none is, a body that looks like HTML is
// HTML, unless that is forbidden (WHATWG MIME Sniffing 7).
func mediaOf(contentType string, sniffs bool, body string) (media string) {
	if contentType == "text/html; charset=utf-8" { // most are
		return ""
	}
	for one := range strings.SplitSeq(contentType, ",") {
		one, _, _ = strings.Cut(one, ";")
		if one = strings.ToLower(strings.TrimSpace(one)); strings.Contains(one, "/") && one != "*/*" {
			media = one
		}
	}
	switch media {
	case "", "unknown/unknown", "application/unknown":
		if media = "text/plain"; sniffs && looksLikeHTML(body) {
			return ""
		}
	case "text/html":
		return ""
	}
	return media
}

// looksLikeHTML reports whether body begins as HTML does (WHATWG MIME Sniffing 7.1).
func looksLikeHTML(body string) bool {
	body = strings.TrimLeft(body, "\t\n\f\r ")
	if strings.HasPrefix(body, "<!--") {
		return true
	}
	for _, tag := range []string{"!doctype html", "html", "head", "script", "iframe", "h1", "div", "font", "table", "a", "style", "title", "b", "body", "br", "p"} {
		if n := 1 + len(tag); len(body) > n && body[0] == '<' && is(body[1:], tag) && (body[n] == ' ' || body[n] == '>') {
			return true
		}
	}
	return false
}

// isXML reports whether a page of this type is markup all the same.
func (h *head) isXML() bool {
	return h.media == "text/xml" || h.media == "application/xml" || strings.HasSuffix(h.media, "+xml")
}

// runsAs reports whether a script of this type may run (Fetch 2.2.9 and 3.6).
func (h *head) runsAs() bool {
	for _, prefix := range []string{"image/", "audio/", "video/", "text/csv"} {
		if strings.HasPrefix(h.media, prefix) {
			return false
		}
	}
	return h.sniffs || isJavaScript(h.media)
}

// isJavaScript reports whether media names JavaScript (WHATWG MIME Sniffing 4.6).
func isJavaScript(media string) bool {
	kind, name, _ := strings.Cut(strings.ToLower(media), "/")
	switch kind {
	case "application":
		name = strings.TrimPrefix(name, "x-")
		return name == "javascript" || name == "ecmascript"
	case "text":
		switch name = strings.TrimPrefix(name, "x-"); name {
		case "javascript", "ecmascript", "jscript", "livescript", "javascript1.0", "javascript1.1", "javascript1.2", "javascript1.3", "javascript1.4", "javascript1.5":
			return true
		}
	}
	return false
}

// scriptRuns reports whether <script> with these attributes is one that runs (HTML
// 4.12.1.1).
func scriptRuns(get func(name string) string, has func(name string) bool) bool {
	kind := get("type")
	switch {
	case has("type") && kind == "" || !has("type") && get("language") == "":
		kind = "text/javascript"
	case !has("type"):
		kind = "text/" + get("language")
	}
	if has("for") && has("event") && (!strings.EqualFold(strings.TrimSpace(get("for")), "window") || !is(strings.TrimSpace(get("event")), "onload")) {
		return false
	}
	kind = strings.TrimSpace(kind)
	return strings.EqualFold(kind, "module") || isJavaScript(kind)
}

// referrerPolicy returns what a Referrer-Policy that was before becomes by the
// headers: of several words the last known counts.
func referrerPolicy(headers []string, before string) string {
	known := []string{"no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin", "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url"}
	for word := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		if word = strings.ToLower(strings.TrimSpace(word)); slices.Contains(known, word) {
			before = word
		}
	}
	return before
}

// refreshOf reads a Refresh header: the seconds to wait, and where to go, "" for
// the same page (HTML 4.2.5.3).
func refreshOf(text string) (seconds int, ref string, ok bool) {
	text = strings.TrimSpace(text)
	end := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(text)
	}
	seconds, err := strconv.Atoi(text[:end])
	rest := strings.TrimLeft(text[end:], "0123456789.")
	switch {
	case end == 0 && !strings.HasPrefix(text, "."), err != nil && end > 0:
		return 0, "", false
	case rest == "":
		return seconds, "", true
	case strings.IndexByte(";, \t\r\n", rest[0]) < 0:
		return 0, "", false
	}
	if rest = strings.TrimSpace(rest); rest != "" && (rest[0] == ';' || rest[0] == ',') {
		rest = strings.TrimSpace(rest[1:])
	}
	if is(rest, "url") {
		if after, ok := strings.CutPrefix(strings.TrimSpace(rest[3:]), "="); ok {
			rest = strings.TrimSpace(after)
		}
	}
	if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
		rest, _, _ = strings.Cut(rest[1:], rest[:1])
	}
	return seconds, rest, true
}

// dataOf reads a data: URL (RFC 2397). It reports false for another.
func dataOf(ref string) (media, body string, ok bool) {
	ref = strings.TrimSpace(ref)
	if !is(ref, "data:") {
		return "", "", false
	}
	ref, _, _ = strings.Cut(ref[len("data:"):], "#")
	media, body, ok = strings.Cut(ref, ",")
	body = cookie.Unescape(body)
	if kind, encoded := strings.CutSuffix(strings.ToLower(media), ";base64"); encoded {
		text, err := base64.StdEncoding.DecodeString(body)
		return kind, string(text), ok && err == nil
	}
	return media, body, ok
}

// scriptURL returns the script of a javascript: URL, and the URL as it is read. It
// reports false for another.
func scriptURL(ref string) (script, url string, ok bool) {
	ref = strings.TrimLeftFunc(ref, func(r rune) bool { return r <= ' ' })
	ref = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(ref)
	if !is(ref, "javascript:") {
		return "", "", false
	}
	return cookie.Unescape(ref[len("javascript:"):]), ref, true
}
