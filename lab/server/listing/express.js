// The same shop in Express, with express-session and passport. Each setting is
// written as with its switch on.
app.use(session({
  resave: false,
  saveUninitialized: false,
  secret: KEYS, // the first one signs
  name: "__Host-sid", // or __Secure-, or __Host-Http-
  cookie: {
    httpOnly: true,
    secure: true,
    sameSite: "lax", // or "strict"
    domain: "shop.example", // a mistake: every sub-domain gets the cookie
  },
}));

const done = (call) => new Promise((ok, bad) => call((err) => (err ? bad(err) : ok())));

async function loginByHand(req, user) { // vulnerable: the id stays
  req.session.user = user;
}

async function loginCleared(req, user) { // vulnerable: the data goes, the id stays
  for (const name in req.session) if (name !== "cookie") delete req.session[name];
  req.session.user = user;
}

async function loginRotated(req, user) { // fixed: a new id, the data kept, the old record deleted
  const { cookie, ...data } = req.session;
  await done((next) => req.session.regenerate(next));
  Object.assign(req.session, data, { user });
}

async function loginFlushed(req, user) { // fixed: a new id, and the data goes
  await done((next) => req.session.regenerate(next));
  req.session.user = user;
}

async function loginKeepingOld(req, user) { // a mistake: a new id, and the old record works too
  req.session.user = user;
  await done((next) => req.session.save(next));
  const { cookie, ...data } = req.session;
  req.sessionStore.generate(req);
  Object.assign(req.session, data);
}

async function loginWithPassport(req, user) { // up to 0.5 vulnerable: the id stays; from 0.6 fixed: a new id
  await done((next) => req.login(user, next));
}

async function loginKeepingInfo(req, user) { // a new id, but what was planted stays
  await done((next) => req.login(user, { keepSessionInfo: true }, next));
}

async function logOut(req, res) {
  await done((next) => req.session.destroy(next));
  res.clearCookie("__Host-sid").send("Logged out");
}

function logOutOfTheBrowser(req, res) { // a mistake: the record stays
  res.clearCookie("__Host-sid").send("Logged out");
}

//: with: express_app.js
//: leave: logOut|req.session.destroy(
//: keeping: logOutOfTheBrowser|clearCookie(
//: profiles: express-session
//: login flush: loginFlushed|regenerate(|req.session.user =
//: login rotate keep-old-record: loginKeepingOld|generate(req)|req.session.user =
//: login rotate: loginRotated|regenerate(|{ user }
//: login clear: loginCleared|delete req.session|req.session.user =
//: login: loginByHand|req.session.user =
//: profiles: express-passport-0.5
//: login flush: loginFlushed|regenerate(|req.session.user =
//: login rotate keep-old-record: loginKeepingOld|generate(req)|req.session.user =
//: login rotate: loginRotated|regenerate(|{ user }
//: login clear: loginCleared|delete req.session|req.session.user =
//: login: loginWithPassport|req.login(
//: profiles: express-passport-0.7
//: always: framework-login
//: login framework-login: loginWithPassport|req.login(
//: login clear: loginCleared|delete req.session|req.session.user =
//: login: loginByHand|req.session.user =
//: profiles: express-passport-0.7-keep
//: always: framework-login
//: login framework-login: loginKeepingInfo|req.login(
//: login clear: loginCleared|delete req.session|req.session.user =
//: login: loginByHand|req.session.user =
