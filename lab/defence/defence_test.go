package defence

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, a := range All {
		for _, b := range All {
			s := Set(0).Flip(a.Set).Flip(b.Set)
			if got, err := Parse(s.String()); err != nil || got != s {
				t.Fatalf("Parse(%q) = %v, %v", s, got, err)
			}
		}
	}
	for _, test := range []struct{ text, want string }{
		{"rotat", `unknown switch "rotat", did you mean "rotate" or "rotate-secret"?`},
		{"", `unknown switch ""`},
		{"rotate+", `unknown switch ""`},
		{"none+rotate", `unknown switch "none"`},
		{"host-prefix+secure+secure-prefix", "host-prefix and secure-prefix exclude each other"},
		{"rotate strict", `unknown switch "rotate strict"`},
	} {
		if _, err := Parse(test.text); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("Parse(%q): got %v, want %s", test.text, err, test.want)
		}
	}
	if got, err := Parse("strict+rotate+strict"); err != nil || got != Rotate|Strict {
		t.Errorf("order and repetition matter: %v, %v", got, err)
	}
}

func TestFlip(t *testing.T) {
	for _, test := range []struct{ from, flip, want string }{
		{"none", "rotate", "rotate"},
		{"rotate+strict", "rotate", "strict"},
		{"host-prefix+lax", "secure-prefix", "secure-prefix+lax"},
		{"hsts", "hsts-subdomains", "hsts-subdomains"},
	} {
		from, _ := Parse(test.from)
		flip, _ := Parse(test.flip)
		if got := from.Flip(flip).String(); got != test.want {
			t.Errorf("%s, %s flipped: %s, want %s", test.from, test.flip, got, test.want)
		}
	}
}

// Every switch is one bit and one row, and says what it is.
func TestRows(t *testing.T) {
	layers := []Layer{Session, Login, Cookie, Signing, Binding, Transport, Mistake}
	name := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	var all Set
	taken := map[string]string{}
	for i, d := range All {
		if d.Set.Len() != 1 || all&d.Set != 0 {
			t.Errorf("%s is no switch of its own: %b", d.Name, d.Set)
		}
		all |= d.Set
		for _, one := range []string{d.Name, d.Title, d.Does, d.Digit} {
			if other, is := taken[one]; is && one != "" {
				t.Errorf("%s and %s share %q", other, d.Name, one)
			}
			taken[one] = d.Name
		}
		switch {
		case !name.MatchString(d.Name) || d.Name == "none":
			t.Errorf("%q cannot stand in a link", d.Name)
		case d.Title == "" || strings.HasSuffix(d.Title, "."):
			t.Errorf("%s: the title %q", d.Name, d.Title)
		case !strings.HasSuffix(d.Does, ".") || len(d.Does) < 12:
			t.Errorf("%s: the sentence %q", d.Name, d.Does)
		case !slices.Contains(layers, d.Layer):
			t.Errorf("%s is in no layer: %q", d.Name, d.Layer)
		case d.Layer == Mistake && !d.Wrong:
			t.Errorf("%s is a mistake that does not weaken the server", d.Name)
		case len(d.Digit) > 1 || !strings.Contains("1234567890", d.Digit):
			t.Errorf("%s: the digit %q", d.Name, d.Digit)
		case d.Wrong && d.Is&Explored != 0:
			t.Errorf("%s weakens the server: it is no defence to explore", d.Name)
		case i > 0 && d.Layer != All[i-1].Layer && taken[string(d.Layer)] != "":
			t.Errorf("%s stands apart from its layer", d.Name)
		}
		taken[string(d.Layer)] = d.Name
	}
	if all&(all+1) != 0 {
		t.Errorf("a switch has no row: %b", all)
	}
}

