package codec

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// Python's types that Flask keeps apart in a session by tagging them.
// Python's bytes are []byte, its datetime is time.Time.
type (
	Tuple  []any
	Markup string   // markupsafe.Markup
	UUID   [16]byte // uuid.UUID
)

// The tags of flask/json/tag.py, default_tags.
const (
	tagDict     = " di"
	tagTuple    = " t"
	tagBytes    = " b"
	tagMarkup   = " m"
	tagUUID     = " u"
	tagDatetime = " d"
)

func isTag(key string) bool {
	switch key {
	case tagDict, tagTuple, tagBytes, tagMarkup, tagUUID, tagDatetime:
		return true
	}
	return false
}

const httpDate = "Mon, 02 Jan 2006 15:04:05 GMT"

// FlaskJSON writes v as Flask's session serializer does: Python's json.dumps
// with the compact separators, in ASCII, keys sorted, and a type that JSON lacks
// as an object of one tag. It takes what PythonJSON takes, and Tuple, []byte,
// Markup, UUID and time.Time, which loses its fraction of a second.
// flask/json/tag.py, TaggedJSONSerializer
func FlaskJSON(v any) string { return PythonJSON(tagged(v)) }

func tagged(v any) any {
	wrap := func(tag string, v any) any { return Object{{tag, v}} }
	switch v := v.(type) {
	case map[string]any:
		return tagged(sorted(v))
	case Object:
		if len(v) == 1 && isTag(v[0].Key) {
			return wrap(tagDict, Object{{v[0].Key + "__", tagged(v[0].Value)}})
		}
		o := make(Object, len(v))
		for i, m := range v {
			o[i] = Member{m.Key, tagged(m.Value)}
		}
		slices.SortStableFunc(o, byKey)
		return o
	case Tuple:
		return wrap(tagTuple, taggedList(v))
	case []any:
		return taggedList(v)
	case []byte:
		return wrap(tagBytes, base64.StdEncoding.EncodeToString(v))
	case Markup:
		return wrap(tagMarkup, string(v))
	case UUID:
		return wrap(tagUUID, hex.EncodeToString(v[:]))
	case time.Time:
		return wrap(tagDatetime, v.UTC().Format(httpDate))
	}
	return v
}

func taggedList(v []any) []any {
	out := make([]any, len(v))
	for i, e := range v {
		out[i] = tagged(e)
	}
	return out
}

// ParseFlask reads what FlaskJSON writes, and gives the tagged types back.
func ParseFlask(text string) (any, error) {
	v, err := ParseJSON(text)
	if err != nil {
		return nil, err
	}
	return untagged(v), nil
}

// untagged works from the leaves up. Text that does not suit its tag stays as
// it is.
func untagged(v any) any {
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			v[i] = untagged(e)
		}
	case Object:
		for i, m := range v {
			v[i].Value = untagged(m.Value)
		}
		if len(v) == 1 && isTag(v[0].Key) {
			if out, ok := untag(v[0].Key, v[0].Value); ok {
				return out
			}
		}
	}
	return v
}

func untag(tag string, v any) (any, bool) {
	switch v := v.(type) {
	case Object:
		if tag == tagDict && len(v) == 1 {
			return Object{{strings.TrimSuffix(v[0].Key, "__"), v[0].Value}}, true
		}
	case []any:
		if tag == tagTuple {
			return Tuple(v), true
		}
	case string:
		switch tag {
		case tagBytes:
			b, err := PyBase64(v, Base64Std)
			return b, err == nil
		case tagMarkup:
			return Markup(v), true
		case tagUUID:
			var u UUID
			n, err := hex.Decode(u[:], []byte(strings.ReplaceAll(v, "-", ""))[:min(32, len(v))])
			return u, err == nil && n == len(u)
		case tagDatetime:
			t, err := time.Parse(httpDate, v)
			return t, err == nil
		}
	}
	return nil, false
}
