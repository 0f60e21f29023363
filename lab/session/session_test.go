package session

import (
	"reflect"
	"testing"
)

func TestValuesJSON(t *testing.T) {
	for _, test := range []struct {
		v    Values
		want string
	}{
		{nil, `{}`},
		{Values{{"cart", "attacker-item"}}, `{"cart":"attacker-item"}`}, // Django's bytes
		{Values{{"b", "2"}, {"a", "1"}}, `{"b":"2","a":"1"}`},           // insertion order
		{Values{{"x", "é\u007f\u0001\n\"\\/<"}}, `{"x":"\u00e9\u007f\u0001\n\"\\/<"}`},
		{Values{{"x", "😀"}}, `{"x":"\ud83d\ude00"}`},
	} {
		got := test.v.JSON()
		if got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
		back, err := ParseValues(got)
		if err != nil || !reflect.DeepEqual(back, test.v) {
			t.Errorf("ParseValues(%s) = %v, %v", got, back, err)
		}
	}
	for _, bad := range []string{"", "[]", "1", `{"a"`, `{"a":}`, `{"a":"b"`} {
		if v, err := ParseValues(bad); err == nil {
			t.Errorf("ParseValues(%q) = %v", bad, v)
		}
	}
	if v, _ := ParseValues(`{"n":1,"b":true}`); v.Get("n") != "1" || v.Get("b") != "true" {
		t.Errorf("%v", v)
	}
}

func TestWith(t *testing.T) {
	a := Values{{"x", "1"}}
	b := a.With("y", "2").With("x", "3")
	if a.Get("x") != "1" || b.JSON() != `{"x":"3","y":"2"}` {
		t.Errorf("%v %v", a, b)
	}
}

func TestMemory(t *testing.T) {
	var m Memory
	m.Delete("a")
	if _, ok := m.Load("a"); ok {
		t.Error("an empty store holds a")
	}
	m.Save(Record{"b", "1"})
	m.Save(Record{"a", "2"})
	m.Save(Record{"b", "3"})
	if a, _ := m.Load("a"); a != (Record{"a", "2"}) {
		t.Errorf("%v", a)
	}
	if b, _ := m.Load("b"); b != (Record{"b", "3"}) {
		t.Errorf("%v", b)
	}
	m.Delete("b")
	if _, ok := m.Load("b"); ok {
		t.Error("deleted, and still there")
	}
}
