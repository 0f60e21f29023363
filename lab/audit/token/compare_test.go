package token_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"
	"unicode"

	"fixlab/lab/audit/token"
	"fixlab/lab/sign"
)

// at is a clock that stands still.
func at(unix int64) func() time.Time { return func() time.Time { return time.Unix(unix, 0) } }

func flask(unix int64, json string) string {
	return sign.FlaskSession(at(unix), sign.FlaskLifetime, "k").Sign(json)
}

func dumps(unix int64, json string) string {
	return sign.DjangoDumps(sign.SaltSignedCookies, at(unix), 0, true, "k").Sign(json)
}

func gorilla(unix int64, value string) string {
	return sign.Gorilla("session", at(unix), 0, "k").Sign(value)
}

func jwt(payload string) string {
	code := base64.RawURLEncoding.EncodeToString
	return code([]byte(`{"alg":"HS256"}`)) + "." + code([]byte(payload)) + "." + strings.Repeat("x", 43)
}

const (
	hexA   = "7c4a8d09ca3762af61e59520943dc264"
	hexB   = "b1946ac92492d2347c6235b4d2611184"
	uuidA  = "361db7b4-39fa-4899-91a0-6f28a22a0524"
	uuidB  = "87a50a25-a15b-4d77-819d-117988120790"
	tomcat = "705043FA728B18F59DAE351D754479DF"
)

