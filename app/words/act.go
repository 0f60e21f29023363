package words

import (
	"slices"
	"strings"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// acts are what it is called to ask for a path of the shop, or to send the form there.
var acts = map[string]string{
	"get /": "Open the shop", "get /login": "Open the login page", "get /profile": "Open the account", "get /basket": "Look into the basket",
	"post /login": "Log in", "post /signup": "Sign up", "post /sso": "Log in by single sign-on", "post /step-up": "Type the password again",
	"post /logout": "Log out", "post /basket": "Put it into the basket", "post /transfer": "Send the money",
}

// Act says what a button is called that takes step i of t: what whoever sits there does.
func Act(t *lab.Trace, i int) string {
	s := t.Frames[i].Step
	switch s.Verb {
	case "get", "click":
		return visit(t, i)
	case "post", "submit":
		for _, e := range t.Frames[i].Events {
			if e.Kind == event.Request {
				_, path, _ := strings.Cut(e.Message.Start, " ")
				path, _, _ = strings.Cut(path, "?")
				if item := value(s, "item"); path == "/basket" && item != "" {
					return "Put a " + item + " into the basket"
				}
				if says := acts["post "+path]; says != "" {
					return says
				}
			}
		}
		return "Send the form"
	case "copy":
		return "Copy the cookie"
	case "paste":
		return "Put the copied cookie back"
	case "serve":
		if strings.HasPrefix(s.Args[0], "https://"+event.BlogHost) {
			return "Publish the blog entry"
		}
		return "Publish the page"
	case "forget":
		return "Delete the cookies"
	case "deploy":
		return "Deploy the shop"
	case "wait":
		return "Wait " + strings.Join(s.Args, " ")
	}
	return "Go on"
}

// visit says what it is to open the page that step i of t asks for.
func visit(t *lab.Trace, i int) string {
	url := ""
	for _, e := range t.Frames[i].Events {
		if e.Kind == event.Request {
			_, path, _ := strings.Cut(e.Message.Start, " ")
			url = "https://" + e.Message.To + path
			break
		}
	}
	who := t.Frames[i].Step.Browser()
	if i > 0 && t.Frames[i-1].State.Browser(who).URL == url && url != "" {
		return "Reload"
	}
	path, shops := strings.CutPrefix(url, "https://"+ShopHost)
	path, _, _ = strings.Cut(path, "?")
	switch says := acts["get "+path]; {
	case shops && says != "":
		return says
	case !shops && strings.HasPrefix(url, "https://"+event.BlogHost):
		return "Read the blog"
	case url == "":
		return "Go on"
	}
	host, _, _ := strings.Cut(strings.TrimPrefix(url, "https://"), "/")
	return "Open " + host
}

// value returns what a step's form has in a field.
func value(s script.Step, field string) string {
	i := slices.IndexFunc(s.Args, func(arg string) bool { return strings.HasPrefix(arg, field+"=") })
	if i < 0 {
		return ""
	}
	return strings.TrimPrefix(s.Args[i], field+"=")
}