// What excludes another is excluded by it, whichever is thrown first; of a set
// that is valid both can be turned off.
func TestExclusionsAreSymmetric(t *testing.T) {
	pairs := 0
	for _, a := range All {
		for _, b := range All {
			excludes := a.Excludes().Has(b.Set)
			if excludes != b.Excludes().Has(a.Set) || excludes && a.Set == b.Set {
				t.Errorf("%s excludes %s, and not the other way round", a.Name, b.Name)
			}
			both := a.Set | b.Set
			if both.Valid() == excludes || (a.Set.Flip(b.Set) != both) != (excludes || a.Set == b.Set) {
				t.Errorf("%s with %s: valid %v, excluded %v", a.Name, b.Name, both.Valid(), excludes)
			}
			if _, err := Parse(a.Name + "+" + b.Name); (err != nil) != excludes {
				t.Errorf("%s+%s: %v", a.Name, b.Name, err)
			}
			if excludes {
				pairs++
			}
		}
	}
	if pairs < 3*2+2+2 { // three prefixes, two values of SameSite, two of HSTS
		t.Errorf("%d exclusions", pairs)
	}
}

// Links, lesson files and commands hold these names: none may change or go, and
// a set is written in this order. What is new is put between them.
func TestOldLinksParse(t *testing.T) {
	names := strings.Fields(`rotate flush clear strict lazy cookie-only framework-login fresh-csrf origin-check
		secure-prefix host-prefix host-http-prefix httponly secure lax samesite-strict rotate-secret secret-fallback bare-key
		bind-address bind-device hsts hsts-subdomains keep-old-record forgotten-path user-first keep-at-logout
		fallback-order read-unprefixed domain-cookie`)
	var s Set
	at := 0
	for _, name := range names {
		one, err := Parse(name)
		if err != nil || one.String() != name {
			t.Errorf("%s: %v, %v", name, one, err)
		}
		s = s.Flip(one)
		if at += slices.Index(Names()[at:], name); !slices.Contains(Names()[at:], name) {
			t.Errorf("%s has moved", name)
		}
	}
	const all = "rotate+flush+clear+strict+lazy+cookie-only+framework-login+fresh-csrf+origin-check+host-http-prefix+httponly+secure+" +
		"samesite-strict+rotate-secret+secret-fallback+bare-key+bind-address+bind-device+hsts-subdomains+keep-old-record+forgotten-path+" +
		"user-first+keep-at-logout+fallback-order+read-unprefixed+domain-cookie"
	if got, err := Parse(all); err != nil || got != s || got.String() != all {
		t.Errorf("%v, %v; want %s", got, err, all)
	}
}

// The groups are those of the rows.
func TestGroups(t *testing.T) {
	for _, test := range []struct {
		name string
		got  Set
		want string
	}{
		{"prefixes", Prefix.Set(), "secure-prefix+host-prefix+host-http-prefix"},
		{"SameSite", SameSite.Set(), "lax+samesite-strict"},
		{"HSTS", Upgrade.Set(), "hsts+hsts-subdomains"},
		{"binding", Binding.Set(), "bind-address+bind-device"},
		{"explored", Having(Explored), "rotate+flush+strict+cookie-only+fresh-csrf+origin-check+host-prefix+httponly+secure+lax+samesite-strict+rotate-secret+bind-address+bind-device+hsts"},
	} {
		for name := range strings.SplitSeq(test.want, "+") { // of old; there may be more
			if d, ok := byName(name); !ok || !test.got.Has(d.Set) {
				t.Errorf("%s: %s, without %s", test.name, test.got, name)
			}
		}
	}
	if Having(Explored)&Having(Telling|Renewing) == 0 || Having(Routine).Has(Rotate) || Mistake.Set()&Having(Explored) != 0 {
		t.Error("the traits are not told apart")
	}
	digits := ""
	for _, d := range Numbered() {
		digits += d.Digit + " " + d.Name + " "
	}
	if want := "1 rotate 2 flush 3 strict 4 host-prefix 5 httponly 6 secure 7 lax 8 rotate-secret 9 secret-fallback 0 keep-old-record "; digits != want {
		t.Errorf("%s; want %s", digits, want)
	}
}
