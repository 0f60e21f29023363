package shop

import (
	"crypto/rand"
	"net/http"
)

// hand keeps sessions in a map: net/http and nothing else.
type hand map[string]string // id -> user, "" for a visitor

func init() { kinds["signed-id"] = func() sessions { return hand{} } }

func (s hand) key(r *http.Request) string {
	c, err := r.Cookie("sid")
	if err != nil {
		return ""
	}
	if _, ok := s[c.Value]; !ok {
		return ""
	}
	return c.Value
}

func (s hand) save(w http.ResponseWriter, key, user string) {
	s[key] = user
	http.SetCookie(w, &http.Cookie{Name: "sid", Value: key, Path: "/", HttpOnly: true})
}

func (s hand) visit(w http.ResponseWriter, r *http.Request) {
	key := s.key(r)
	if key == "" {
		key = rand.Text()
	}
	s.save(w, key, s[key])
}

func (s hand) login(w http.ResponseWriter, r *http.Request, user string) {
	key := s.key(r)
	if mode != "vulnerable" || key == "" {
		delete(s, key)
		key = rand.Text()
	}
	s.save(w, key, user)
}

func (s hand) user(r *http.Request) string                   { return s[s.key(r)] }
func (s hand) logout(w http.ResponseWriter, r *http.Request) { delete(s, s.key(r)) }
func (s hand) wrap(h http.Handler) http.Handler              { return h }
