//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

const (
	written  = "document.querySelector('#script').value"
	playHash = "document.documentElement.dataset.hash"
)

// in is a CSS selector of something in a person's window.
func in(who, selector string) string { return fmt.Sprintf("[data-browser=%s] %s", who, selector) }

// goes types an address into a person's browser.
func (h *hand) goes(who, address string) {
	h.Helper()
	h.fills(in(who, "input[name=address]"), address)
	h.press("Enter")
}

// scripted fails unless the script has those steps, and they are at the last of them.
func (h *hand) scripted(profile string, lines ...string) {
	h.Helper()
	want := "title: My script\nprofile: " + profile + "\nseed: 1\n"
	if len(lines) > 0 {
		want += "\n" + strings.Join(lines, "\n") + "\n"
	}
	h.is(written, want)
	h.is(step, fmt.Sprint(max(1, len(lines))))
}

// handServers are the servers that are hijacked by hand, with a lesson of each.
var handServers = []struct{ profile, lesson string }{
	{"signed-id", "#1/signed-id-toss/none/1"},
	{"django-db", "#1/django-planted-key/none/1"},
}

// hijacks has Mallory hijack Alice's session in an empty script. Every act is a line of it.
func (h *hand) hijacks(profile string) {
	h.Helper()
	var lines []string
	does := func(line string) {
		h.Helper()
		lines = append(lines, line)
		h.scripted(profile, lines...)
		if h.Failed() {
			h.Fatalf("the page says %q", h.value("document.querySelector('#told')?.innerText ?? ''"))
		}
	}
	h.scripted(profile)
	h.goes("mallory", "shop.example")
	does("mallory get /")
	h.use(in("mallory", "[data-cookie] button[name=copy]"))
	does("mallory copy loot")
	h.use("#open-site")
	h.fills("#site textarea[name=headers]", "Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/")
	h.use("#site button[name=publish]")
	does("mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/")
	h.use("#habits")
	h.use("[data-habit='2']")
	does("alice get https://blog.shop.example/")
	h.is("document.querySelectorAll('#habit-list').length", "0")
	h.goes("alice", "https://shop.example/login")
	does("alice get /login")
	h.fills(in("alice", "[data-page] input[name=user]"), "alice")
	h.fills(in("alice", "[data-page] input[name=password]"), "correct-horse")
	h.use(in("alice", "[data-page] button.fakebtn"))
	does("alice submit user=alice password=correct-horse")
	h.is(outcome, "defended") // so far: she has not looked
	h.goes("mallory", "shop.example/profile")
	does("mallory get /profile")
	h.is(outcome, "hijacked")
	h.is("document.querySelector('[data-browser=mallory] .tab').textContent", "Hello alice")
}

// begins begins an empty script on the server that is shown.
func (h *hand) begins() {
	h.Helper()
	h.use("#take-over")
	h.use("#script-more")
	h.use("#script-new")
}

// picks begins one by the list of lessons, whose first entry it is.
func (h *hand) picks() {
	h.Helper()
	h.reach("#pick-lesson")
	h.press("Home")
	h.is("document.querySelector('#pick-lesson').selectedOptions[0].text", "My script")
}

func TestHijackByHand(t *testing.T) {
	t.Parallel()
	for _, s := range handServers {
		t.Run(s.profile+" by mouse", func(t *testing.T) {
			t.Parallel()
			h := open(t, s.lesson).mouse()
			h.begins()
			h.hijacks(s.profile)
		})
		if s.profile != "signed-id" && !thorough {
			continue
		}
		t.Run(s.profile+" by keyboard", func(t *testing.T) {
			t.Parallel()
			h := open(t, s.lesson).keys()
			h.picks()
			h.hijacks(s.profile)
		})
	}
}

// The same in Firefox, by mouse.
func firefoxHijackMouse(t *testing.T, f *firefox) {
	firefoxHijack(t, f, (*firefox).mouse, (*hand).begins)
}

// And by keyboard alone.
func firefoxHijackKeys(t *testing.T, f *firefox) { firefoxHijack(t, f, (*firefox).keys, (*hand).picks) }

func firefoxHijack(t *testing.T, f *firefox, hand func(*firefox) *hand, begins func(*hand)) {
	for _, s := range handServers {
		if s.profile != "signed-id" && !thorough {
			continue
		}
		t.Run(s.profile, func(t *testing.T) {
			f.open(t, serve(t, hosting{}), s.lesson)
			h := hand(f)
			begins(h)
			h.hijacks(s.profile)
		})
	}
}
