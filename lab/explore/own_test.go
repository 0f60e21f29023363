package explore_test

import (
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/explore"
	"fixlab/lab/script"
)

// TestOwn: the switches of a lesson's own server are on in every run that is explored, and
// none of the explored ones.
func TestOwn(t *testing.T) {
	s, err := script.Parse("x", `title: T
profile: signed-id
on: lax+domain-cookie

mallory get /
mallory copy loot
mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/; Secure
alice get https://blog.shop.example/
alice post /login user=alice password=correct-horse
mallory get /profile
`)
	if err != nil {
		t.Fatal(err)
	}
	p, err := explore.NewPlayer(s)
	if err != nil {
		t.Fatal(err)
	}
	over := defence.Rotate | defence.Strict | defence.Lax | defence.SameSiteStrict | defence.DomainCookie | defence.HostPrefix
	sp, err := p.Space(defence.Secure|defence.Lax, over)
	if err != nil {
		t.Fatal(err)
	}
	if sp.Over != defence.Rotate|defence.Strict|defence.HostPrefix || sp.Base != defence.Secure || sp.Sets != 8 {
		t.Errorf("over %s on %s: %d sets", sp.Over, sp.Base, sp.Sets)
	}
	ends := map[string]bool{}
	for n := range 4 * len(defence.All) {
		d := defence.Sample(n)&over&^s.Fixed() | defence.Secure
		tr, err := lab.Run(s, d)
		if err != nil {
			t.Fatal(err)
		}
		leaf, ok := sp.Leaf(d)
		if !ok || leaf.Outcome != tr.Verdict.Outcome || leaf.Mask&s.Fixed() != 0 || leaf.Asked&s.Fixed() != 0 {
			t.Fatalf("%s: %+v, want %s", d, leaf, tr.Verdict.Outcome)
		}
		ends[string(leaf.Outcome)] = true
		for _, c := range sp.Changes(d) {
			if c.Throw&s.Fixed() != 0 {
				t.Errorf("%s: throws %s", d, c.Throw)
			}
		}
	}
	if len(ends) < 2 {
		t.Errorf("only %v", ends)
	}
}
