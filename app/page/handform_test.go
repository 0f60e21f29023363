package page

import (
	"strings"
	"testing"

	"fixlab/lab/event"
)

// onForm returns Alice on a page of that form.
func onForm(t *testing.T, html string) Model {
	t.Helper()
	m := empty(t).then(Act{"mallory serve https://evil.test/ <p>x</p><form action=/x>" + html + "</form>", "alice get https://evil.test/"})
	if m.Notice != "" {
		t.Fatal(m.Notice)
	}
	return m
}

// filled returns the fields of Alice's page with what stands in them, as the page's DOM has
// them, with some that are changed: by the number of the field on the page, from 1.
func filled(m Model, changed map[int]string) map[string]string {
	out, n := map[string]string{}, 0
	page := m.stateOf(event.Alice).Page
	for i := range page {
		if page[i].Field() {
			n++
			out[PageField(event.Alice, i)] = standsIn(page, i)
			if text, ok := changed[n]; ok {
				out[PageField(event.Alice, i)] = text
			}
		}
	}
	return out
}

// buttonNamed returns the block of the nth button of Alice's page.
func buttonNamed(m Model, nth int) int {
	for i, b := range m.stateOf(event.Alice).Page {
		if b.Tag == "button" {
			if nth--; nth == 0 {
				return i
			}
		}
	}
	return -1
}

// What is filled in by hand is a line of the script that sends just that.
func TestFilledIn(t *testing.T) {
	type does = map[int]string
	const (
		size  = "<select name=s><option value=1>S<option value=2>M<option value='a b'>L</select>"
		many  = "<select name=s multiple><option selected>1<option>2<option>3</select>"
		boxes = "<input type=checkbox name=a value=1 checked><input type=checkbox name=a value=2><input type=checkbox name=b>"
		radio = "<input type=radio name=r value=1 checked><input type=radio name=r value=2>"
		two   = "<input name=a><button name=go value=1>Save it</button><button name=go value=2>Drop it</button><button>No name</button>"
	)
	for _, test := range []struct {
		html   string
		does   does
		button int // 0 for Enter
		line   string
		sent   string
	}{
		{size, nil, 0, "alice submit", "s=1"},
		{size, does{1: "1"}, 0, "alice submit s=2", "s=2"},
		{size, does{1: "2"}, 0, "alice submit s=a b", "s=a+b"},
		{many, does{4: "on"}, 0, "alice submit s=3", "s=1&s=3"},
		{many, does{2: "", 3: "on"}, 0, "alice submit s= s=2", "s=2"},
		{many, does{2: ""}, 0, "alice submit s=", ""},
		{boxes, nil, 0, "alice submit", "a=1"},
		{boxes, does{2: "on", 3: "on"}, 0, "alice submit a=2 b=on", "a=1&a=2&b=on"},
		{boxes, does{1: "", 2: "on"}, 0, "alice submit a= a=2", "a=2"},
		{boxes, does{1: ""}, 0, "alice submit a=", ""},
		{radio, does{1: "", 2: "on"}, 0, "alice submit r=2", "r=2"},
		{"<textarea name=t>x</textarea>", does{1: "one\ntwo  three=4"}, 0, "alice submit t=one${newline}two${space}${space}three=4", "t=one%0D%0Atwo++three%3D4"},
		{"<textarea name=t>x</textarea>", does{1: ""}, 0, "alice submit t=", "t="},
		{"<input name=a><input name=a value=x><input name=a>", does{2: "y"}, 0, "alice submit a= a=y", "a=&a=y&a="},
		{"<input name='my name'>", does{1: "x"}, 0, "alice submit my${space}name=x", "my+name=x"},
		{"<select name=s><option>1<option>${dollar}loot</select>", does{1: "1"}, 0, "alice submit s=${dollar}loot", "s=%24loot"},
		{"<input name=a disabled><input name=b>", does{1: "x", 2: "y"}, 0, "alice submit b=y", "b=y"},

		{two, does{1: "x"}, 0, "alice submit a=x", "a=x&go=1"},
		{two, does{1: "x"}, 1, "alice submit a=x", "a=x&go=1"},
		{two, does{1: "x"}, 2, "alice submit Drop it a=x", "a=x&go=2"},
		{two, nil, 3, "alice submit No name", "a="},
		{"<button name=a>1</button><button name=b value=2></button>", nil, 2, "alice submit b=2", "b=2"},
		{"<button name=a>1</button><button name=b value=2>x=y</button>", nil, 2, "alice submit b=2", "b=2"},
		{"<button name=a value=1>Go</button><button name=a value=2>Go</button>", nil, 2, "alice submit a=2", "a=2"},
		{"<button name=a value=1>Go</button><button name=b>#2 Go</button>", nil, 2, "alice submit #1 #2 Go", "b="},
		{"<button name=a value=1>Go</button><input type=image name=i alt=On>", nil, 2, "alice submit On", "i.x=0&i.y=0"},
		{"</form><form action=/y>" + two, nil, 2, "alice submit #2 Drop it", "a=&go=2"},
	} {
		m := onForm(t, test.html)
		page, values := m.stateOf(event.Alice).Page, filled(m, test.does)
		msg := Msg(Submit{event.Alice, page[len(page)-1].Form, values})
		if test.button > 0 {
			msg = Push{msg.(Submit), buttonNamed(m, test.button)}
		}
		next := m.then(msg)
		sent := "nothing"
		for _, e := range next.Trace.Frames[next.Step].Events {
			if e.Kind == event.Request {
				sent = event.Encode(e.Message.Fields)
			}
		}
		if got := steps(next)[len(steps(next))-1]; got != test.line || sent != test.sent || next.Notice != "" {
			t.Errorf("%s, %v, button %d:\n got %q, which sends %s: %s\nwant %q, which sends %s", test.html, test.does, test.button, got, sent, next.Notice, test.line, test.sent)
		}
	}
}

