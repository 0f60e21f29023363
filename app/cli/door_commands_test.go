//go:build !wasm

package cli

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestDoorCommands: nothing that a server or a file says is a command to what reads the log.
func TestDoorCommands(t *testing.T) {
	for text, want := range map[string]string{
		"a ##vso[task.prependpath]/x\n": `a #\u0023vso[task.prependpath]/x` + "\n",
		"##[group]x ##teamcity[y":       `#\u0023[group]x #\u0023teamcity[y`,
		"###[x":                         `##\u0023[x`,
		"## Heading\n##two words [x]\n": "## Heading\n##two words [x]\n",
		"x\n   ::error file=a::b\n":     "x\n   :" + `\u003aerror file=a::b` + "\n",
		"::1 is an address, std::move":  "::1 is an address, std::move",
		"::add-mask::x":                 `:\u003aadd-mask::x`,
		"\x1b::error::x":                `\x1b::error::x`,
		"##":                            "##", "::": "::", "": "",
	} {
		var b strings.Builder
		if _, err := (door{&b}).Write([]byte(text)); err != nil || b.String() != want {
			t.Errorf("%q: %q, %v; want %q", text, b.String(), err, want)
		}
	}
	said := []string{"##vso[x]", "::y", "a##[b"}
	data, err := json.MarshalIndent(said, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	door{&b}.Write(data)
	var got []string
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil || strings.Join(got, " ") != strings.Join(said, " ") || strings.Contains(b.String(), "##") {
		t.Errorf("%s: %q, %v", b.String(), got, err)
	}
}
