package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/event"
)

// mySite is what Mallory is about to publish: the address, headers and a page.
func (w window) mySite() app.UI {
	s := w.Live.Site
	all := page.Templates()
	hosts := []string{"https://" + event.BlogHost + "/", "https://" + event.EvilHost + "/", "http://" + event.NewsHost + "/", "http://" + event.ForumHost + "/", "http://" + event.ShopHost + "/"}
	area := func(name, label, value string, rows int) app.UI {
		id := "site-" + name
		return el("label", "field f", txt("span", "", label),
			node("textarea", "id="+id, "name="+name, "class=input mono", "rows="+strconv.Itoa(rows), "dir=ltr", "spellcheck=false", "autocapitalize=off", "autocomplete=off").Text(value).OnInput(siteField(name), app.EventScope(name)))
	}
	return node("div", "id=site", "class=editor", "role=group", "aria-label="+text.T("site.title"), "hidden="+yes(!s.Open)).Body(
		el("div", "row",
			el("label", "grow", txt("span", "vh", text.T("site.template")),
				node("select", "id=site-template", "name=template", "class=input", "data-opens=true").OnChange(pickTemplate).Body(append([]app.UI{node("option", "value="+page.NoTemplate).Text(text.T("site.template"))}, each(len(all), func(i int) app.UI {
					title, off := all[i].Title, false
					for _, need := range all[i].Needs {
						if w.barred(need) != "" {
							title, off = text.T("site.barred", "title", all[i].Title, "capability", need), true
						}
					}
					return node("option", "value="+strconv.Itoa(i), "disabled="+yes(off)).Text(title)
				})...)...)),
			el("label", "grow", txt("span", "vh", text.T("site.address")),
				node("input", "type=text", "id=site-url", "name=url", "class=input", "list=site-hosts", "value="+s.URL, "dir=ltr", "spellcheck=false", "autocapitalize=off", "autocomplete=off").OnInput(siteField("url")),
				node("datalist", "id=site-hosts").Body(each(len(hosts), func(i int) app.UI { return node("option", "value="+hosts[i]) })...)),
		),
		area("headers", text.T("site.headers")+" "+text.T("site.values"), s.Headers, 2),
		area("html", text.T("site.page"), s.HTML, 2),
		// The buttons stay where they are, at the foot of the page: the answer comes above them.
		node("div", "id=site-preview", "role=status", "class=answered").Body(when(s.Preview != nil, func() app.UI {
			return el("div", "", txt("p", "t1 strong", text.T("site.would")), el("ul", "bullets t1", each(len(s.Preview), func(i int) app.UI { return el("li", "", chips(w.Trace.Keys, s.Preview[i])...) })...))
		})),
		el("div", "row do",
			node("button", "type=button", "name=preview", "class=btn small").Text(text.T("site.preview")).OnClick(preview),
			node("button", "type=button", "name=send", "class=btn small").Text(text.T("site.send")).OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.SendLink(siteText("url"))) }),
			node("button", "type=button", "name=publish", "class=btn primary pub", "disabled="+yes(w.denied("serve") != ""), "aria-description="+w.denied("serve")).Text(text.T("site.publish")).OnClick(publish)),
	)
}

func siteField(name string) app.EventHandler {
	return func(ctx app.Context, _ app.Event) { send(ctx, page.SiteField{Name: name, Text: chosen(ctx)}) }
}

func pickTemplate(ctx app.Context, _ app.Event) {
	if n, err := strconv.Atoi(chosen(ctx)); err == nil {
		send(ctx, page.Template(n))
	}
}

// siteText reads what stands in the fields of Mallory's site.
func siteText(name string) string {
	if e, ok := dom.Element("site-" + name); ok {
		return e.Get("value").String()
	}
	return ""
}

func publish(ctx app.Context, _ app.Event) {
	send(ctx, page.Publish{URL: siteText("url"), Headers: siteText("headers"), HTML: siteText("html")})
}

func preview(ctx app.Context, _ app.Event) {
	send(ctx, page.Preview{URL: siteText("url"), Headers: siteText("headers"), HTML: siteText("html")})
}
