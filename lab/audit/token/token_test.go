package token_test

import (
	"os"
	"strings"
	"testing"

	"fixlab/lab/audit/token"
)

// rows returns the lines of testdata/values.tsv.
func rows(t testing.TB) (list [][]string) {
	text, err := os.ReadFile("testdata/values.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(string(text), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != 10 {
			t.Fatalf("%d fields, want 10: %.80q", len(row), line)
		}
		list = append(list, row)
	}
	return list
}

// flat writes a token as a row has it.
func flat(k token.Token) string {
	var flags []string
	if k.Sealed {
		flags = append(flags, "sealed")
	}
	if k.Signed {
		flags = append(flags, "signed")
	}
	if k.Of != "" {
		flags = append(flags, "of "+k.Of)
	}
	return strings.Join([]string{string(k.Role), k.Format, k.Framework, k.Profile, strings.Join(flags, " "), k.ID, k.Payload, k.Stamp}, "\t")
}

func TestRecognise(t *testing.T) {
	roles := map[token.Role]int{}
	for _, row := range rows(t) {
		got := token.Recognise(row[0], row[1])
		roles[got.Role]++
		if want := strings.Join(row[2:], "\t"); flat(got) != want {
			t.Errorf("%s=%.40s\n got %s\nwant %s", row[0], row[1], flat(got), want)
		}
		if token.Bare(row[0]) != row[0] {
			continue
		}
		for _, prefix := range []string{"__Host-", "__Secure-", "__secure-", "__Http-", "__Host-Http-"} {
			if again := token.Recognise(prefix+row[0], row[1]); again != got && !strings.Contains(row[1], row[0]+"=") {
				t.Errorf("%s%s: %v, want %v as without the prefix", prefix, row[0], again, got)
			}
		}
		if !strings.ContainsAny(row[1], `"%`) && strings.Contains(row[1], "=") { // quoted, as Python's http.cookies does it
			if again := token.Recognise(row[0], `"`+row[1]+`"`); again.Role != got.Role || again.ID != got.ID || again.Payload != got.Payload {
				t.Errorf("%s in quotes: %v, want %v", row[0], again, got)
			}
		}
	}
	for _, r := range []token.Role{token.Session, token.CSRF, token.Remember, token.LoginState, token.Balancer, token.Bot, token.Analytics, token.Preference, token.Unknown} {
		if roles[r] == 0 {
			t.Errorf("no row of testdata has the role %q", r)
		}
	}
}

// The name alone makes no session: under every name of one in the test data, values
// without its shape are none.
func TestNameAlone(t *testing.T) {
	for _, row := range rows(t) {
		if row[2] != string(token.Session) {
			continue
		}
		for _, value := range []string{"", "1", "dark", "en-GB", "deleted", "null", "true", "a b", "alice", "2026-11-28"} {
			if got := token.Recognise(row[0], value); got.Role == token.Session {
				t.Errorf("%s=%s is taken for a session: %+v", row[0], value, got)
			}
		}
	}
}

// The value alone makes no session where many things have its shape: a cookie called
// lang or basket that holds an id is not called one.
func TestValueAlone(t *testing.T) {
	for _, name := range []string{"lang", "basket", "x", "_ga", "csrftoken", "AWSALB"} {
		for _, value := range []string{"9f86d081884c7d659a2feaa0c55ad015", "6f3b2a10-8c4d-4e5f-9a6b-1c2d3e4f5a6b", "rc6jelfvbgcfahhfjvs5pq94hh", "9eXq2LsTJk3pZbW0Vn5Ry8dCuGfHh1mAoQ7iE4tKzw4"} {
			if got := token.Recognise(name, value); got.Role == token.Session {
				t.Errorf("%s=%s is taken for a session", name, value)
			}
		}
	}
}

func TestLooksLikeID(t *testing.T) {
	for value, want := range map[string]bool{
		"9f86d081884c7d65":                           true, // 64 bits
		"9f86d081884c7d6":                            false,
		"6f3b2a10-8c4d-4e5f-9a6b-1c2d3e4f5a6b":       true,
		"rc6jelfvbgcfahhfjvs5pq94hh":                 true,
		"x7Kp2mQ9vR4tB8nW1zL6yA":                     true,
		"12345678901234567890":                       true,
		"1700000000000":                              false, // a time
		"mallory-item-in-the-basket":                 false,
		"user-profile-page-2023":                     false,
		"abcdefghijklmnopqrstuvwxyz":                 false,
		"aaaaaaaaaaaaaaaa":                           false,
		"django.contrib.auth.backends.ModelBackend":  false,
		"2023-11-15T22:13:20Z":                       false,
		"alice@example.org":                          false,
		"":                                           false,
		"Mozilla/5.0 (X11; Linux x86_64)":            false,
		"NZWTMRM5XYDG7PKQ4B2LJQ3ZL6XQ4LQ6F5R7XQJ2":   true,
		"CaFu0e1Z-Hm2bg0vrpXxG7lQ2gsMWbJ3":           true,
		"4vN0f7Q3mB1kX9sT2yLz8wRcPqJ6hGdE5uAaZbYcX=": true,
	} {
		if got := token.LooksLikeID(value); got != want {
			t.Errorf("LooksLikeID(%q) = %v, want %v", value, got, want)
		}
	}
}

func TestSignatureOf(t *testing.T) {
	for _, test := range []struct{ name, value, of string }{
		{"session.sig", "8OPpqG7Lp9MegE-xCd_uHbSENH0", "session"},
		{"koa.sess.sig", "cnNLqtfrVM0nTxMxVNGa6OYHh0Q", "koa.sess"},
		{"session.sig", "short", ""},
		{".sig", "8OPpqG7Lp9MegE-xCd_uHbSENH0", ""},
		{"session", "8OPpqG7Lp9MegE-xCd_uHbSENH0", ""},
	} {
		if of, ok := token.SignatureOf(test.name, test.value); ok != (test.of != "") || ok && of != test.of {
			t.Errorf("SignatureOf(%q, %q) = %q, %v", test.name, test.value, of, ok)
		}
	}
}
