package view

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/lab"
	"fixlab/lab/event"
)

// liveHTML returns the HTML of a page of Alice's in which one can act.
func liveHTML(page ...event.Block) string {
	var out strings.Builder
	of := window{Trace: &lab.Trace{}, Name: event.Alice, Live: live{On: true}}
	for line := range strings.Lines(app.HTMLString(pageView(of, event.Browser{URL: "https://evil.test/", Page: page}))) {
		out.WriteString(strings.TrimSpace(line))
	}
	return out.String()
}

// Every field and button of a form is one of the real page that has a name, stands with its
// label and does nothing by itself.
func TestLiveFields(t *testing.T) {
	html := liveHTML(
		event.Block{Tag: "label", Text: "Size ", Form: 1},
		event.Block{Tag: "select", Name: "s", Form: 1},
		event.Block{Tag: "option", Text: "Small", Value: "1", Form: 1, On: true},
		event.Block{Tag: "option", Text: "Large", Value: "2", Form: 1, Off: true},
		event.Block{Tag: "select", Name: "m", Form: 1},
		event.Block{Tag: "option", Type: "checkbox", Name: "m", Text: "Both", Value: "1", Form: 1},
		event.Block{Tag: "option", Type: "checkbox", Name: "m", Text: "None", Value: "2", Form: 1},
		event.Block{Tag: "textarea", Name: "t", Text: "<b>", Form: 1},
		event.Block{Tag: "label", Text: " Remember ", Form: 1},
		event.Block{Tag: "input", Type: "checkbox", Name: "c", Value: "on", Form: 1},
		event.Block{Tag: "input", Type: "radio", Name: "r", Value: "1", Form: 1},
		event.Block{Tag: "label", Text: "One", Form: 1, For: 11},
		event.Block{Tag: "input", Type: "radio", Name: "r", Value: "2", Form: 1, Off: true},
		event.Block{Tag: "button", Name: "b", Text: "Go", Form: 1},
		event.Block{Tag: "button", Form: 1, Off: true},
		event.Block{Tag: "button", Type: "reset", Text: "Again", Form: 1},
		event.Block{Tag: "button", Type: "button", Text: "Nothing", Form: 1},
		event.Block{Tag: "select", Form: 0},
		event.Block{Tag: "option", Text: "Outside", On: true},
	)
	for _, want := range []string{
		`<span class="asked"><span class="label">Size </span><select`, `aria-label="Size"`, `>Small</option>`, `>Large</option>`,
		`aria-label="Both"`, `aria-label="None"`, `<span class="label">Both</span></label>`, `aria-label="The field t"`, `&lt;b&gt;</textarea>`,
		`<label class="asked tick"><input`, `aria-label="Remember"`, `<span class="label"> Remember </span></label>`,
		`aria-label="One"`, `<span class="label">One</span></label>`, `aria-label="The box r: 2"`, `name="alice-field-1-r"`,
		`>Go</button>`, `aria-label="A button without words"`, `>Again</button>`, `<span class="fakebtn">Nothing</span>`,
		`<span class="input">Outside</span>`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("it lacks %s:\n%s", want, html)
		}
	}
	for tag, n := range map[string]int{"<select": 1, "<textarea": 1, "<input": 5, "<button": 3} {
		if got := strings.Count(html, tag); got != n {
			t.Errorf("%d of %s, want %d:\n%s", got, tag, n, html)
		}
	}
}
