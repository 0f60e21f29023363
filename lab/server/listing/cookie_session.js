// The same shop in Express with cookie-session: the data in a signed cookie.
// There is no key that login could keep, and no record that logout could delete.
// Each setting is written as with its switch on.
app.use(cookieSession({
  keys: KEYS, // the first one signs
  name: "__Host-session", // or __Secure-, or __Host-Http-
  httpOnly: true,
  secure: true,
  sameSite: "lax", // or "strict"
  domain: "shop.example", // a mistake: every sub-domain gets the cookie
}));

async function loginByHand(req, user) { // nothing to hijack, but what was planted stays
  req.session.user = user;
}

async function loginCleared(req, user) { // fixed: the data goes
  req.session = { user };
}

function logOut(req, res) { // empties this browser's cookie; every copy of it lives on
  req.session = null;
  res.send("Logged out");
}

//: with: express_app.js
//: leave: logOut|req.session = null
//: profiles: cookie-session
//: login flush: loginCleared|req.session = 
//: login clear: loginCleared|req.session = 
//: login: loginByHand|req.session.user =
