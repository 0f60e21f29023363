package class

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab/defence"
)

// TestFind: codes are found however they were sent.
func TestFind(t *testing.T) {
	codes, _ := thirty(t, classLink)
	a, b := codes[0], codes[1]
	for name, text := range map[string]string{
		"plain":        a + "\n" + b,
		"one line":     "Amira: " + a + " and Ben: " + b + ". Thanks!",
		"small":        strings.ToLower(a) + "\n\n" + strings.ToLower(b),
		"bare":         strings.ReplaceAll(a, " ", "") + "\n" + strings.ReplaceAll(b, " ", "") + "\n",
		"hyphens":      strings.ReplaceAll(a, " ", "-") + "," + strings.ReplaceAll(b, " ", "-"),
		"nbsp":         strings.ReplaceAll(a, " ", "\u00a0") + ";" + strings.ReplaceAll(b, " ", "\u00a0"),
		"o, i and l":   strings.NewReplacer("0", "o", "1", "l").Replace(a[4:4]+a[:4]) + strings.NewReplacer("0", "O", "1", "I").Replace(a[4:]) + "\n" + b,
		"mail":         "> Hello,\r\n> here it is:\r\n> " + strings.ReplaceAll(wrapped(a, 60), "\n", "\r\n> ") + "\r\n>> " + strings.ReplaceAll(wrapped(b, 40), "\n", "\r\n>> ") + "\r\n>> Best regards. Ben",
		"wrapped bare": wrapped(strings.ReplaceAll(a, " ", ""), 76) + "\n\n" + wrapped(strings.ReplaceAll(b, " ", ""), 21) + "\nBest regards",
		"double lines": strings.ReplaceAll(wrapped(a, 50), "\n", "\n\n") + "\n\n" + b,
		"fours":        regrouped(a, 4) + "\n" + regrouped(b, 7),
	} {
		if name == "o, i and l" {
			text = strings.Replace(text, "FXl.", "FX1.", 1)
		}
		got := Read(text, classLink)
		if len(got) != 2 || got[0].Code != a || got[1].Code != b || got[0].State != Fine || got[1].State != Fine {
			t.Errorf("%s: %d codes", name, len(got))
			for _, e := range got {
				t.Errorf("%s %q %d of %d", e.State, e.Code, e.Has, e.Wants)
			}
		}
	}
	lines := Find("Ben\n" + a + "\n\n\nLi " + b)
	if len(lines) != 2 || lines[0].Line != 2 || lines[1].Line != 5 {
		t.Errorf("%+v", lines)
	}
	for _, text := range []string{"", "FX1", "fx1 .", "REFX1.ABCDE", "There is no code here. FX is short for fixation.", "FXY.ABC"} {
		if got := Find(text); got != nil {
			t.Errorf("%q: %+v", text, got)
		}
	}
	if n := len(Find(strings.Repeat("FX1.", 5000))); n != mostFound {
		t.Errorf("%d codes", n)
	}
}

// TestMarkWithin: a payload may end in what looks like the beginning of a code.
func TestMarkWithin(t *testing.T) {
	for n := range 1 << 16 {
		body := append(make([]byte, 16), byte(n>>8), byte(n))
		code := forged(body, classLink)
		if !strings.Contains(code, " FX1.") {
			continue
		}
		if f := Find("Ben " + code + "\n" + code); len(f) != 2 || !f[0].sound() || !f[1].sound() {
			t.Errorf("%s: %+v", code, f)
		}
		return
	}
	t.Error("none was tried")
}

func wrapped(text string, width int) string {
	var b strings.Builder
	for len(text) > width {
		at := strings.LastIndexByte(text[:width], ' ')
		if at < 0 {
			b.WriteString(text[:width] + "\n")
			text = text[width:]
			continue
		}
		b.WriteString(text[:at] + "\n")
		text = text[at+1:]
	}
	return b.String() + text
}

