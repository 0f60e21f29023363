package audit_test

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"fixlab/lab/audit"
	"fixlab/lab/audit/token"
	"fixlab/lab/sign"
	"fixlab/scenarios"
)

// recorded reads exchanges that are written one a line:
//
//	POST /login 302 | cookie sid=a; b=c | set sid=d; Path=/ | to /profile | posts user password
//
// A path is one of https://shop.example.
func recorded(t testing.TB, text string) (rec audit.Recording) {
	t.Helper()
	rec.Kind = audit.HAR
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		parts := strings.Split(strings.TrimSpace(line), " | ")
		head := strings.Fields(parts[0])
		x := audit.Exchange{Method: head[0], URL: head[1], At: time.Duration(len(rec.Exchanges)) * time.Second}
		if strings.HasPrefix(x.URL, "/") {
			x.URL = "https://shop.example" + x.URL
		}
		x.Status, _ = strconv.Atoi(head[2])
		for _, p := range parts[1:] {
			verb, rest, _ := strings.Cut(p, " ")
			switch verb {
			case "cookie":
				for pair := range strings.SplitSeq(rest, "; ") {
					name, value, _ := strings.Cut(pair, "=")
					x.Cookies = append(x.Cookies, audit.Pair{Name: name, Value: value})
				}
			case "set":
				x.Set = append(x.Set, strings.ReplaceAll(rest, `\n`, "\n"))
			case "to":
				x.Location = rest
			case "posts":
				x.Fields = strings.Fields(rest)
			case "hsts":
				x.HSTS = rest
			case "bearer":
				x.Bearer = true
			default:
				t.Fatalf("%q", p)
			}
		}
		rec.Exchanges = append(rec.Exchanges, x)
	}
	return rec
}

// observed is what is seen with a login that is guessed.
func observed(t testing.TB, text string) audit.Observed {
	t.Helper()
	return audit.Observe(recorded(t, text), audit.Options{Login: -1})
}

const (
	phpA, phpB       = "rc6jelfvbgcfahhfjvs5pq94hh", "7ue4spfnhbb7pj637vk3uorhgh"
	hexA, hexB       = "7c4a8d09ca3762af61e59520943dc264", "b1946ac92492d2347c6235b4d2611184"
	tomcatA, tomcatB = "705043FA728B18F59DAE351D754479DF", "AFCAC154B74A6251EF0CBF464437E347"
)

func express(id string) string { return sign.ExpressSession("k").Sign(id) }

func flask(unix int64, json string) string {
	return sign.FlaskSession(func() time.Time { return time.Unix(unix, 0) }, sign.FlaskLifetime, "k").Sign(json)
}

// php is a whole recording of a PHP session, with the value after the login to be filled in.
func php(after string) string {
	set := ""
	if after != phpA {
		set = " | set PHPSESSID=" + after + "; path=/"
	}
	return `GET / 200 | set PHPSESSID=` + phpA + `; path=/
		GET /profile 401 | cookie PHPSESSID=` + phpA + `
		POST /login 302 | cookie PHPSESSID=` + phpA + set + ` | to /profile | posts user pass
		GET /profile 200 | cookie PHPSESSID=` + after
}

