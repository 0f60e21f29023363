package sign

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fixlab/lab/codec"
)

func at(sec int64) func() time.Time { return func() time.Time { return time.Unix(sec, 0) } }

const frozen = 1700000000

// A kind is one constructor, with what is known of its signatures.
type kind struct {
	name   string
	make   func(keys ...string) Signer
	strict bool // no other text verifies
	text   bool // values are valid UTF-8
}

var kinds = []kind{
	{"Seed", Seed, true, false},
	{"Django", func(k ...string) Signer { return Django(SaltSigner, k...) }, true, false},
	{"DjangoTimestamp", func(k ...string) Signer { return DjangoTimestamp(SaltTimestamp, at(frozen), time.Minute, k...) }, true, false},
	{"DjangoDumps", func(k ...string) Signer { return DjangoDumps(SaltDumps, at(frozen), 0, false, k...) }, true, false},
	{"DjangoSession", func(k ...string) Signer { return DjangoDumps(SaltSession, at(frozen), 0, true, k...) }, true, false},
	{"DjangoSignedCookie", func(k ...string) Signer { return DjangoSignedCookie("sid", "", at(frozen), 0, k...) }, true, false},
	{"ItsDangerous", func(k ...string) Signer { return ItsDangerous("flask-session", DeriveHMAC, k...) }, false, false},
	{"FlaskSession", func(k ...string) Signer { return FlaskSession(at(frozen), FlaskLifetime, k...) }, false, false},
	{"CookieSignature", CookieSignature, true, false},
	{"ExpressSession", ExpressSession, false, true},
	{"CookieSession", func(k ...string) Signer { return CookieSession("session", k...) }, false, false},
	{"Gorilla", func(k ...string) Signer { return Gorilla("session", at(frozen), GorillaLifetime, k...) }, false, false},
}

// TestTamper changes what the signers mint and wants it refused.
func TestTamper(t *testing.T) {
	const value = `{"user":"Alice","cart":"kettle"}`
	flip := func(s string, i int) string {
		b := []byte(s)
		if i < 0 {
			i += len(b)
		}
		if b[i] == 'A' {
			b[i] = 'B'
		} else {
			b[i] = 'A'
		}
		return string(b)
	}
	tampers := []struct {
		name  string
		apply func(signed string) string
	}{
		{"flip the first character", func(s string) string { return flip(s, 0) }},
		{"flip the fourth last character", func(s string) string { return flip(s, -4) }},
		{"truncate by five", func(s string) string { return s[:len(s)-5] }},
		{"no signature", func(s string) string { return s[:len(s)/3] }},
		{"append a block", func(s string) string { return s + "AAAA" }},
		{"prepend", func(s string) string { return "A" + s }},
		{"swap the halves", func(s string) string { return s[len(s)/2:] + s[:len(s)/2] }},
		{"upper case", strings.ToUpper},
		{"lower case", strings.ToLower},
		{"nothing", func(string) string { return "" }},
		{"separators only", func(string) string { return ":.:.|;" }},
	}
	for _, k := range kinds {
		s := k.make("secret")
		signed := s.Sign(value)
		if got, err := s.Unsign(signed); err != nil || got != value {
			t.Fatalf("%s: Unsign(%q) = %q, %v", k.name, signed, got, err)
		}
		for _, tamper := range tampers {
			bad := tamper.apply(signed)
			if got, err := s.Unsign(bad); !errors.Is(err, ErrBadSignature) || got != "" {
				t.Errorf("%s, %s: Unsign(%q) = %q, %v", k.name, tamper.name, bad, got, err)
			} else if err.Error() == ErrBadSignature.Error() {
				t.Errorf("%s, %s: the error gives no reason", k.name, tamper.name)
			}
		}
		if _, err := k.make("other").Unsign(signed); !errors.Is(err, ErrBadSignature) {
			t.Errorf("%s: another secret verifies: %v", k.name, err)
		}
	}
}

