package owntest

// A row is what is said about one profile.
type row struct {
	kind    string // see kinds
	asks    string // what its test is about: "login", "planted" (a value that nobody issued) or "logout"
	rotates Answer
	search  []Find
	instead []string
}

// Rows that several profiles share, and lines of several rows.
var (
	django = row{"django", "login", Keeps, []Find{
		{`request.session["user_id"] =`, "The user is written by hand: the key stays."},
		{`login(request, user)`, "auth.login() makes a new key for a visitor. It does not when the same user logs in again."},
	}, []string{
		`login(request, user)  # from django.contrib.auth; or, by hand:`,
		`request.session.cycle_key()`,
		`request.session["user_id"] = user.pk`,
	}}

	flaskSessionOld = row{"flask", "login", Keeps, []Find{
		{`session["user"] =`, "The user is written by hand: the id stays. These versions take over invented ids too."},
	}, []string{
		`# better: Flask-Session 0.7 or later, with regenerate()`,
		`cache, record = app.session_interface.cache, app.session_interface.key_prefix + session.sid`,
		`cache.delete(record)`,
		`session.sid = str(uuid4())`,
		`session["user"] = user`,
	}}

	seedInstead = []string{
		`table.pop(verify(), None)`,
		`return remember(os.urandom(16).hex(), user)`,
	}

	passportLogin  = Find{`req.login(`, "passport makes a new id from 0.6 on, not before."}
	besidePassport = Find{`req.session.user =`, "A login by hand beside passport: the id stays."}
	passport       = []Find{passportLogin, besidePassport}
)

const (
	noID  = "The session is in the cookie: there is no id to keep. Look at logout: a copy of the cookie works on."
	await = `const done = (call) => new Promise((ok, bad) => call((err) => (err ? bad(err) : ok())));`
	renew = `await done((next) => req.session.regenerate(next));`
)

// rows holds every profile, by ID. It is no map, which code would make.
var rows = []struct {
	profile string
	row
}{
	{"signed-id", row{"go", "login", Keeps, []Find{
		{`http.SetCookie(`, "Which id does login send? It must not be one that the request brought."},
	}, []string{
		`delete(s, key)`,
		`key = rand.Text()`,
		`s.save(w, key, user)`,
	}}},

	{"django-db", django},
	{"django-cache", django},
	{"django-cached-db", django},
	{"django-file", django},
	{"django-signed-cookies", row{"django", "logout", NoID, []Find{
		{`request.session["user_id"] =`, noID},
		{`signed_cookies`, "cycle_key() changes nothing with this SESSION_ENGINE."},
	}, []string{
		`request.session["stamp"] = stamps.get(user.pk, 0)  # at login; keep the stamps in the database`,
		`if request.session["stamp"] != stamps.get(user, 0):  # on every page: log in again`,
		`stamps[user] = stamps.get(user, 0) + 1  # at logout`,
	}}},

	{"flask", row{"flask", "logout", NoID, []Find{
		{`session["user"] =`, noID},
	}, []string{
		`session["stamp"] = stamps.get(user, 0)  # at login; keep the stamps in the database`,
		`session.get("stamp") != stamps.get(user, 0)  # on every page: log in again`,
		`stamps[session["user"]] = stamps.get(session["user"], 0) + 1  # at logout`,
	}}},
	{"flask-server-id", row{"flask", "login", Keeps, []Find{
		{`current()["user"] =`, "The user is written into the record that the cookie names: the id stays."},
		{`session.setdefault("sid"`, "Flask signs it, and does not renew it."},
	}, []string{
		`data = store.pop(session.pop("sid", None), {})`,
		`current().update(data, user=user)`,
	}}},
	{"flask-session-old", flaskSessionOld},
	{"flask-session-old-signed", flaskSessionOld},
	{"flask-session", row{"flask", "login", Keeps, []Find{
		{`session["user"] =`, "The user is written by hand: the id stays."},
	}, []string{
		`app.session_interface.regenerate(session)`,
		`session["user"] = user`,
	}}},
	{"flask-seed", row{"flask", "planted", Keeps, []Find{
		{`request.cookies.get(`, "Login signs what the browser brought, whoever made it."},
	}, seedInstead}},
	{"flask-seed-verified", row{"flask", "login", Keeps, []Find{
		{`verify() or os.urandom(16).hex()`, "An id with the right signature is kept, whoever it was issued to."},
	}, seedInstead}},
	{"flask-seed-fixed", row{"flask", "login", Renews, []Find{
		{`os.urandom(16).hex()`, "A fresh id at every login. See that the old row goes too."},
	}, seedInstead}},

	{"express-session", row{"express", "login", Keeps, []Find{
		{`req.session.user =`, "The user is written by hand: the id stays."},
	}, []string{await, renew, `req.session.user = user;`}}},
	{"express-passport-0.5", row{"express", "login", Keeps, passport, []string{
		`// better: passport 0.6 or later`,
		await, renew,
		`await done((next) => req.login(user, next));`,
	}}},
	{"express-passport-0.7", row{"express", "login", Renews, passport, []string{
		await,
		`await done((next) => req.login(user, next));`,
	}}},
	{"express-passport-0.7-keep", row{"express", "login", Renews, []Find{
		passportLogin, besidePassport,
		{`keepSessionInfo`, "A new id, but what was planted before login stays."},
	}, []string{
		await,
		`await done((next) => req.login(user, next)); // without keepSessionInfo`,
	}}},
	{"cookie-session", row{"express", "logout", NoID, []Find{
		{`req.session.user =`, noID},
	}, []string{
		`req.session.stamp = stamps[user] || 0; // at login; keep the stamps in the database`,
		`req.session.stamp !== (stamps[user] || 0) // on every page: log in again`,
		`stamps[req.session.user] = (stamps[req.session.user] || 0) + 1; // at logout`,
	}}},

	{"gorilla-cookie", row{"go", "logout", NoID, []Find{
		{`s.Values["user"] =`, noID},
	}, []string{
		`s.Values["stamp"] = stamps[user] // at login; keep the stamps in the database`,
		`s.Values["stamp"] != stamps[user] // on every page: log in again`,
		`stamps[user]++ // at logout`,
	}}},
	{"gorilla-filesystem", row{"go", "login", Keeps, []Find{
		{`s.Values["user"] =`, "The user is written by hand: the id stays."},
	}, []string{
		`os.Remove(filepath.Join(dir, "session_"+s.ID)) // the store leaves the old file`,
		`s.ID = ""`,
		`s.Values["user"] = user`,
	}}},
	{"scs", row{"go", "login", Keeps, []Find{
		{`manager.Put(ctx, "user"`, "The user is written by hand: the token stays."},
	}, []string{
		`manager.RenewToken(ctx)`,
		`manager.Put(ctx, "user", user)`,
	}}},
}
