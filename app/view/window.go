package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
)

// A window is one person's browser as it stands after some steps of a run.
type window struct {
	Trace  *lab.Trace
	Taken  int    // how many steps were taken
	Name   string // whose: "mallory" or "alice"
	Next   bool   // the next step is an act in this browser that the learner does
	Stolen bool   // what it shows is somebody else's
	Veil   string // who does what comes next; what it comes to is behind a curtain there
	Whole  bool   // everything about its cookies can be opened, and what became of each is marked
	Open   bool   // and is
	Live   live
}

// state returns the browser as it stands.
func (w window) state() event.Browser {
	if w.Taken == 0 {
		return event.Browser{Name: w.Name}
	}
	return w.Trace.Frames[w.Taken-1].State.Browser(w.Name)
}

// step returns the step that was taken last; ok is false before the first.
func (w window) step() (f lab.Frame, ok bool) {
	if w.Taken == 0 {
		return lab.Frame{}, false
	}
	return w.Trace.Frames[w.Taken-1], true
}

// memo is the window where it is drawn again only when something was done in it.
func (w window) memo() app.UI {
	if !w.Next {
		w.Taken = lastly(w.Taken, func(i int) bool { return touches(w.Trace, i, w.Name) })
	}
	return &memo[window]{Part: w}
}

func (w window) ui() app.UI {
	b := w.state()
	class := "win " + w.Name[:1]
	if f, ok := w.step(); ok && f.Step.Who != "server" && f.Step.Browser() == w.Name {
		class += " acts"
	}
	if w.Veil != "" {
		class = "win " + w.Name[:1]
		if w.Veil == w.Name {
			class += " acts"
		}
	}
	if w.Next {
		class += " turn"
	}
	if w.Live.Site.Open {
		class += " siting"
	}
	if w.Live.Cookie.Browser != "" {
		class += " edits"
	}
	return node("section", "class="+class, "data-browser="+w.Name, "aria-labelledby=browser-"+w.Name).Body(
		browserHeading(w.Name),
		w.head(b),
		w.paper(b),
		w.jar(b),
	)
}

// head are the tabs and the tools above the page.
func (w window) head(b event.Browser) app.UI {
	title, symbol := w.tab(b)
	if w.Live.On {
		return el("div", "heads", w.tabs(b, title, symbol), w.liveTools(b))
	}
	return el("div", "heads",
		node("div", "class=tabs", "aria-hidden=true").Body(
			el("span", "tab", stroke(symbol), app.Text(title)),
			el("span", "who", stroke(w.Name), app.Text(words.Person(w.Name))),
		),
		el("div", "tools",
			el("span", "deco", stroke("back")), el("span", "deco", stroke("reload")),
			el("span", "addr", w.address(b)...),
		),
	)
}

// paper is the page in its frame. In Play it may scroll by itself.
func (w window) paper(b event.Browser) app.UI {
	frame := node("div", "class=page")
	if w.Whole {
		frame = node("div", "class=page", "data-scrolls=page-"+w.Name, "role=group", "aria-label="+text.T("browser.page", "who", words.Person(w.Name)))
	}
	if w.Live.On {
		frame = frame.Attr("data-page", w.Name).Attr("id", page.ShownPage(w.Name)).Attr("tabindex", "-1")
		if w.Name == event.Mallory {
			return frame.Body(w.mySite(), when(!w.Live.Site.Open, func() app.UI { return w.page(b) }))
		}
	}
	return frame.Body(w.page(b), when(w.Next && !w.onCookie(), w.act))
}

// browserHeading is for who cannot see whose browser it is.
func browserHeading(name string) app.UI {
	return node("h2", "class=vh", "id=browser-"+name).Text(text.T("browser.of", "who", words.Person(name)))
}

// tab returns the title of the page and the icon beside it.
func (w window) tab(b event.Browser) (title, symbol string) {
	if w.editing() {
		if w.blogging() {
			return text.T("browser.blog"), "doc"
		}
		return text.T("browser.site"), "doc"
	}
	if b.URL == "" {
		return text.T("browser.new"), "doc"
	}
	symbol = "doc"
	if strings.HasPrefix(b.URL, "https://"+words.ShopHost) {
		symbol = "bag"
	}
	for _, block := range b.Page {
		if block.Tag == "h1" {
			return words.Short(block.Text), symbol
		}
	}
	return words.Short(hostOf(b.URL)), symbol
}