// TestRotation: the first secret signs, every one verifies, and Explain shows
// the one that did.
func TestRotation(t *testing.T) {
	for _, k := range kinds {
		old, rotated := k.make("old").Sign("v"), k.make("new", "old")
		if got, err := rotated.Unsign(old); got != "v" || err != nil {
			t.Errorf("%s: the fallback does not verify: %q, %v", k.name, got, err)
		}
		signed := rotated.Sign("v")
		if _, err := k.make("new").Unsign(signed); err != nil {
			t.Errorf("%s: the first secret did not sign: %v", k.name, err)
		}
		for _, c := range []struct{ signed, secret string }{{old, "old"}, {signed, "new"}, {k.make("third").Sign("v"), "new"}} {
			x := rotated.(Explainer).Explain(c.signed)
			_, err := rotated.Unsign(c.signed)
			if x.Secret != c.secret || x.Equal != (err == nil) || x.Equal != (x.Expected == x.Received) || x.Algorithm == "" || len(x.Key) == 0 {
				t.Errorf("%s: Explain(%q) = %+v, Unsign: %v", k.name, c.signed, x, err)
			}
		}
	}
}

// TestMalleable: itsdangerous and gorilla take other texts for the same
// signature, and the wire form of express-session has many spellings.
func TestMalleable(t *testing.T) {
	flask, gorilla := FlaskSession(at(frozen), 0, "k"), Gorilla("session", at(frozen), 0, "k")
	express, session := ExpressSession("k"), CookieSession("session", "k")
	f, g, x, c := flask.Sign("{}"), gorilla.Sign("{}"), express.Sign("id"), session.Sign("{}")
	unused := func(s string, pad int) string { // sets the lowest unused bit of the last character
		i := len(s) - 1 - pad
		d := strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", s[i])
		return s[:i] + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[d^1:][:1] + s[i+1:]
	}
	gPad := len(g) - len(strings.TrimRight(g, "="))
	for _, row := range []struct {
		name   string
		s      Signer
		signed string
		accept bool
	}{
		{"flask, unused bit", flask, unused(f, 0), true},
		{"flask, padding", flask, f + "=====", true},
		{"flask, two junk characters", flask, f[:len(f)-4] + "!\n" + f[len(f)-4:], true},
		{"flask, one junk character breaks the padding", flask, f[:len(f)-4] + "!" + f[len(f)-4:], false},
		{"flask, another signature bit", flask, unused(f[:len(f)-1], 0) + f[len(f)-1:], false},
		{"gorilla, line break", gorilla, g[:9] + "\r\n" + g[9:], true},
		{"gorilla, junk", gorilla, g[:9] + "!" + g[9:], false},
		{"gorilla, padding stripped", gorilla, strings.TrimRight(g, "=") + strings.Repeat("=", (gPad+1)%3), false},
		{"express, other percent encoding", express, strings.Replace(x, "s%3A", "%73:", 1), true},
		{"express, padding", express, x + "%3D", false},
		{"cookie-session, order", session, c[strings.Index(c, "; ")+2:] + "; " + c[:strings.Index(c, ";")], true},
		{"cookie-session, first of two", session, "session=x; " + c, false},
		{"cookie-session, padded signature", session, c + "=", false},
	} {
		if _, err := row.s.Unsign(row.signed); (err == nil) != row.accept {
			t.Errorf("%s: %q: %v", row.name, row.signed, err)
		}
	}
}