func TestCompare(t *testing.T) {
	express, seed := sign.ExpressSession("k"), sign.Seed("k")
	var values = map[string]string{} // of testdata, by name: the first
	for _, row := range rows(t) {
		if values[row[0]] == "" {
			values[row[0]] = row[1]
		}
	}
	for _, test := range []struct {
		what, name, before, after string
		want                      token.Change
		why                       string
	}{
		{"a bare id, kept", "PHPSESSID", "rc6jelfvbgcfahhfjvs5pq94hh", "rc6jelfvbgcfahhfjvs5pq94hh", token.Same, ""},
		{"a bare id, new", "PHPSESSID", "rc6jelfvbgcfahhfjvs5pq94hh", "7ue4spfnhbb7pj637vk3uorhgh", token.New, ""},
		{"Tomcat, another worker", "JSESSIONID", tomcat + ".node1", tomcat + ".node2", token.SameInside, ""},
		{"Tomcat, the worker comes later", "JSESSIONID", tomcat, tomcat + ".node2", token.SameInside, ""},
		{"Tomcat, new", "JSESSIONID", tomcat, "AFCAC154B74A6251EF0CBF464437E347", token.New, ""},
		{"Express, new", "connect.sid", express.Sign("CaFu0e1Z-Hm2bg0vrpXxG7lQ2gsMWbJ3"), express.Sign("DbGv1f2A-In3ch1wsqYyH8mR3htNXcK4"), token.NewInside, ""},
		{"Express, another secret", "connect.sid", express.Sign("CaFu0e1Z-Hm2bg0vrpXxG7lQ2gsMWbJ3"), sign.ExpressSession("l").Sign("CaFu0e1Z-Hm2bg0vrpXxG7lQ2gsMWbJ3"), token.SameInside, ""},
		{"Express, another spelling", "connect.sid", express.Sign("CaFu0e1Z-Hm2bg0vrpXxG7lQ2gsMWbJ3"), sign.DecodeCookie(express.Sign("CaFu0e1Z-Hm2bg0vrpXxG7lQ2gsMWbJ3")), token.SameInside, ""},
		{"the article's server signs what it gets", "session", "fixed-by-attacker", seed.Sign("fixed-by-attacker"), token.SameInside, ""},
		{"and again what is signed", "session", seed.Sign("fixed-by-attacker"), seed.Sign(seed.Sign("fixed-by-attacker")), token.SameInside, ""},
		{"the article's fix", "session", seed.Sign(hexA), seed.Sign(hexB), token.NewInside, ""},
		{"Flask, a page later", "session", flask(1700000000, `{"n":1}`), flask(1700000100, `{"n":1}`), token.Refreshed, "only a time"},
		{"Flask, a visit counted", "session", flask(1700000000, `{"views":1}`), flask(1700000100, `{"views":2}`), token.Refreshed, ""},
		{"Flask, login", "session", flask(1700000000, `{"n":1}`), flask(1700000100, `{"n":1,"user":"alice"}`), token.OtherData, "no field"},
		{"Flask, the server id stays", "session", flask(1700000000, `{"sid":"`+hexA+`"}`), flask(1700000100, `{"seen":"1f2e3d4c","sid":"`+hexA+`"}`), token.SameInside, "The field sid "},
		{"Flask, a new server id", "session", flask(1700000000, `{"sid":"`+hexA+`"}`), flask(1700000100, `{"sid":"`+hexB+`","user":"alice"}`), token.NewInside, "The field sid "},
		{"Flask, the id is a UUID, tagged", "session", flask(1700000000, `{"sid":{" u":"`+hexA+`"}}`), flask(1700000100, `{"sid":{" u":"`+hexA+`"},"x":1}`), token.SameInside, "The field sid "},
		{"Flask-WTF: only the anti-CSRF token stays", "session", flask(1700000000, `{"csrf_token":"`+hexA+`"}`), flask(1700000100, `{"csrf_token":"`+hexA+`","user":"alice"}`), token.OtherData, ""},
		{"Flask-Login: the same browser has the same _id", "session", flask(1700000000, `{"_id":"`+strings.Repeat(hexA, 4)+`"}`), flask(1700000100, `{"_id":"`+strings.Repeat(hexA, 4)+`","_user_id":"1"}`), token.OtherData, ""},
		{"Starlette re-signs every answer", "session", "eyJ1c2VyIjogImFsaWNlIn0=.ZVPxAA.LslfmEmiJfkJOaH08RNH424Lhyc", "eyJ1c2VyIjogImFsaWNlIn0=.ZVPxAB.AslfmEmiJfkJOaH08RNH424Lhyc", token.Refreshed, ""},
		{"Django signed cookies, re-signed", "sessionid", dumps(1700000000, `{"cart":"x"}`), dumps(1700000007, `{"cart":"x"}`), token.Refreshed, ""},
		{"Django signed cookies, login", "sessionid", dumps(1700000000, `{"cart":"x"}`), dumps(1700000007, `{"cart":"x","_auth_user_id":"1","_auth_user_backend":"django.contrib.auth.backends.ModelBackend","_auth_user_hash":"`+hexA+hexB+`"}`), token.OtherData, ""},
		{"Django database, cycled", "sessionid", "kv4sqrc9rz83ynx4m0k1lqx8q0v9z5t7", "z7kv4sqrc9rz83ynx4m0k1lqx8q0v9z5", token.New, ""},
		{"gorilla, the same session saved again", "session", gorilla(1700000000, "\x0b\x0c\x00\x08ATTACKER"), gorilla(1700000055, "\x0b\x0c\x00\x08ATTACKER"), token.SameInside, ""},
		{"Phoenix", "_shop_key", values["_shop_key"], values["_shop_key"][:len(values["_shop_key"])-1] + "9", token.Refreshed, ""},
		{"Rails encrypts anew", "_shop_session", values["_shop_session"], "gH3Sc%2F7iJl5mCP1RRNezreRenvYqj0F3WaSo43P%2Fokoc--AAECAwQFBgcICQoL--nCsJXR0ARZjZMk8zqnz0gw%3D%3D", token.CannotTell, "encrypted"},
		{"Laravel encrypts the id anew", "laravel_session", values["laravel_session"], laravelOther(t, values["laravel_session"]), token.CannotTell, "encrypted"},
		{"ASP.NET Core, kept", ".AspNetCore.Session", values[".AspNetCore.Session"], values[".AspNetCore.Session"], token.Same, ""},
		{"WordPress, the same token for longer", "wordpress_logged_in_5d41402abc4b2a76b9719d911017c592", values["wordpress_logged_in_5d41402abc4b2a76b9719d911017c592"], strings.Replace(values["wordpress_logged_in_5d41402abc4b2a76b9719d911017c592"], "1700172800", "1700999999", 1), token.SameInside, ""},
		{"JWT with another jti", "access_token", jwt(`{"sub":"1","jti":"` + uuidA + `","iat":1700000000}`), jwt(`{"sub":"1","jti":"` + uuidB + `","iat":1700000100}`), token.NewInside, "The field jti "},
		{"JWT of the same login, refreshed", "access_token", jwt(`{"sub":"1","sid":"` + uuidA + `","iat":1700000000}`), jwt(`{"sub":"1","sid":"` + uuidA + `","iat":1700000100}`), token.SameInside, "The field sid "},
		{"JWT of the same person is no kept id", "access_token", jwt(`{"sub":"` + uuidA + `","iat":1700000000}`), jwt(`{"sub":"` + uuidA + `","iat":1700000100}`), token.Refreshed, ""},
		{"cookie-session, both cookies", "session", "session=eyJiYXNrZXQiOiJtYWxsb3J5LWl0ZW0ifQ==; session.sig=8OPpqG7Lp9MegE-xCd_uHbSENH0", "session=eyJ1c2VyIjoiYWxpY2UifQ==; session.sig=9OPpqG7Lp9MegE-xCd_uHbSENH0", token.OtherData, ""},
		{"koa-session with a store, only the expiry is renewed", "koa.sess", "koa.sess=" + uuidA + "; koa.sess.sig=NzEGS49ViBt-yfYz0IfZHD9UamI", "koa.sess=" + uuidB + "; koa.sess.sig=_KffylgrBgJ3zBMOUZdWAx-c3Cg", token.NewInside, ""},
		{"koa-session without one, time only", "koa.sess", b64(`{"basket":"x","_expire":1700086400000,"_maxAge":86400000}`), b64(`{"basket":"x","_expire":1700086401234,"_maxAge":86400000}`), token.Refreshed, ""},
		{"a wrapper that nobody knows, around a UUID", "sid", "v1:" + uuidA + ":QwUfU0V71qvV", "v1:" + uuidA + ":bXxwElLCkS0V", token.SameInside, "part"},
		{"a wrapper that nobody knows, another id", "sid", "v1:" + uuidA + ":QwUfU0V71qvV", "v1:" + uuidB + ":bXxwElLCkS0V", token.CannotTell, "not known"},
		{"a bare id becomes a signed one", "sid", hexA, seed.Sign(hexA), token.SameInside, ""},
		{"an anonymous id becomes a JWT", "sid", hexA, jwt(`{"user":"alice"}`), token.New, "another kind"},
		{"nothing before", "sid", "", hexA, token.New, "before"},
		{"nothing after", "sid", hexA, "", token.Ended, ""},
		{"too long for a cookie", "sid", strings.Repeat("a", token.MaxValue+1), strings.Repeat("b", token.MaxValue+1), token.CannotTell, "too long"},
	} {
		got, why := token.Compare(test.name, test.before, test.after)
		if got != test.want || !strings.Contains(why, test.why) {
			t.Errorf("%s: %s (%s), want %s (%s)", test.what, got, why, test.want, test.why)
		}
		for _, prefix := range []string{"__Host-", "__Secure-"} {
			if again, _ := token.Compare(prefix+test.name, test.before, test.after); again != got && !strings.Contains(test.before, test.name+"=") {
				t.Errorf("%s: %s under %s, want %s", test.what, again, prefix, got)
			}
		}
	}
}

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// laravelOther is a cookie of the same form with another iv.
func laravelOther(t *testing.T, value string) string {
	b, err := base64.StdEncoding.DecodeString(token.Decode(value))
	if err != nil {
		t.Fatal(err)
	}
	return b64(strings.Replace(string(b), "DBpWwwX0", "EBpWwwX1", 1))
}

