package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab"
	"fixlab/lab/event"
)

// The oracle is a second witness of a run, and shares no code with the judge: it
// looks at the pages that each person was shown, at what lies in the store and in
// the jars at the end of each step, and for canaries there. Everything that is a
// person's has a name that occurs nowhere else. It is asked about random scripts.

// A witness is what the oracle saw.
type witness struct {
	shownToMallory string // a canary of Alice's on a page that Mallory was shown
	shownToAlice   string // one of Mallory's on a page of Alice's account, or a page of Mallory's account
	account        bool   // shownToMallory is an account
	planted        string // a value of Mallory's in Alice's jar
	poisoned       string // what Mallory wrote in a record that is open to Alice's account
	knowingly      bool   // Alice typed the secret of Mallory's account
}

// Canaries: names that only the one or the other writes.
const (
	alicesItem   = "pear-of-alice"
	mallorysItem = "bomb-of-mallory"
	gnome        = "gnome" // in the route form-id
)

// isMallorys reports whether a canary of Mallory's stands in text.
func isMallorys(text string) bool {
	return strings.Contains(text, mallorysItem) || strings.Contains(text, gnome)
}

// accounts are those that each person can have in a random script.
var accounts = map[string][]string{"alice": {"alice", "carol"}, "mallory": {"mallory", "mona"}}

// oneForAll are the profiles that can give two people the same value.
var oneForAll = []string{"cookie-session", "flask-seed"}

// watch looks at a run.
func watch(t *lab.Trace) (w witness) {
	var hers, seen []string // tokens of forms: that Alice was the first to be shown; that Mallory was shown
	held := map[string]bool{}
	for _, f := range t.Frames {
		if f.Step.Who == "server" {
			continue
		}
		if f.Step.Who == "alice" && slices.Contains([]string{"post", "submit"}, f.Step.Verb) && strings.Contains(f.Step.String(), "user=mallory") {
			w.knowingly = true
		}
		w.look(f, held)
		page := f.State.Browser(f.Step.Browser())
		if !asks(f) || !ofShop(page.URL) {
			continue
		}
		whose, items := read(page)
		token := tokenIn(f)
		switch f.Step.Who {
		case "mallory":
			w.showMallory(whose, items)
			if token != "" && slices.Contains(hers, token) && w.shownToMallory == "" {
				w.shownToMallory = token
			}
			seen = append(seen, token)
		case "alice":
			w.showAlice(whose, items)
			if token != "" && !slices.Contains(seen, token) {
				hers = append(hers, token)
			}
		}
	}
	return w
}

// look looks into Alice's jar and into the store after f; held are the values that
// Mallory has had by then.
func (w *witness) look(f lab.Frame, held map[string]bool) {
	for _, c := range f.State.Browser("mallory").Jar {
		held[c.Value] = true
	}
	for _, k := range f.State.Knows {
		held[k.Value] = true
	}
	for _, c := range f.State.Browser("alice").Jar {
		if c.Value != "" && held[c.Value] && f.Step.Who != "mallory" {
			w.planted = c.Value
		}
	}
	for _, r := range f.State.Rows {
		for _, v := range r.Data {
			if slices.Contains(accounts["alice"], r.User) && isMallorys(v.Value) {
				w.poisoned = v.Value
			}
		}
	}
}

// ofShop reports whether a page is the shop's own: on that of a search stands what
// was searched for.
func ofShop(url string) bool {
	return (strings.HasPrefix(url, "https://shop.example/") || strings.HasPrefix(url, "http://shop.example/")) &&
		!strings.Contains(url, "/search") && !strings.Contains(url, "evil")
}

// read returns whose account a page is about, and the items of its lists.
func read(page event.Browser) (whose string, items []string) {
	for _, b := range page.Page {
		text, account := strings.CutPrefix(b.Text, "The account of ")
		owner, basket := strings.CutSuffix(b.Text, "'s basket")
		switch {
		case account:
			whose = strings.TrimSuffix(text, ".")
		case basket:
			whose = owner
		case b.Tag == "li":
			items = append(items, b.Text)
		}
	}
	return whose, items
}