// TestKinds pins which error a hostile value gets.
func TestKinds(t *testing.T) {
	late := func() time.Time { return time.Unix(frozen+60, 5e8) }
	stamped := DjangoTimestamp("s", at(frozen), time.Minute, "k").Sign("v")
	flask := FlaskSession(at(frozen), 0, "k").Sign("{}")
	cookie := itsDangerous{FlaskSession(at(frozen), 0, "k").(*flaskSession).ring}
	for _, row := range []struct {
		name   string
		s      Signer
		signed string
		want   error
		reason string
	}{
		{"seed, non-ASCII signature", Seed("k"), "id.é", ErrCrash, "TypeError: comparing strings with non-ASCII characters is not supported"},
		{"seed, non-ASCII id", Seed("k"), "é.00", ErrBadSignature, ""},
		{"seed, no dot", Seed("k"), "id", ErrMalformed, ""},
		{"django, no colon", Django("s", "k"), "id", ErrMalformed, `No ":" found in value`},
		{"django, half a second late", DjangoTimestamp("s", late, time.Minute, "k"), stamped, ErrExpired, "Signature age 60.5 > 60 seconds"},
		{"django, no timestamp", DjangoTimestamp("s", late, 0, "k"), Django("s", "k").Sign("v"), ErrMalformed, ""},
		{"django, empty timestamp", DjangoTimestamp("s", late, 0, "k"), Django("s", "k").Sign("v:"), ErrMalformed, "string index out of range"},
		{"django, odd timestamp", DjangoTimestamp("s", late, 0, "k"), Django("s", "k").Sign("v:1_"), ErrMalformed, "substring not found"},
		{"django, from the future", DjangoTimestamp("s", at(0), time.Minute, "k"), stamped, nil, ""},
		{"dumps, not base64", DjangoDumps("s", late, 0, false, "k"), DjangoTimestamp("s", late, 0, "k").Sign("A"), ErrMalformed, ""},
		{"dumps, not zlib", DjangoDumps("s", late, 0, false, "k"), DjangoTimestamp("s", late, 0, "k").Sign(".AAAA"), ErrMalformed, ""},
		{"flask, no dot", FlaskSession(at(frozen), 0, "k"), "abc", ErrMalformed, "No b'.' found in value"},
		{"flask, from the future", FlaskSession(at(frozen-1), FlaskLifetime, "k"), flask, ErrExpired, "Signature age -1 < 0 seconds"},
		{"flask, from the future, unlimited", FlaskSession(at(frozen-1), 0, "k"), flask, nil, ""},
		{"flask, signed text without time", FlaskSession(at(frozen), 0, "k"), cookie.Sign("e30"), ErrMalformed, "timestamp missing"},
		{"flask, signed text with a long time", FlaskSession(at(frozen), 0, "k"), cookie.Sign("e30.AAAAAAAAAAAAAAAA"), ErrMalformed, "Malformed timestamp"},
		{"flask, a signed year 10000", FlaskSession(at(frozen), 0, "k"), cookie.Sign("e30.____________"[:11]), ErrCrash, ""},
		{"flask, a signed broken payload", FlaskSession(at(frozen), 0, "k"), cookie.Sign("A.ZVPxAA"), ErrCrash, ""},
		{"express, unsigned", ExpressSession("k"), "hello", ErrMalformed, "cookie unsigned"},
		{"cookie-session, one cookie", CookieSession("session", "k"), "session=e30=", ErrMalformed, "no cookie session.sig"},
		{"gorilla, too long", Gorilla("session", late, 0, "k"), strings.Repeat("A", 4097), ErrMalformed, "securecookie: the value is too long"},
		{"gorilla, from the future", Gorilla("session", at(frozen), time.Minute, "k"), Gorilla("session", late, 0, "k").Sign("x"), nil, ""},
	} {
		_, err := row.s.Unsign(row.signed)
		if !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %v", row.name, err, row.want)
		} else if row.reason != "" && err.Error() != row.reason {
			t.Errorf("%s\ngot  %v\nwant %s", row.name, err, row.reason)
		}
		if errors.Is(err, ErrCrash) && errors.Is(err, ErrBadSignature) {
			t.Errorf("%s: a crash that counts as a rejection", row.name)
		}
	}
	if got := Gorilla("session", late, 0, "k").Sign(strings.Repeat("x", 3000)); got != "" {
		t.Errorf("gorilla signs %d bytes", len(got))
	}
}

