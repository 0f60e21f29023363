package world_test

import (
	"net/url"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// A formCase is a form that is filled in and submitted: what is sent, or what the step says
// instead. A page without a form is one.
type formCase struct{ rule, page, submit, want string }

// of is HTML's word for the rule behind a case, or what Chromium 156 was observed to do.
var formCases = []formCase{
	// 4.10.22.4, 5.2: a button is in the entry list only when it is the submitter.
	{"the first button is Enter's (4.10.22.2)", "<input name=a value=1><button name=b value=1>One</button><button name=b value=2>Two</button>", "", "a=1&b=1"},
	{"a button by its text", "<button name=b value=1>One</button><button name=b value=2> Two\n <i>more</i></button>", "Two more", "b=2"},
	{"a button by its text, and a field", "<input name=a><button name=b value=1>One</button><button name=b value=2>Two</button>", "Two a=x y", "a=x y&b=2"},
	{"a button by what it sends", "<input name=a><button name=b value=1>One</button><button name=b value=2>Two</button>", "b=2 a=x", "a=x&b=2"},
	{"a button without a value sends an empty one", "<button name=b>One</button>", "", "b="},
	{"a button without a name sends nothing", "<button name=b value=1>One</button><button>Two</button>", "Two", ""},
	{"an unknown type is submit (4.10.6)", "<button type=x name=b value=1>One</button>", "", "b=1"},
	{"reset and button do not submit", "<button type=reset name=r>Reset</button><input type=button name=c value=C><input name=a value=1>", "", "a=1"},
	{"and cannot be pressed to", "<button type=reset>Reset</button><input type=button value=C>", "C", "finds no button C in the form"},
	{"an input is a button", "<input type=submit name=a value=One><input type=submit name=b value=Two>", "Two", "b=Two"},
	{"which is called Submit (Chromium)", "<input type=submit name=b>", "Submit", "b=Submit"},
	{"a form without a button is submitted all the same", "<input name=a><input name=b>", "a=1", "a=1&b="},
	{"a button that is not there", "<button>One</button>", "Two", "finds no button Two in the form"},
	{"a disabled button cannot be pressed", "<button>One</button><button disabled>Two</button>", "Two", "finds no button Two in the form"},
	{"Enter does nothing when the default button is disabled (4.10.22.2)", "<button disabled>One</button><button>Two</button>", "", "presses Enter, which sends nothing: the form's first button is disabled"},
	{"an image sends where it was hit (5.3)", "<input type=image name=i alt=Go><input type=image alt=On>", "Go", "i.x=0&i.y=0"},
	{"without a name, too", "<input type=image name=i alt=Go><input type=image alt=On>", "On", "x=0&y=0"},

	// 5.2: disabled is not sent.
	{"disabled fields", "<input disabled name=a value=1><textarea disabled name=b>1</textarea><select disabled name=c><option>1</select><input name=d value=1>", "", "d=1"},
	{"nobody fills them in", "<input disabled name=a>", "a=1", "finds no field a in the form"},
	{"a disabled fieldset, but for its first legend (4.10.15)", "<fieldset disabled><legend><input name=a value=1></legend><input name=b value=1><legend><input name=c value=1></legend><fieldset><input name=d value=1></fieldset></fieldset><input name=e value=1>", "", "a=1&e=1"},

	// 5.2: a box is in the list when it is ticked; its default value is "on" (5.7).
	{"boxes as they are", "<input type=checkbox name=a><input type=checkbox name=b checked><input type=checkbox name=c value='' checked>", "", "b=on&c="},
	{"a box is ticked", "<input type=checkbox name=a><input type=checkbox name=b value=yes>", "a=on b=yes", "a=on&b=yes"},
	{"a box is unticked", "<input type=checkbox name=a checked><input type=checkbox name=b checked>", "a=", "b=on"},
	{"one that sends nothing, too", "<input type=checkbox name=a value='' checked><input name=b>", "a=", "b="},
	{"and is ticked again", "<input type=checkbox name=a value=''>", "a=", "a="},
	{"boxes of one name", "<input type=checkbox name=a value=1 checked><input type=checkbox name=a value=2><input type=checkbox name=a value=3>", "a=3 a=2", "a=1&a=2&a=3"},
	{"some of them", "<input type=checkbox name=a value=1 checked><input type=checkbox name=a value=2><input type=checkbox name=a value=3>", "a= a=2", "a=2"},
	{"boxes of one value", "<input type=checkbox name=a><input type=checkbox name=a>", "a=on a=on a=on", "a=on&a=on"},
	{"a box sends what it has", "<input type=checkbox name=a value=1>", "a=on", "error: alice cannot pick on for a: the page offers 1"},
	{"a box beside a hidden field", "<input type=hidden name=a value=0><input type=checkbox name=a value=1>", "a=1", "a=0&a=1"},
	{"and unticked", "<input type=hidden name=a value=0><input type=checkbox name=a value=1 checked>", "a=", "a=0"},

	// 4.10.5.1.16: of a group of radio buttons one is checked at most, the last.
	{"radio buttons as they are", "<input type=radio name=a value=1 checked><input type=radio name=a value=2 checked><input type=radio name=b>", "", "a=2"},
	{"one is picked", "<input type=radio name=a value=1 checked><input type=radio name=a value=2>", "a=2", "a=2"},
	{"the last word counts", "<input type=radio name=a value=1><input type=radio name=a value=2>", "a=2 a=1", "a=1"},
	{"they are not unticked", "<input type=radio name=a value=1 checked>", "a=", "error: alice cannot pick nothing for a: the page offers 1"},
	{"a group is of one form", "<input type=radio name=a value=1 checked></form><form><input type=radio name=a value=2 checked>", "", "a=1"},
	{"a disabled one is of the group", "<input type=radio name=a value=1 checked><input type=radio name=a value=2 checked disabled>", "", ""},

	// 4.10.7: the selectedness of options, and 5.6 of the entry list.
	{"the first option", "<select name=a><option>One<option>Two</select>", "", "a=One"},
	{"the first that is not disabled", "<select name=a><option disabled>One<option>Two</select>", "", "a=Two"},
	{"the last that is selected", "<select name=a><option selected>One<option selected>Two<option>Three</select>", "", "a=Two"},
	{"one that is disabled is not sent", "<select name=a><option>One<option selected disabled>Two</select>", "", ""},
	{"none when all are", "<select name=a><option disabled>One</select>", "", ""},
	{"none by itself where several rows show", "<select name=a size=2><option>One<option>Two</select>", "", ""},
	{"a list without options", "<select name=a></select><input name=b>", "", "b="},
	{"an option's value", "<select name=a><option value=1>One<option value=2>Two</select>", "a=2", "a=2"},
	{"an empty one", "<select name=a><option value=1>One<option value=''>None</select>", "a=", "a="},
	{"its text, stripped (4.10.10)", "<select name=a><option>  One \n or  <b>two</b><script>x()</script> </select>", "", "a=One or two"},
	{"its label is shown only", "<select name=a><option label=L>One</select>", "", "a=One"},
	{"a disabled group", "<select name=a><optgroup disabled label=G><option>One</optgroup><option>Two</select>", "", "a=Two"},
	{"an option that is not offered", "<select name=a><option>One<option value=''>None<option disabled>Two</select>", "a=Two", "error: alice cannot pick Two for a: the page offers One, "},
	{"none is", "<select name=a></select>", "a=x", "error: alice cannot pick x for a: the page offers nothing"},
	{"several", "<select name=a multiple><option selected>1<option>2<option selected>3</select>", "", "a=1&a=3"},
	{"one more", "<select name=a multiple><option selected>1<option>2<option>3</select>", "a=3", "a=1&a=3"},
	{"another", "<select name=a multiple><option selected>1<option>2<option>3</select>", "a= a=3", "a=3"},
	{"another list ends a list (Chromium)", "<select name=a><option>1<select name=b><option>2</select><input name=c value=3>", "b=2", "finds no field b in the form"},
	{"so does an input", "<select name=a><option>1<input name=b value=x><option>2</select>", "a=2", "error: alice cannot pick 2 for a: the page offers 1"},
	{"a list that never ends has all", "<select name=a><option value=1>One</form><p>text</p><a href=/>link</a>", "", "a=1"},
	{"but for fields", "<select name=a><option value=1>One</form><input name=b value=2>", "", "a=1&b=2"},

	// 4.10.11: the text of a textarea is its value, without a newline at its head.
	{"a textarea", "<textarea name=a>\n\nx\ny&lt;<b></textarea>", "", "a=\r\nx\r\ny<<b>"},
	{"one that never ends", "<textarea name=a>x</form><input name=b>", "", "a=x</form><input name=b></form>\r\n"},
	{"is typed into", "<textarea name=a>x</textarea>", "a=one${newline}two", "a=one\r\ntwo"},
	{"line ends of all kinds (4.10.22.5)", "<input type=hidden name=a value='x\ny'>", "", "a=x\r\ny"},

	// 5.4: without a name there is no entry.
	{"no name", "<input value=1><textarea>1</textarea><select><option>1</select><input type=checkbox checked><button value=1>B</button>", "", ""},
	// 5.8
	{"the character encoding", "<input type=hidden name=_CHARSET_ value=x>", "", "_CHARSET_=UTF-8"},
	// 4.10.18.3: the form owner.
	{"a form elsewhere", "<input name=b value=1></form><input form=f name=c value=1><button form=f name=d value=1></button>", "", "b=1&c=1&d=1"},
	{"no form of that id", "<input form=x name=b value=1><input form='' name=c value=1>", "", ""},
	{"a form in a form is none", "<form id=g><input name=a value=1></form><input name=b value=2>", "", "a=1"},
	{"nor is one in a list", "<select name=a><option>1<form id=g></select><input name=b value=2>", "", "a=1&b=2"},
	// 13.2.6.4.7: nothing in a template is of the form.
	{"a template", "<template><select name=a><option>1</select></template><select name=b><template><option>1</option></template><option>2</select>", "", "b=2"},
	{"a list of svg is none", "<svg><select name=a><option>1</select></svg><input name=b value=1>", "", "b=1"},

	{"fields of one name", "<input name=a><input name=a value=2><input name=a>", "a=1 a=b", "a=1&a=b&a="},
	{"a field without a name is none", "<input><input type=checkbox>", "=x", "finds no field  in the form"},
	{"a hidden field, with the browser's tools", "<input type=hidden name=a value=1>", "a=2", "a=2"},
}

func TestForms(t *testing.T) {
	for _, test := range formCases {
		t.Run(test.rule, func(t *testing.T) {
			page := "<form id=f action=/x>" + test.page + "</form>"
			if got := submitted(t, page, test.submit); got != test.want {
				t.Errorf("%s, submit %s\n got %q\nwant %q", page, test.submit, got, test.want)
			}
		})
	}
}

// What is picked, ticked or pressed is the word of whoever wrote it into the page, what is typed
// that of who types.
func TestWhoseFields(t *testing.T) {
	tr := playLines(t, "mallory serve https://evil.test/ <form><select name=a><option>1<option>2</select><input type=checkbox name=b><input name=c value=x><input name=d><button name=e>Go</button></form>",
		"alice get https://evil.test/", "alice submit a=2 b=on d=y")
	got := ""
	for _, e := range tr.Frames[2].Events {
		if e.Kind == event.Request {
			for _, f := range e.Message.Fields {
				got += f.Name + "=" + f.Value + " of " + f.By + ", "
			}
		}
	}
	if want := "a=2 of mallory, b=on of mallory, c=x of mallory, d=y of alice, e= of mallory, "; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// submitted plays a submit on a page, and returns what is sent, decoded, or what is said
// instead.
func submitted(t *testing.T, page, fields string) string {
	t.Helper()
	lines := []string{"mallory serve https://evil.test/ " + strings.ReplaceAll(page, "\n", "${newline}"), "alice get https://evil.test/", strings.TrimSpace("alice submit " + fields)}
	s, err := script.Parse("x", "title: X\nprofile: signed-id\nseed: 1\n\n"+strings.Join(lines, "\n")+"\n")
	if err != nil {
		t.Fatal(err)
	}
	tr, err := lab.Run(s, 0)
	if err != nil {
		return "error: " + strings.TrimPrefix(err.Error(), "x.txt:7: ")
	}
	requests, did := sent(tr)
	if len(requests) == 0 {
		return strings.Join(did, ", ")
	}
	_, query, _ := strings.Cut(requests[0], "?")
	query, err = url.QueryUnescape(query)
	if err != nil {
		t.Fatal(err)
	}
	return query
}

// What a field shows, and what stands for it, are in the page's blocks.
func TestFieldBlocks(t *testing.T) {
	for page, want := range map[string]string{
		"<label>Size <select name=s><option value=1>S<option value=2 selected>M<optgroup disabled><option>L</select> of it</label>": "label:Size  of it select option:S=1 option:M=2! option:L=L-",
		"<select name=s multiple disabled><option selected>1<option selected>2</select>":                                            "select- option/checkbox:1=1!- option/checkbox:2=2!-",
		"<label><input type=checkbox name=a checked> Yes</label>":                                                                   "label: Yes input/checkbox=on!",
		"<input type=radio name=a value=1 id=one checked><label for=one>One</label><input type=radio name=a value=2 checked>":       "input/radio=1 label>3:One input/radio=2!",
		"<label for=one>One</label><input id=one name=a>":                                                                           "label:One input",
		"<label for=gone>One</label><input type=hidden id=gone name=a>":                                                             "label:One",
		"<textarea name=a>one\ntwo</textarea><button name=b value=1><b>Go</b> on</button><input type=reset>":                        "textarea:one\ntwo button:Go on=1 button/reset:Reset",
	} {
		tr := playLines(t, "mallory serve https://evil.test/ <form>"+strings.ReplaceAll(page, "\n", "${newline}")+"</form>", "alice get https://evil.test/")
		var all []string
		for _, b := range last(tr, "alice").Page[2:] { // behind the site's own heading
			all = append(all, shownAs(b))
		}
		if got := strings.Join(all, " "); got != want {
			t.Errorf("%s\n got %q\nwant %q", page, got, want)
		}
	}
}

// shownAs writes a block in short: its tag, /type, >the field of a label, :text, =value, ! when
// it is on and - when it is off.
func shownAs(b event.Block) string {
	out := b.Tag
	if b.Type != "" {
		out += "/" + b.Type
	}
	if b.For > 0 {
		out += ">" + string(rune('0'+b.For))
	}
	if b.Text != "" {
		out += ":" + b.Text
	}
	if b.Value != "" {
		out += "=" + b.Value
	}
	if b.On {
		out += "!"
	}
	if b.Off {
		out += "-"
	}
	return out
}

// A page of too many options ends the run, and what is odd costs nothing.
func TestHostileForms(t *testing.T) {
	many := func(n int, text string) string { return strings.Repeat(text, n) }
	for _, test := range []struct{ what, page, submit, want string }{
		{"500 options", "<select name=a>" + many(500, "<option>"), "", "a="},
		{"more", "<select name=a>" + many(501, "<option>"), "", "more than 500 options on a page"},
		{"as many as a page has room for", "<select name=a>" + many(8000, "<option>"), "", "more than 500 options on a page"},
		{"in many lists", many(600, "<select name=a><option></select>"), "", "more than 500 options on a page"},
		{"10000 options", "<select name=a>" + many(10000, "<option>"), "", "https://evil.test/ has more than 64 KiB"},
		{"lists in lists", many(2500, "<select name=a><option>"), "", "more than 500 options on a page"},
		{"forms in forms", many(6000, "<form>") + "<input name=a value=1>", "", "a=1"},
		{"radio buttons that are all checked", many(1200, "<input type=radio checked name=a value=1>"), "a=1", "a=1"},
		{"fieldsets in fieldsets", many(4000, "<fieldset>") + "<input name=a value=1>", "", "a=1"},
		{"forms by their ids", many(800, "<form id=g></form><input form=g>") + "<input form=f name=a value=1>", "", "a=1"},
		{"labels of many fields", many(1000, "<label for=x></label><input id=y>") + "<input name=a value=1>", "", "a=1"},
		{"a huge name", "<input name=" + many(40000, "n") + " value=1>", "", many(40000, "n") + "=1"},
		{"a huge option", "<select name=a><option>" + many(300, "n") + "</select>", "a=x", "error: alice cannot pick x for a: the page offers " + many(237, "n") + "…"},
		{"many that are offered", "<select name=a>" + many(100, "<option>n</option>") + "</select>", "a=x", "error: alice cannot pick x for a: the page offers " + many(79, "n, ") + "…"},
	} {
		lines := []string{"mallory serve https://evil.test/ <form id=f action=/x>" + test.page + "</form>", "alice get https://evil.test/", strings.TrimSpace("alice submit " + test.submit)}
		s, err := script.Parse("x", "title: X\nprofile: signed-id\nseed: 1\n\n"+strings.Join(lines, "\n")+"\n")
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if tr, err := lab.Run(s, 0); err != nil {
			got = "error: " + strings.TrimPrefix(err.Error(), "x.txt:7: ")
		} else if _, got, _ = strings.Cut(tr.Cut, ": "); got == "" {
			for _, e := range tr.Frames[len(tr.Frames)-1].Events {
				if e.Kind == event.Request {
					got = event.Encode(e.Message.Fields)
				}
			}
		}
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.what, event.Quoted(got), event.Quoted(test.want))
		}
	}
}
