// The application around it.
app.use((req, res, next) => {
  res.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  const origin = req.get("Origin");
  if (req.method === "POST" && origin && origin !== "https://shop.example") res.sendStatus(403);
  else next();
});

function logIn(enter) { // enter is one of the functions above
  return async (req, res) => {
    const user = await checkPassword(req.body.user, req.body.password);
    if (!user) return res.sendStatus(401);
    await enter(req, user);
    req.session.csrf = randomBytes(16).toString("hex"); // a fresh CSRF secret
    res.send("Logged in");
  };
}

function keep(req, name, value) {
  req.session[name] = value;
}

function profile(req, res) {
  res.json({ user: whose(req) ?? null });
}

function whose(req) { // passport puts the user of its session into req.user
  return req.user ?? req.session.user;
}

function transfer(req, res) {
  if (!whose(req) || !req.session.csrf || req.body.token !== req.session.csrf) return res.sendStatus(403);
  pay(whose(req), req.body.to, req.body.amount);
  res.send("Sent");
}
//: check: logIn|checkPassword(
//: keep: keep|req.session[name]
//: read: whose|req.session.user
//: pay: transfer|pay(
//: secret: |KEYS,
//: on any-prefix read-unprefixed: |name: "
//: on httponly: |httpOnly:
//: on secure: |secure:
//: on any-samesite: |sameSite:
//: on domain-cookie: |domain:
//: on any-hsts: |Strict-Transport-Security
//: on origin-check: |origin !==
//: on fresh-csrf: logIn|req.session.csrf =
