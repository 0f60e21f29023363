//go:build !wasm

package audit_test

import (
	"cmp"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// cookieTraps are about what is in a cookie, and which one it is.
var cookieTraps = []trap{
	{n: 2, name: "an id and its MAC in two cookies, kept", server: of(func() *shop { return &shop{keeps: true, set: setPair, of: readPair} }),
		ends: vulnerable, session: []string{"sess", "sess.sig"}, want: verdicts{"F1": worked, "F3": worked, "F4": didNotWork}},
	{n: 2, name: "an id and its MAC in two cookies", server: of(func() *shop { return &shop{set: setPair, of: readPair} }),
		ends: notFound, session: []string{"sess", "sess.sig"}, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{name: "links carry an id as Java writes it", server: of(func() *shop { return rewrites(";jsessionid=") }), ends: notFound, want: verdicts{"A6": worked}, says: ";jsessionid="},
	{name: "links carry an id in the query", server: of(func() *shop { return rewrites("?s=") }), ends: notFound, want: verdicts{"A6": worked}, says: "with s="},
	{name: "a link has a parameter that is no id", server: of(func() *shop {
		return &shop{pages: handlers{"GET /": func(w http.ResponseWriter, _ *http.Request, _ *session) {
			page(w, 200, `<a href="/basket?item=0123456789abcdef0123456789">tea</a>`)
		}}}
	}), ends: notFound, want: verdicts{"A6": didNotWork}},
	{name: "all visitors get one id, and whoever logs in another", server: of(func() *shop { return issuing("0123456789abcdef0123456789abcdef") }),
		ends: notFound, want: verdicts{"F1": didNotWork, "E1": worked}, says: "Two visitors got the same id"},
	{name: "ids are short", server: of(func() *shop {
		s := issuing("")
		mark := "." + strings.Repeat("Ab3", 14) + "x" // as long as express-session’s signature
		s.set = func(w http.ResponseWriter, id string) { send(w, "sid=s%3A"+id+mark+"; Path=/; HttpOnly") }
		s.of = func(r *http.Request) string {
			return strings.TrimPrefix(strings.TrimSuffix(first(r, "sid"), mark), "s%3A")
		}
		return s
	}), ends: notFound, want: verdicts{"F1": didNotWork, "E1": worked}, says: "bits at most."},
	{name: "ids are short, and nothing is around them", server: of(func() *shop { return issuing("") }),
		ends: notFound, want: verdicts{"F1": didNotWork, "E1": worked}, says: "bits at most."},
	{n: 4, name: "a load balancer, kept", server: of(func() *shop { return &shop{keeps: true, every: balance} }),
		ends: vulnerable, session: []string{"sid"}, want: verdicts{"F1": worked}},
	{n: 4, name: "a load balancer", server: of(func() *shop { return &shop{every: balance} }),
		ends: notFound, session: []string{"sid"}, want: verdicts{"F1": didNotWork}},
	{n: 5, name: "a language, kept", server: of(func() *shop { return &shop{keeps: true, every: speak} }),
		ends: vulnerable, session: []string{"sid"}, want: verdicts{"F1": worked}},
	{n: 5, name: "a language", server: of(func() *shop { return &shop{every: speak} }),
		ends: notFound, session: []string{"sid"}, want: verdicts{"F1": didNotWork, "F1b": notApplicable}},
	{n: 6, name: "the same value set again", server: of(func() *shop { return &shop{keeps: true, rolls: true} }),
		ends: vulnerable, want: verdicts{"F1": worked}},
	{n: 6, name: "another value set", server: of(func() *shop { return &shop{rolls: true} }),
		ends: notFound, want: verdicts{"F1": didNotWork}},
	{n: 7, name: "the signed value changes and the id in it stays", server: of(func() *shop { return &shop{keeps: true, rolls: true, set: setSigned, of: readSigned} }),
		ends: vulnerable, session: []string{"session"}, want: verdicts{"F1": worked, "F3": worked}},
	{n: 7, name: "the signed value changes and the id in it too", server: of(func() *shop { return &shop{rolls: true, set: setSigned, of: readSigned} }),
		ends: notFound, session: []string{"session"}, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{n: 8, name: "a signed session with the time in it", server: func(*clock) http.Handler { return carried{signed, unsigned} },
		ends: notFound, session: []string{"session"}, want: verdicts{"F1": didNotWork, "F3": didNotWork, "L1": worked}},
	{n: 9, name: "an encrypted session", server: func(*clock) http.Handler { return carried{sealed, unsealed} },
		ends: notFound, session: []string{"session"}, want: verdicts{"F1": didNotWork, "F3": didNotWork, "L1": worked}},
	{n: 9, name: "an encrypted id, kept", server: of(func() *shop { return &shop{keeps: true, rolls: true, set: setSealed, of: readSealed} }),
		ends: vulnerable, want: verdicts{"F1": worked}},
	{n: 9, name: "an encrypted id", server: of(func() *shop { return &shop{rolls: true, set: setSealed, of: readSealed} }),
		ends: notFound, want: verdicts{"F1": didNotWork}},
	{n: 12, name: "one id for all", server: of(func() *shop {
		s := &shop{lazy: true}
		s.enter = func(w http.ResponseWriter, r *http.Request, _ *session, user string) {
			s.under("administrator").user = user
			s.give(w, "administrator")
			http.Redirect(w, r, "/profile", http.StatusSeeOther)
		}
		return s
	}), ends: vulnerable, want: verdicts{"F6": worked}},
	{n: 12, name: "an id for each", server: of(func() *shop { return &shop{lazy: true} }),
		ends: notFound, want: verdicts{"F6": didNotWork}},
	{n: 13, name: "login signs what the browser brought", server: of(func() *shop { return oracle(true) }),
		ends: vulnerable, want: verdicts{"F5": worked, "F3": didNotWork, "F4": didNotWork}},
	{n: 13, name: "login signs an id of its own", server: of(func() *shop { return oracle(false) }),
		ends: notFound, want: verdicts{"F5": didNotWork, "F3": didNotWork, "F4": didNotWork}},
	{n: 15, name: "the last of two cookies counts, kept", server: of(func() *shop { return decoy(true, "/profile", last) }),
		ends: vulnerable, want: verdicts{"F1": worked, "F3": worked}},
	{n: 15, name: "the last of two cookies counts", server: of(func() *shop { return decoy(false, "/profile", last) }),
		ends: notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{n: 25, name: "login sets another cookie of the name for another path, kept", server: of(func() *shop { return decoy(true, "/help", first) }),
		ends: vulnerable, want: verdicts{"F1": worked, "F3": worked}},
	{n: 25, name: "login sets another cookie of the name for another path", server: of(func() *shop { return decoy(false, "/help", first) }),
		ends: notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{n: 23, name: "a prefix and SameSite, kept", kind: tls, server: of(func() *shop { return &shop{keeps: true, set: setHost, of: readHost} }),
		ends: vulnerable, session: []string{"__Host-sid"}, want: verdicts{"F1": worked}},
	{n: 23, name: "a prefix and SameSite", kind: tls, server: of(func() *shop { return &shop{set: setHost, of: readHost} }),
		ends: notFound, session: []string{"__Host-sid"}, want: verdicts{"F1": didNotWork}},
	{n: 24, name: "Secure without TLS on this machine, kept", server: of(func() *shop { return &shop{keeps: true, set: setHost, of: readHost} }),
		ends: vulnerable, session: []string{"__Host-sid"}, want: verdicts{"F1": worked}},
	{n: 24, name: "Secure without TLS on this machine", server: of(func() *shop { return &shop{set: setHost, of: readHost} }),
		ends: notFound, session: []string{"__Host-sid"}, want: verdicts{"F1": didNotWork}},
}

func setPair(w http.ResponseWriter, id string) {
	_, mac, _ := strings.Cut(signed(id), ".")
	send(w, "sess="+id+"; Path=/; HttpOnly")
	send(w, "sess.sig="+mac+"; Path=/; HttpOnly")
}

func readPair(r *http.Request) string { return unsigned(first(r, "sess") + "." + first(r, "sess.sig")) }

func balance(w http.ResponseWriter, r *http.Request) { send(w, "AWSALB="+rand.Text()+"; Path=/") }

func speak(w http.ResponseWriter, r *http.Request) {
	if first(r, "lang") == "" {
		send(w, "lang=en; Path=/")
	}
}

// What setSigned gives out is Flask's way: a payload with the id beside something that
// changes all the time.
func setSigned(w http.ResponseWriter, id string) {
	payload, _ := json.Marshal(map[string]string{"seen": rand.Text(), "sid": id})
	send(w, "session="+signed(base64.RawURLEncoding.EncodeToString(payload))+"; Path=/; HttpOnly")
}

func readSigned(r *http.Request) string {
	payload, _ := base64.RawURLEncoding.DecodeString(unsigned(first(r, "session")))
	var all struct{ SID string }
	json.Unmarshal(payload, &all) // what is none has no id
	return all.SID
}

func setSealed(w http.ResponseWriter, id string) { send(w, "session="+sealed(id)+"; Path=/; HttpOnly") }
func readSealed(r *http.Request) string          { return unsealed(first(r, "session")) }

func setHost(w http.ResponseWriter, id string) {
	send(w, "__Host-sid="+id+"; Path=/; Secure; HttpOnly; SameSite=Strict")
}
func readHost(r *http.Request) string { return first(r, "__Host-sid") }

// carried is a server whose cookie is the session: the user, and how often it was asked.
type carried struct{ in, out func(string) string }

func (c carried) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n, user, _ := strings.Cut(c.out(first(r, "session")), " ")
	if r.URL.Path == "/logout" {
		send(w, "session=; Path=/; Max-Age=0")
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	if r.Method == "POST" && r.URL.Path == "/login" {
		if name := r.FormValue("user"); passwords[name] != "" && passwords[name] == r.FormValue("pass") {
			user = name
		}
	}
	asked, _ := strconv.Atoi(n)
	send(w, "session="+c.in(strconv.Itoa(asked+1)+" "+user)+"; Path=/; HttpOnly")
	switch {
	case r.URL.Path == "/profile":
		profile(w, &session{user: user})
	case r.URL.Path == "/login" && r.Method == "POST":
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	case r.URL.Path == "/login":
		page(w, 200, fmt.Sprintf(loginForm, "/login", ""))
	default:
		page(w, 200, "home")
	}
}

// oracle is a shop with signed ids. Where it is one it takes an unsigned one that is
// brought to a login for the visitor's, and signs it (flask-seed).
func oracle(signs bool) *shop {
	s := &shop{lazy: true,
		set: func(w http.ResponseWriter, id string) { send(w, "sid="+signed(id)+"; Path=/; HttpOnly") },
		of:  func(r *http.Request) string { return unsigned(first(r, "sid")) },
	}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		raw := first(r, "sid")
		if signs && raw != "" && unsigned(raw) == "" {
			s.under(raw).user = user
			s.give(w, raw)
		} else {
			s.logIn(w, was, user, false)
		}
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	return s
}

// decoy is a shop whose login also sets a cookie of the session's name for another path.
func decoy(keeps bool, path string, which func(*http.Request, string) string) *shop {
	s := &shop{of: func(r *http.Request) string { return which(r, "sid") }}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		s.logIn(w, was, user, keeps)
		send(w, "sid="+rand.Text()+"; Path="+path+"; HttpOnly")
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	return s
}

// issuing is a shop that gives visitors this id, and who logs in one of 12 hexadecimal
// digits; with no id all get such.
func issuing(id string) *shop {
	s := &shop{lazy: true}
	fresh := func() string { return hex.EncodeToString([]byte(rand.Text())[:6]) }
	s.every = func(w http.ResponseWriter, r *http.Request) {
		if s.sessions[s.brought(r)] == nil {
			s.give(w, s.under(cmp.Or(id, fresh())).id)
		}
	}
	s.enter = func(w http.ResponseWriter, r *http.Request, _ *session, user string) {
		in := s.under(fresh())
		in.user = user
		s.give(w, in.id)
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	return s
}

// rewrites is a shop whose links hold the id, which it reads in cookies alone.
func rewrites(mark string) *shop {
	return &shop{pages: handlers{"GET /": func(w http.ResponseWriter, _ *http.Request, in *session) {
		page(w, 200, `<a href="/basket`+mark+in.id+`">basket</a>`)
	}}}
}
