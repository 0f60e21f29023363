package server_test

import (
	"strings"
	"testing"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/server"
	"fixlab/lab/session"
	"fixlab/lab/world"
)

// TestOldKey: whose account the key that alice brought to a way in serves
// afterwards, and the one she had before she logged out.
func TestOldKey(t *testing.T) {
	p, _ := server.ByID("signed-id")
	const password, ticket = "user=alice&password=correct-horse", "user=alice&ticket=ticket-for-alice"
	for _, test := range []struct{ on, path, form, served string }{
		{"none", "/login", password, "alice"},
		{"rotate", "/login", password, ""},
		{"flush", "/login", password, ""},
		{"user-first", "/login", password, "alice"},
		{"rotate+user-first", "/login", password, ""},
		{"rotate+keep-old-record+user-first", "/login", password, "alice"},
		{"rotate", "/sso", ticket, ""},
		{"rotate", "/signup", password, ""},
		{"rotate+forgotten-path", "/login", password, ""},
		{"rotate+forgotten-path", "/sso", ticket, "alice"},
		{"flush+forgotten-path", "/signup", password, "alice"},
	} {
		d, err := defence.Parse(test.on)
		if err != nil {
			t.Fatal(err)
		}
		alice := honest{over: world.Network{event.ShopHost: shopWith(p, d)}}
		alice.do(t, "GET", "/", "")
		mallory := alice.twin(t)
		if got := alice.do(t, "POST", test.path, test.form); got != "Logged in" {
			t.Errorf("%s, %s: %s", test.on, test.path, got)
		}
		mallory.do(t, "GET", "/profile", "")
		if got := between(mallory.page, "The account of ", "."); got != test.served {
			t.Errorf("%s, %s: the old key serves %q, want %q", test.on, test.path, got, test.served)
		}
	}
	for on, after := range map[string]string{"none": "", "keep-at-logout": "alice", "rotate+keep-at-logout": "alice"} {
		d, err := defence.Parse(on)
		if err != nil {
			t.Fatal(err)
		}
		alice := honest{over: world.Network{event.ShopHost: shopWith(p, d)}}
		alice.do(t, "POST", "/login", password)
		copied := alice.twin(t)
		alice.do(t, "POST", "/logout", "")
		copied.do(t, "GET", "/profile", "")
		if got := between(copied.page, "The account of ", "."); got != after {
			t.Errorf("%s: after logout a copy serves %q, want %q", on, got, after)
		}
	}
}

// savings is a store that writes down what is saved and deleted.
type savings struct {
	session.Memory
	log []string
}

func (s *savings) Save(rec session.Record) {
	s.log = append(s.log, "save "+rec.ID[:4]+" "+rec.Data)
	s.Memory.Save(rec)
}

func (s *savings) Delete(id string) {
	s.log = append(s.log, "delete "+id[:4])
	s.Memory.Delete(id)
}

// TestUserFirst: with the mistake alice is in the record that login leaves.
func TestUserFirst(t *testing.T) {
	p, _ := server.ByID("signed-id")
	for on, want := range map[string]string{
		"rotate":            "delete OLD; save NEW USER",
		"rotate+user-first": "save OLD USER; delete OLD; save NEW USER",
		"flush":             "delete OLD; save NEW USER",
		"flush+user-first":  "save OLD USER; delete OLD; save NEW {}",
	} {
		d, err := defence.Parse(on)
		if err != nil {
			t.Fatal(err)
		}
		store := &savings{}
		alice := honest{over: world.Network{event.ShopHost: shopWith(p, d, func(e *server.Env) { e.Store = store })}}
		alice.do(t, "GET", "/", "")
		old := alice.jar.All()[0].Value[:4]
		store.log = nil
		alice.do(t, "POST", "/login", "user=alice&password=correct-horse")
		key := alice.jar.All()[0].Value[:4]
		if got := strings.NewReplacer(old, "OLD", key, "NEW", `{"user_id":"alice"}`, "USER").Replace(strings.Join(store.log, "; ")); got != want {
			t.Errorf("%s: %s, want %s", on, got, want)
		}
	}
}

// TestBinding: who is served with alice's cookie from another place.
func TestBinding(t *testing.T) {
	p, _ := server.ByID("signed-id")
	type place struct{ address, agent, device string }
	here := place{"[2001:db8::1]:1", "A", "K"}
	for _, test := range []struct {
		on     string
		from   place
		served string
	}{
		{"bind-address", here, "alice"},
		{"bind-address", place{"[2001:db8::1]:2", "A", "another"}, "alice"}, // behind the same router, with her User-Agent
		{"bind-address", place{"[2001:db8::2]:1", "A", "K"}, ""},
		{"bind-address", place{"[2001:db8::1]:1", "B", "K"}, ""},
		{"bind-device", place{"192.0.2.1:1", "B", "K"}, "alice"},
		{"bind-device", place{"[2001:db8::1]:1", "A", "another"}, ""},
	} {
		d, err := defence.Parse(test.on)
		if err != nil {
			t.Fatal(err)
		}
		alice := honest{over: world.Network{event.ShopHost: shopWith(p, d)}, address: here.address, agent: here.agent, device: here.device}
		alice.do(t, "POST", "/login", "user=alice&password=correct-horse")
		alice.address, alice.agent, alice.device = test.from.address, test.from.agent, test.from.device
		alice.do(t, "GET", "/profile", "")
		if got := between(alice.page, "The account of ", "."); got != test.served {
			t.Errorf("%s from %s: serves %q, want %q", test.on, test.from, got, test.served)
		}
	}
}