func hostOf(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}

func (w window) address(b event.Browser) []app.UI {
	url := b.URL
	if w.editing() {
		url = w.served()
	}
	if url == "" {
		return []app.UI{txt("span", "", text.T("browser.empty"))}
	}
	lock, plain := "lock", strings.HasPrefix(url, "http://")
	if plain {
		lock = "open"
	}
	host := hostOf(url)
	_, path, _ := strings.Cut(url, host)
	return []app.UI{stroke(lock), addressed(), el("span", "", append([]app.UI{txt("b", "", host)}, chips(w.Trace.Keys, path)...)...),
		when(plain, func() app.UI { return txt("span", "vh", " "+text.T("browser.plain")) })}
}

// addressed says that an address follows, to who does not see the bar that it is in.
func addressed() app.UI { return txt("span", "vh", text.T("browser.address")+" ") }

// editing reports whether the step that was taken last put something on Mallory's page.
func (w window) editing() bool {
	f, ok := w.step()
	return ok && !w.Live.On && w.Name == event.Mallory && f.Step.Verb == "serve"
}

// served returns the address that Mallory put something on.
func (w window) served() string {
	f, _ := w.step()
	return f.Step.Args[0]
}

// blogging reports whether that is an entry of the blog.
func (w window) blogging() bool { return hostOf(w.served()) == event.BlogHost }

// page draws what the browser shows.
func (w window) page(b event.Browser) app.UI {
	if w.Veil == w.Name {
		return curtain()
	}
	if w.editing() {
		return w.editor()
	}
	if b.URL == "" {
		return el("div", "newtab", txt("p", "quiet", text.T("browser.nothing", "who", words.Person(w.Name))))
	}
	if w.Stolen {
		return el("div", "stolen", pageView(w, b))
	}
	return pageView(w, b)
}

// editor shows what Mallory has put on a page of hers.
func (w window) editor() app.UI {
	f, _ := w.step()
	line := ""
	for _, e := range f.Events {
		if e.Kind == event.Did {
			_, line, _ = strings.Cut(e.Text, ": ")
		}
	}
	title, gets := hostOf(w.served()), text.T("editor.header")
	if w.blogging() {
		title = text.T("editor.title")
	}
	if strings.HasPrefix(line, "<") {
		gets = text.T("editor.html")
	}
	return el("div", "ed",
		el("div", "row spread", txt("p", "t3 strong", title), txt("span", "tag n", text.T("editor.published"))),
		txt("p", "quiet", gets),
		el("p", "mono hdr", chips(w.Trace.Keys, line)...),
	)
}

// onCookie reports whether the next step is done at the cookie.
func (w window) onCookie() bool {
	verb := w.Trace.Frames[w.Taken].Step.Verb
	if verb != "copy" && verb != "paste" {
		return false
	}
	n := 0
	for _, e := range w.state().Jar {
		if strings.TrimSpace(e.Name) == w.Trace.Cookie {
			n++
		}
	}
	return n == 1
}

// act is the button that takes the next step.
func (w window) act() app.UI {
	return node("button", "type=button", "class=btn primary act", "id=act", "data-act="+w.Trace.Frames[w.Taken].Step.Verb).
		Text(words.Act(w.Trace, w.Taken)).OnClick(onward)
}

func onward(ctx app.Context, e app.Event) {
	twice := e.Get("detail").Int() > 1 && e.Get("pointerType").String() == "mouse" // two quick taps are meant
	send(ctx, page.Onward{Twice: twice})
}

func backward(ctx app.Context, _ app.Event) { send(ctx, page.Backward{}) }

// curtain stands before what a step comes to.
func curtain() app.UI {
	return el("div", "curtain", el("span", "", stroke("hide"), app.Text(text.T("present.curtain"))))
}
