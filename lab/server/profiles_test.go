package server_test

import (
	"math/rand/v2"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/server"
)

// behaviour is what every framework does with ids and cookies, one visitor a
// line: the profile, its switches, and steps with what came of each.
//
//	visit, put X, login WHO, sso WHO, logout   as in the shop
//	profile, basket                            ends with who is served, or what is in the basket
//	lose                                       every record goes from the store
//	garble                                     a character in the middle of the cookie changes
//	again                                      the cookie before the last answer that changed it comes back
//	send LINE                                  this is the Cookie header now
//	leap 336h                                  time passes
//	deploy                                     the server starts again with another secret
//
// What comes of a step is what happened to the session key (new, kept, or - when
// nothing was saved), and then to the cookie (sent, cleared or nothing).
const behaviour = `
# Unknown ids and bad signatures, on a write.
django-db               none    visit = new sent; lose; put tea = new sent; basket = tea
django-cache            none    visit = new sent; lose; put tea = new sent
django-cached-db        none    visit = new sent; lose; put tea = new sent
django-file             none    visit = new sent; lose; put tea = new sent
django-db               none    send sessionid=invented; put tea = new sent
django-file             none    send sessionid=Invented!; put tea = new sent
django-db               none    send sessionid=short; profile = nobody; put tea = new sent
django-signed-cookies   none    put tea = - sent; put cup = - sent; basket = tea, cup; garble; basket = ; put pot = - sent; basket = pot
flask                   none    put tea = - sent; put cup = - sent; basket = tea, cup; garble; basket = ; put pot = - sent; basket = pot
express-session         none    visit = new sent; lose; put tea = new sent
express-session         none    visit = new sent; garble; put tea = new sent
scs                     none    visit = new sent; lose; put tea = new sent
gorilla-filesystem      none    visit = new sent; lose; put tea = kept sent
gorilla-filesystem      strict  visit = new sent; lose; put tea = new sent
gorilla-filesystem      none    visit = new sent; garble; put tea = new sent
gorilla-cookie          none    put tea = - sent; garble; put cup = - sent; basket = cup
cookie-session          none    put tea = - sent; basket = tea; garble; put cup = - sent; basket = cup
flask-session-old       none    send session=EVIL; put tea = EVIL sent
flask-session-old       none    visit = new sent; lose; put tea = kept sent
flask-session-old-signed none   send session=EVIL; put tea = new sent
flask-session-old-signed none   visit = new sent; lose; put tea = kept sent
flask-session-old-signed none   visit = new sent; garble; put tea = new sent
flask-session           none    visit = new sent; lose; put tea = new sent
flask-session           none    visit = new sent; garble; put tea = new sent
flask-session           bare-key send session=EVIL; put tea = new sent
flask-server-id         none    visit = new sent; lose; put tea = kept
flask-server-id         strict  visit = new sent; lose; put tea = new sent
flask-seed              none    send session=EVIL; login alice = EVIL sent; profile = alice
flask-seed              none    login alice = fixed-by-attacker sent; login alice = new sent; login alice = new sent; profile = alice
flask-seed              strict  login alice = new sent; login alice = kept sent
flask-seed-verified     none    visit = new sent; lose; login alice = kept sent; logout = - cleared; again; profile = nobody
flask-seed-verified     strict  visit = new sent; lose; login alice = new sent
flask-seed-fixed        none    visit = new sent; login alice = new sent; again; profile = nobody

# cycle_key, flush and what else login does to the key and the data.
django-db               none    put tea = new sent; login alice = kept sent; basket = tea
django-db               rotate  put tea = new sent; login alice = new sent; basket = tea; again; basket =
django-db               flush   put tea = new sent; login alice = new sent; basket = ; again; basket =
django-db               clear   put tea = new sent; login alice = kept sent; basket =
django-db               clear   send sessionid=invented; login alice = 400
django-cached-db        rotate  put tea = new sent; login alice = new sent; basket = tea; again; basket =
django-file             flush   send sessionid=Invented!; login alice = 400
django-signed-cookies   rotate  put tea = - sent; login alice = - sent; basket = tea; again; basket = tea
django-signed-cookies   flush   put tea = - sent; login alice = - sent; basket = ; again; basket = tea
express-session         none    put tea = new sent; login alice = kept; basket = tea
express-session         rotate  put tea = new sent; login alice = new sent; basket = tea; again; basket =
express-session         flush   put tea = new sent; login alice = new sent; basket = ; again; basket =
express-passport-0.5    none    put tea = new sent; login alice = kept; basket = tea
express-passport-0.7    none    put tea = new sent; login alice = new sent; basket = ; again; basket =
express-passport-0.7-keep none  put tea = new sent; login alice = new sent; basket = tea; again; basket =
express-passport-0.7    forgotten-path put tea = new sent; sso alice = kept; profile = alice; basket = tea
flask-server-id         clear   put tea = new sent; login alice = new sent; basket = ; again; basket = tea
flask-session-old       clear   put tea = new sent; login alice = kept sent; basket =
flask-session           rotate  put tea = new sent; login alice = new sent; basket = tea; again; basket =
gorilla-filesystem      clear   put tea = new sent; login alice = kept sent; basket =
gorilla-filesystem      rotate  put tea = new sent; login alice = new sent; basket = tea; again; basket =
scs                     clear   put tea = new sent; login alice = kept sent; basket =
scs                     rotate  put tea = new sent; login alice = new sent; basket = tea; again; basket =
scs                     flush   put tea = new sent; login alice = new sent; basket =
scs                     rotate+keep-old-record visit = new sent; login alice = new sent; again; profile = alice

# auth.login(): a visitor's key is cycled, another user's session flushed, the same user's left alone.
django-db               framework-login put tea = new sent; login alice = new sent; basket = tea
django-db               framework-login login alice = new sent; login alice = kept sent
django-db               framework-login login alice = new sent; put tea = kept sent; login mallory = new sent; basket = ; again; profile = nobody
django-db               framework-login+rotate login alice = new sent; login alice = new sent
django-db               framework-login+forgotten-path visit = new sent; sso alice = kept sent; profile = alice
django-cache            framework-login login alice = new sent; deploy; profile = nobody
django-cache            none            login alice = new sent; deploy; profile = alice
django-cached-db        framework-login login alice = new sent; deploy; profile = nobody
django-db               none            login alice = new sent; deploy; profile = nobody; put tea = kept sent
django-signed-cookies   framework-login login alice = - sent; login mallory = - sent; profile = mallory; deploy; profile = nobody
express-session         none            login alice = new sent; deploy; profile = nobody
scs                     none            login alice = new sent; deploy; profile = alice

# Logout, and then the cookie from before it.
django-db               none    login alice = new sent; logout = - cleared; again; profile = nobody
django-db               keep-at-logout login alice = new sent; logout = - cleared; again; profile = alice
django-cached-db        none    login alice = new sent; logout = - cleared; again; profile = nobody
django-signed-cookies   none    login alice = - sent; logout = - cleared; again; profile = alice; leap 335h59m55s; profile = alice; leap 10s; profile = nobody
flask                   none    login alice = - sent; logout = - cleared; again; profile = alice; leap 744h; profile = alice; leap 1s; profile = nobody
cookie-session          none    login alice = - sent; logout = - cleared; again; profile = alice
gorilla-cookie          none    login alice = - sent; logout = - cleared; again; profile = alice; leap 721h; profile = nobody
gorilla-filesystem      none    login alice = new sent; logout = - cleared; again; profile = nobody
flask-session-old       none    login alice = new sent; logout = - cleared; again; profile = nobody; put tea = kept sent
express-session         none    login alice = new sent; logout = - cleared; again; profile = nobody
scs                     none    login alice = new sent; logout = - cleared; again; profile = nobody

# Two cookies of one name: Django takes the last, the others the first. Python
# strips Unicode spaces off a name.
flask-session-old       none    send session=AAAA; put tea = AAAA sent; send session=AAAA; basket = tea; send session=BBBB; basket = ; send session=AAAA; basket = tea; send session=AAAA\u003b session=BBBB; basket = tea; send session=BBBB\u003b session=AAAA; basket =
flask-session-old       none    send session=AAAA; put tea = AAAA sent; send \u00a0session=AAAA; basket = tea
django-signed-cookies   none    put tea = - sent; send sessionid=x\u003b $; basket = tea; send $\u003b sessionid=x; basket =
gorilla-cookie          none    put tea = - sent; send $\u003b session=x; basket = tea; again; send session=x\u003b $; basket =
scs                     none    put tea = new sent; send \u00a0$; basket =
`

