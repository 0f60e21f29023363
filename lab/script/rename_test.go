package script

import "testing"

func TestNaming(t *testing.T) {
	for _, test := range []struct{ step, want, was string }{
		{"mallory paste sid=$loot", "mallory paste NEW=$loot", "sid"},
		{"mallory paste $cookie=$loot", "mallory paste $cookie=$loot", ""},
		{"mallory paste __Host-sid=$loot", "mallory paste NEW=$loot", "__Host-sid"},
		{"mallory paste side=1", "mallory paste side=1", ""},
		{"mallory paste my-sid=1", "mallory paste my-sid=1", ""},
		{"mallory copy loot sid", "mallory copy loot NEW", "sid"},
		{"mallory copy sid", "mallory copy sid", ""}, // a variable
		{"alice forget __Secure-sid .shop.example", "alice forget NEW .shop.example", "__Secure-sid"},
		{"mallory serve https://blog.shop.example/ Set-Cookie: sid=$loot; Path=/", "mallory serve https://blog.shop.example/ Set-Cookie: NEW=$loot; Path=/", "sid"},
		{"mallory serve https://blog.shop.example/ <script>document.cookie='sid=1';cookieStore.set('__Secure-sid','2')</script>", "mallory serve https://blog.shop.example/ <script>document.cookie='NEW=1';cookieStore.set('NEW','2')</script>", "sid"},
		{`mallory serve https://evil.test/ <input name="sid" value="$loot"><a href="https://shop.example/?sid=$loot">x</a>`, "", ""},
		{"mallory serve https://evil.test/ <a href='/?q=%22sid%3D1'>x</a>", "mallory serve https://evil.test/ <a href='/?q=%22NEW%3D1'>x</a>", "sid"},
		{"alice get https://shop.example/?sid=$loot", "", ""},
		{"mallory let sid=abc", "", ""},
		{"alice post /basket sid=1", "", ""},
		{"alice submit sid=1", "", ""},
	} {
		s, err := Parse("x", "title: X\nprofile: signed-id\n\n"+test.step+"\n")
		if err != nil {
			t.Fatal(err)
		}
		if test.want == "" {
			test.want = test.step
		}
		before := s.Steps[0].String()
		out, was := s.Naming("sid", "NEW")
		if got := out.Steps[0].String(); got != test.want || was != test.was || s.Steps[0].String() != before {
			t.Errorf("%s: %s, was %q", test.step, got, was)
		}
	}
}
