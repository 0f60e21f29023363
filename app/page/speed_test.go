package page

import (
	"fmt"
	"strings"
	"testing"
)

// written returns a script of n steps that does many different things on a server, under
// its defences: both log in and out, plant, copy, serve and deploy.
func written(n int, profile, on string) string {
	head := "title: Many\nprofile: " + profile + "\nseed: 1\n"
	if on != "" {
		head += "on: " + on + "\n"
	}
	return head + "\n" + strings.Join(acts(n), "\n") + "\n"
}

// acts are n steps, over and over: twenty different ones.
func acts(n int) (lines []string) {
	round := []string{
		"mallory get /", "mallory copy loot%d",
		"mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot%d; Domain=shop.example; Path=/; Secure",
		"alice get https://blog.shop.example/", "alice get /login", "alice submit user=alice password=correct-horse",
		"alice post /basket item=kettle%d", "mallory get /profile", "alice get /profile", "mallory get /basket",
		"mallory post /login user=mallory password=hunter2", "mallory serve https://evil.test/ <img src=https://shop.example/search?q=%d><a href=https://shop.example/>Shop</a>",
		"alice get https://evil.test/", "alice click Shop", "mallory remove https://evil.test/", "mallory remove https://blog.shop.example/",
		"alice paste a%d=b; Path=/", "alice post /logout", "mallory post /logout", "server deploy",
	}
	for i := range n {
		line := round[i%len(round)]
		if strings.Contains(line, "%d") {
			line = fmt.Sprintf(line, i/len(round))
		}
		lines = append(lines, line)
	}
	return lines
}

// A wide page of 64 KiB loads fifty things, frames within frames among them.
func wide() []string {
	frame := `<iframe src=https://evil.test/in></iframe>`
	page := strings.Repeat(frame, 10) + strings.Repeat("<img src=https://shop.example/>", 40)
	page += "<p>" + strings.Repeat("x", 60<<10-len(page)) + "</p>"
	return []string{
		"mallory serve https://evil.test/in <iframe src=https://evil.test/deep></iframe><img src=https://shop.example/profile>",
		"mallory serve https://evil.test/deep <img src=https://shop.example/>",
		"mallory serve https://evil.test/ " + page,
	}
}

// playing returns the page with a script that is played, at its last step.
func playing(b testing.TB, text string) Model {
	b.Helper()
	m := ParseFragment("1/signed-id-toss/none/1").then(NewScript("signed-id")).script(text)
	if m.Notice != "" || !m.ByHand() || m.Trace.Cut != "" {
		b.Fatal(m.Notice, m.Trace.Cut)
	}
	return m
}

// BenchmarkAct is an act in Play by hand, with all that follows from it: an answer of the
// page but for the drawing.
func BenchmarkAct(b *testing.B) {
	const many = "rotate-secret+strict+httponly"
	deep := playing(b, written(399, "signed-id", many))
	for _, test := range []struct {
		name string
		from Model
		msg  Msg
	}{
		{"lesson", ParseFragment("1/signed-id-toss/none/8").then(TakeOver{}), Act{"mallory get /profile"}},
		{"400th", deep, Act{"mallory get /profile"}},
		{"400th-login", deep, Act{"alice post /login user=alice password=correct-horse"}},
		{"400th-django", playing(b, written(399, "django-db", "rotate+bind-address")), Act{"mallory get /profile"}},
		{"400th-flask", playing(b, written(399, "flask", "httponly+rotate-secret")), Act{"mallory get /profile"}},
		{"400th-open", playing(b, written(399, "signed-id", "")), Act{"mallory get /profile"}},
		{"wide", playing(b, "title: W\nprofile: signed-id\nseed: 1\non: rotate\n\n"+strings.Join(wide(), "\n")+"\n"), Act{"alice get https://evil.test/"}},
		{"header", playing(b, "title: H\nprofile: signed-id\nseed: 1\n\nmallory get /\n"), Publish{"https://blog.shop.example/", "Set-Cookie: a=" + strings.Repeat("x", 60<<10), ""}},
		{"undo", deep.then(Act{"mallory get /profile"}), TakeBack{}},
		{"redo", deep.then(Act{"mallory get /profile"}, TakeBack{}), Again{}},
		{"edit", deep, Edit{deep.Written() + "mallory ge", len(deep.Written()) + 10, true, false}},
		{"edit-rests", deep.then(Edit{deep.Written() + "mallory get /\n", len(deep.Written()) + 10, true, false}), EditRests(0)},
		{"edit-middle", deep.then(Edit{strings.Replace(deep.Written(), "kettle9", "pot", 1), 10, true, false}), EditRests(0)},
		{"flip", deep, Flip(1 << 4)},
		{"step", deep, By(-1)},
	} {
		b.Run(test.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if next, _ := test.from.Update(test.msg); next.Notice != "" {
					b.Fatal(next.Notice)
				}
			}
		})
	}
}
