package export_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"fixlab/app/export"
	"fixlab/app/words"
	"fixlab/lab/event"
)

// The statements that a diagram may have, and the text that may stand in them: nothing
// but entities has a # or a semicolon, nothing but a break of ours an angle bracket.
const said = `((?:[A-Za-z0-9 !'()*+,\-./=?@^_|~]|[^\x00-\x7fﬂ°¶ß]|#[0-9]+;|<br/>)*)`

var (
	title       = regexp.MustCompile(`^    title ` + said + `$`)
	participant = regexp.MustCompile(`^    participant (P[0-9]+) as ` + said + `$`)
	arrow       = regexp.MustCompile(`^    (P[0-9]+)(->>|-->>)(P[0-9]+): ` + said + `$`)
	note        = regexp.MustCompile(`^    Note over (P[0-9]+)(?:,(P[0-9]+))?: ` + said + `$`)

	entity   = regexp.MustCompile(`#(\w+);`)
	eaten    = regexp.MustCompile(`(?:style|classDef).*:\S*#.*;`) // encodeEntities of Mermaid takes the last semicolon of it
	reserved = regexp.MustCompile(`(?i)\bend\b|%%|\$\$`)
)

// A drawing is a diagram that was read.
type drawing struct {
	title             string
	lanes             []string
	requests, answers []string // "alice>shop.example: text"
	notes             []string
}

// parse reads a diagram as Mermaid does, as far as it is of the statements above.
func parse(text string) (d drawing, err error) {
	all, whole := strings.CutSuffix(text, "\n")
	list := strings.Split(all, "\n")
	if !whole || list[0] != "sequenceDiagram" {
		return d, fmt.Errorf("it begins with %q", list[0])
	}
	names := map[string]string{}
	shown := func(s string) string {
		return html.UnescapeString(entity.ReplaceAllString(strings.ReplaceAll(s, "<br/>", " "), "&#$1;"))
	}
	for n, line := range list[1:] {
		if eaten.MatchString(line) {
			return d, fmt.Errorf("%q loses its last semicolon", line)
		}
		if left := entity.ReplaceAllString(line, ""); strings.ContainsAny(left, "#;") || reserved.MatchString(left) {
			return d, fmt.Errorf("%q has what means something", line)
		}
		if m := title.FindStringSubmatch(line); m != nil && n == 0 {
			d.title = shown(m[1])
		} else if m := participant.FindStringSubmatch(line); m != nil && names[m[1]] == "" {
			names[m[1]] = shown(m[2])
			d.lanes = append(d.lanes, names[m[1]])
		} else if m := arrow.FindStringSubmatch(line); m != nil && names[m[1]] != "" && names[m[3]] != "" {
			says := names[m[1]] + ">" + names[m[3]] + ": " + shown(m[4])
			if m[2] == "->>" {
				d.requests = append(d.requests, says)
			} else {
				d.answers = append(d.answers, says)
			}
		} else if m := note.FindStringSubmatch(line); m != nil && names[m[1]] != "" && (m[2] == "" || names[m[2]] != "") {
			d.notes = append(d.notes, names[m[1]]+": "+shown(m[3]))
		} else {
			return d, fmt.Errorf("%q is no statement", line)
		}
	}
	return d, nil
}

