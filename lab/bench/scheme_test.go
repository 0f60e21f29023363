package bench

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fixlab/lab/codec"
	"fixlab/lab/sign"
)

// hostile are values that a page must show as text and a shell must take as one word.
var hostile = []string{
	"hello",
	`<img src=x onerror=alert(1)>`,
	`'; touch pwned; '`,
	"$(touch pwned) `touch pwned` ${HOME} !! \\n %s %d",
	"-n", "--", "", " ", "a\nb\tc\r\n\x1b[2J\x7f",
	"it's\x1b'\\ \u202ereversed\u200b", "é 💥 日本", "a.b:c|d;e=f%41",
}

// forms returns every scheme with every choice, for a value.
func forms(value string) map[string]struct {
	s *Scheme
	f Form
} {
	out := map[string]struct {
		s *Scheme
		f Form
	}{}
	for i := range Schemes {
		s := &Schemes[i]
		f := s.Defaults()
		if value != "" || !s.Asks[0].Long {
			f[FieldValue] = value
		}
		if s.Asks[0].Long && value != "" {
			f[FieldValue] = codec.PythonJSON(codec.Object{{Key: "user", Value: value}, {Key: "n", Value: codec.Int("7")}, {Key: "on", Value: true}, {Key: "nil", Value: nil}})
		}
		options := []string{""}
		for _, a := range s.Asks {
			if a.Field == FieldChoice {
				options = a.Options
			}
		}
		for _, o := range options {
			f[FieldChoice] = o
			out[s.Slug+" "+o] = struct {
				s *Scheme
				f Form
			}{s, f}
		}
	}
	return out
}