// TestBehaviour plays the table.
func TestBehaviour(t *testing.T) {
	for line := range strings.Lines(behaviour) {
		f := strings.Fields(line)
		if len(f) < 3 || f[0] == "#" {
			continue
		}
		p, ok := server.ByID(f[0])
		if !ok {
			t.Errorf("no profile %s", f[0])
			continue
		}
		on, err := defence.Parse(f[1])
		if err != nil {
			t.Error(err)
			continue
		}
		v := visitor{profile: p, on: on, now: time.Unix(1700000000, 0), secret: "secret", dice: rand.NewChaCha8([32]byte{})}
		v.store.all = map[string]bool{}
		v.start()
		for step := range strings.SplitSeq(strings.Join(f[2:], " "), ";") {
			do, want, _ := strings.Cut(step, " =")
			want = strings.TrimSpace(want)
			if got := v.do(strings.TrimSpace(do)); got != want {
				t.Errorf("%s\n\t%s: got %q, want %q (cookies %q)", strings.TrimSpace(line), do, got, want, v.cookies)
			}
		}
	}
}

// TestRowsHold: what a row of server.Profiles says of the cookie is what the server
// does, and whoever comes without one gets a key that nobody can guess. For what
// else it does the original is the authority, where it was seen to do it: a line in
// behaviour, and one in TestKeys.
func TestRowsHold(t *testing.T) {
	for _, p := range server.Profiles {
		keys := map[string]bool{}
		for seed := range 3 {
			v := visitor{profile: p, now: time.Unix(1700000000, 0), secret: "secret", dice: rand.NewChaCha8([32]byte{byte(seed)})}
			v.store.all = map[string]bool{}
			v.start()
			v.do("visit")
			key := v.store.saved
			if key != "" && (len(key) < 16 || keys[key]) {
				t.Errorf("%s: a visitor gets the key %q: too short, or the same as another", p.ID, key)
			}
			keys[key] = true
			v.do("login alice")
			if v.cookies == "" {
				t.Errorf("%s: login sends no cookie", p.ID)
			}
			own, rest, _ := strings.Cut(v.cookies, "; ")
			name, value, _ := strings.Cut(own, "=")
			beside, _, _ := strings.Cut(rest, "=")
			if name != p.Cookie || beside != p.Beside {
				t.Errorf("%s: it sends the cookies %q, and its row in profiles.go says %q and %q", p.ID, v.cookies, p.Cookie, p.Beside)
				continue
			}
			for _, names := range [][]string{{name}, {name, name}, {"\u2000" + name}} {
				for mine := range names {
					var pairs []string
					for i, n := range names {
						pairs = append(pairs, n+"="+map[bool]string{true: value, false: "other"}[i == mine])
					}
					v.cookies = strings.Join(append(pairs, rest), "; ")
					want := "nobody"
					if p.Reads.Pick(names, name, func(i int) bool { return i == mine }) == mine {
						want = "alice"
					}
					if got := v.do("profile"); got != want {
						t.Errorf("%s: with the cookies %q the profile page is %s's, and by Reads of its row in profiles.go it is %s's", p.ID, v.cookies, got, want)
					}
				}
			}
		}
	}
}

