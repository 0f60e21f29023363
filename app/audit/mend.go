//go:build !wasm

package audit

import (
	"strings"

	"fixlab/lab/audit/token"
	"fixlab/lab/server/owntest"
)

// renewals are the lines that make a new session at login, for frameworks that the lab has
// no server of. Sources: the PHP manual on session_regenerate_id; Servlet 6.0 7.3,
// HttpServletRequest.changeSessionId; Spring Security's SessionManagementConfigurer; Rails'
// ActionDispatch request.rb reset_session; Laravel's SessionGuard; Plug.Session's
// configure_session; koa-session's context.ts.
var renewals = []struct{ framework, lines string }{
	{"PHP", "session_regenerate_id(true);  // before the user is written; without true the old session stays\n$_SESSION['user'] = $user;\n; and in php.ini: session.use_strict_mode = 1\n"},
	{"Java", "request.changeSessionId();  // after the password was checked, before the user is written\n"},
	{"Rails", "reset_session  # before the user is written\nsession[:user_id] = user.id\n"},
	{"Laravel", "$request->session()->regenerate(true);  // after Auth::attempt; without true the old row stays\n"},
	{"Koa", "await ctx.session.regenerate();  // before the user is written\n"},
	{"Phoenix", "conn |> configure_session(renew: true) |> clear_session() |> put_session(:user_id, user.id)\n"},
	{"ASP.NET Core", "// HttpContext.Session has no call that renews the id: keep the user in the ticket of\n// HttpContext.SignInAsync(principal), and in no session from before the login.\n"},
	{"ASP.NET", "Session.Abandon();\nResponse.Cookies.Add(new HttpCookie(\"ASP.NET_SessionId\", \"\"));  // the next request gets a new id\n"},
}

// mend returns the lines that mend what a check found, in the framework that was
// recognised; "" where none are known.
func mend(id string, t token.Token, session []string) string {
	switch id {
	case "A1", "A2", "A3", "A4":
		name := "sid"
		if len(session) > 0 {
			name = token.Bare(session[0])
		}
		return "Over https, where alone servers and browsers take such a cookie:\nSet-Cookie: __Host-" + name + "=…; Path=/; Secure; HttpOnly; SameSite=Lax\n"
	case "A5":
		return "Cache-Control: no-store\nStrict-Transport-Security: max-age=63072000; includeSubDomains\n"
	}
	if !strings.HasPrefix(id, "F") && id != "S1" && id != "L2" {
		return ""
	}
	for _, x := range renewals {
		if strings.HasPrefix(t.Framework, x.framework) && t.Framework != "" {
			return x.lines
		}
	}
	advice, ok := owntest.For(t.Profile)
	if t.Framework == "" || !ok || advice.Rotates == owntest.NoID {
		return anyRenewal
	}
	return advice.Instead
}

// anyRenewal is what to do where the framework was not recognised.
const anyRenewal = `When the password was right, and before the user is written: a new session id, and the old
session ended. The usual calls are
  req.session.regenerate()            Node: express-session, @fastify/session, koa-session
  request.session.cycle_key()         Django
  session_regenerate_id(true);        PHP
  request.changeSessionId();          Java
  reset_session                       Rails
  $request->session()->regenerate();  Laravel
  RenewToken(ctx)                     Go, alexedwards/scs
`