// A button that no line can name is said to be one, and nothing is sent. What sends no form is
// no button.
func TestNamelessButton(t *testing.T) {
	for _, html := range []string{"<button name=a>1</button><button></button>", "<button name=a>1</button><button>x=y</button>"} {
		m := onForm(t, html)
		next := m.then(Push{Submit{event.Alice, 1, filled(m, nil)}, buttonNamed(m, 2)})
		if len(steps(next)) != len(steps(m)) || next.Notice == "" {
			t.Errorf("%s: %q, %q", html, steps(next), next.Notice)
		}
	}
	m := onForm(t, "<button name=a>1</button><input type=reset><button type=button>x")
	for _, button := range []int{-1, 0, 1000, buttonNamed(m, 2), buttonNamed(m, 3)} {
		next := m.then(Push{Submit{event.Alice, 1, nil}, button})
		if got := steps(next)[len(steps(next))-1]; got != "alice submit" {
			t.Errorf("block %d is a button: %q", button, got)
		}
	}
}

// What is picked and not sent stays while the page does, of a group of radio buttons one is
// ticked, and a form can be reset.
func TestPicked(t *testing.T) {
	m := onForm(t, "<input type=radio name=r value=1 checked><input type=radio name=r value=2><input type=radio name=q value=1 checked>"+
		"<input type=radio value=1 checked><select name=l size=2><option>1</select><select name=s multiple><option>1<option selected>2<option selected>3</select><textarea name=t>x</textarea><input type=checkbox name=c>")
	shown := func(m Model) string {
		var out []string
		for _, i := range m.pageInputs() {
			if strings.HasPrefix(i.ID, PageFields(event.Alice)) {
				out = append(out, i.Value)
			}
		}
		return strings.Join(out, "|")
	}
	const first = "on||on|on||1||on|on|x|"
	if got := shown(m); got != first {
		t.Fatalf("it begins as %q", got)
	}
	page := m.stateOf(event.Alice).Page
	at := func(name string, nth int) string {
		for i := range page {
			if page[i].Field() && page[i].Name == name {
				if nth--; nth == 0 {
					return PageField(event.Alice, i)
				}
			}
		}
		t.Fatal("no field", name)
		return ""
	}
	radio := event.Block{Tag: "input", Type: "radio", Name: "r", Form: 1}
	m = m.then(Type{RadioField(event.Alice, &radio), at("r", 2)}, Type{at("l", 1), "0"}, Type{at("s", 2), "on"}, Type{at("s", 4), ""}, Type{at("t", 1), "y"}, Type{at("c", 1), "on"}, Type{"alice-field-999", "on"})
	const typed = "|on|on|on|0|1|on|on||y|on"
	if got := shown(m); got != typed {
		t.Errorf("picked, it is %q", got)
	}
	if got := shown(m.then(Act{"mallory get /"})); got != typed {
		t.Errorf("as something else is done, it is %q", got)
	}
	if got := shown(m.then(ResetForm{event.Alice, 1})); got != first {
		t.Errorf("reset, it is %q", got)
	}
	if got := shown(m.then(Act{"alice reload"})); got != typed {
		t.Errorf("on the same page, it is %q", got)
	}
	if got := shown(m.then(Act{"alice get /"}, Act{"alice get https://evil.test/"})); got != first {
		t.Errorf("on the page again, it is %q", got)
	}
}

