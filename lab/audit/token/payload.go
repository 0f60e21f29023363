package token

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/lab/codec"
	"fixlab/lab/sign"
)

// A leaf is one value in the data of a cookie.
type leaf struct {
	path string // "user.sid"
	key  string // the last name of path that is one of the data's own, in lower case
	text string // the value as JSON
	kind kind
}

// A kind is what a leaf tells about the session.
type kind int

const (
	plain  kind = iota
	stamp       // a time, or a count of requests
	anID        // it looks like an id
	person      // it says who, not which session
	csrf        // an anti-CSRF token or a nonce
)

// maxLeaves bounds how much of a payload is compared.
const maxLeaves = 2000

// leaves returns the values of a payload in their order.
func leaves(t Token) []leaf {
	v, err := codec.ParseJSON(t.Payload)
	if err != nil {
		return nil
	}
	var list []leaf
	var walk func(path, key string, v any)
	walk = func(path, key string, v any) {
		switch v := v.(type) {
		case codec.Object:
			for _, m := range v {
				if strings.HasPrefix(m.Key, " ") { // a tag of Flask's, not a name
					walk(path, key, m.Value)
				} else {
					walk(strings.TrimPrefix(path+"."+m.Key, "."), strings.ToLower(m.Key), m.Value)
				}
			}
		case []any:
			for _, e := range v {
				walk(path+"[]", key, e)
			}
		default:
			if len(list) < maxLeaves {
				list = append(list, leaf{path, key, codec.PythonJSON(v), kindOf(t, key, v)})
			}
		}
	}
	walk("", "", v)
	return list
}

// Names of fields by what they tell.
var (
	stampNames = strings.Fields(`iat exp nbf auth_time expires expiry expires_at expire _expire _maxage maxage max_age originalmaxage
		updated_at updatedat last_activity lastactivity last_seen lastseen _last_activity timestamp ts time touched refreshed
		created created_at createdat accessed last_access views visits hits count`)
	personNames = strings.Fields(`sub aud iss azp client_id user_id userid _user_id _auth_user_id user uid account_id tenant tid org_id email
		_id _auth_user_hash _auth_user_backend password_hash kid`)
)

// kindOf: Flask-Login's _id is a hash of address and user agent, and Rails' session_id
// names no record, so neither is an id that somebody could look up.
func kindOf(t Token, key string, v any) kind {
	switch {
	case strings.Contains(key, "csrf"), strings.Contains(key, "xsrf"), key == "nonce", key == "state":
		return csrf
	case slices.Contains(personNames, key), key == "session_id" && strings.HasPrefix(t.Framework, "Rails"):
		return person
	case slices.Contains(stampNames, key), isTime(v):
		return stamp
	}
	if s, ok := v.(string); ok && LooksLikeID(s) {
		return anID
	}
	return plain
}

// isTime reports whether v is a time of the years 2001 to 2096: seconds or
// milliseconds since 1970, or a date of ISO 8601.
func isTime(v any) bool {
	if s, ok := v.(string); ok {
		return len(s) >= 19 && len(s) <= 35 && (s[10] == 'T' || s[10] == ' ') && s[4] == '-' && s[13] == ':' && sign.Only(s[:4], decimal)
	}
	n, ok := v.(codec.Int)
	if f, isFloat := v.(float64); isFloat {
		n, ok = codec.Int(strconv.FormatFloat(f, 'f', 0, 64)), true
	}
	digits := string(n)
	return ok && sign.Only(digits, decimal) && (len(digits) == 10 || len(digits) == 13) && digits[0] <= '3'
}

// ids returns what looks like an id in the data.
func ids(t Token) []leaf {
	return slices.DeleteFunc(leaves(t), func(l leaf) bool { return l.kind != anID })
}

// A Field is a value in a cookie's data that looks like an id.
type Field struct{ Path, Value string }

// IDs returns the fields of a payload that look like ids, in their order. It leaves
// out those whose names say that they are something else: a person, an anti-CSRF token.
func (t Token) IDs() []Field {
	var list []Field
	for _, l := range ids(t) {
		list = append(list, Field{l.path, strings.Trim(l.text, `"`)})
	}
	return list
}
