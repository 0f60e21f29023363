package server_test

import (
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/server"
	"fixlab/lab/session"
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

// A visitor is one browser in front of one server.
type visitor struct {
	profile server.Profile
	on      defence.Set
	now     time.Time
	secret  string
	store   emptied
	dice    io.Reader
	handler http.Handler

	cookies string // the Cookie header
	before  string // and what it was before an answer changed it
	lastKey string
}

// emptied is a store that can be emptied and tells what was saved last.
type emptied struct {
	session.Memory
	saved string
	all   map[string]bool
}

func (r *emptied) Save(rec session.Record) {
	if !strings.HasPrefix(rec.ID, "django_session/") {
		r.saved = rec.ID
	}
	r.all[rec.ID] = true
	r.Memory.Save(rec)
}

func (v *visitor) start() {
	now := func() time.Time { return v.now }
	e := server.Env{
		Now: now, Rand: v.dice, Store: &v.store, Signer: v.profile.Signer(now, []string{v.secret}),
		On: func(d defence.Set) bool { return v.on.Has(d) }, Users: map[string]string{"alice": "a", "mallory": "m"},
	}
	v.handler = server.New(e, v.profile.New(e))
}

// ask sends a request and returns the status and the page.
func (v *visitor) ask(method, path, form string) (int, string, []*http.Cookie) {
	r := httptest.NewRequest(method, "https://shop.example"+path, strings.NewReader(form))
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if v.cookies != "" {
		r.Header.Set("Cookie", v.cookies)
	}
	w := httptest.NewRecorder()
	v.handler.ServeHTTP(w, r)
	res := w.Result()
	if len(res.Cookies()) > 0 {
		v.before = v.cookies
		var pairs []string
		for _, c := range res.Cookies() {
			if c.MaxAge >= 0 {
				pairs = append(pairs, c.Name+"="+c.Value)
			}
		}
		v.cookies = strings.Join(pairs, "; ")
	}
	return res.StatusCode, w.Body.String(), res.Cookies()
}

var item = regexp.MustCompile(`<li>([^<]*)</li>`)

// do plays one step and returns what came of it.
func (v *visitor) do(step string) string {
	verb, arg, _ := strings.Cut(step, " ")
	method, path, form := "POST", "/"+verb, ""
	switch verb {
	case "visit":
		method, path = "GET", "/"
	case "put":
		path, form = "/basket", "item="+arg
	case "login":
		form = "user=" + arg + "&password=" + arg[:1]
	case "sso":
		form = "user=" + arg + "&ticket=ticket-for-" + arg
	case "logout":
	case "profile":
		_, page, _ := v.ask("GET", "/profile", "")
		_, after, ok := strings.Cut(page, "The account of ")
		if !ok {
			return "nobody"
		}
		user, _, _ := strings.Cut(after, ".")
		return user
	case "basket":
		_, page, _ := v.ask("GET", "/basket", "")
		var items []string
		for _, m := range item.FindAllStringSubmatch(page, -1) {
			items = append(items, m[1])
		}
		return strings.Join(items, ", ")
	case "lose":
		for id := range v.store.all {
			v.store.Delete(id)
		}
		return ""
	case "garble":
		name, value, _ := strings.Cut(v.cookies, "=")
		end := strings.IndexByte(value+";", ';')
		c := "X"
		if value[end/2] == 'X' {
			c = "Y"
		}
		v.cookies = name + "=" + value[:end/2] + c + value[end/2+1:]
		return ""
	case "again":
		v.cookies = v.before
		return ""
	case "send":
		arg = strings.NewReplacer(`\u003b`, ";", `\u00a0`, "\u00a0").Replace(arg)
		v.before = v.cookies
		v.cookies = strings.ReplaceAll(arg, "$", v.cookies)
		return ""
	case "leap":
		d, err := time.ParseDuration(arg)
		if err != nil {
			panic(err)
		}
		v.now = v.now.Add(d)
		return ""
	case "deploy":
		v.secret += "2"
		v.start()
		return ""
	default:
		panic("no step " + verb)
	}
	v.store.saved = ""
	status, _, cookies := v.ask(method, path, form)
	if status >= 400 {
		return strconv.Itoa(status)
	}
	key := "-"
	switch saved := v.store.saved; {
	case saved == "":
	case saved == v.lastKey:
		key = "kept"
	case len(saved) < 20 && v.lastKey == "" && v.store.saved != "":
		key = saved // one that the visitor chose
	default:
		key = "new"
	}
	if v.store.saved != "" {
		v.lastKey = v.store.saved
	}
	switch {
	case len(cookies) == 0:
		return key
	case cookies[0].MaxAge < 0:
		return key + " cleared"
	}
	return key + " sent"
}

// TestBehaviour plays the table.
func TestBehaviour(t *testing.T) {
	seen := map[string]bool{}
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
		seen[p.ID] = true
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
	for _, p := range server.Profiles {
		if !seen[p.ID] && p.ID != "signed-id" {
			t.Errorf("no line for %s", p.ID)
		}
	}
}

// TestKeys: every profile's cookie and key have the original's form.
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
			if p.ID != "signed-id" && p.ID != "flask-seed" {
				t.Errorf("no form for %s", p.ID)
			}
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