func TestSchemesAreTheVectorsFormats(t *testing.T) {
	text, err := os.ReadFile("../sign/testdata/sign-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Formats map[string]json.RawMessage }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for name := range file.Formats {
		want = append(want, name)
	}
	slugs := map[string]bool{}
	for _, s := range Schemes {
		got = append(got, s.Name)
		if slugs[s.Slug] || !sign.Only(s.Slug, "abcdefghijklmnopqrstuvwxyz-") || s.Title == "" || s.Use == "" || SchemeBySlug(s.Slug).Name != s.Name {
			t.Errorf("%s: slug %q, title %q", s.Name, s.Slug, s.Title)
		}
		slugs[s.Slug] = true
		if s.Asks[0].Field != FieldValue || s.Asks[1].Field != FieldSecret || s.Asks[1].Default != demoSecret {
			t.Errorf("%s: the value and the secret do not come first", s.Name)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("schemes\n%q\nvectors\n%q", got, want)
	}
}

// TestSchemes signs, reads and tampers in every format: the parts joined are
// the text, what was signed verifies, and each character that is changed is
// refused, or the format is told to be malleable and the value is the same.
func TestSchemes(t *testing.T) {
	for _, value := range hostile {
		for name, x := range forms(value) {
			m, err := x.s.Sign(x.f)
			if err != nil {
				t.Errorf("%s: %q: %v", name, x.f[FieldValue], err)
				continue
			}
			joined(t, name, m.Text, m.Layers)
			enc := m.Check.Expected
			if got := hex.EncodeToString(m.MAC); !strings.Contains(enc, got) {
				raw, _ := codec.PyBase64(codec.Pad(strings.ReplaceAll(enc, "=", "")), codec.Base64URL)
				if hex.EncodeToString(raw) != got {
					t.Errorf("%s: the MAC is %s, the signature %s", name, got, enc)
				}
			}
			if !m.Check.Equal || len(m.Check.Key) == 0 {
				t.Errorf("%s: %+v", name, m.Check)
			}
			r, err := x.s.Read(m.Text, x.f)
			if err != nil || r.Err != nil || r.Why != "" {
				t.Errorf("%s: %q is refused: %v, %v", name, m.Text, err, r.Err)
				continue
			}
			if r.Value != m.Written || x.s.read != nil && r.Payload != r.Value {
				t.Errorf("%s: %q says %q and %q, signed was %q", name, m.Text, r.Value, r.Payload, m.Written)
			}
			joined(t, name, m.Text, r.Layers)
			if has := slices.ContainsFunc(m.Layers[0].Parts, func(p Part) bool { return p.Role == RoleSignature }); !has {
				t.Errorf("%s: no part of %q is the signature", name, m.Text)
			}
			for i := range utf8.RuneCountInString(m.Text) {
				bad, was, is := Flip(m.Text, i)
				if bad == m.Text || was == is {
					t.Fatalf("%s: flipping character %d of %q changes nothing", name, i, m.Text)
				}
				b, err := x.s.Read(bad, x.f)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				joined(t, name, bad, b.Layers)
				switch {
				case b.Err != nil && b.Why == "":
					t.Errorf("%s: %q is refused without a reason", name, bad)
				case b.Err == nil && (x.s.Malleable == "" || b.Value != r.Value):
					t.Errorf("%s: %q verifies as well as %q, value %q", name, bad, m.Text, b.Value)
				}
			}
			f := x.f
			f[FieldSecret] = "another"
			if r, _ := x.s.Read(m.Text, f); r.Err == nil || !strings.Contains(r.Why, "secret") && x.s.Slug != "django-auth-hash" {
				t.Errorf("%s: another secret: %v, %q", name, r.Err, r.Why)
			}
		}
	}
}

func joined(t *testing.T, name, text string, layers []Layer) {
	t.Helper()
	if layers[0].Text() != text {
		t.Errorf("%s: the parts of %q are %q", name, text, layers[0].Parts)
	}
	for _, l := range layers {
		for _, p := range l.Parts {
			if l.Title == "" || p.Text == "" || p.Meaning == "" || p.Role == "" {
				t.Errorf("%s: %q has the part %+v", name, text, p)
			}
		}
	}
}

// TestAcceptedFlips: where a format is malleable in a single character, it is
// the last of the signature.
func TestAcceptedFlips(t *testing.T) {
	for i := range Schemes {
		s := &Schemes[i]
		m, err := s.Sign(s.Defaults())
		if err != nil {
			t.Fatal(err)
		}
		at, tried := s.Accepted(m.Text, s.Defaults(), 4096)
		want := []int(nil)
		switch s.Slug {
		case "flask", "itsdangerous":
			want = []int{len(m.Text) - 1}
		case "gorilla":
			if pads := strings.Count(m.Text, "="); pads > 0 {
				want = []int{len(m.Text) - 1 - pads}
			}
		}
		if !tried || !slices.Equal(at, want) {
			t.Errorf("%s: %q verifies with character %v changed, want %v", s.Name, m.Text, at, want)
		}
		if _, tried := s.Accepted(m.Text, s.Defaults(), 10); tried {
			t.Errorf("%s: a long text is tried", s.Name)
		}
	}
}

// TestWhy pins the reasons.
func TestWhy(t *testing.T) {
	signed := func(slug string, change ...string) string {
		s := SchemeBySlug(slug)
		f := s.Defaults()
		for i := 0; i < len(change); i += 2 {
			f[field(change[i])] = change[i+1]
		}
		m, err := s.Sign(f)
		if err != nil {
			t.Fatal(err)
		}
		return m.Text
	}
	flask, seed, row := signed("flask"), signed("seed"), signed("django-row")
	for _, test := range []struct {
		slug, text, change, to string
		want                   string
	}{
		{"flask", "abc", "", "", `not the parts of this format: No b'.' found`},
		{"flask", flask[:len(flask)-5], "", "", "22 characters, and the right one has 27"},
		{"flask", flask[:len(flask)-27], "", "", "The signature is missing"},
		{"flask", flask[:len(flask)-4] + "!" + flask[len(flask)-3:], "", "", `it holds "!"`},
		{"flask", flask, "time", "1702678401", "It was signed at 2023-11-14 22:13:20 UTC, and it is checked at 2023-12-15"},
		{"flask", flask, "time", "1699999999", "-1 < 0"},
		{"flask", "x" + flask, "", "", "the secret or the value is not the one"},
		{"seed", seed[:len(seed)-1] + "é", "", "", "error 500"},
		{"seed", flip(seed, len(seed)-2), "", "", "wrong in 1 character of 64, the first of them number 63: the signature itself was changed"},
		{"django-signer", "hello", "", "", `No ":" found`},
		{"django-signer", signed("django-signer"), "salt", "other", "the secret, the salt or the value"},
		{"django-signed-cookies", row, "", "", "the secret or the value"},
		{"django-timestamp", signed("django-signer", "salt", sign.SaltTimestamp), "", "", "The signature is right, but what it signs is not of this format"},
		{"django-cookie", signed("django-cookie"), "name", "other", "the secret, the name or the value"},
		{"django-auth-hash", "abc", "", "", "64 digits"},
		{"cookie-signature", "hello", "", "", `no "." in the value`},
		{"cookie-session", "session=e30=", "", "", "no cookie session.sig"},
		{"gorilla", "AAAA", "", "", "not valid"},
		{"gorilla", "&&&&", "", "", "base64 decode failed"},
		{"gorilla", signed("gorilla"), "time", "1702592001", "lifetime of 2592000 seconds"},
	} {
		s := SchemeBySlug(test.slug)
		f := s.Defaults()
		if test.change != "" {
			f[field(test.change)] = test.to
		}
		r, err := s.Read(test.text, f)
		if err != nil || r.Err == nil || !strings.Contains(r.Why, test.want) {
			t.Errorf("%s: %q: %v, %v\ngot  %q\nwant %q", test.slug, test.text, err, r.Err, r.Why, test.want)
		}
	}
}

func flip(s string, i int) string { f, _, _ := Flip(s, i); return f }

func field(name string) Field {
	return map[string]Field{"value": FieldValue, "secret": FieldSecret, "salt": FieldSalt, "name": FieldName, "choice": FieldChoice, "time": FieldTime, "lifetime": FieldLifetime}[name]
}

func TestFieldErrors(t *testing.T) {
	for _, test := range []struct {
		slug, change, to, want string
	}{
		{"seed", "secret", "", "without a secret"},
		{"flask", "value", "{", "json:"},
		{"flask", "value", "[1]", "a session is an object"},
		{"django-dumps", "value", "nul", "json:"},
		{"django-timestamp", "time", "now", "whole number of seconds"},
		{"django-timestamp", "time", "-1", "whole number of seconds"},
		{"flask", "time", "99999999999999999999", "whole number of seconds"},
		{"cookie-session", "name", "a b", "cookie’s name"},
		{"gorilla", "name", "", "cookie’s name"},
		{"gorilla", "value", `{"a":[1]}`, "type of its own"},
		{"gorilla", "value", `{"a":99999999999999999999}`, "fits no int"},
		{"gorilla", "value", `7`, "in gob"},
		{"gorilla", "value", `{"a":"` + strings.Repeat("x", 4000) + `"}`, "too long"},
	} {
		s := SchemeBySlug(test.slug)
		f := s.Defaults()
		f[field(test.change)] = test.to
		_, err := s.Sign(f)
		var wrong *FieldError
		if !errors.As(err, &wrong) || wrong.Field != field(test.change) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s, %s %.40q: %v, want %q", test.slug, test.change, test.to, err, test.want)
		}
	}
	if _, err := SchemeBySlug("flask").Read("x", Form{}); err == nil {
		t.Error("a text is read without a secret")
	}
}

