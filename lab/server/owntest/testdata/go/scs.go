package shop

import (
	"net/http"

	"github.com/alexedwards/scs/v2"
)

type withSCS struct{ manager *scs.SessionManager }

func init() { kinds["scs"] = func() sessions { return withSCS{scs.New()} } }

func (s withSCS) visit(w http.ResponseWriter, r *http.Request) {
	s.manager.Put(r.Context(), "basket", "ring")
}

func (s withSCS) login(w http.ResponseWriter, r *http.Request, user string) {
	manager, ctx := s.manager, r.Context()
	if mode != "vulnerable" {
		manager.RenewToken(ctx)
	}
	manager.Put(ctx, "user", user)
}

func (s withSCS) user(r *http.Request) string { return s.manager.GetString(r.Context(), "user") }
func (s withSCS) logout(w http.ResponseWriter, r *http.Request) {
	s.manager.Destroy(r.Context())
}
func (s withSCS) wrap(h http.Handler) http.Handler { return s.manager.LoadAndSave(h) }
