package sign

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fixlab/lab/codec"
)

// A vector is a row of sign-vectors.json: what the real library made, or did
// with a value.
type vector map[string]json.RawMessage

func (v vector) has(key string) bool { return len(v[key]) > 0 && string(v[key]) != "null" }

func (v vector) str(key string) string {
	var s string
	json.Unmarshal(v[key], &s)
	return s
}

func (v vector) num(key string) float64 {
	var f float64
	json.Unmarshal(v[key], &f)
	return f
}

func (v vector) bool(key string) bool { return string(v[key]) == "true" }

// clock is the row's time, now for a check and time for a signing.
func (v vector) clock() func() time.Time {
	at := v.num("time")
	if v.has("now") {
		at = v.num("now")
	}
	sec := int64(at)
	t := time.Unix(sec, int64((at-float64(sec))*1e9)).UTC()
	return func() time.Time { return t }
}

// maxAge is the row's, and a nanosecond for 0, which is not "never" there.
func (v vector) maxAge() time.Duration {
	if !v.has("max_age") {
		return 0
	}
	if d := time.Duration(v.num("max_age") * 1e9); d != 0 {
		return d
	}
	return 1
}

// versions says what each version of Django does that package sign reproduces,
// those from 4.0 on: what expect says, or the row's versions where they differ.
func (v vector) versions() map[string]string {
	versions := map[string]string{}
	json.Unmarshal(v["versions"], &versions)
	maps.DeleteFunc(versions, func(version, _ string) bool { return strings.HasPrefix(version, "3.") })
	if len(versions) == 0 {
		versions["4.0"] = v.str("expect")
	}
	return versions
}

// object is the JSON text of a value, as Python writes it, "" without one.
func (v vector) object(t *testing.T, key string) string {
	if _, ok := v[key]; !ok {
		return ""
	}
	return codec.PythonJSON(mustParse(t, string(v[key])))
}

func mustParse(t *testing.T, text string) any {
	t.Helper()
	v, err := codec.ParseJSON(text)
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

// A complaint collects what is wrong with a row.
type complaint []string

func (c *complaint) same(what, got, want string) {
	if got != want {
		*c = append(*c, fmt.Sprintf("%s\n  got  %q\n  want %q", what, got, want))
	}
}

// field compares with the row's field, if it has one.
func (c *complaint) field(v vector, key, got string) {
	if v.has(key) {
		c.same(key, got, v.str(key))
	}
}

// A vectorFile is the schema of sign-vectors.json.
type vectorFile struct {
	Formats map[string]struct{ Vectors, Edge []vector }
}

func readVectors(t *testing.T, name string) vectorFile {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var f vectorFile
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return f
}

// inherited are the fields that an edge row takes from the format's first
// vector when it has none of its own.
var inherited = []string{"secret", "salt", "key_derivation", "digest", "hash_key", "cookie_name"}

// eachVector calls f for every row, edge rows completed. common completes them
// where the file's format has edge rows only.
func eachVector(t *testing.T, file, common vectorFile, f func(format string, v vector, edge bool)) {
	names := make([]string, 0, len(file.Formats))
	for name := range file.Formats {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		rows := file.Formats[name]
		for _, v := range rows.Vectors {
			f(name, v, false)
		}
		for _, v := range rows.Edge {
			for _, from := range append(common.Formats[name].Vectors[:1:1], v) {
				for _, key := range inherited {
					if _, ok := v[key]; !ok && from.has(key) {
						v[key] = from[key]
					}
				}
			}
			f(name, v, true)
		}
	}
}

// TestVectors checks every row of the real libraries' vectors, and of the file
// that SIGN_VECTORS names, if any.
func TestVectors(t *testing.T) {
	common := readVectors(t, "testdata/sign-vectors.json")
	files := []string{"testdata/sign-vectors.json"}
	if more := os.Getenv("SIGN_VECTORS"); more != "" {
		files = append(files, more)
	}
	agree, all := 0, 0
	for _, name := range files {
		eachVector(t, readVectors(t, name), common, func(format string, v vector, edge bool) {
			all++
			check, ok := formats[format]
			if !ok {
				t.Errorf("%s: unknown format %s", name, format)
				return
			}
			var c complaint
			check(t, &c, v, edge)
			if len(c) > 0 {
				t.Errorf("%s: %s %s: %s", name, format, v.str("name"), strings.Join(c, "\n"))
				return
			}
			agree++
		})
	}
	fmt.Printf("%d of %d vectors agree\n", agree, all)
	if all == 0 {
		t.Error("no vectors")
	}
}

// TestReasons checks that an error says what the real library's says.
func TestReasons(t *testing.T) {
	file := readVectors(t, "testdata/sign-vectors.json")
	seen := 0
	eachVector(t, file, file, func(format string, v vector, edge bool) {
		var s Signer
		signed, want := v.str("signed"), v.str("message")
		switch format {
		case "django.Signer":
			s = Django(v.str("salt"), v.str("secret"))
		case "django.TimestampSigner":
			s = DjangoTimestamp(v.str("salt"), v.clock(), v.maxAge(), v.str("secret"))
		case "django.signing.dumps":
			s = DjangoDumps(v.str("salt"), v.clock(), 0, false, v.str("secret"))
		case "flask.session":
			s, signed = FlaskSession(v.clock(), v.maxAge(), v.str("secret")), v.str("cookie")
		case "gorilla/securecookie":
			s, signed, want = Gorilla(v.str("cookie_name"), v.clock(), v.maxAge(), v.str("hash_key")), v.str("cookie"), v.str("error")
		default:
			return
		}
		if !edge || want == "" {
			return
		}
		seen++
		_, err := s.Unsign(signed)
		if err == nil || err.Error() != want {
			t.Errorf("%s %s\ngot  %v\nwant %s", format, v.str("name"), err, want)
		}
		if expired := strings.Contains(v.str("error"), "xpired"); errors.Is(err, ErrExpired) != expired || !errors.Is(err, ErrBadSignature) {
			t.Errorf("%s %s: errors.Is(ErrExpired) is not %v", format, v.str("name"), expired)
		}
	})
	if seen < 20 {
		t.Errorf("only %d rows have a reason", seen)
	}
}