// TestKeys: cookie and key have the original's form.
func TestKeys(t *testing.T) {
	forms := map[string][2]string{ // the key, the cookie
		"django-db":                 {`[a-z0-9]{32}`, `sessionid=KEY`},
		"django-cache":              {`[a-z0-9]{32}`, `sessionid=KEY`},
		"django-cached-db":          {`[a-z0-9]{32}`, `sessionid=KEY`},
		"django-file":               {`[a-z0-9]{32}`, `sessionid=KEY`},
		"django-signed-cookies":     {``, `sessionid=eyJlbnRyeSI6Ii8ifQ:1r31eq:[\w-]{43}`},
		"flask":                     {``, `session=eyJlbnRyeSI6Ii8ifQ\.ZVPxAA\.[\w-]{27}`},
		"flask-server-id":           {`[0-9a-f]{32}`, `session=eyJzaWQ[\w-]+\.ZVPxAA\.[\w-]{27}`},
		"flask-session-old":         {`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`, `session=KEY`},
		"flask-session-old-signed":  {`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`, `session=KEY\.[\w-]{27}`},
		"flask-session":             {`[\w-]{43}`, `session=KEY\.[\w-]{27}`},
		"flask-seed-verified":       {`[0-9a-f]{32}`, `session=KEY\.[0-9a-f]{64}`},
		"flask-seed-fixed":          {`[0-9a-f]{32}`, `session=KEY\.[0-9a-f]{64}`},
		"express-session":           {`[\w-]{32}`, `connect\.sid=s%3AKEY\.[\w%]{43,}`},
		"express-passport-0.5":      {`[\w-]{32}`, `connect\.sid=s%3AKEY\.[\w%]{43,}`},
		"express-passport-0.7":      {`[\w-]{32}`, `connect\.sid=s%3AKEY\.[\w%]{43,}`},
		"express-passport-0.7-keep": {`[\w-]{32}`, `connect\.sid=s%3AKEY\.[\w%]{43,}`},
		"cookie-session":            {``, `session=eyJlbnRyeSI6Ii8ifQ==; session\.sig=[\w-]{27}`},
		"gorilla-cookie":            {``, `session=MTcwMDAwMDAwMH[\w=-]+`},
		"gorilla-filesystem":        {`[A-Z2-7]{52}`, `session=MTcwMDAwMDAwMH[\w=-]+`},
		"scs":                       {`[\w-]{43}`, `session=KEY`},
	}
	for _, p := range server.Profiles {
		form, ok := forms[p.ID]
		if !ok {
			continue
		}
		v := visitor{profile: p, now: time.Unix(1700000000, 0), secret: "secret", dice: rand.NewChaCha8([32]byte{})}
		v.store.all = map[string]bool{}
		v.start()
		v.do("visit")
		if !regexp.MustCompile("^" + form[0] + "$").MatchString(v.store.saved) {
			t.Errorf("%s: the key is %q, want %s", p.ID, v.store.saved, form[0])
		}
		if want := strings.ReplaceAll(form[1], "KEY", regexp.QuoteMeta(v.store.saved)); !regexp.MustCompile("^" + want + "$").MatchString(v.cookies) {
			t.Errorf("%s: the cookie is %q, want %s", p.ID, v.cookies, want)
		}
	}
}

