package audit

// A Value is a cookie's value as it stands in a recording, and as a report shows it.
type Value struct {
	Name   string // of the cookie, as Row has it
	Masked Masked
	Value  string
}

// mostValues bounds what Unmasked returns.
const mostValues = 500

// Unmasked is Observe with the values that the report's marks stand for: each once a cookie,
// in the order in which they were met, the session's cookies first. It is for who looks at a
// recording of her own; nothing else of a report holds a value.
func Unmasked(rec Recording, opt Options) (Observed, []Value) {
	r, v := observe(rec, opt)
	var session, others []Value
	for _, name := range v.names {
		list := &others
		for _, s := range r.Session {
			if s == name {
				list = &session
			}
		}
		seen := map[string]bool{}
		for _, h := range v.history[name] {
			if h.value == "" || seen[h.value] || len(session)+len(others) == mostValues {
				continue
			}
			seen[h.value] = true
			*list = append(*list, Value{printable(name, 60), v.masked(name, h.value), h.value})
		}
	}
	return r, append(session, others...)
}
