package export_test

import (
	"fmt"
	"strings"
	"testing"

	"fixlab/app/export"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/scenarios"
)

// bare returns the lines of a page without its code, and the fenced code: spans as
// CommonMark 6.1 has them, the fence as 4.5. A span of code becomes ⟦⟧.
func bare(page string) (text []string, fenced string, err error) {
	fence := ""
	for line := range strings.Lines(page) {
		line = strings.TrimSuffix(line, "\n")
		ticks := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case fence == "" && len(ticks) >= 3:
			fence = ticks
		case fence != "" && len(ticks) >= len(fence) && strings.Trim(line, "`") == "":
			fence = "closed"
		case fence == "closed":
			return nil, "", fmt.Errorf("after the script stands %q", line)
		case fence != "":
			fenced += line + "\n"
		default:
			line, err := spans(line)
			if err != nil {
				return nil, "", err
			}
			text = append(text, line)
		}
	}
	if fence != "closed" {
		return nil, "", fmt.Errorf("the script does not end")
	}
	return text, fenced, nil
}

// spans returns a line without its code spans.
func spans(line string) (string, error) {
	out := ""
	for i := 0; i < len(line); {
		switch {
		case line[i] == '\\' && i+1 < len(line):
			out += line[i : i+2]
			i += 2
		case line[i] == '`':
			n := len(line[i:]) - len(strings.TrimLeft(line[i:], "`"))
			end := i + n
			for { // the next run of just as many
				at := strings.IndexByte(line[end:], '`')
				if at < 0 {
					return "", fmt.Errorf("a code span does not end in its line: %q", line)
				}
				end += at
				m := len(line[end:]) - len(strings.TrimLeft(line[end:], "`"))
				if end += m; m == n {
					break
				}
			}
			out += "⟦⟧"
			i = end
		default:
			out += line[i : i+1]
			i++
		}
	}
	return out, nil
}

// active returns the first thing in a line, which has no code, that would be more than
// text, "" if there is none.
func active(line string) string {
	for _, lead := range []string{"# ", "## ", "- "} {
		if rest, ok := strings.CutPrefix(line, lead); ok {
			line = rest
			break
		}
	}
	line = strings.TrimLeft(line, " ")
	if digits := strings.TrimLeft(line, "0123456789"); strings.HasPrefix(digits, ". ⟦⟧") {
		line = digits[2:]
	}
	if rest, ok := strings.CutPrefix(line, "**"); ok {
		line = strings.Replace(rest, "**", "", 1)
	}
	for _, link := range []string{"://", "www.", "@"} {
		if strings.Contains(strings.ToLower(strings.ReplaceAll(line, `\`, "")), link) {
			return link
		}
	}
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\' && i+1 < len(line):
			i++
		case strings.IndexByte("\\`*_[]{}<>&#~|$!", c) >= 0, i == 0 && strings.IndexByte("-+=:", c) >= 0, c < ' ':
			return line[i:]
		}
	}
	if rest := strings.TrimLeft(line, "0123456789"); rest != line && rest != "" && (rest[0] == '.' || rest[0] == ')') {
		return rest
	}
	return ""
}

// TestMarkdown: nothing in the page of any run is markup but our own, and its script is
// the run: played again it is the same, and its want row holds.
func TestMarkdown(t *testing.T) {
	for name, tr := range runs(t) {
		text, script, err := bare(export.Markdown(tr))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		steps := 0
		for _, line := range text {
			if is := active(line); is != "" {
				t.Errorf("%s: %q is more than text in %q", name, is, line)
			}
			if strings.HasPrefix(line, fmt.Sprintf("%d. ⟦⟧", steps+1)) {
				steps++
			}
		}
		if steps != len(tr.Frames) {
			t.Errorf("%s: %d steps of %d", name, steps, len(tr.Frames))
		}
		page := strings.Join(text, "\n")
		word, says := words.OutcomeWords(tr.Verdict.Outcome)
		for _, want := range []string{"\n**" + word + ", ", fmt.Sprintf(" at step %d", tr.Verdict.Frame+1), ".** " + says} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %q in\n%s", name, want, page)
			}
		}
		s, err := scenarios.Parse(tr.Scenario.Name, script)
		if err != nil {
			t.Errorf("%s: its script: %v", name, err)
			continue
		}
		again, err := lab.Run(s, tr.Defences)
		if err != nil {
			t.Errorf("%s: its script: %v", name, err)
			continue
		}
		if i, e := lab.Diverge(tr, again); i >= 0 {
			t.Errorf("%s: its script comes to something else at step %d, event %d", name, i+1, e)
		}
		switch {
		case tr.Cut != "":
			if len(s.Wants) > 0 {
				t.Errorf("%s: it wants %v", name, s.Wants)
			}
		case len(s.Wants) != 1 || s.Wants[0].On != tr.Defences:
			t.Errorf("%s: it wants %v", name, s.Wants)
		default:
			if err := again.Meets(s.Wants[0]); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestMarkdownSays: what it is played with, and what happened.
func TestMarkdownSays(t *testing.T) {
	p, err := scenarios.ParsePlay("any-route/rotate@xss+visited+firefox")
	if err != nil {
		t.Fatal(err)
	}
	tr, err := p.Run()
	if err != nil {
		t.Fatal(err)
	}
	page := export.Markdown(tr)
	for _, want := range []string{
		"\n- Server: ", "\n- Switches: `rotate` ", "\n- Route: ", "\n- Value: ", "\n- Browser: Firefox 153\n", "\n- Alice has been here before\n",
		"\n**Defended, decided at step ", "\n- Step 1: ", "\n\nWith “", "\nroute: xss\n", "\njar: visited\n", "\nbrowser: firefox\n", "\nrotate defended\n```\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	if page := export.Markdown(runs(t)["signed-is-not-yours none"]); !strings.Contains(page, "`https://blog.shop.example/`: ") || strings.Contains(page, "example/:`") {
		t.Errorf("the colon behind an address is a part of it:\n%s", page)
	}
	if page := export.Markdown(runs(t)["signed-is-not-yours none"]); !strings.Contains(page, "\n- Switches: no switch on\n- This lesson’s server has: `domain-cookie` ") {
		t.Errorf("its own switches are not said:\n%s", page)
	}
	if page := export.Markdown(runs(t)["hostile"]); !strings.Contains(page, "\n`````text\n") || !strings.Contains(page, " #x; ") && !strings.Contains(page, `\<script\>alert(1)\</script\>`) {
		t.Errorf("the hostile page is\n%.3000s", page)
	}
}

// TestActiveBites shows that markup is found.
func TestActiveBites(t *testing.T) {
	for line, want := range map[string]string{
		`plain, text: 1. (x) - \<b\>`: "", "- a": "", "## a": "", "1. ⟦⟧ a": "", "**a** b": "",
		"a <b>": "<b>", "a [x](y)": "[x](y)", "see https://x": "://", `see https\://x`: "://", "www.x": "www.", "a@b": "@", "- - a": "- a", "1. a": ". a", "1) a": ") a", "a &lt;": "&lt;", "# # a": "# a", "a `": "`",
	} {
		if got := active(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	for _, page := range []string{"a\n", "```\na\n", "```\n```\na\n", "`a\n```\n```\n", "``a`\n```\n```\n"} {
		if _, _, err := bare(page); err == nil {
			t.Errorf("%q is taken", page)
		}
	}
}
