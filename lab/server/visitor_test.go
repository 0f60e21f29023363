package server_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/server"
	"fixlab/lab/session"
)

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
