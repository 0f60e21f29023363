package cookie

import (
	"net/url"
	"testing"
	"time"
)

// A restored jar sends and refuses what the jar it is from does.
func TestRestore(t *testing.T) {
	now := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	u := &url.URL{Scheme: "https", Host: "shop.example", Path: "/login"}
	plain := &url.URL{Scheme: "http", Host: "shop.example", Path: "/login"}
	for _, rules := range []Rules{Chromium, Draft, Tomorrow} {
		j := &Jar{Rules: rules}
		for _, line := range []string{"sid=own; Path=/; Secure", "sid=planted; Path=/login; Secure", "sid=wide; Domain=shop.example; Path=/; Secure", "other=1"} {
			if _, err := j.Set(now, u, line, Context{TopLevel: true}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := j.Set(now, plain, "plain=1", Context{TopLevel: true}); err != nil {
			t.Fatal(err)
		}
		r := Restore(rules, j.All())
		if got, want := Header(getOf(r, now, u, Context{TopLevel: true})), Header(getOf(j, now, u, Context{TopLevel: true})); got != want || got == "" {
			t.Errorf("%v: Get %q, want %q", rules, got, want)
		}
		if got, want := len(r.Withheld(now, plain, Context{TopLevel: true})), len(j.Withheld(now, plain, Context{TopLevel: true})); got != want || got == 0 {
			t.Errorf("%v: %d withheld, want %d", rules, got, want)
		}
		if _, err := r.Set(now.Add(time.Second), plain, "sid=x; Path=/login", Context{TopLevel: true}); err == nil {
			t.Errorf("%v: a plain origin replaced a Secure cookie", rules)
		}
		for _, jar := range []*Jar{j, r} {
			if _, err := jar.Set(now, u, "fresh=1; Path=/login", Context{TopLevel: true}); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := Header(getOf(r, now, u, Context{TopLevel: true})), Header(getOf(j, now, u, Context{TopLevel: true})); got != want {
			t.Errorf("%v: after one more %q, want %q", rules, got, want)
		}
	}
}
