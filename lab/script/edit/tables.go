package edit

import (
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// texts returns the texts of a list.
func texts(list []Suggestion) (all []string) {
	for _, s := range list {
		all = append(all, s.Text)
	}
	return all
}

// plain makes suggestions of words that need no explanation, each with what follows it.
func plain(names []string, then string) (list []Suggestion) {
	for _, name := range names {
		list = append(list, Suggestion{Text: name + then})
	}
	return list
}

var actors = []Suggestion{
	{"mallory ", "the attacker, at her own browser"},
	{"alice ", "the victim, at her own browser"},
	{"server ", "the server's operator"},
	{"mallory@alice ", "mallory at alice's browser"},
	{"alice@mallory ", "alice at mallory's browser"},
}

// paths are the pages of the shop.
var paths = []Suggestion{
	{"/", "the front page"},
	{"/login", "the login's form"},
	{"/profile", "the account"},
	{"/basket", "the basket"},
	{"/transfer", "sends money"},
	{"/signup", "opens an account"},
	{"/sso", "single sign-on"},
	{"/step-up", "the password again"},
	{"/search?q=", "shows q as it came"},
	{"/prefs?name=", "sets a cookie as name= and value= say"},
}

// forms are the fields of the shop's forms. What they send, a path and the fields' names,
// is what the server has.
var forms = []struct {
	path   string
	fields []Suggestion
}{
	{"/login", credentials},
	{"/basket", []Suggestion{{"item=", "what goes into the basket"}}},
	{"/transfer", []Suggestion{{"to=", "whom to pay"}, {"amount=", "how much"}, {"token=", "the anti-CSRF token of the session"}}},
	{"/logout", nil},
	{"/signup", credentials},
	{"/sso", []Suggestion{{"user=", "who comes in"}, {"ticket=", "ticket-for-alice is alice's"}}},
	{"/step-up", []Suggestion{{"password=", "of whoever is logged in"}}},
}

var credentials = []Suggestion{{"user=", "who comes in"}, {"password=", "alice's is correct-horse, mallory's hunter2"}}

// fields returns those of the form at a path, or of all forms.
func fields(path string) (list []Suggestion) {
	for _, f := range forms {
		if f.path == path {
			return f.fields
		}
	}
	for _, f := range forms {
		for _, field := range f.fields {
			if !slices.ContainsFunc(list, func(s Suggestion) bool { return s.Text == field.Text }) {
				list = append(list, field)
			}
		}
	}
	return list
}

// sites are the hosts as a browser can open them, without those of shop's pages.
var sites = []Suggestion{
	{"https://" + event.BlogHost + "/", "a sibling of the shop that mallory writes on"},
	{"https://" + event.EvilHost + "/", "mallory's own site"},
	{"https://" + event.ShopHost + "/", "the shop"},
	{"http://" + event.NewsHost + "/", "knows plain http only"},
	{"http://" + event.ShopHost + "/", "the shop over plain http"},
	{"http://" + event.BlogHost + "/", "the sibling over plain http"},
	{"http://" + event.EvilHost + "/", "mallory's site over plain http"},
}

// servable are those for which mallory can answer.
var servable = slices.DeleteFunc(slices.Clone(sites), func(s Suggestion) bool { return s.Text == "https://"+event.ShopHost+"/" })

var attributes = []Suggestion{
	{"Domain=" + event.ShopHost, "for all hosts of the site"},
	{"Path=/", "for all paths"},
	{"Secure", "over https only"},
	{"HttpOnly", "out of reach of scripts"},
	{"SameSite=Lax", "from other sites for links only"},
	{"SameSite=Strict", "never from other sites"},
	{"SameSite=None", "from everywhere; needs Secure"},
	{"Max-Age=", "for so many seconds"},
}

var headers = []Suggestion{
	{"Set-Cookie: ", "sets a cookie"},
	{"Location: ", "sends the browser on"},
	{"Status: ", "is the status, from 200 to 599"},
	{"Content-Security-Policy: ", "says what the page may load and run"},
	{"Referrer-Policy: ", "says where the page's address and origin go"},
	{"Refresh: ", "sends the browser on after some seconds"},
	{"X-Frame-Options: ", "says who may frame the page"},
	{"Content-Type: ", "says what the answer is"},
	{"Access-Control-Allow-Origin: ", "lets other origins read it"},
}

// values are what can stand after the name of a header.
var values = map[string][]Suggestion{
	"Status:":                      plain([]string{"200", "204", "302", "303", "307", "308", "404", "503"}, ""),
	"Content-Security-Policy:":     plain([]string{"default-src ", "script-src ", "img-src ", "frame-src ", "form-action ", "frame-ancestors ", "sandbox", "'self'", "'none'", "'unsafe-inline'"}, ""),
	"Referrer-Policy:":             plain([]string{"no-referrer", "same-origin", "origin", "origin-when-cross-origin", "unsafe-url"}, ""),
	"X-Frame-Options:":             plain([]string{"DENY", "SAMEORIGIN"}, ""),
	"Content-Type:":                plain([]string{"text/html; charset=utf-8", "text/javascript", "image/png"}, ""),
	"Refresh:":                     plain([]string{"0; url=/"}, ""),
	"Access-Control-Allow-Origin:": plain([]string{"*"}, ""),
}

// snippets are pieces of a page.
var snippets = []Suggestion{
	{`<a href="https://shop.example/">Prize</a>`, "a link to click"},
	{`<form method="post" action="https://shop.example/login"><input type="hidden" name="user" value="mallory"><input type="hidden" name="password" value="hunter2"><button>Win</button></form>`, "a form to submit"},
	{`<script>document.cookie="$cookie=$loot; Domain=shop.example; Path=/; Secure"</script>`, "a script that sets the cookie"},
	{`<img src="https://shop.example/">`, "an image, which sends a request"},
	{`<iframe src="https://shop.example/"></iframe>`, "a frame"},
	{`<input type="hidden" name="token" value="">`, "a hidden field of a form"},
	{`<meta http-equiv="refresh" content="0; url=https://shop.example/">`, "sends the browser on"},
	{`<h1>News</h1>`, "a heading"},
}

var durations = []Suggestion{
	{"90s", "a minute and a half"}, {"30m", "half an hour"}, {"1h", "an hour"}, {"24h", "a day"}, {"168h", "a week"},
	{"336h", "two weeks"}, {"720h", "30 days"}, {"8760h", "a year"},
}

// variables are names that are often given.
var variables = []Suggestion{{"loot", "what mallory plants"}, {"mine", "what is her own"}, {"csrf", "an anti-CSRF token"}, {"bait", "what a route plants instead of $loot"}}

func sections() (list []Suggestion) {
	for _, s := range script.Sections {
		list = append(list, Suggestion{"-- " + s.Name + " --", s.Does})
	}
	return list
}

func profiles() (list []Suggestion) {
	for _, p := range server.Profiles {
		list = append(list, Suggestion{p.ID, p.Title})
	}
	return list
}

func switches() (list []Suggestion) {
	for _, d := range defence.All {
		list = append(list, Suggestion{d.Name, d.Title})
	}
	return list
}

func outcomes() (list []Suggestion) {
	for _, o := range event.Outcomes {
		list = append(list, Suggestion{Text: string(o)})
	}
	return list
}
