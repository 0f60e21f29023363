//go:build e2e

package e2e

import (
	"path/filepath"
	"testing"

	"fixlab/app/page"
)

// The one file, from a disk.
func firefoxFile(t *testing.T, f *firefox) {
	f.blank(t)
	url := "file://" + filepath.Join(packDir(t, nil), "lab.html")
	f.visit(url)
	f.ready()
	f.mouse().bets(1, "#sure")
	f.click("#way-play")
	f.until("location.hash.startsWith('#1/')")
	f.click("#more")
	f.click("#share")
	f.until("(" + told + ").includes('opens this file on this machine')")
	f.visit("about:blank")
	f.visit(url + "#explore")
	f.ready()
	f.until("document.querySelector('#explore-says')?.innerText.startsWith('Complete')")
	f.is("document.querySelector('#explore-says').innerText.includes('has no worker')", "false")
	f.is("performance.getEntriesByType('resource').map((e) => e.name).filter((name) => !/^(data|blob):/.test(name)).join()", "")
}

// In a frame that may run scripts and nothing else.
func firefoxSandbox(t *testing.T, f *firefox) {
	pages := sandboxes(t)
	h := serve(t, hosting{Dir: packDir(t, pages)})
	for name := range pages {
		if name == "blob.html" && !thorough {
			continue
		}
		f.blank(t)
		f.visit(h.URL + name)
		var tree struct {
			Contexts []struct{ Children []struct{ Context string } }
		}
		for len(tree.Contexts) == 0 || len(tree.Contexts[0].Children) == 0 {
			f.do("browsingContext.getTree", map[string]any{"root": f.tab}, &tree)
		}
		f.tab = tree.Contexts[0].Children[0].Context
		f.ready()
		click := func(selector string) {
			t.Helper()
			f.until("document.querySelector('" + selector + "')")
			f.eval("document.querySelector('" + selector + "').click()")
		}
		click("#bet-1")
		f.until("document.querySelector('#bet-1').ariaChecked === 'true'")
		click("#sure")
		f.until("location.hash === '#learn/" + page.Course()[0].Name + "/act'")
		click("#way-play")
		f.until("document.documentElement.dataset.page === 'lab' && location.hash.startsWith('#1/')")
		click("#forward")
		f.until("location.hash.endsWith('/2')")
		click("#way-reference")
		click("a[href^=\"#explore\"]")
		f.until("document.querySelector('#explore-says')?.innerText.startsWith('Complete')")
		f.is("document.querySelector('#explore-says').innerText.includes('has no worker')", "false")
	}
}

// The package for an LMS, in a frame of scorm-again's.
func firefoxSCORM(t *testing.T, f *firefox) {
	f.blank(t)
	at := serve(t, hosting{Dir: scoDir(t, again(t))}).URL + "lms.html"
	f.visit(at)
	scormAgain(t, f.until, f.is, func() {
		f.visit("about:blank")
		f.visit(at)
	})
}