func TestStates(t *testing.T) {
	railsA := "sT9acKAdKmob3Ka6tsQ6N%2BBXgkzr0NKysXRiEaJE--PWs6foxlf0AJwz%2Fi--Wwb0SEHGeCSFq4zSKHarLg%3D%3D"
	railsB := "gH3Sc%2F7iJl5mCP1RRNezreRenvYqj0F3WaSo43P%2Fokoc--AAECAwQFBgcICQoL--nCsJXR0ARZjZMk8zqnz0gw%3D%3D"
	for _, test := range []struct {
		what, text string
		state      audit.State
		says       string
		session    string
	}{
		{"PHP keeps the id", php(phpA), audit.Kept, "The id in PHPSESSID was ▲ before the login and ▲ after it. Whoever knew it before is logged in after.", "PHPSESSID"},
		{"PHP regenerates", php(phpB), audit.Replaced, "The login replaced the id in PHPSESSID: ▲ before, ● after. Not shown by this recording: whether the server still honours the old one.", "PHPSESSID"},
		{"Express without a session before the login", `GET / 200
			POST /login 302 | set connect.sid=` + express("CaFu0e1Z-Hm2bg0vrpXxG7lQ2gsMWbJ3") + `; Path=/; HttpOnly | to /profile | posts user pass
			GET /profile 200 | cookie connect.sid=` + express("CaFu0e1Z-Hm2bg0vrpXxG7lQ2gsMWbJ3"),
			audit.OnlyAtLogin, "No session cookie existed before the login, so this recording cannot show rotation.", "connect.sid"},
		{"Rails encrypts", `GET / 200 | set _shop_session=` + railsA + `; path=/; HttpOnly
			POST /login 302 | cookie _shop_session=` + railsA + ` | set _shop_session=` + railsB + `; path=/; HttpOnly | to / | posts user password
			GET / 200 | cookie _shop_session=` + railsB,
			audit.SealedChange, "it changed, and so does an unchanged session here.", "_shop_session"},
		{"Flask's own session", `GET / 200 | set session=` + flask(1700000000, `{"n":1}`) + `; HttpOnly; Path=/
			POST /login 302 | cookie session=` + flask(1700000000, `{"n":1}`) + ` | set session=` + flask(1700000009, `{"n":1,"user":"alice"}`) + `; HttpOnly; Path=/ | to /profile | posts user pass
			GET /profile 200 | cookie session=` + flask(1700000009, `{"n":1,"user":"alice"}`),
			audit.NoID, "The cookie session is the session: data under a signature. There is no id in it to fixate; logout cannot end a copy.", "session"},
		{"two that look like it and do not agree", `GET / 200 | set sid=` + hexA + ` | set auth=` + hexB + `
			POST /login 302 | cookie sid=` + hexA + `; auth=` + hexB + ` | set auth=` + "9f86d081884c7d659a2feaa0c55ad015" + ` | to /profile | posts user pass
			GET /profile 200 | cookie sid=` + hexA + `; auth=9f86d081884c7d659a2feaa0c55ad015`,
			audit.Ambiguous, "sid kept its id, auth got a new id.", "sid auth"},
		{"no login in it", `GET / 200 | set PHPSESSID=` + phpA + `; path=/`, audit.NoLoginSeen, "PHPSESSID looks like the session, and no request here looks like a login that went through.", "PHPSESSID"},
		{"a login that failed", strings.Replace(strings.Split(php(phpA), "\n")[0]+"\n"+"POST /login 401 | cookie PHPSESSID="+phpA+" | posts user pass", "\t", "", -1), audit.NoLoginSeen, "no request here looks like a login that went through", "PHPSESSID"},
		{"a session under a name that nobody knows", `GET / 200 | set basket=` + hexA + `
			GET /profile 302 | cookie basket=` + hexA + ` | to /login
			POST /login 302 | cookie basket=` + hexA + ` | to /profile | posts user pass
			GET /profile 200 | cookie basket=` + hexA,
			audit.Kept, "The id in basket was ▲ before the login and ▲ after it.", "basket"},
		{"an id too short for one", `GET / 200
			POST /login 302 | set u=77 | to /profile | posts user pass
			GET /profile 200 | cookie u=77`,
			audit.OnlyAtLogin, "", "u"},
		{"the second factor comes before the new id", `GET / 200 | set sid=` + hexA + `
			POST /login 302 | cookie sid=` + hexA + ` | to /login/otp | posts user password
			GET /login/otp 200 | cookie sid=` + hexA + `
			POST /login/otp 302 | cookie sid=` + hexA + ` | set sid=` + hexB + ` | to /profile | posts otp
			GET /profile 200 | cookie sid=` + hexB,
			audit.Replaced, "", "sid"},
		{"cURL: requests only", `GET / 0 | cookie sid=` + hexA + `
			POST /login 0 | cookie sid=` + hexA + ` | posts user password
			GET /profile 0 | cookie sid=` + hexB,
			audit.Replaced, "The answer to the login was not recorded", "sid"},
	} {
		r := observed(t, test.text)
		if r.State != test.state || !strings.Contains(r.Says, test.says) || strings.Join(r.Session, " ") != test.session {
			t.Errorf("%s: %s, %v\n%s\n(%s) %s", test.what, r.State, r.Session, r.Says, r.SureWhy, fmt.Sprint(r.Evidence))
		}
		if (r.State == audit.Kept || r.State == audit.Replaced) && len(r.Evidence) < 2 {
			t.Errorf("%s: the answer rests on nothing: %v", test.what, r.Evidence)
		}
		sound(t, test.what, recorded(t, test.text), r)
	}
}

