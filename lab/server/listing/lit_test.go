package listing

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// played returns a journey through every page, and the lessons that can be
// played on a profile, on it.
func played(t *testing.T, profile string) []*script.Scenario {
	t.Helper()
	out := []*script.Scenario{journey(t, profile)}
	for _, name := range scenarios.Names() {
		s, err := scenarios.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		if s.Opens("route") {
			setup := s.Setup
			setup.Profile = profile
			if s, err = scenarios.Arrange(s, setup); err != nil {
				t.Fatal(err)
			}
		}
		if s.Profile == profile {
			out = append(out, s)
		}
	}
	return out
}

// journey is what an honest user does.
func journey(t *testing.T, profile string) *script.Scenario {
	t.Helper()
	s, err := scenarios.Parse("journey", `title: Every page
profile: `+profile+`
seed: 1

# Alice looks round.
alice get /
alice post /basket item=tea
alice get /login
alice post /login user=alice password=correct-horse
alice get /transfer
alice post /step-up password=correct-horse
alice post /sso user=alice ticket=ticket-for-alice
alice get /profile
alice post /logout
alice get /basket
server deploy
alice get /profile
alice post /signup user=alice password=correct-horse
`)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// happened calls f with every moment of the server in a run.
func happened(t *testing.T, s *script.Scenario, d defence.Set, f func(event.Event, Moment)) {
	t.Helper()
	tr, err := lab.Run(s, d)
	if err != nil {
		t.Fatal(err)
	}
	for _, frame := range tr.Frames {
		path := ""
		for _, e := range frame.Events {
			if e.Kind == event.Request {
				_, path, _ = strings.Cut(e.Message.Start, " ")
				path, _, _ = strings.Cut(path, "?")
			}
			if len(e.Code) == 0 {
				continue
			}
			m := Moment{Kind: string(e.Kind), Switch: e.Switch, On: e.On, Path: path}
			for _, l := range e.Code {
				m.Calls = append(m.Calls, l.Func)
			}
			f(e, m)
		}
	}
}

// function returns the head of the function that line n of the text is in.
func function(text string, n int) string {
	lines := strings.Split(text, "\n")
	for n--; n > 0 && lines[n-1] != ""; n-- {
	}
	return lines[n]
}

// TestEveryMoment: whatever a server does in a run, a line of the listing is lit.
func TestEveryMoment(t *testing.T) {
	kinds := map[event.Kind]bool{}
	for _, p := range server.Profiles {
		l, ok := For(p.ID)
		if !ok {
			continue
		}
		lines := l.Lines()
		for i, s := range played(t, p.ID) {
			for n := range len(defence.All) + 9 {
				if i > 0 && n%8 != i%8 { // the lessons share the sets
					continue
				}
				d := defence.Sample(n)
				happened(t, s, d, func(e event.Event, m Moment) {
					kinds[e.Kind] = true
					n := l.Lit(m, d)
					if n < 1 || n > len(lines) || strings.TrimSpace(lines[n-1]) == "" {
						t.Fatalf("%s %s %s: line %d for %q in %s", p.ID, s.Name, d, n, e.Text, m.Calls)
					}
				})
			}
		}
	}
	for _, kind := range []event.Kind{event.Ask, event.Random, event.Load, event.Save, event.Delete, event.Sign, event.Unsign, event.Login, event.Whoami, event.Logout} {
		if !kinds[kind] {
			t.Errorf("no run has an event of kind %s", kind)
		}
	}
}

// TestTransfer: no lesson has to send money, and the line is there.
func TestTransfer(t *testing.T) {
	for _, p := range server.Profiles {
		l, ok := For(p.ID)
		if !ok || strings.HasPrefix(p.ID, "flask-seed") { // which keeps no token, so sends nothing
			continue
		}
		n := l.Lit(Moment{Kind: string(event.Transfer), Calls: []string{"shop.transfer", "shop.ServeHTTP"}, Path: "/transfer"}, 0)
		if n == 0 || !strings.Contains(l.Lines()[n-1], "pay(") {
			t.Errorf("%s: line %d", p.ID, n)
		}
	}
}

// TestRotation: where login asks whether to rotate, the listing shows the
// vulnerable function, or the fixed one.
func TestRotation(t *testing.T) {
	for _, row := range []struct {
		name string
		asks defence.Set
		want string // in the function's head
	}{
		{"none", defence.Rotate, "vulnerable"},
		{"rotate", defence.Rotate, "fixed"},
		{"none", defence.Flush, "vulnerable"},
		{"flush", defence.Flush, "fixed"},
		{"clear", defence.Rotate, "vulnerable"},
		{"rotate+keep-old-record", defence.KeepOldRecord, "a mistake"},
		{"keep-at-logout", defence.KeepAtLogout, "a mistake"},
	} {
		d, err := defence.Parse(row.name)
		if err != nil {
			t.Fatal(err)
		}
		var asked []string
		for _, p := range server.Profiles {
			l, ok := For(p.ID)
			if !ok {
				continue
			}
			found := map[string]string{}
			for _, s := range played(t, p.ID)[:2] {
				happened(t, s, d, func(e event.Event, m Moment) {
					if e.Switch == row.asks {
						head := function(l.Text, l.Lit(m, d))
						found[head] = cmp.Or(found[head], e.Text)
					}
				})
			}
			for head, text := range found {
				if !strings.Contains(head, row.want) && !unlike(p.ID, row.name, head) {
					t.Errorf("%s %s: %q lights %q, want it to say %q", p.ID, row.name, text, head, row.want)
				}
			}
			if len(found) > 0 {
				asked = append(asked, p.ID)
			}
		}
		if len(asked) < 8 {
			t.Errorf("%s: only %v ask", row.name, asked)
		}
	}
}

// unlike are the profiles of which the plain login, or what clears the data, is
// neither vulnerable nor fixed.
func unlike(id, switches, head string) bool {
	return slices.Contains([]string{
		"flask none def login_by_hand", "flask-server-id clear def login_cleared", "cookie-session none async function loginByHand",
	}, id+" "+switches+" "+strings.SplitN(head, "(", 2)[0])
}

// TestForgottenPath: the way in that somebody forgot is the plain login.
func TestForgottenPath(t *testing.T) {
	l, _ := For("django-db")
	calls := []string{"Env.rotates", "sessions.Login", "django.Login", "shop.enter", "shop.ServeHTTP"}
	for path, want := range map[string]string{"/login": "login_rotated", "/sso": "login_by_hand"} {
		m := Moment{Kind: "ask", Switch: defence.Rotate, On: true, Calls: calls, Path: path}
		if head := function(l.Text, l.Lit(m, defence.Rotate|defence.ForgottenPath)); !strings.Contains(head, want+"(") {
			t.Errorf("%s lights %q, want %s", path, head, want)
		}
	}
}
