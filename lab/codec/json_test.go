package codec

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// Each row is what json.dumps, JSON.stringify and encoding/json write for the
// same text, parsed.
func TestSerializers(t *testing.T) {
	for _, row := range []struct{ text, python, node, golang string }{
		{`{}`, `{}`, `{}`, `{}`},
		{` [ 1 , -0, 2.50 ] `, `[1,0,2.5]`, `[1,0,2.5]`, `[1,0,2.5]`},
		{`{"b":1,"10":2,"a":3,"9":4}`, `{"b":1,"10":2,"a":3,"9":4}`, `{"9":4,"10":2,"b":1,"a":3}`, `{"10":2,"9":4,"a":3,"b":1}`},
		{`{"a":1,"b":2,"a":3}`, `{"a":3,"b":2}`, `{"a":3,"b":2}`, `{"a":3,"b":2}`},
		{`"é日本😀"`, `"\u00e9\u65e5\u672c\ud83d\ude00"`, `"é日本😀"`, `"é日本😀"`},
		{`"\ud83d\ude00\ud800x"`, `"\ud83d\ude00\ud800x"`, `"😀\ud800x"`, `"😀\ufffdx"`},
		{`"</a>&\u2028\u007f"`, `"</a>&\u2028\u007f"`, "\"</a>&\u2028\x7f\"", "\"\\u003c/a\\u003e\\u0026\\u2028\x7f\""},
		{`"\b\f\n\r\t\"\\\/\u0001"`, `"\b\f\n\r\t\"\\/\u0001"`, `"\b\f\n\r\t\"\\/\u0001"`, `"\b\f\n\r\t\"\\/\u0001"`},
		{`[1.0,1e16,1e-5,1e21,1e-7,-0.0]`, `[1.0,1e+16,1e-05,1e+21,1e-07,-0.0]`, `[1,10000000000000000,0.00001,1e+21,1e-7,0]`, `[1,10000000000000000,0.00001,1e+21,1e-7,-0]`},
		{`123456789012345678901234567890`, `123456789012345678901234567890`, `1.2345678901234568e+29`, `123456789012345678901234567890`},
		{`[null,true,false]`, `[null,true,false]`, `[null,true,false]`, `[null,true,false]`},
	} {
		v, err := ParseJSON(row.text)
		if err != nil {
			t.Errorf("%s: %v", row.text, err)
			continue
		}
		for _, c := range []struct{ name, got, want string }{
			{"PythonJSON", PythonJSON(v), row.python},
			{"NodeJSON", NodeJSON(v), row.node},
			{"GoJSON", GoJSON(v), row.golang},
		} {
			if c.got != c.want {
				t.Errorf("%s of %s\ngot  %s\nwant %s", c.name, row.text, c.got, c.want)
			}
		}
	}
	if got, want := PythonJSON([]any{math.NaN(), math.Inf(1), math.Inf(-1), 7, int64(8), map[string]any{"b": 1, "a": 2}}), `[NaN,Infinity,-Infinity,7,8,{"a":2,"b":1}]`; got != want {
		t.Errorf("PythonJSON\ngot  %s\nwant %s", got, want)
	}
}

func TestParseJSONErrors(t *testing.T) {
	for _, text := range []string{
		``, ` `, `{`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,}`, `{a:1}`, `[`, `[1,]`, `[1 2]`, `"`, `"\`, `"\u12"`, `"\x"`,
		"\"\n\"", `01`, `-`, `+1`, `1.`, `.5`, `1e`, `nul`, `1 1`, strings.Repeat("[", 300) + strings.Repeat("]", 300),
	} {
		if v, err := ParseJSON(text); err == nil {
			t.Errorf("ParseJSON(%.20q) = %v", text, v)
		}
	}
}

func TestGob(t *testing.T) {
	o := Object{{"user", "alice"}, {"ok", true}, {"no", false}, {"n", -3}, {"big", 1 << 40}, {"m", int64(5)}, {"u", uint64(300)}, {"f", 1.5}, {"b", []byte("ab")}, {"nil", nil}}
	for _, v := range []any{"", "alice", strings.Repeat("x", 300), Object{}, o} {
		data := GobEncode(v)
		back, err := GobDecode(data)
		if err != nil || GobEncode(back) != data {
			t.Errorf("GobDecode(%q) = %#v, %v", data, back, err)
		}
		for i := range data {
			if v, err := GobDecode(data[:i]); err == nil {
				t.Errorf("GobDecode of %d of %d bytes = %v", i, len(data), v)
			}
		}
	}
}

// TestSpans: the spans are where the members stand, one that comes twice too.
func TestSpans(t *testing.T) {
	for _, row := range []struct {
		text string
		want []string
	}{
		{`{"a":1,"b":[{"c":"}"}],"a":"x,\"y"}`, []string{`a|"a":1`, `b|"b":[{"c":"}"}]`, `a|"a":"x,\"y"`}},
		{` { "a" : 1 , "b":{} } `, []string{`a|"a" : 1`, `b|"b":{}`}},
		{`{}`, nil},
		{`[1]`, nil},
		{`{"a":1`, nil},
	} {
		var got []string
		for _, s := range Spans(row.text) {
			got = append(got, s.Key+"|"+row.text[s.From:s.To])
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: %q, want %q", row.text, got, row.want)
		}
	}
}
