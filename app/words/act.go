package words

import (
	"slices"
	"strings"

	"fixlab/app/text"
	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// opens and sends are by what words it is called to ask for a path of the shop, and to
// send the form there.
var (
	opens = map[string]string{"/": "shop", "/login": "login-page", "/profile": "account", "/basket": "basket"}
	sends = map[string]string{"/login": "login", "/signup": "signup", "/sso": "sso", "/step-up": "step-up", "/logout": "logout", "/basket": "put", "/transfer": "transfer"}
)

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
					return text.T("act.put-item", "item", item)
				}
				if act, known := sends[path]; known {
					return text.T("act.shop." + act)
				}
			}
		}
		return text.T("act.form")
	case "copy":
		return text.T("act.copy")
	case "paste":
		return text.T("act.paste")
	case "serve":
		switch {
		case strings.HasPrefix(s.Args[0], "https://"+event.BlogHost):
			return text.T("act.publish-blog")
		case len(s.Args) > 1 && strings.HasPrefix(s.Args[1], "<script"):
			return text.T("act.publish-script")
		}
		return text.T("act.publish")
	case "forget":
		return text.T("act.forget")
	case "deploy":
		return text.T("act.deploy")
	case "wait":
		return text.T("act.wait", "time", strings.Join(s.Args, " "))
	}
	return text.T("act.on")
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
		return text.T("act.reload")
	}
	path, shops := strings.CutPrefix(url, "https://"+ShopHost)
	path, _, _ = strings.Cut(path, "?")
	switch act, known := opens[path]; {
	case shops && known:
		return text.T("act.shop." + act)
	case !shops && strings.HasPrefix(url, "https://"+event.BlogHost):
		return text.T("act.blog")
	case url == "":
		return text.T("act.on")
	}
	host, _, _ := strings.Cut(strings.TrimPrefix(url, "https://"), "/")
	return text.T("act.open", "host", host)
}

// value returns what a step's form has in a field.
func value(s script.Step, field string) string {
	i := slices.IndexFunc(s.Args, func(arg string) bool { return strings.HasPrefix(arg, field+"=") })
	if i < 0 {
		return ""
	}
	return strings.TrimPrefix(s.Args[i], field+"=")
}
