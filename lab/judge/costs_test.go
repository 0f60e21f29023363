package judge_test

import (
	"strings"
	"testing"
)

// TestCosts: what Alice pays is said beside the verdict, at its step, and changes
// nothing about it.
func TestCosts(t *testing.T) {
	const login = "alice post /login user=alice password=correct-horse\n"
	open := login + "alice get /transfer\nalice read t token\nalice post /step-up password=correct-horse\nalice post /transfer token=$t to=bob amount=5\n"
	evil := "mallory serve https://evil.test/ <form method=\"post\" action=\"https://shop.example/transfer\"><input name=\"token\" value=\"x\"></form>\nalice get https://evil.test/\nalice submit\n"
	for _, test := range []struct{ name, profile, on, script, want string }{
		{"an open form, the token stays", "signed-id", "none", open, ""},
		{"an open form, and a new token", "signed-id", "fresh-csrf", open, "5 A form that Alice sent herself was refused"},
		{"an open form, and the session is flushed", "signed-id", "flush", open, "5 A form that Alice sent herself was refused"},
		{"a form of Mallory's is none of Alice's", "signed-id", "none", login + evil, ""},
		{"a basket is kept", "signed-id", "rotate", "alice post /basket item=ring\n" + login, ""},
		{"a basket is lost", "signed-id", "flush", "alice post /basket item=ring\nalice post /basket item=cup\n" + login, "3 After the login Alice no longer has what she had put into her session before: ring, cup."},
		{"a basket is lost in a cookie", "flask", "clear", "alice post /basket item=ring\n" + login, "2 After the login Alice no longer has"},
		{"somebody else's basket is no loss", "signed-id", "flush", "mallory post /basket item=ring\nmallory copy loot\nmallory@alice paste $cookie=$loot\n" + login, ""},
		{"a wrong password", "signed-id", "none", "alice post /login user=alice password=wrong\n" + login, "1 Alice's login failed"},
		{"no account", "signed-id", "none", "alice post /login user=nobody password=wrong\n", "1 Alice's login failed"},
		{"a login of Mallory's fails", "signed-id", "none", "mallory post /login user=mallory password=wrong\n", ""},
		{"a basket for members only", "signed-id", "lazy", "alice post /basket item=ring\n", "1 What Alice sent herself was refused: she was not logged in."},
		{"a password again, when she is not logged in", "signed-id", "none", "alice post /step-up password=correct-horse\n", "1 What Alice sent herself was refused: she was not logged in."},
		{"a page for members only", "signed-id", "none", "alice get /profile\n", ""},
		{"after two weeks", "django-signed-cookies", "none", login + "alice wait 337h\nalice get /profile\n", "3 Alice came back when her session had run out"},
	} {
		tr := play(t, test.profile, test.on, test.script)
		var said []string
		for _, c := range tr.Verdict.Costs {
			said = append(said, string(rune('0'+c.Frame+1))+" "+c.Text)
		}
		if all := strings.Join(said, "|"); len(said) > 1 || !strings.HasPrefix(all, test.want) || (test.want == "") != (all == "") {
			t.Errorf("%s: %q, want %q", test.name, all, test.want)
		}
	}
}
