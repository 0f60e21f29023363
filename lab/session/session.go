// Package session holds what a server remembers between requests.
package session

import "maps"

// A Record is one row of the session store.
type Record struct {
	ID   string // the session key
	Data string // the values, as the framework writes them down
}

// A Store maps session keys to records. It has no errors because a Store here
// cannot fail; a key that is not there is an answer, not an error.
type Store interface {
	Load(id string) (Record, bool)
	Save(Record)
	Delete(id string) // deleting what is not there does nothing
}

// Memory is a Store in a map. The zero Memory is ready to use.
type Memory struct{ rows map[string]string }

// Clone returns a Memory that changes apart from m.
func (m *Memory) Clone() Memory { return Memory{maps.Clone(m.rows)} }

// Load returns the record of id.
func (m *Memory) Load(id string) (Record, bool) {
	data, ok := m.rows[id]
	if !ok {
		return Record{}, false
	}
	return Record{id, data}, true
}

// Save writes r, replacing what was stored under its key.
func (m *Memory) Save(r Record) {
	if m.rows == nil {
		m.rows = make(map[string]string)
	}
	m.rows[r.ID] = r.Data
}

// Delete removes the record of id.
func (m *Memory) Delete(id string) { delete(m.rows, id) }
