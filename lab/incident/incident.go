// Package incident makes an incident: the access log of a shop and its session store, in
// which some sessions are fixated. It plays visits on the lab's own server; what they come
// to is all that is known of them, and which sessions are fixated is worked out of the log.
package incident

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// An Incident is a log and a store.
type Incident struct {
	Log  []Line
	Rows []Row
}

// A Line is one request of the log.
type Line struct {
	At            string // "09:03"
	Client        string // "c4": a browser, told apart by address, User-Agent or device
	Request       string // "POST /sso"
	Before, After string // the session that the request came with and the one that the answer has, as "s1"; "" for none
	User          string // who is logged in after it, as "user-a"; "" for nobody
}

// A Row is a record of the store, after the last line.
type Row struct {
	Session string
	User    string // "" for nobody's
}

// lines is how long a log is.
const lines = 14

// New returns the incident of a seed: equal seeds give equal incidents.
//
// The lab's world has two people. A visit is played with these, in a run of its own on the
// same server; the log is the requests of all runs, mixed as the seed has it, each in its
// order. Alice is another customer in each of them, Mallory is always the same client.
func New(seed string) *Incident {
	sum := sha256.Sum256([]byte("incident " + seed))
	seed = hex.EncodeToString(sum[:8]) // whatever it was, a script can have it
	dice := rand.New(rand.NewChaCha8(sum))
	m := mixing{clients: clients(dice), users: users(dice), sessions: map[string]string{}}
	m.mallory = take(&m.clients)
	var visits []visit
	for i, plan := range plans(dice) {
		visits = append(visits, m.visit(plan, fmt.Sprint(seed, " ", i)))
	}
	in := new(Incident)
	minute := 0
	for left := slices.Clone(visits); len(left) > 0; {
		i := dice.IntN(len(left))
		line := left[i].lines[0]
		line.At = fmt.Sprintf("%02d:%02d", 9+minute/60, minute%60)
		line.Before, line.After = m.session(line.Before), m.session(line.After)
		in.Log = append(in.Log, line)
		minute += 1 + dice.IntN(3)
		if left[i].lines = left[i].lines[1:]; len(left[i].lines) == 0 {
			left = slices.Delete(left, i, i+1)
		}
	}
	for _, v := range visits {
		for _, r := range v.rows {
			in.Rows = append(in.Rows, Row{m.session(r.Session), r.User})
		}
	}
	slices.SortFunc(in.Rows, func(a, b Row) int { return number(a.Session) - number(b.Session) })
	return in
}

// Fixated returns the sessions of the store that are fixated, by the log alone: the client
// that logs in with one is not the first that was seen with it, and login kept its id.
func (in *Incident) Fixated() (all []string) {
	for _, r := range in.Rows {
		first := in.first(func(l Line) bool { return l.Before == r.Session || l.After == r.Session })
		login := in.first(func(l Line) bool { return l.After == r.Session && l.User != "" })
		if first != nil && login != nil && login.Before == r.Session && login.Client != first.Client {
			all = append(all, r.Session)
		}
	}
	return all
}

// first returns the first line of the log that fits, nil when none does.
func (in *Incident) first(fits func(Line) bool) *Line {
	if i := slices.IndexFunc(in.Log, fits); i >= 0 {
		return &in.Log[i]
	}
	return nil
}

// A mixing gives names to what several runs have in common with nobody.
type mixing struct {
	mallory        string            // her client
	clients, users []string          // those that are left
	sessions       map[string]string // by key
}

// take returns the next of names that are left.
func take(names *[]string) string {
	name := (*names)[0]
	*names = (*names)[1:]
	return name
}

// session returns the name of the session under key, in the order of the log.
func (m *mixing) session(key string) string {
	if key != "" && m.sessions[key] == "" {
		m.sessions[key] = "s" + strconv.Itoa(len(m.sessions)+1)
	}
	return m.sessions[key]
}

// A visit is what one run leaves behind. Its sessions are keys yet.
type visit struct {
	lines []Line
	rows  []Row
}

// visit plays a plan.
func (m *mixing) visit(p plan, seed string) (v visit) {
	s, err := script.Parse("incident", server+"seed: "+seed+"\n\n"+p.script())
	if err != nil {
		panic("incident: " + err.Error())
	}
	t, err := lab.Run(s, 0)
	if err != nil {
		panic("incident: " + err.Error())
	}
	client := map[string]string{event.Mallory: m.mallory, event.Alice: take(&m.clients)}
	user := map[string]string{"": ""}
	called := func(name string) string {
		if _, known := user[name]; !known {
			user[name] = take(&m.users)
		}
		return user[name]
	}
	for _, f := range t.Frames {
		for _, e := range f.Events {
			last := len(v.lines) - 1
			switch {
			case e.Kind == event.Request && e.Message.ToShop():
				v.lines = append(v.lines, Line{Client: client[e.At], Request: e.Message.Start})
			case e.Kind == event.Load && e.Found && v.lines[last].After == "":
				v.lines[last].Before, v.lines[last].After, v.lines[last].User = e.Key, e.Key, called(e.User)
			case e.Kind == event.Save:
				v.lines[last].After, v.lines[last].User = e.Key, called(e.User)
			}
		}
	}
	for _, r := range t.Frames[len(t.Frames)-1].State.Rows {
		v.rows = append(v.rows, Row{r.Key, called(r.User)})
	}
	return v
}

// number is that of a session's name.
func number(session string) int {
	n, _ := strconv.Atoi(session[1:])
	return n
}
