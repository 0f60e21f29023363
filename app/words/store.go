package words

import (
	"slices"
	"strings"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/session"
)

// A Change says how a row differs from the step before.
type Change string

// The changes.
const (
	Same    Change = ""
	New     Change = "new"
	Changed Change = "changed"
	Deleted Change = "deleted"
)

// A StoreRow is a row of the session store beside what it was a step before.
type StoreRow struct {
	Key      string
	User     string
	Was      string // the user before, where it differs
	Data     string
	WasData  string
	Change   Change
	UserDiff bool
	DataDiff bool
}

// StoreRows returns the store after a step, with the rows that the step deleted.
func StoreRows(t *lab.Trace, i int) []StoreRow {
	now := t.Frames[i].State.Rows
	var before []event.Row
	if i > 0 {
		before = t.Frames[i-1].State.Rows
	}
	find := func(rows []event.Row, key string) (event.Row, bool) {
		n := slices.IndexFunc(rows, func(r event.Row) bool { return r.Key == key })
		if n < 0 {
			return event.Row{}, false
		}
		return rows[n], true
	}
	var out []StoreRow
	for _, key := range t.Keys {
		row, is := find(now, key)
		old, was := find(before, key)
		r := StoreRow{Key: key, User: row.User, Data: data(row.Data)}
		switch {
		case !is && !was:
			continue
		case !is:
			r.Change, r.User, r.Data = Deleted, old.User, data(old.Data)
		case !was:
			r.Change = New
		case old.User != row.User || data(old.Data) != r.Data:
			r.Change, r.Was, r.WasData = Changed, old.User, data(old.Data)
			r.UserDiff, r.DataDiff = old.User != row.User, r.WasData != r.Data
		}
		out = append(out, r)
	}
	return out
}

// data writes a session's values in one line, without the user.
func data(v session.Values) string {
	var out []string
	for _, f := range v {
		if f.Name != session.User {
			out = append(out, f.Name+": "+f.Value)
		}
	}
	return strings.Join(out, "; ")
}