func regrouped(code string, n int) string {
	head, rest := code[:4], strings.ReplaceAll(code[4:], " ", "")
	var b strings.Builder
	for i, c := range rest {
		if i%n == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return head + b.String()
}

// TestCutOff: a code that lacks its end is cut off, whatever stands behind it.
func TestCutOff(t *testing.T) {
	codes, _ := thirty(t, classLink)
	code := codes[3]
	for _, behind := range []string{"", "\n\nBest regards from the group. Best wishes to everybody in it.", "\nAmira", "\n" + codes[4]} {
		for n := 4; n < len(code); n++ {
			all := Find("Dana: " + code[:n] + behind)
			if want := 1 + strings.Count(behind, "FX1"); len(all) != want {
				t.Fatalf("%d characters and %q: %d codes", n, behind, len(all))
			}
			if e := NewReader(classLink).Read(all[0]).All()[0]; e.State != CutOff || e.Results != nil || e.Name != "" {
				t.Errorf("%d characters and %q: %s", n, behind, e.State)
			}
		}
	}
	if e := one(t, code[:50], classLink); e.Has != 39 || e.Wants != strings.IndexByte(strings.ReplaceAll(code[4:], " ", ""), '.') {
		t.Errorf("%d of %d", e.Has, e.Wants)
	}
}

// TestEdited: whatever character is changed, taken out, put in or exchanged with the one
// beside it, the code is not taken for a good one, nor for one of another class.
func TestEdited(t *testing.T) {
	w := worked(t, "Amira", classLink)
	code := Make(w, classLink)
	dot := strings.LastIndexByte(code, '.')
	check := func(changed, what string) {
		t.Helper()
		if e := one(t, changed, classLink); e.State != Edited || e.Results != nil || e.Name != "" {
			t.Errorf("%s: %s, %s", what, e.State, changed)
		}
	}
	for i := 4; i < len(code); i++ {
		if code[i] == ' ' || code[i] == '.' {
			continue
		}
		for _, c := range "0123456789ABCDEFGHJKMNPQRSTVWXYZU" {
			if byte(c) != code[i] {
				check(code[:i]+string(c)+code[i+1:], "changed")
			}
		}
		if i < dot {
			check(strings.ReplaceAll(code[:i]+code[i+1:], " ", ""), "taken out")
			check(strings.ReplaceAll(code[:i]+"7"+code[i:], " ", ""), "put in")
		}
		if next := code[i+1:]; next != "" && next[0] != code[i] && next[0] != ' ' && next[0] != '.' {
			check(code[:i]+next[:1]+code[i:i+1]+next[1:], "exchanged")
		}
	}
	// Somebody who mends the checksum does not have the tag.
	payload, _ := decoded(Find(code)[0].payload)
	tag, _ := decoded(Find(code)[0].tag)
	body := slices.Clone(payload[:len(payload)-sumLength])
	body[headLength+3] ^= 4
	check(written(append(body, checksum(body)...), tag), "mended")
}

// TestForeign: a code of another class, of none, or of another lab says which.
func TestForeign(t *testing.T) {
	w := worked(t, "Amira", classLink)
	other := Link{Class: "Course of December", Phrase: "red teapot 7"}
	for _, test := range []struct {
		made, read Link
		want       State
	}{
		{classLink, classLink, Fine}, {Link{}, Link{}, Fine},
		{other, classLink, Foreign}, {Link{}, classLink, Foreign}, {classLink, Link{}, Foreign},
		{Link{Class: classLink.Class, Phrase: "guessed"}, classLink, Foreign},
	} {
		e := one(t, Make(w, test.made), test.read)
		if e.State != test.want || e.Name != "Amira" || e.Class != hex4(test.made.key().id) || (e.Results != nil) != (test.want == Fine) {
			t.Errorf("%+v read by %+v: %s of %s, %q", test.made, test.read, e.State, e.Class, e.Name)
		}
	}
	payload, _ := decoded(Find(Make(w, classLink))[0].payload)
	payload[2] ^= 1
	body := payload[:len(payload)-sumLength]
	payload = append(body, checksum(body)...)
	e := one(t, written(payload, classLink.key().tag(payload)), classLink)
	if e.State != Outdated || e.Content == Content() || e.Name != "" || e.Results != nil {
		t.Errorf("%s of %s, %q", e.State, e.Content, e.Name)
	}
	if e := one(t, "FX2"+Make(w, classLink)[3:], classLink); e.State != Outdated || e.Content != "" {
		t.Errorf("version 2: %s", e.State)
	}
}

// TestRefused: who has the link can make a code that says anything; a win that is none is
// found by playing it.
func TestRefused(t *testing.T) {
	flush, both := defence.Flush, defence.Lax|defence.SameSiteStrict
	for id, win := range map[string]Win{
		"make-it-happen":      {Script: strings.Replace(ownScript("make-it-happen", 1), "mallory get /profile", "mallory get /basket", 1) + "mallory forget\n"},
		"get-in-anyway":       {Script: ownScript("make-it-happen", 1)},
		"test-the-article/1":  {Script: "title: X\nprofile: signed-id\nchallenge: test-the-article/1\n\nmallory get /\n"},
		"test-the-article/2":  {Script: "no script at all"},
		"keep-the-basket":     {On: &flush},
		"one-switch":          {On: &both},
		"decoys":              {On: new(defence.Set)},
		"point-at-the-cause":  {Points: []int{1, 4000}},
		"fix-it":              {Patch: "A"},
		"ten-minute-incident": {Seed: "0123", Revoked: []string{"s31"}},
	} {
		w := worked(t, "Amira", classLink)
		w.Goals[id] = Goal{Solved: true, Tries: 1, Win: win}
		e := one(t, Make(w, classLink), classLink)
		if e.State != Refused {
			t.Errorf("%s: %s", id, e.State)
			continue
		}
		for _, r := range e.Results {
			if lost := r.Status == Lost; lost != (r.ID == id) || lost && r.Fails == nil && r.Err == nil {
				t.Errorf("%s: %s is %s, %v, %v", id, r.ID, r.Status, r.Fails, r.Err)
			}
		}
		if full := one(t, Make(worked(t, "", classLink), classLink), classLink).Score(); e.Score() >= full {
			t.Errorf("%s: %d points", id, e.Score())
		}
	}
}

// TestTwice: the same code once more, and the same answers under another name.
func TestTwice(t *testing.T) {
	codes, all := thirty(t, classLink)
	copied := all[2]
	copied.Name = "Dana"
	incident := all[5]
	incident.Name, incident.Goals = "Eve", map[string]Goal{"ten-minute-incident": all[5].Goals["ten-minute-incident"]}
	moves := Work{Name: "Finn", Goals: map[string]Goal{"test-the-article/1": all[0].Goals["test-the-article/1"], "one-switch": all[0].Goals["one-switch"]}}
	text := strings.Join([]string{codes[0], codes[2], strings.ToLower(codes[0]), Make(copied, classLink), codes[5], Make(incident, classLink), Make(moves, classLink), codes[1]}, "\n")
	got := Read(text, classLink)
	for i, want := range []struct {
		state       State
		first, like int
	}{{Fine, 0, -1}, {Fine, 0, -1}, {Duplicate, 0, -1}, {Fine, 0, 1}, {Fine, 0, -1}, {Fine, 0, 4}, {Fine, 0, -1}, {Fine, 0, -1}} {
		if e := got[i]; e.State != want.state || e.First != want.first || e.Like != want.like {
			t.Errorf("%d, %s: %s, first %d, like %d", i, e.Name, e.State, e.First, e.Like)
		}
	}
	plain := classLink // here all have the same incident, and that says nothing
	plain.Variants = false
	both := Make(Work{Name: "A", Goals: map[string]Goal{"ten-minute-incident": all[5].Goals["ten-minute-incident"]}}, plain)
	both += "\n" + Make(Work{Name: "B", Goals: map[string]Goal{"ten-minute-incident": all[5].Goals["ten-minute-incident"]}}, plain)
	if got := Read(both, plain); got[1].State != Fine || got[1].Like != -1 {
		t.Errorf("%s, like %d", got[1].State, got[1].Like)
	}
}

func FuzzRead(f *testing.F) {
	codes, _ := thirty(f, classLink)
	f.Add(codes[0] + "\n> " + codes[1][:90])
	f.Add("Ben: " + strings.ToLower(codes[2]))
	f.Add("FX1.\u00a0-- > .\n\n.FX9.")
	f.Fuzz(func(t *testing.T, text string) {
		for _, e := range Read(text, classLink) {
			if !strings.HasPrefix(strings.ToUpper(e.Code), "FX") || e.Line < 1 || (e.Results != nil) != e.Counted() {
				t.Fatalf("%+v", e)
			}
		}
	})
}

// TestDuplicateWithMore: bits that a code has too many make no other one of it.
func TestDuplicateWithMore(t *testing.T) {
	for name, w := range map[string]Work{"no script": {Name: "Amira"}, "scripts": worked(t, "Amira", classLink)} {
		code := Make(w, classLink)
		payload, _ := decoded(Find(code)[0].payload)
		longer := forged(append(slices.Clone(payload[headLength:len(payload)-sumLength]), 0, 1), classLink)
		all := Read(code+"\n"+longer, classLink)
		if len(all) != 2 || all[0].State != Fine || all[1].State != Duplicate && all[1].State != Edited {
			t.Errorf("%s: %s, %s", name, all[0].State, all[1].State)
		}
	}
}
