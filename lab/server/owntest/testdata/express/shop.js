// A shop whose login FIXLAB_LOGIN chooses, over the sessions of FIXLAB_PROFILE.
const express = require("express");
const { FIXLAB_PROFILE: PROFILE, FIXLAB_LOGIN: MODE } = process.env;

const app = express();
app.use(express.urlencoded({ extended: false }));

const cookies = PROFILE === "cookie-session", passports = PROFILE.startsWith("express-passport");
const secret = "only-for-this-test", stamps = {}; // user -> how many times the user has logged out
let passport;
if (cookies) {
  app.use(require("cookie-session")({ keys: [secret] }));
} else {
  app.use(require("express-session")({ secret, resave: false, saveUninitialized: false }));
}
if (passports) {
  passport = require(PROFILE.endsWith("0.5") ? "passport-0.5" : "passport");
  passport.serializeUser((user, done) => done(null, user));
  passport.deserializeUser((user, done) => done(null, user));
  app.use(passport.initialize());
  app.use(passport.session());
}

const done = (call) => new Promise((ok, bad) => call((err) => (err ? bad(err) : ok())));

app.get("/", async (req, res) => {
  if (MODE === "forgets") await done((next) => req.session.regenerate(next));
  if (MODE !== "no-cookie") req.session.basket = "ring";
  res.send("The shop");
});

async function login(req, user) {
  if (cookies) {
    req.session.stamp = stamps[user] || 0;
    req.session.user = user;
  } else if (PROFILE === "express-passport-0.5") {
    if (MODE !== "vulnerable") await done((next) => req.session.regenerate(next));
    await done((next) => req.login(user, next));
  } else if (PROFILE.endsWith("keep") && MODE !== "vulnerable") {
    await done((next) => req.login(user, { keepSessionInfo: true }, next));
  } else if (passports && MODE !== "vulnerable") {
    await done((next) => req.login(user, next));
  } else {
    if (MODE !== "vulnerable") await done((next) => req.session.regenerate(next));
    req.session.user = user;
  }
}

app.post("/login", async (req, res) => {
  if (MODE === "no-login" || req.body.password !== "correct-horse") return res.sendStatus(401);
  await login(req, req.body.username);
  res.send("Logged in");
});

app.get("/account", (req, res) => {
  if (MODE === "broken") return res.sendStatus(500);
  const user = MODE === "open" ? "alice" : (passports && req.user) || req.session.user;
  if (!user) return res.sendStatus(401);
  if (cookies && MODE === "mended" && req.session.stamp !== (stamps[user] || 0)) return res.sendStatus(401);
  res.send("The account of " + user);
});

app.post("/logout", (req, res) => {
  if (MODE === "no-logout") return res.sendStatus(403);
  stamps[req.session.user] = (stamps[req.session.user] || 0) + 1;
  req.session = null;
  res.send("Logged out");
});

module.exports = require("node:http").createServer(app);