// No value and no control character comes out in the reason, whatever the data calls
// its fields.
func TestWhyIsHarmless(t *testing.T) {
	name := "\x1b[31m<b>" + strings.Repeat("n", 100) + "\u202e"
	encoded := strings.NewReplacer("\x1b", `\u001b`, "\u202e", `\u202e`).Replace(name)
	_, why := token.Compare("session", b64(`{"`+encoded+`":"`+hexA+`"}`), b64(`{"`+encoded+`":"`+hexA+`","x":1}`))
	if !strings.HasPrefix(why, "The field ·[31m<b>nnn") || strings.ContainsFunc(why, func(r rune) bool { return !unicode.IsGraphic(r) }) || len(why) > 200 || strings.Contains(why, hexA) {
		t.Errorf("%q", why)
	}
}

func FuzzRecognise(f *testing.F) {
	for _, row := range rows(f) {
		f.Add(row[0], row[1], row[1])
	}
	f.Add("session", flask(1700000000, `{"sid":"`+hexA+`"}`), flask(1700000100, `{"sid":"`+hexA+`","n":2}`))
	f.Add("session.sig", "%", `"`)
	f.Add("__Host-", "2|||||", "SFMyNTY.g3Q_____.OeCO-Xa-h6y0tB43Sc5icBYKBUB-N76q75ihSfYeAS8")
	f.Fuzz(func(t *testing.T, name, before, after string) {
		k := token.Recognise(name, before)
		switch {
		case k.Role == "":
			t.Errorf("no role: %+v", k)
		case k.Sealed && (k.ID != "" || k.Payload != ""):
			t.Errorf("sealed, and yet it shows something: %+v", k)
		case k.Payload != "" && !sign.IsJSON(k.Payload):
			t.Errorf("the payload is no JSON: %q", k.Payload)
		case k.ID != "" && k.Payload != "":
			t.Errorf("an id and data: %+v", k)
		case k.Role == token.Session && k.Format == "":
			t.Errorf("a session by its name alone: %+v", k)
		}
		if token.Bare(name) == name {
			if again := token.Recognise("__Host-"+name, before); name != "" && !strings.Contains(before, "=") && again != k {
				t.Errorf("%+v with a prefix, %+v without", again, k)
			}
		}
		if c, _ := token.Compare(name, before, before); c != token.Same {
			t.Errorf("the same value is %s", c)
		}
		c, why := token.Compare(name, before, after)
		if c == "" || !strings.HasSuffix(why, ".") || strings.ContainsFunc(why, func(r rune) bool { return !unicode.IsGraphic(r) }) {
			t.Errorf("%q, because %q", c, why)
		}
		if c == token.Same && before != after {
			t.Errorf("%s: %q, %q", c, before, after)
		}
	})
}