// TestDjangoRead: on a page that only reads, Django deletes the cookie of a key
// it does not know, and signed_cookies answers a bad signature with an empty
// session; the others leave the cookie alone.
func TestDjangoRead(t *testing.T) {
	for _, test := range []struct{ profile, cookie, want string }{
		{"django-db", "sessionid=0123456789abcdef0123456789abcdef", "sessionid=; Path=/; Max-Age=0"},
		{"django-db", "sessionid=short", "sessionid=; Path=/; Max-Age=0"},
		{"django-db", "", ""},
		{"django-cache", "sessionid=0123456789abcdef0123456789abcdef", "sessionid=; Path=/; Max-Age=0"},
		{"django-signed-cookies", "sessionid=e30:1r31eq:x", "sessionid=e30:"},
		{"django-signed-cookies", "", ""},
		{"express-session", "connect.sid=s%3Ax.y", ""},
		{"flask", "session=x", ""},
	} {
		p, ok := server.ByID(test.profile)
		if !ok {
			t.Fatal(test.profile)
		}
		r := httptest.NewRequest("GET", "https://shop.example/profile", nil)
		if test.cookie != "" {
			r.Header.Set("Cookie", test.cookie)
		}
		w := httptest.NewRecorder()
		shopWith(p, 0).ServeHTTP(w, r)
		if got := strings.Join(w.Header()["Set-Cookie"], "\n"); !strings.HasPrefix(got, test.want) || (test.want == "") != (got == "") {
			t.Errorf("%s, %q: Set-Cookie %q, want %q", test.profile, test.cookie, got, test.want)
		}
	}
}

// TestHomeMade: a title says that login is home-made exactly where the framework's own login
// is another, which the runs show, and no longer where that one is called.
func TestHomeMade(t *testing.T) {
	const says = "home-made login"
	for _, p := range server.Profiles {
		own := false
		now := func() time.Time { return time.Unix(1700000000, 0) }
		e := server.Env{
			Now: now, Rand: rand.NewChaCha8([32]byte{}), Store: &emptied{all: map[string]bool{}}, Signer: p.Signer(now, []string{"secret"}),
			On:    func(d defence.Set) bool { own = own || d == defence.FrameworkLogin; return false },
			Users: map[string]string{"alice": "a", "mallory": "m"},
		}
		r := httptest.NewRequest("POST", "https://shop.example/login", strings.NewReader("user=alice&password=a"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		server.New(e, p.New(e)).ServeHTTP(httptest.NewRecorder(), r)
		if own != strings.HasSuffix(p.Title, says) || own != (p.Stack != "") || strings.Contains(p.Plain(), says) || p.Under(defence.FrameworkLogin) != p.Plain() || p.Under(defence.Rotate) != p.Title {
			t.Errorf("%s is called %q and %q; a login of its own: %v", p.ID, p.Title, p.Plain(), own)
		}
		if len(p.Title) > 48 {
			t.Errorf("%q is too long for a list", p.Title)
		}
	}
}