// sound checks what holds of every report: no value in clear, nothing that a terminal
// obeys, evidence that is there, a play that can be played, and no word that says too much.
func sound(t testing.TB, what string, rec audit.Recording, r audit.Observed) {
	t.Helper()
	all := fmt.Sprintf("%+v", r)
	var values []string
	names := ""
	for _, x := range rec.Exchanges {
		for _, p := range x.Cookies {
			values, names = append(values, p.Value), names+" "+p.Name
		}
		for _, s := range x.Set {
			name, value, _ := strings.Cut(s, "=")
			value, _, _ = strings.Cut(value, ";")
			values, names = append(values, strings.TrimSpace(value)), names+" "+name
		}
		names += " " + x.Method + x.HSTS + x.URL + x.Location // which have a test of their own
	}
	for _, value := range values {
		if token.LooksLikeID(value) && !strings.Contains(value, "/") && strings.Contains(all, value) && !strings.Contains(names, value) {
			t.Errorf("%s: the value %q is shown", what, value)
		}
	}
	for _, word := range []string{"secure.", " safe", "defended"} {
		if strings.Contains(strings.ToLower(r.Says+r.Prove), word) {
			t.Errorf("%s: it says %q", what, word)
		}
	}
	for _, s := range texts(reflect.ValueOf(r)) {
		if strings.ContainsFunc(s, func(c rune) bool { return !unicode.IsGraphic(c) }) {
			t.Errorf("%s: %q has what a terminal obeys", what, s)
		}
	}
	evidence := slices.Clone(r.Evidence)
	for _, n := range r.Notes {
		evidence = append(evidence, n.Evidence...)
	}
	for _, e := range evidence {
		if e.Exchange < 0 || e.Exchange >= len(rec.Exchanges) || e.Says == "" || e.Request == "" || e.Status != rec.Exchanges[e.Exchange].Status {
			t.Errorf("%s: evidence of nothing: %+v", what, e)
		}
	}
	if r.Play != "" {
		if _, err := scenarios.ParsePlay(r.Play); err != nil {
			t.Errorf("%s: %s: %v", what, r.Play, err)
		}
	}
}

// texts returns the strings in a value, but for those of a recording's own reader.
func texts(v reflect.Value) (list []string) {
	switch v.Kind() {
	case reflect.String:
		list = append(list, v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			if n := v.Type().Field(i).Name; n != "Spilled" && n != "Broken" && n != "Session" && n != "Faults" {
				list = append(list, texts(v.Field(i))...)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			list = append(list, texts(v.Index(i))...)
		}
	}
	return list
}

// FuzzObserve takes a recording in the notation of recorded, with whatever bytes in it.
func FuzzObserve(f *testing.F) {
	f.Add(php(phpA), 0, uint8(0))
	f.Add(php(phpB), 2, uint8(2))
	f.Add("POST /login 302 | set \x1b[2J=\u202e; Domain=.. | to http://[ | posts pass", -1, uint8(4))
	f.Add("GET http://[::1]:99/%zz 200 | set __Host-sid=a\\nb=c; Path=/ | cookie =; a", -1, uint8(1))
	f.Add("GET https://localhost/ 200 | set session=e30.ZVPxAA.LslfmEmiJfkJOaH08RNH424Lhyc\nPOST https://localhost/signin 0 | hsts \" | posts SAMLResponse", 1, uint8(16))
	f.Fuzz(func(t *testing.T, text string, login int, lacks uint8) {
		var rec audit.Recording
		for line := range strings.SplitSeq(text, "\n") {
			parts := strings.Split(line, " | ")
			head := append(strings.SplitN(strings.TrimSpace(parts[0]), " ", 3), "", "", "")
			x := audit.Exchange{Method: head[0], URL: head[1]}
			if strings.HasPrefix(x.URL, "/") {
				x.URL = "https://shop.example" + x.URL
			}
			x.Status, _ = strconv.Atoi(head[2])
			for _, p := range parts[1:] {
				verb, rest, _ := strings.Cut(p, " ")
				switch verb {
				case "cookie":
					for pair := range strings.SplitSeq(rest, "; ") {
						name, value, _ := strings.Cut(pair, "=")
						x.Cookies = append(x.Cookies, audit.Pair{Name: name, Value: value})
					}
				case "set":
					x.Set = append(x.Set, strings.ReplaceAll(rest, `\n`, "\n"))
				case "to":
					x.Location = rest
				case "posts":
					x.Fields = strings.Fields(rest)
				case "hsts":
					x.HSTS = rest
				}
			}
			if rec.Exchanges = append(rec.Exchanges, x); len(rec.Exchanges) == 40 {
				break
			}
		}
		rec.Lacks = audit.Lack(lacks)
		r := audit.Observe(rec, audit.Options{Login: login, Private: "/profile"})
		if r.State == "" || r.Says == "" || len(r.Says) > 2000 {
			t.Errorf("%q: %q", r.State, r.Says)
		}
		sound(t, "fuzz", rec, r)
	})
}
