package page

import (
	"testing"

	"fixlab/lab/defence"
)

func TestShortcuts(t *testing.T) {
	m := at(t, "1/signed-id-toss/none/3")
	for _, test := range []struct {
		name string
		m    Model
		k    Press
		off  bool // letters off
		want Msg
	}{
		{"right", m, Press{Key: "ArrowRight"}, false, By(1)},
		{"right with letters off", m, Press{Key: "ArrowRight"}, true, By(1)},
		{"right on a button", m, Press{Key: "ArrowRight", On: "button"}, false, By(1)},
		{"right in the slider", m, Press{Key: "ArrowRight", On: "range"}, false, nil},
		{"right in a region", m, Press{Key: "ArrowRight", On: "region"}, false, nil},
		{"right in a choice", m, Press{Key: "ArrowRight", On: "choice"}, false, nil},
		{"shift left", m, Press{Key: "ArrowLeft", Shift: true}, false, Key(-1)},
		{"home", m, Press{Key: "Home"}, false, Go(0)},
		{"end", m, Press{Key: "End"}, false, Go(8)},
		{"end in the slider", m, Press{Key: "End", On: "range"}, false, nil},
		{"down in the list", m, Press{Key: "ArrowDown", On: "steps"}, false, By(1)},
		{"down elsewhere", m, Press{Key: "ArrowDown"}, false, nil},
		{"space", m, Press{Key: " "}, false, Play{}},
		{"space on a button", m, Press{Key: " ", On: "button"}, false, nil},
		{"right in a radio group", m, Press{Key: "ArrowRight", On: "radio"}, false, nil},
		{"home in a radio group", m, Press{Key: "Home", On: "radio"}, false, nil},
		{"space in a radio group", m, Press{Key: " ", On: "radio"}, false, nil},
		{"three in a radio group", m, Press{Key: "3", On: "radio"}, false, Flip(defence.Strict)},
		{"space on a switch", m, Press{Key: " ", On: "check"}, false, nil},
		{"one", m, Press{Key: "1"}, false, Flip(defence.Rotate)},
		{"zero", m, Press{Key: "0"}, false, Flip(defence.KeepOldRecord)},
		{"one on a switch", m, Press{Key: "1", On: "check"}, false, Flip(defence.Rotate)},
		{"one with letters off", m, Press{Key: "1"}, true, nil},
		{"one in a text", m, Press{Key: "1", On: "text"}, false, nil},
		{"why", m, Press{Key: "w"}, false, Why(true)},
		{"Why", m, Press{Key: "W", Shift: true}, false, Why(true)},
		{"messages", m, Press{Key: "i"}, false, Show(Messages)},
		{"messages with letters off", m, Press{Key: "i"}, true, nil},
		{"present", m, Press{Key: "p"}, false, Lead("present/1/signed-id-toss/none/3")},
		{"present on a page", linked(t, "claims"), Press{Key: "p"}, false, Lead("present")},
		{"present on a page with letters off", linked(t, "claims"), Press{Key: "p"}, true, nil},
		{"present in a page's text", linked(t, "sign"), Press{Key: "p", On: "text"}, false, nil},
		{"reset", m, Press{Key: "r"}, false, Reset{}},
		{"the verdict", m, Press{Key: "v"}, false, ToVerdict{}},
		{"help", m, Press{Key: "?", Shift: true}, false, Help(true)},
		{"help on a page", linked(t, "claims"), Press{Key: "?"}, false, Help(true)},
		{"help with letters off", m, Press{Key: "?"}, true, nil},
		{"help in a text", m, Press{Key: "?", On: "text"}, false, nil},
		{"right while the help is open", m.then(Help(true)), Press{Key: "ArrowRight"}, false, nil},
		{"right in the dialog behind the verdict", m.then(Why(true)), Press{Key: "ArrowRight"}, false, nil},
		{"page down", m, Press{Key: "PageDown"}, false, nil},
		{"dot", m, Press{Key: "."}, false, nil},
		{"escape", m, Press{Key: "Escape"}, true, Escape{}},
		{"escape on a sheet of Teach", linked(t, "teach/show"), Press{Key: "Escape"}, true, Lead("teach")},
		{"escape on Teach", linked(t, "teach"), Press{Key: "Escape"}, true, Escape{}},
		{"another letter", m, Press{Key: "x"}, false, nil},
		{"a letter of another script", m, Press{Key: "ж"}, false, nil},
		{"tab", m, Press{Key: "Tab"}, false, nil},
	} {
		test.m.View.Letters = !test.off
		if got := Shortcut(test.m, test.k); got != test.want {
			t.Errorf("%s: %#v, want %#v", test.name, got, test.want)
		}
	}
}
