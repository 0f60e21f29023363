//go:build e2e

package e2e

import (
	"fmt"
	"time"
)

// stoppedClock is a script for a document in which time goes by only as the test
// says: what waits longer than a frame or two waits for advance. It stands in
// for the two things by which Go's runtime knows the time. What is due in less than a
// frame or two goes off by itself, however long it has waited: for a moment within a
// millisecond of another Go's runtime sets no second timer (runtime/lock_js.go, beforeIdle).
const stoppedClock = `(() => {
	const real = {set: setTimeout.bind(window), clear: clearTimeout.bind(window)};
	let now = performance.now(), last = 0;
	const waiting = new Map();
	performance.now = () => now;
	const reach = (time) => {
		now = Math.max(now, time);
		for (const t of waiting.values())
			if (t.timer === undefined && t.due - now <= 20) t.timer = real.set(t.fire, t.due - now);
	};
	window.setTimeout = (f, ms = 0, ...args) => {
		const id = ++last, due = now + ms;
		const fire = () => { waiting.delete(id); reach(due); f(...args); };
		waiting.set(id, {due, fire, timer: ms <= 100 ? real.set(fire, ms) : undefined});
		return id;
	};
	window.clearTimeout = (id) => {
		real.clear(waiting.get(id)?.timer);
		waiting.delete(id);
	};
	window.advance = (ms) => {
		const until = now + ms;
		for (;;) {
			const [next] = [...waiting.values()].sort((a, b) => a.due - b.due);
			if (!next || next.due > until) break;
			real.clear(next.timer);
			next.fire();
		}
		reach(until);
	};
})()`

// stopClock makes the documents that the tab opens from now on wait for advance.
func (b *tab) stopClock() {
	b.t.Helper()
	b.before(stoppedClock)
}

// advance lets time go by in a document whose clock is stopped, and waits until
// the page has drawn what came of it.
func (b *tab) advance(d time.Duration) {
	b.t.Helper()
	b.eval(fmt.Sprintf("advance(%d)", d.Milliseconds()), nil)
	b.settled()
}