func TestSuggest(t *testing.T) {
	for _, test := range []struct {
		sign, secret, with string
		want               string
	}{
		{"flask", demoSecret, demoSecret, "flask"},
		{"flask", "another", demoSecret, "flask"},
		{"seed", demoSecret, demoSecret, "seed"},
		{"itsdangerous", demoSecret, demoSecret, "itsdangerous"},
		{"django-row", demoSecret, demoSecret, "django-row"},
		{"django-dumps", demoSecret, demoSecret, "django-dumps"},
		{"django-row", "another", demoSecret, "django-signed-cookies django-row django-dumps"},
		{"django-signer", demoSecret, demoSecret, "django-signer"},
		{"django-timestamp", demoSecret, demoSecret, "django-timestamp"},
		{"django-cookie", demoSecret, demoSecret, "django-cookie"},
		{"django-auth-hash", demoSecret, demoSecret, "django-auth-hash"},
		{"cookie-signature", demoSecret, demoSecret, "cookie-signature"},
		{"cookie-session", demoSecret, demoSecret, "cookie-session"},
		{"gorilla", demoSecret, demoSecret, "gorilla"},
	} {
		s := SchemeBySlug(test.sign)
		f := s.Defaults()
		f[FieldSecret] = test.secret
		m, err := s.Sign(f)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range Suggest(m.Text, test.with) {
			got = append(got, s.Slug)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s looks like %q, want %q", m.Text, got, test.want)
		}
	}
	if got := Suggest("hello", "k"); len(got) != 0 {
		t.Errorf("hello looks like %v", got)
	}
}

func TestUnwrap(t *testing.T) {
	f := SchemeBySlug("flask").Defaults()
	m, _ := SchemeBySlug("flask").Sign(f)
	two, _ := SchemeBySlug("cookie-session").Sign(SchemeBySlug("cookie-session").Defaults())
	for in, want := range map[string]string{
		"Set-Cookie: session=" + m.Text + "; HttpOnly; Path=/": m.Text,
		"cookie: a=" + m.Text + "; b=c":                        m.Text,
		"session=" + m.Text:                                    m.Text,
		`session="` + m.Text + `"`:                             m.Text,
		"Cookie: " + two.Text:                                  two.Text,
		m.Text:                                                 "",
		two.Text:                                               "",
		"hello=world":                                          "",
		"":                                                     "",
	} {
		got, ok := Unwrap(in)
		if ok != (want != "") || ok && got != want {
			t.Errorf("Unwrap(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for i := range Schemes {
		m, _ := Schemes[i].Sign(Schemes[i].Defaults())
		f.Add(m.Text)
	}
	for _, s := range []string{"", ".", ":", "::", "s%3A", "s:é.é", "session=;session.sig=", ".eJw", "\xff.\xff", "%%%.%", "MTcwfHx8"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		Unwrap(text)
		Suggest(text, demoSecret)
		for i := range Schemes {
			s := &Schemes[i]
			r, err := s.Read(text, s.Defaults())
			if err != nil {
				t.Fatal(err)
			}
			if r.Err != nil && r.Why == "" {
				t.Errorf("%s: %q is refused without a reason", s.Name, text)
			}
			if text != "" {
				joined(t, s.Name, text, r.Layers)
			}
		}
	})
}