// tokenIn returns the token in the last form that the shop sent in f.
func tokenIn(f lab.Frame) (token string) {
	for _, e := range f.Events {
		if e.Kind == event.Response && e.Message.From == "shop.example" {
			if _, rest, ok := strings.Cut(e.Message.Raw, `name="token" value="`); ok {
				token, _, _ = strings.Cut(rest, `"`)
			}
		}
	}
	return token
}

// showMallory notes what of Alice's stands on a page that Mallory is shown.
func (w *witness) showMallory(whose string, items []string) {
	if slices.Contains(accounts["alice"], whose) {
		w.shownToMallory, w.account = whose, true
	}
	for _, i := range items {
		if strings.Contains(i, alicesItem) && w.shownToMallory == "" {
			w.shownToMallory = i
		}
	}
}

// showAlice notes what of Mallory's stands on a page that Alice is shown.
func (w *witness) showAlice(whose string, items []string) {
	if slices.Contains(accounts["mallory"], whose) {
		w.shownToAlice = whose
	}
	for _, i := range items {
		if slices.Contains(accounts["alice"], whose) && isMallorys(i) {
			w.shownToAlice = i
		}
	}
}

// objects returns what the oracle has against a verdict, "" for nothing.
func objects(t *lab.Trace) string {
	v, w := t.Verdict, watch(t)
	holds := func(outcomes ...event.Outcome) bool { return slices.ContainsFunc(outcomes, v.Holds) }
	switch {
	case w.shownToMallory != "" && !holds(event.Hijacked, event.HijackedWithAccount, event.Exposed, event.Zombie, event.Impersonated):
		return fmt.Sprintf("Mallory was shown %s of Alice's", w.shownToMallory)
	case w.account && !holds(event.Hijacked, event.HijackedWithAccount, event.Zombie, event.Impersonated):
		return fmt.Sprintf("Mallory was shown the account of %s", w.shownToMallory)
	case w.shownToAlice != "" && !w.knowingly && !holds(event.Trapped, event.Poisoned, event.Impersonated): // of the last no session is asked
		return fmt.Sprintf("Alice was shown %s of Mallory's", w.shownToAlice)
	case w.poisoned != "" && !holds(event.Poisoned, event.Forged, event.Hijacked, event.HijackedWithAccount, event.Impersonated):
		return fmt.Sprintf("a record of Alice's account holds %q", w.poisoned)
	case holds(event.NoAttack) && w.planted != "" && !slices.Contains(oneForAll, t.Scenario.Profile):
		return fmt.Sprintf("it is said that there is no attack, and a value of Mallory's is in Alice's jar: %q", w.planted)
	case holds(event.Exposed) && w.shownToMallory == "" && !slices.ContainsFunc(t.Frames, func(f lab.Frame) bool { return f.Step.Who == "mallory" && f.State.Browser(f.Step.Browser()).URL != "" }):
		return "nobody was shown anything"
	case holds(event.Poisoned) && !isMallorys(everything(t)):
		return "nothing of Mallory's is anywhere"
	case holds(event.Trapped) && w.shownToAlice == "" && !aliceActs(t):
		return "Alice was never shown an account of Mallory's"
	}
	return ""
}

// aliceActs reports whether Alice sent anything that could act in somebody's account.
func aliceActs(t *lab.Trace) bool {
	return slices.ContainsFunc(t.Frames, func(f lab.Frame) bool {
		return f.Step.Who == "alice" && (f.Step.Verb == "post" || f.Step.Verb == "submit" || strings.Contains(f.Step.String(), "/profile"))
	})
}

// everything returns all that was stored or signed in a run.
func everything(t *lab.Trace) string {
	var b strings.Builder
	for _, f := range t.Frames {
		for _, e := range f.Events {
			for _, v := range e.Data {
				b.WriteString(v.Value + " ")
			}
		}
	}
	return b.String()
}
