//go:build e2e

package e2e

import "testing"

// Two tabs keep one progress: each has what was done in the other, and when one forgets
// all of it so does the other.
func TestProgressOfTwoTabs(t *testing.T) {
	t.Parallel()
	const first, second = "signed-is-not-yours", "which-moment"
	const kept = "Object.keys(JSON.parse(localStorage.getItem('fixlab/progress')).lessons ?? {}).sort().join()"
	one := open(t, "#learn/"+first)
	two := one.sibling()
	two.visit("#learn/" + second)
	two.ready()
	here, there := one.mouse(), two.mouse()
	here.bets(1, "#sure")
	there.bets(2, "#guess")
	one.is(kept, first+","+second)
	two.follow("#learn/" + first + "/card") // opens after the bet alone
	two.is("document.querySelector('.bets').innerText.includes('You said Yes, sure')", "true")
	one.follow("#learn/" + first + "/card")

	here.use("#forget")
	here.use("#forget")
	one.is(kept, "")
	two.until(stage + " === 'bet'")
	two.is("document.querySelector('#told').innerText.split('\\n')[0]", "Another tab has forgotten your progress, or loaded it from a file.")
	two.follow("#learn/" + second)
	there.bets(1, "#sure")
	two.is(kept, second)
	one.is(kept, second)
}
