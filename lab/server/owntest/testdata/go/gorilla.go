package shop

import (
	"net/http"
	"os"
	"path/filepath"

	gorilla "github.com/gorilla/sessions"
)

type withGorilla struct {
	store  gorilla.Store
	dir    string         // of the FilesystemStore, "" for the CookieStore
	stamps map[string]int // user -> how many times the user has logged out
}

func init() {
	key := []byte("only-for-this-test")
	kinds["gorilla-cookie"] = func() sessions {
		return withGorilla{gorilla.NewCookieStore(key), "", map[string]int{}}
	}
	kinds["gorilla-filesystem"] = func() sessions {
		dir, err := os.MkdirTemp(".", "sessions")
		if err != nil {
			panic(err)
		}
		return withGorilla{gorilla.NewFilesystemStore(dir, key), dir, nil}
	}
}

func (g withGorilla) current(r *http.Request) *gorilla.Session {
	s, _ := g.store.Get(r, "session")
	return s
}

func (g withGorilla) visit(w http.ResponseWriter, r *http.Request) {
	s := g.current(r)
	s.Values["basket"] = "ring"
	s.Save(r, w)
}

func (g withGorilla) login(w http.ResponseWriter, r *http.Request, user string) {
	s, dir, stamps := g.current(r), g.dir, g.stamps
	if dir == "" {
		s.Values["stamp"] = stamps[user]
	} else if mode != "vulnerable" {
		os.Remove(filepath.Join(dir, "session_"+s.ID))
		s.ID = ""
	}
	s.Values["user"] = user
	s.Save(r, w)
}

func (g withGorilla) user(r *http.Request) string {
	s, stamps := g.current(r), g.stamps
	user, _ := s.Values["user"].(string)
	if g.dir == "" && mode == "mended" && s.Values["stamp"] != stamps[user] {
		return ""
	}
	return user
}

func (g withGorilla) logout(w http.ResponseWriter, r *http.Request) {
	s, stamps, user := g.current(r), g.stamps, g.user(r)
	stamps[user]++
	s.Options.MaxAge = -1
	s.Save(r, w)
}

func (g withGorilla) wrap(h http.Handler) http.Handler { return h }