// TestMermaid: every diagram is one, has an arrow for each message, and ends with how the
// run does.
func TestMermaid(t *testing.T) {
	for name, tr := range runs(t) {
		text := export.Mermaid(tr)
		d, err := parse(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if name != "cut" && len(text) > 50_000 {
			t.Errorf("%s: %d characters are more than Mermaid draws", name, len(text))
		}
		if want := words.Visible(tr.Scenario.Title); d.title != want {
			t.Errorf("%s: the title is %q, want %q", name, d.title, want)
		}
		if len(d.lanes) < 3 || d.lanes[0] != "Mallory" || d.lanes[len(d.lanes)-1] != "Alice" {
			t.Errorf("%s: the lanes are %q", name, d.lanes)
		}
		requests, answers := messages(tr, event.Request), messages(tr, event.Response)
		if len(d.requests) != len(requests) || len(d.answers) != len(answers) {
			t.Fatalf("%s: %d and %d arrows of %d requests and %d answers", name, len(d.requests), len(d.answers), len(requests), len(answers))
		}
		for i, e := range requests {
			method, _, _ := strings.Cut(e.Message.Start, " ")
			if want := fmt.Sprintf("%s>%s: %d %s /", words.Person(e.Who), e.Message.To, e.Frame+1, method); !strings.HasPrefix(d.requests[i], want) {
				t.Errorf("%s: request %d is %q, want %q", name, i, d.requests[i], want)
			}
		}
		for i, e := range answers {
			if want := fmt.Sprintf("%s>%s: %s", e.Message.From, words.Person(e.Message.To), strings.TrimSpace(e.Message.Start)); !strings.HasPrefix(d.answers[i], want) {
				t.Errorf("%s: answer %d is %q, want %q", name, i, d.answers[i], want)
			}
		}
		refused := 0
		for _, n := range d.notes {
			if strings.Contains(n, ": Refuses ") {
				refused++
			}
		}
		if want := len(messages(tr, event.Refused)); refused != want {
			t.Errorf("%s: %d notes of %d refused cookies", name, refused, want)
		}
		word, _ := words.OutcomeWords(tr.Verdict.Outcome)
		if last := d.notes[len(d.notes)-1]; !strings.HasPrefix(last, "Mallory: "+word+", ") || !strings.Contains(last, fmt.Sprintf(" at step %d", tr.Verdict.Frame+1)) {
			t.Errorf("%s: it ends with %q", name, last)
		}
	}
}

// TestMermaidSays: a cookie is drawn by the label of its key.
func TestMermaidSays(t *testing.T) {
	d, err := parse(export.Mermaid(runs(t)["signed-id-toss none"]))
	if err != nil {
		t.Fatal(err)
	}
	says := strings.Join(append(append(d.requests, d.answers...), d.notes...), "\n")
	for _, want := range []string{
		"\nAlice>shop.example: 7 POST /login sid=K1·sig sid=K1·sig\n",
		"\nblog.shop.example>Alice: 200 OK sid=K1·sig\n",
		"\nAlice: Stores sid=K1·sig; Domain=shop.example; Path=/login; Secure\n",
		"\nMallory: Mallory now knows K1·sig.\n",
		"\nshop.example: alice is let in\n",
		"\nMallory: Step 7: Login wrote Alice into the record of K1 and kept the key.\n",
		"\nMallory: Hijacked, decided at step 7. The server took Mallory for Alice.",
	} {
		if !strings.Contains(says, want) {
			t.Errorf("no %q in\n%s", want, says)
		}
	}
}

// TestGrammarBites shows that the parser takes no line that hostile text could make.
func TestGrammarBites(t *testing.T) {
	const head = "sequenceDiagram\n    title T\n    participant P1 as Mallory\n"
	if _, err := parse(head + "    P1->>P1: x#59;<br/>é\n"); err != nil {
		t.Error(err)
	}
	for _, line := range []string{
		"    P1->>P1: a;b", "    P1->>P1: a#b", "    P1->>P1: the end", "    P1->>P1: a%%b", "    P1->>P1: <b>", "    P1->>P1: a\nend",
		"    P1->>P2: x", "    participant P1 as Alice", "    link P1: x @ https://x", "    title x", "%%{init: {}}%%", "    P1->>P1: style .:#59;", "    P1->>P1: ﬂ°°60¶ß", "    P1->>P1: \"x\"",
	} {
		if _, err := parse(head + line + "\n"); err == nil {
			t.Errorf("%q is taken", line)
		}
	}
}
