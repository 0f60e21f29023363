package cookie

import (
	"strings"
	"testing"
	"time"
)

// TestRead: the attributes are as written, and read as the browser reads them.
func TestRead(t *testing.T) {
	now := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		rules Rules
		line  string
		want  Entry
		ok    bool
	}{
		{Chromium, "sid=1", Entry{Name: "sid", Value: "1"}, true},
		{Chromium, " sid = 1 ; Path=/a; path=/b; DOMAIN=.x.example; SECURE; httponly; SameSite=lax",
			Entry{Name: "sid", Value: "1", Path: "/b", Domain: ".x.example", Secure: true, HTTPOnly: true, SameSite: Lax}, true},
		{Chromium, "a=b=c; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Entry{Name: "a", Value: "b=c", Expires: now.Add(time.Minute)}, true},
		{Chromium, "a=; Max-Age=0", Entry{Name: "a", Expires: time.Unix(0, 0)}, true},
		{Chromium, "a=1; SameSite=odd; Priority=High", Entry{Name: "a", Value: "1", Priority: High}, true},
		{Draft, "a=1; Priority=High", Entry{Name: "a", Value: "1"}, true},
		{Chromium, "bare", Entry{Value: "bare"}, true},
		{Firefox, "bare", Entry{Name: "bare"}, true},
		{Firefox, "=bare", Entry{}, false},
		{Chromium, "a=\x1b", Entry{}, false},
		{Chromium, "a=" + strings.Repeat("x", maxPair), Entry{}, false},
		{Chromium, "", Entry{}, false},
	} {
		if got, ok := test.rules.Read(now, test.line); got != test.want || ok != test.ok {
			t.Errorf("%q: %+v, %v; want %+v, %v", test.line, got, ok, test.want, test.ok)
		}
	}
}
