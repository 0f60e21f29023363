package event

import "testing"

// Whatever is worse than a broken account is harm, and nothing else is.
func TestHarm(t *testing.T) {
	for _, o := range Outcomes {
		if o.Harm() != o.Worse(Broken) {
			t.Errorf("%s: harm %v, worse than broken %v", o, o.Harm(), o.Worse(Broken))
		}
		if o.Hijack() && !o.Harm() {
			t.Errorf("%s is no harm", o)
		}
		if o.Worse(o) {
			t.Errorf("%s is worse than itself", o)
		}
	}
}
