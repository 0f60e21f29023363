package judge_test

import (
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/script"
)

// play plays steps on a server under switches.
func play(t *testing.T, profile, on, steps string) *lab.Trace {
	t.Helper()
	s, err := script.Parse("x", "title: T\nprofile: "+profile+"\n\n"+steps)
	if err != nil {
		t.Fatal(err)
	}
	d, err := defence.Parse(on)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := lab.Run(s, d)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// TestVerdicts plays scripts whose story is easily told wrong.
func TestVerdicts(t *testing.T) {
	const (
		trap  = "mallory get /\nmallory copy loot\n"
		login = "alice post /login user=alice password=correct-horse\n"
		end   = "mallory get /profile\n"
		steal = "mallory@alice copy loot\n"
		paste = "mallory paste $cookie=$loot\n"
		out   = "alice post /logout\n"
		blog  = "alice get https://blog.shop.example/\n"
	)
	plant := func(path string) string {
		return "mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=" + path + "; Secure\n" + blog
	}
	for _, test := range []struct {
		name, profile, on, script string
		want                      string // outcome, gate if any, deciding step
		last                      string // how the last clause begins
	}{
		{"a stolen cookie is not fixation", "signed-id", "rotate", login + steal + paste + end, "hijacked 2", "Mallory showed the same key."},
		{"a stolen signed cookie", "django-signed-cookies", "none", login + steal + paste + end, "hijacked 2", "Mallory showed a copy of Alice's cookie"},
		{"she sits at alice's browser", "signed-id", "rotate", login + "mallory@alice get /profile\n", "hijacked 2", "Mallory sat at Alice's browser"},
		{"she sits there, and had planted besides", "signed-id", "none", trap + plant("/") + login + "mallory@alice get /profile\n", "hijacked 6", "Mallory sat at Alice's browser"},
		{"alice logs in at mallory's browser", "signed-id", "none", trap + "alice@mallory post /login user=alice password=correct-horse\n" + end, "hijacked 3", "Mallory went on at that browser"},
		{"alice logs in at mallory's browser, and gets a new key", "signed-id", "rotate", trap + "alice@mallory post /login user=alice password=correct-horse\n" + end, "hijacked 3", "Mallory went on at that browser"},
		{"mallory logs in at alice's browser", "signed-id", "none", trap + plant("/") + "mallory@alice post /login user=mallory password=hunter2\nalice get /profile\n", "trapped 5", "The server served Alice in Mallory's account"},
		{"alice's password is no attack on sessions", "signed-id", "none", "mallory post /login user=alice password=correct-horse\n" + end, "impersonated 1", "Mallory proved herself with Alice's own secret"},
		{"a decoy first", "signed-id", "rotate", "mallory serve https://blog.shop.example/ Set-Cookie: $cookie=invented; Domain=shop.example; Path=/login; Secure\n" + blog + trap + plant("/login") + login + end, "defended elevate 7", "Login moved Alice to a new key"},
		{"two logins", "django-db", "rotate", "mallory@alice get /\n" + steal + login + login + paste + end, "defended elevate 3", "Login moved Alice to a new key"},
		{"stolen, then logged out", "signed-id", "none", login + steal + out + paste + end, "defended after-logout 3", "Alice logged out, and the record was deleted"},
		{"fixated, then logged out", "signed-id", "none", trap + plant("/login") + login + out + end, "defended after-logout 6", "Alice logged out, and the record was deleted"},
		{"alice's own cookie is older", "signed-id", "none", "alice get /\n" + trap + plant("/") + login + "alice get /profile\n" + end, "defended select 6", "Alice's browser sent two cookies"},
		{"planted too late", "signed-id", "none", login + trap + plant("/login") + end, "defended elevate 5", "Mallory's value came into Alice's browser only after"},
		{"another name", "signed-id", "host-prefix", trap + "mallory serve https://blog.shop.example/ Set-Cookie: sid=$loot; Domain=shop.example; Path=/; Secure\n" + blog + login + end, "defended select 5", "The server read no cookie of that name"},
		{"a value that is also in the form", "signed-id", "none", "mallory serve https://blog.shop.example/ Set-Cookie: $cookie=alice; Domain=shop.example; Path=/other; Secure\n" + blog + login + end, "defended select 3", "Her browser did not send it"},
		{"a path is no parameter", "signed-id", "none", "mallory let p=/profile\n" + login + "alice get $p\n", "defended elevate 2", "Login gave Alice a key of her own"},
		{"a signature that is not ASCII", "flask-seed", "none", "alice script session=abc.é\nalice get /profile\n", "broken 2", "The server broke down"},
		{"rotation ends the old id", "flask-seed", "rotate", login + steal + login + paste + end, "defended replay 3", "The record was deleted"},
		{"another computer", "signed-id", "none", login + "alice get /profile\nalice@mallory get /profile\n", "no-attack 3", "Nothing that Mallory wrote"},
		{"her cookie is shadowed", "signed-id", "none", trap + "mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/profile; Secure\n" + login + blog + "alice get /profile\n", "broken 6", "The server does not know her"},
		{"she uses mallory's account herself", "signed-id", "none", "alice post /login user=mallory password=hunter2\nalice get /profile\n", "no-attack 2", "Nothing that Mallory wrote"},
		{"rotation, though the signature is bad", "flask-seed", "rotate", "mallory script $cookie=chosen\nmallory post /login user=mallory password=hunter2\nmallory copy loot\nmallory serve https://blog.shop.example/ Set-Cookie: $cookie=chosen; Domain=shop.example; Path=/login; Secure\n" + blog + login + paste + end, "defended elevate 6", "Login gave Alice a key of her own"},
		{"a value in quotes", "signed-id", "none", trap + "mallory serve https://blog.shop.example/ Set-Cookie: $cookie=\"$loot\"; Domain=shop.example; Path=/login; Secure\n" + blog + login + end, "hijacked 5", "Mallory showed the same key."},
		{"a value in quotes, Python", "django-db", "none", trap + "mallory serve https://blog.shop.example/ Set-Cookie: $cookie=\"$loot\"; Domain=shop.example; Path=/login; Secure\n" + blog + login + end, "hijacked 5", "Mallory showed the same key."},
		{"a wrong password first", "signed-id", "none", trap + plant("/login") + "alice post /login user=alice password=wrong\n" + login + end, "hijacked 6", "Mallory showed the same key."},
	} {
		t.Run(test.name, func(t *testing.T) {
			tr := play(t, test.profile, test.on, test.script)
			v := tr.Verdict
			got := string(v.Outcome)
			if v.Gate != "" {
				got += " " + string(v.Gate)
			}
			got += " " + string(rune('0'+v.Frame+1))
			last := v.Because[len(v.Because)-1].Text
			if got != test.want || !strings.HasPrefix(last, test.last) {
				var b strings.Builder
				lab.Print(&b, tr)
				t.Errorf("got %s, want %s\n%s", got, test.want, b.String()[strings.LastIndex(b.String(), "\n"+strings.ToUpper(string(v.Outcome))):])
			}
		})
	}
}

// A record that was deleted bound nobody: what decides is the login after it.
func TestDecidesAfterTheDelete(t *testing.T) {
	const login = "alice post /login user=alice password=correct-horse\n"
	tr := play(t, "signed-id", "none", "mallory get /\nmallory copy loot\nmallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/; Secure\n"+
		"alice get https://blog.shop.example/\n"+login+"alice post /logout\nmallory get /profile\n"+login+"mallory get /profile\n")
	if v := tr.Verdict; v.Outcome != "hijacked" || v.Frame != 7 {
		t.Errorf("%s, decided at step %d: %+v", v.Outcome, v.Frame+1, v.Because)
	}
}
