package class

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/goal"
	"fixlab/lab/script"
)

// put writes a win but for a script, and reports whether a code has it.
func (x *item) put(win *Win) (w bitWriter, ok bool) {
	switch x.goal().May.Kind {
	case script.MayScript:
		return nil, win.Script != "" && !strings.Contains(win.Script, between)
	case script.MaySwitches, script.MayOff:
		if win.On == nil {
			return nil, false
		}
		w.number(win.On.Len())
		for i := range 64 {
			if win.On.Has(1 << i) {
				w.put(uint64(i), 6)
			}
		}
	case script.MayPoint:
		if len(win.Points) != len(x.s.Course.Asks) {
			return nil, false
		}
		for _, p := range win.Points {
			w.number(p)
		}
	case script.MayPatch:
		i := slices.IndexFunc(x.goal().Patches, func(p script.Patch) bool { return p.Name == win.Patch })
		if i < 0 {
			return nil, false
		}
		w.number(i)
	case script.MayRevoke:
		seed, _ := strconv.ParseUint(win.Seed, 16, 16)
		var all uint64
		for _, s := range win.Revoked {
			n, err := strconv.Atoi(strings.TrimPrefix(s, "s"))
			if err != nil || n < 1 || n > mostSessions {
				return nil, false
			}
			all |= 1 << (n - 1)
		}
		if !IsSeed(win.Seed) {
			return nil, false
		}
		w.put(seed, 16)
		w.number(int(all))
	case script.MayClaims:
		rows := x.rows()
		if len(win.Claims) != len(x.goal().Claims) {
			return nil, false
		}
		for _, c := range win.Claims {
			i := slices.Index(rows, c.Row)
			if i < 0 {
				return nil, false
			}
			w.flag(c.True)
			w.number(i)
		}
	}
	return w, true
}

// get reads what put has written, but for a script.
func (x item) get(r *bitReader) (win Win) {
	switch x.goal().May.Kind {
	case script.MaySwitches, script.MayOff:
		var on defence.Set
		for range r.number(64) {
			on |= 1 << r.get(6)
		}
		win.On = &on
	case script.MayPoint:
		for range x.s.Course.Asks {
			win.Points = append(win.Points, r.number(1<<12))
		}
	case script.MayPatch:
		patches := x.goal().Patches
		win.Patch = patches[r.number(len(patches)-1)].Name
	case script.MayRevoke:
		win.Seed = hex.EncodeToString([]byte{byte(r.get(8)), byte(r.get(8))})
		all := r.number(1<<mostSessions - 2)
		for n := range mostSessions {
			if all>>n&1 == 1 {
				win.Revoked = append(win.Revoked, "s"+strconv.Itoa(n+1))
			}
		}
	case script.MayClaims:
		rows := x.rows()
		for range x.goal().Claims {
			win.Claims = append(win.Claims, goal.Claimed{True: r.flag(), Row: rows[r.number(len(rows)-1)]})
		}
	}
	return win
}

// rows are the runs that can be attached to a claim.
func (x item) rows() (rows []string) {
	for _, w := range x.s.Wants {
		rows = append(rows, w.Row())
	}
	return rows
}
