package codec

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"time"
)

// Types of Python that JSON lacks and that Flask tags in a session. Python's bytes
// are []byte, its datetime is time.Time.
type (
	Tuple  []any    // tuple
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
// Source: flask/json/tag.py, TaggedJSONSerializer.
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
