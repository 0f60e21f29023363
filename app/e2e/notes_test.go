//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// popup returns the window that is opened by what the tab does.
func (b *tab) popup(does func()) *tab {
	b.t.Helper()
	opened := chromedp.WaitNewTarget(b.ctx, func(info *target.Info) bool { return info.OpenerID != "" })
	does()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithTargetID(<-opened))
	ctx, stop := context.WithTimeout(ctx, deadline)
	o := &tab{t: b.t, host: b.host, ctx: ctx, profile: b.profile}
	chromedp.ListenTarget(ctx, o.collect)
	o.run(emulation.SetFocusEmulationEnabled(true))
	b.t.Cleanup(func() {
		b.t.Helper()
		o.check()
		stop()
		cancel()
	})
	o.ready()
	return o
}

// The wall and its notes, each in a window: they follow each other through steps, votes,
// reveal and blank, and survive a reload of either; with a BroadcastChannel, and by the window
// that opened the other where there is none that reaches it.
func TestNotesWindow(t *testing.T) {
	t.Parallel()
	for _, by := range []string{"channel", "opener"} {
		t.Run(by, func(t *testing.T) {
			b := serve(t, hosting{}).tab(t)
			if by == "opener" {
				b.before("delete window.BroadcastChannel")
			}
			b.visit("#present/signed-is-not-yours")
			b.ready()
			notes := b.popup(func() { b.run(chromedp.KeyEvent("n")) })
			if by == "opener" { // the channel was there as that window opened
				notes.before("delete window.BroadcastChannel")
				notes.run(chromedp.Reload())
				notes.ready()
			}
			at := func(slide int, says string) {
				t.Helper()
				b.until(fmt.Sprintf("document.documentElement.dataset.step === '%d'", slide))
				notes.until(fmt.Sprintf("document.documentElement.dataset.step === '%d' && document.querySelector('#on-wall').textContent === %q", slide, says))
			}
			at(1, "On the wall")
			notes.click("#more-1")
			b.until("document.querySelector('#vote-1').value === '1'")
			b.press(kb.PageDown)
			at(2, "On the wall")
			notes.press(kb.PageDown)
			at(3, "On the wall")
			notes.press(kb.ArrowDown, kb.PageUp, "b")
			at(3, "The wall is blank; behind it")
			b.is(slideOf, "blank")
			if by == "opener" && !thorough {
				return
			}
			notes.press(kb.PageDown)
			b.press(kb.PageDown)
			notes.click("#cue-blank")
			at(3, "On the wall")
			notes.click("#steps li:nth-child(7) button")
			at(7, "On the wall, the rest hidden")
			b.unspoiled("at the curtain")
			notes.click("#cue-reveal")
			at(7, "On the wall")
			b.until("document.querySelector('#verdict')")
			b.is("document.querySelector('.tally').innerText.replace(/\\s+/g, ' ')", "Yes This is so. 1 No 0")

			notes.run(chromedp.Reload())
			notes.ready()
			at(7, "On the wall")
			b.run(chromedp.Reload())
			b.ready()
			at(7, "On the wall")
			notes.press(kb.PageDown)
			at(8, "On the wall, the rest hidden")
			if by != "channel" {
				return
			}
			notes.click("#start-clock")
			notes.until("document.querySelector('#start-clock').textContent === 'Pause'")
			notes.is("document.querySelector('#clock').getAttribute('aria-live')", "off")
			notes.is("document.querySelector('#left').textContent", "45 of 45 min left")
			notes.is("document.querySelector('#item').textContent", "Lesson 1")
			notes.click("#item-on")
			notes.until("document.querySelector('#item').textContent === 'Lesson 3'")
			notes.is("document.querySelector('#in-time').textContent", "9 min early")
			notes.click("#start-clock")
			notes.until("document.querySelector('#start-clock').textContent === 'Start'")
			notes.is("document.activeElement.id", "start-clock")
			b.press(kb.PageDown) // what the wall keeps is not the notes' alone
			notes.is("document.querySelector('#item').textContent", "Lesson 3")
			// Teach's running order is what the notes have once they are loaded anew.
			teach := b.sibling()
			teach.visit("#teach")
			teach.ready()
			teach.follow("#teach/20")
			notes.run(chromedp.Reload())
			notes.ready()
			notes.until("document.querySelector('#left')?.textContent === '20 of 20 min left'")
			notes.size(800, 600)
			notes.accessible("notes")
			for _, width := range []int64{800, 390} {
				notes.size(width, 600)
				notes.is("document.documentElement.scrollWidth <= document.documentElement.clientWidth", "true")
			}
		})
	}
}

// Notes that nobody opened from a wall follow the first that they hear; without one they say so.
func TestNotesAlone(t *testing.T) {
	t.Parallel()
	b := open(t, "#notes")
	b.is("document.querySelector('main').innerText.includes('Open Present in another window')", "true")
	if thorough {
		b.accessible()
	}
	other := b.sibling()
	other.visit("#present/three-defences")
	other.ready()
	b.until("document.documentElement.dataset.lesson === 'three-defences'")
	b.press(kb.PageDown)
	other.until("location.hash === '#present/three-defences/act/1'")
	other.press("p")
	other.is("location.hash", "#learn/three-defences/act/1")
	b.until("document.querySelector('#lab').dataset.lost === 'true'")
}

// The wall opens its notes, and each follows the other.
func firefoxNotes(t *testing.T, f *firefox) {
	f.open(t, serve(t, hosting{}), "#present/signed-is-not-yours")
	f.eval("(() => { const open = window.open; window.open = (...a) => window.notes = open.apply(window, a) })(), 0")
	f.press("n")
	const notes = "window.notes?.document?.documentElement?.dataset?"
	f.until(notes + ".ready === 'true' && " + notes + ".step === '1' && notes.document.querySelector('#more-1')")
	f.eval("notes.document.querySelector('#more-1').click(), 0")
	f.until("document.querySelector('#vote-1').value === '1'")
	f.press(pageDown)
	f.until(notes + ".step === '2'")
	f.eval("notes.document.querySelector('#cue-blank').click(), 0")
	f.until(slideOf + " === 'blank'")
	f.eval("notes.location.reload(), 0")
	f.until("notes.document.querySelector('#on-wall')?.textContent === 'The wall is blank; behind it'")
	f.eval("notes.close(), 0")
}