func TestPeekAndRecognise(t *testing.T) {
	long := `{"x":"` + strings.Repeat("y", 200) + `"}`
	values := FlaskSession(at(frozen), 0, "k")
	for _, row := range []struct {
		value  string
		format Format
		peek   string
	}{
		{Seed("k").Sign("id"), FormatSeed, ""},
		{Django("s", "k").Sign("id"), FormatDjango, ""},
		{DjangoTimestamp("s", at(frozen), 0, "k").Sign("id"), FormatDjangoTimestamp, ""},
		{DjangoDumps("s", at(frozen), 0, true, "k").Sign(`{"a":1}`), FormatDjangoDumps, `{"a":1}`},
		{DjangoDumps("s", at(frozen), 0, true, "k").Sign(long), FormatDjangoDumps, long},
		{values.Sign(`{"a":1}`), FormatFlask, `{"a":1}`},
		{values.Sign(long), FormatFlask, long},
		{ItsDangerous("s", DeriveHMAC, "k").Sign("6f1c9c9e-8d5b"), FormatItsDangerous, ""},
		{CookieSignature("k").Sign("id"), FormatCookieSignature, ""},
		{ExpressSession("k").Sign("id"), FormatExpress, ""},
		{CookieSession("session", "k").Sign(`{"a":1}`), FormatCookieSession, `{"a":1}`},
		{"eyJhIjoxfQ==", "", `{"a":1}`},
		{Gorilla("session", at(frozen), 0, "k").Sign(codec.GobEncode(codec.Object{{Key: "user", Value: "alice"}, {Key: "n", Value: 3}})), FormatGorilla, `{"n":3,"user":"alice"}`},
		{Gorilla("session", at(frozen), 0, "k").Sign(`{"a":1}` + "\n"), FormatGorilla, `{"a":1}`},
		{DjangoAuthHash("pw", "k").Hash(), FormatAuthHash, ""},
		{"kv4sqrc9abcdefghijklmnopqrstuvwx", FormatDjangoKey, ""},
		{"", "", ""},
		{"hello", "", ""},
		{"a.b.c", "", ""},
	} {
		if got := Recognise(row.value); got != row.format {
			t.Errorf("Recognise(%.60q) = %q, want %q", row.value, got, row.format)
		}
		if got, ok := Peek(row.value); got != row.peek || ok != (row.peek != "") {
			t.Errorf("Peek(%.60q) = %.60q, %v, want %.60q", row.value, got, ok, row.peek)
		}
	}
	bomb := "." + strings.TrimPrefix(codec.EncodePayload(strings.Repeat("1", 2<<20), new(codec.Deflater)), ".")
	if _, ok := Peek(bomb + ":1:x"); ok {
		t.Error("Peek inflates without bound")
	}
}

// TestNoSecret: a signer without a secret is a programmer's error.
func TestNoSecret(t *testing.T) {
	for _, k := range kinds {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s takes no secret at all", k.name)
				}
			}()
			k.make()
		}()
	}
}

// FuzzUnsign: nothing panics, Sign then Unsign is identity, and where the
// signature is strict no other text verifies.
func FuzzUnsign(f *testing.F) {
	for _, s := range []string{"", "ATTACKER", `{"a":1}`, "é", "a.b:c|d;e=f%41", strings.Repeat("y", 99), "e30:1r31eq:x", ".eJw:1:x", "s%3Aa.b"} {
		f.Add(s, uint16(3), byte(1))
	}
	for _, k := range kinds {
		f.Add(k.make("fuzz").Sign(`{"cart":"x"}`), uint16(9), byte(4))
	}
	f.Fuzz(func(t *testing.T, text string, where uint16, xor byte) {
		Peek(text)
		Recognise(text)
		if v, err := codec.GobDecode(text); err == nil && strings.HasPrefix(text, codec.GobMapType) {
			codec.GoJSON(v)
		}
		for _, k := range kinds {
			s := k.make("fuzz")
			x := s.(Explainer).Explain(text)
			if value, err := s.Unsign(text); err == nil && !x.Equal {
				t.Errorf("%s: Unsign(%q) = %q, Explain %+v", k.name, text, value, x)
			}
			if k.text && !utf8.ValidString(text) {
				continue
			}
			signed := s.Sign(text)
			if signed == "" && k.name == "Gorilla" {
				continue
			}
			if got, err := s.Unsign(signed); err != nil || got != text {
				t.Errorf("%s: Sign(%q) = %q, Unsign %q, %v", k.name, text, signed, got, err)
			}
			if !k.strict || xor == 0 {
				continue
			}
			b := []byte(signed)
			b[int(where)%len(b)] ^= xor
			if got, err := s.Unsign(string(b)); err == nil {
				t.Errorf("%s: %q verifies as well as %q: %q", k.name, b, signed, got)
			}
		}
	})
}

func BenchmarkSignUnsign(b *testing.B) {
	for _, k := range kinds {
		b.Run(k.name, func(b *testing.B) {
			s := k.make("secret")
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Unsign(s.Sign(`{"cart":"attacker-item"}`)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func ExampleDjangoDumps() {
	now := func() time.Time { return time.Unix(1700000000, 0) }
	session := DjangoDumps(SaltSignedCookies, now, 14*24*time.Hour, true, "django-lab-secret-key-0123456789abcdefghijklmnopqrstuv")
	fmt.Println(session.Sign(codec.PythonJSON(codec.Object{{Key: "cart", Value: "attacker-item"}})))
	// Output: eyJjYXJ0IjoiYXR0YWNrZXItaXRlbSJ9:1r31eq:zSIy-lL1LxO64dWpdmW4lg35Hi1RkBawbE7rovQUk8c
}
