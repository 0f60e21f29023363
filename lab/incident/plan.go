package incident

import (
	"math/rand/v2"
	"strconv"
)

// server is the shop of every incident: login makes a new id, and single sign-on does not.
const server = "title: An incident\nprofile: signed-id\non: rotate+forgotten-path+domain-cookie\n"

// The sorts of visits. Which of their sessions are fixated is not said here.
const (
	planted = "mallory get /\nmallory copy loot\n" +
		"mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/; Secure\n" +
		"alice get https://blog.shop.example/\n"
	byTicket   = "alice post /sso user=alice ticket=ticket-for-alice\n"
	byPassword = "alice post /login user=alice password=correct-horse\n"
)

// A plan is a visit: what is done, and what may be done after it.
type plan struct {
	does  string
	lines int    // how many requests that is
	more  string // a request more
	often int    // how often it is done
}

func (p plan) script() string {
	text := p.does
	for range p.often {
		text += p.more
	}
	return text
}

var (
	fixated = plan{does: planted + byTicket, lines: 2, more: "mallory get /profile\n"}
	renewed = plan{does: planted + byPassword, lines: 2, more: "mallory get /\n"} // planted all the same
	kept    = plan{does: "alice get /\n" + byTicket, lines: 2, more: "alice get /profile\n"}
	filled  = plan{does: "alice post /basket item=ring\n" + byTicket, lines: 2, more: "alice get /basket\n"}
	rotated = plan{does: "alice get /\n" + byPassword, lines: 2, more: "alice get /profile\n"}
	direct  = plan{does: byPassword, lines: 1, more: "alice get /profile\n"}
	hers    = plan{does: "mallory get /\nmallory post /sso user=mallory ticket=ticket-for-mallory\n", lines: 2, more: "mallory get /profile\n"}
)

// plans returns the visits of an incident: one fixated session at least, two that kept
// their id by right, one that did not keep it, and as many more as the log has room for.
func plans(dice *rand.Rand) []plan {
	all := []plan{fixated, kept, filled, rotated}
	n := 0
	for _, p := range all {
		n += p.lines
	}
	for n < lines-2 {
		p := []plan{fixated, fixated, renewed, kept, rotated, direct, hers}[dice.IntN(7)]
		all = append(all, p)
		n += p.lines
	}
	for ; n < lines; n++ {
		all[dice.IntN(len(all))].often++
	}
	return all
}

// clients returns names of clients, in an order of the dice.
func clients(dice *rand.Rand) (out []string) {
	for _, k := range dice.Perm(lines) {
		out = append(out, "c"+strconv.Itoa(k+1))
	}
	return out
}

// users returns names of customers, in an order of the dice.
func users(dice *rand.Rand) (out []string) {
	for _, k := range dice.Perm(lines) {
		out = append(out, "user-"+string(rune('a'+k)))
	}
	return out
}