// A form of what may stand there is filled in without an end, and what of it is too long for
// a script is told.
func TestHostileFormByHand(t *testing.T) {
	long := strings.Repeat("v", 20000)
	m := onForm(t, "<select name="+strings.Repeat("n", 20000)+">"+strings.Repeat("<option>1", 498)+"<option value="+long+"></select><textarea name=a></textarea>")
	next := m.then(Submit{event.Alice, 1, filled(m, map[int]string{1: "498"})})
	if len(steps(next)) != len(steps(m))+1 || next.Notice != "" {
		t.Errorf("%d steps: %s", len(steps(next)), next.Notice)
	}
	next = m.then(Submit{event.Alice, 1, filled(m, map[int]string{1: "498", 2: strings.Repeat(long, 20)})})
	if len(steps(next)) != len(steps(m)) || next.Notice == "" {
		t.Errorf("a line of %d bytes is taken", 20*len(long))
	}
	for _, picked := range []string{"-1", "499", "x", " ", strings.Repeat("9", 100)} {
		if next = m.then(Submit{event.Alice, 1, filled(m, map[int]string{1: picked})}); steps(next)[len(steps(next))-1] != "alice submit" {
			t.Errorf("picked %q: %.100q", picked, steps(next)[len(steps(next))-1])
		}
	}
	m = empty(t).then(Act{"mallory serve https://evil.test/ <select>" + strings.Repeat("<option>", 501), "alice get https://evil.test/"})
	if m.Trace.Cut == "" || !strings.Contains(m.Trace.Cut, "more than 500 options") {
		t.Errorf("%q", m.Trace.Cut)
	}
}

// A browser fills in what it remembers for the shop, and for no other site.
func TestFillIn(t *testing.T) {
	m := empty(t).then(Act{"mallory get /login"})
	form := LoginForm(m.stateOf(event.Mallory))
	if form == 0 {
		t.Fatal("the shop's login asks for no password")
	}
	values := map[string]string{}
	for _, i := range m.then(FillIn{event.Mallory, form}).Inputs() {
		if strings.HasPrefix(i.ID, PageFields(event.Mallory)) {
			values[i.ID] = i.Value
		}
	}
	in := m.then(FillIn{event.Mallory, form}, Submit{event.Mallory, form, values})
	if got := steps(in); got[len(got)-1] != "mallory submit user=mallory password=hunter2" {
		t.Errorf("%q", got)
	}
	for _, at := range []string{"https://evil.test/login", "http://shop.example/login"} {
		trap := m.then(Act{"mallory serve " + at + " <form method=post><input name=user><input name=password type=password></form>", "alice get " + at})
		if b := trap.stateOf(event.Alice); len(b.Page) == 0 || LoginForm(b) != 0 {
			t.Errorf("%s is given what is the shop's: %+v", at, b.Page)
		}
	}
}
