package bench

import (
	"strings"

	"fixlab/lab/sign"
)

// Suggest returns at most three schemes whose texts have the shape of text. If
// text has the right signature in some of them, with secret and the default of
// every other field, it returns those alone.
func Suggest(text, secret string) []*Scheme {
	var slugs []string
	switch sign.Recognise(text) {
	case sign.FormatSeed:
		slugs = []string{"seed"}
	case sign.FormatDjango:
		slugs = []string{"django-signer"}
	case sign.FormatDjangoTimestamp:
		slugs = []string{"django-timestamp", "django-cookie"}
	case sign.FormatDjangoDumps:
		slugs = []string{"django-signed-cookies", "django-row", "django-dumps", "django-timestamp"}
	case sign.FormatAuthHash:
		slugs = []string{"django-auth-hash"}
	case sign.FormatFlask:
		slugs = []string{"flask"}
	case sign.FormatItsDangerous:
		slugs = []string{"itsdangerous"}
	case sign.FormatCookieSignature, sign.FormatExpress:
		slugs = []string{"cookie-signature"}
	case sign.FormatCookieSession:
		slugs = []string{"cookie-session"}
	case sign.FormatGorilla:
		slugs = []string{"gorilla"}
	}
	var like, right []*Scheme
	for _, slug := range slugs {
		s := SchemeBySlug(slug)
		like = append(like, s)
		f := s.Defaults()
		f[FieldSecret] = secret
		if r, err := s.Read(text, f); err == nil && r.Check.Equal {
			right = append(right, s)
		}
	}
	if right != nil {
		like = right
	}
	return like[:min(3, len(like))]
}

// Unwrap extracts the cookie's value from a header line, such as
// "Set-Cookie: session=…; Path=/", or from "name=value". ok is false, and value
// is of no use, when line is neither.
func Unwrap(line string) (value string, ok bool) {
	text := strings.TrimSpace(line)
	for _, header := range []string{"set-cookie:", "cookie:"} {
		if len(text) > len(header) && strings.EqualFold(text[:len(header)], header) {
			text = strings.TrimSpace(text[len(header):])
			ok = true
		}
	}
	if strings.Contains(text, ".sig=") {
		return text, ok // cookie-session's two cookies are one text
	}
	name, rest, pair := strings.Cut(text, "=")
	if !pair || name == "" || strings.Trim(name, tokenDigits) != "" {
		return text, ok
	}
	rest, _, _ = strings.Cut(rest, ";")
	rest = strings.Trim(strings.TrimSpace(rest), `"`)
	if ok || sign.Recognise(rest) != "" {
		return rest, true
	}
	return line, false
}

const tokenDigits = sign.Base62Digits + "!#$%&'*+-.^_`|~"
