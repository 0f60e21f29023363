//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// faint lists the texts that cannot be read on white paper: browsers print no grounds,
// unless somebody asks for them.
const faint = `(() => {
	const light = (c) => c.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
	return [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.closest("svg, .vh, option")
		&& [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && e.getBoundingClientRect().width > 2).filter((e) => {
		const [r, g, b, a = 1] = getComputedStyle(e).color.match(/[\d.]+/g).map(Number);
		return 1.05 / (light([r, g, b].map((v) => v * a + 255 * (1 - a))) + 0.05) < 4.5;
	}).map((e) => e.className + ": " + e.textContent.trim().slice(0, 30)).join("; ");
})()`

// What is printed of the lab is what one reads, in ink: the name of the lab, what happens,
// the pages, and what the run was played with. Nothing that is pressed is on paper.
func TestPrint(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		link       string
		says, lack []string
		sheets     int
	}{
		{"#learn/signed-is-not-yours", []string{"Fixation Lab", "Lesson 1", "Will Mallory read", "Yes", "No"}, []string{"Skip", "I know this"}, 1},
		{"#learn/signed-is-not-yours/act/5", []string{"Fixation Lab", "1 of 8", "Alice logs in to the shop", "Mallory", "Alice", "Belongs to"}, []string{"Next", "Back"}, 1},
		{"#1/signed-is-not-yours/rotate/5", []string{"Fixation Lab", "Alice logs in to the shop", "Defended", "Rotate the session key at login", "Login issues a new key", "Chromium"},
			[]string{"Next", "Take over", "Refuse keys", "Raw HTTP", "Publish", "Play this", "Why?", "My site"}, 2},
		{"#1/signed-is-not-yours/none/5", []string{"Hijacked", "Chromium"}, []string{"Defences", "Rotate"}, 1},
		{"#1/signed-is-not-yours/fresh-csrf+host-prefix/5", []string{"Fresh CSRF secret", "__Host- cookie name"}, []string{"Rotate", "SameSite"}, 2},
		{"#compare", []string{"Fixation Lab", "They first differ at step 7", "Hijacked", "Defended", "first difference"}, []string{"Flip a switch"}, 4},
		{"#claims", []string{"Fixation Lab", "Claims tested", "The Flask article"}, nil, 9},
		{"#reference", []string{"Fixation Lab", "Challenges", "Step-up"}, nil, 9},
	} {
		t.Run(test.link, func(t *testing.T) {
			t.Parallel()
			b := open(t, test.link)
			sheets := b.prints(a4)
			var all string
			for _, lines := range sheets {
				for _, l := range lines {
					all += l.text + "\n"
				}
			}
			if len(sheets) > test.sheets {
				t.Errorf("%d sheets, want %d at most", len(sheets), test.sheets)
			}
			flat := plain(all)
			for _, want := range test.says {
				if !strings.Contains(flat, plain(want)) {
					t.Errorf("it does not print %q", want)
				}
			}
			for _, never := range test.lack {
				if strings.Contains(flat, plain(never)) {
					t.Errorf("it prints %q", never)
				}
			}
			for i, lines := range sheets[:len(sheets)-1] {
				if foot := lines[len(lines)-1].y; foot > 0.4 {
					t.Errorf("sheet %d ends at %.0f %% of its height", i+1, 100*(1-foot))
				}
			}
			b.run(emulation.SetEmulatedMedia().WithMedia("print"))
			var pale string
			if b.eval(faint, &pale); pale != "" {
				t.Errorf("too pale for paper: %s", pale)
			}
			if t.Failed() {
				t.Logf("printed:\n%s", all)
			}
		})
	}
}
