package scenarios

import (
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// What a mistake in a file costs: the message says where it stands, and what there
// is in its place.
func TestWrongFiles(t *testing.T) {
	var outcomes, words, routes, tokens []string
	for _, o := range event.Outcomes {
		outcomes = append(outcomes, string(o))
	}
	for _, v := range script.Verbs {
		words = append(words, v.Name)
	}
	for _, f := range Routes {
		routes = append(routes, f.Name)
	}
	for _, f := range Tokens {
		tokens = append(tokens, f.Name)
	}
	all := func(names []string) string { return strings.Join(names, ", ") }
	lists := strings.NewReplacer("{profiles}", all(server.IDs()), "{routes}", all(routes), "{tokens}", all(tokens),
		"{outcomes}", all(outcomes), "{switches}", all(defence.Names()), "{verbs}", all(words))
	const head = "title: T\nprofile: signed-id\n\n"
	for _, test := range []struct{ text, want string }{
		{"title: T\nprofile: rails\n\nalice get /\n", `x.txt:2: unknown profile "rails"; there are {profiles}`},
		{"title: T\nprofile: flsk\n\nalice get /\n", `x.txt:2: unknown profile "flsk", did you mean "flask"?`},
		{"title: T\nprofle: flask\n\nalice get /\n", `x.txt:2: unknown key "profle", did you mean "profile"?`},
		{"title: T\nprofile: flask\nauthor: me\n\nalice get /\n", `x.txt:3: unknown key "author"; there are title, profile, seed, route, token, jar, on, grants, challenge, browser`},
		{"title: T\nprofile: flask\njar: fresh\njar: visited\n\nalice get /\n", `x.txt:4: a second "jar"`},
		{"title: T\nprofile: flask\nbrowser: netscape\n\nalice get /\n", `x.txt:3: unknown browser "netscape"; there are chromium, draft, tomorrow, firefox`},
		{"title: T\nprofile: flask\njar: full\n\nalice get /\n", `x.txt:3: a jar is fresh or visited, not "full"`},
		{"title: T\nprofile: flask\nalice get /\n", `x.txt:3: want "key: value" in the header, got "alice get /"`},
		{"title: T\nprofile: signed-id\nseed: 1\nroute: telepathy\n\nmallory get /\nmallory route\n", `x.txt:4: unknown route "telepathy"; there are {routes}`},
		{"title: T\nprofile: signed-id\nroute: sibling-htps\n\nmallory route\n", `x.txt:3: unknown route "sibling-htps", did you mean "sibling-https" or "sibling-http"?`},
		{"title: T\nprofile: signed-id\n\nalice get /\n# how\nmallory route\n", `x.txt:6: "mallory route" stands for a route that the header does not name; there are {routes}`},
		{"title: T\nprofile: signed-id\ntoken: luck\n\nmallory token\n", `x.txt:3: unknown token "luck"; there are {tokens}`},
		{"\n\ntitle: T\nprofile: signed-id\nroute: xss\ntoken: orcale\n\nmallory token\nmallory route\n", `x.txt:6: unknown token "orcale", did you mean "oracle"?`},
		{"title: T\nprofile: signed-id\nroute: telepathy\n\nmallory get /\n", `x.txt:3: unknown route "telepathy"; there are {routes}`}, // though no step asks for it
		{head + "mallory token\n", `x.txt:4: "mallory token" stands for a token that the header does not name; there are {tokens}`},
		{head + "mallory steal loot\n", `x.txt:4: unknown verb "steal": write "mallory@alice copy NAME"`},
		{head + "alice login\n", `x.txt:4: unknown verb "login": write "alice post /login user=alice password=correct-horse"`},
		{head + "alice frobnicate\n", `x.txt:4: unknown verb "frobnicate"; there are {verbs}`},
		{head + "bob get /\n", `x.txt:4: unknown actor "bob" (want mallory, alice or server; mallory@alice sits at alice's browser)`},
		{head + "mallory@bob get /\n", `x.txt:4: unknown actor "mallory@bob" (want mallory, alice or server; mallory@alice sits at alice's browser)`},
		{head + "server get /\n", `x.txt:4: "get" is not something server does`},
		{head + "alice get\n", `x.txt:4: "get" takes URL`},
		{head + "alice wait tomorrow\n", `x.txt:4: "tomorrow" is not a duration from 0s to ten years, such as 90s or 336h`},
		{head + "alice get /\n\n-- want --\nnone pwned\n", `x.txt:7: unknown outcome "pwned"; there are {outcomes}`},
		{head + "alice get /\n\n-- want --\nnone hijaked\n", `x.txt:7: unknown outcome "hijaked", did you mean "hijacked"?`},
		{head + "alice get /\n\n-- want --\nnone broken\nmagic defended\n", `x.txt:8: unknown switch "magic"; there are {switches}`},
		{head + "alice get /\n\n-- want --\nlax+samesite-strict defended\n", `x.txt:7: lax and samesite-strict exclude each other`},
		{head + "alice get /\n\n-- want --\nnone@rotate defended\n", `x.txt:7: "rotate" is a switch: it stands before the @`},
		{head + "alice get /\n\n-- want --\nnone broken\nnone@djano-db defended\n", `x.txt:8: "djano-db" is no server, route, source, jar or browser, did you mean "django-db"?`},
		{head + "alice get /\n\n-- want --\nnone@xss defended\n", `x.txt:7: x does not leave all of "xss" open: "xss" is a route, and no step is "mallory route"`},
		{head + "alice get /\n\n-- want --\nnone@forged defended\n", `x.txt:7: x does not leave all of "forged" open: "forged" is a source of the value, and no step is "mallory token"`},
		{head + "alice get /\n\n-- want --\nnone@visited defended\n", `x.txt:7: x does not leave all of "visited" open: "visited" is a jar, and no step is "alice visit"`},
		{head + "alice get /\n\n-- wants --\nnone broken\n", `x.txt:6: unknown section "wants", did you mean "want"?`},
		{head + "alice get https://shop.exampel/\n", `x.txt:4: no such host "shop.exampel"`},
		{head + "alice get /\nmallory script $cookie=$loot\n", `x.txt:5: unknown variable "$loot": name it with copy or let first`},
		{head + "alice copy hers\nmallory script $cookie=$hers\n", `x.txt:5: "$hers" is alice's: mallory cannot know it`},
		{head + "alice click Home\n", `x.txt:4: alice sees no page yet`},
		{head + "alice get /\x1b[2J\n", `x.txt:4: a control character, '\x1b'`},
	} {
		s, err := Parse("x", test.text)
		if err == nil {
			_, err = lab.Run(s, 0)
		}
		if want := lists.Replace(test.want); err == nil || err.Error() != want {
			t.Errorf("%q\n got %v\nwant %s", test.text, err, want)
		}
	}
}
