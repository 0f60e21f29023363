// A login with Express. The first argument says how it keeps sessions:
//   none        express-session; login keeps the id
//   regen       a new id at login
//   rolling     login keeps the id; every answer sets the cookie again
//   lazy        no cookie before something is stored; login keeps the id
//   lazy_regen  the same with a new id at login
//   csrf        a token in the form, a cookie of the language, a load balancer's; login keeps the id
//   csrf_regen  the same with a new id at login
//   cookie      cookie-session: the cookie is the session
'use strict';
const crypto = require('crypto');
const express = require('express');
const session = require('express-session');
const cookieSession = require('cookie-session');

const mode = process.argv[2];
const users = { alice: 'pw-alice', mallory: 'pw-mallory' };
const secret = crypto.randomBytes(24).toString('hex');
const day = 24 * 60 * 60 * 1000;
const csrf = mode.startsWith('csrf');
const page = html => '<!doctype html><title>Shop</title>' + html + '\n';
const form = token => '<form method="post" action="/login">'
  + (token ? `<input type="hidden" name="csrf" value="${token}">` : '')
  + '<input name="user"><input name="pass" type="password"><button>Log in</button></form>';

const app = express();
app.use(express.urlencoded({ extended: false }));
if (csrf) {
  app.use((req, res, next) => {
    if (!/lang=/.test(req.headers.cookie || '')) res.cookie('lang', 'en');
    res.cookie('AWSALB', crypto.randomBytes(16).toString('base64')); // new with every answer, as a load balancer's is
    next();
  });
}
if (mode === 'cookie') {
  app.use(cookieSession({ name: 'sess', keys: [secret], maxAge: day }));
} else {
  app.use(session({
    secret, resave: false, saveUninitialized: !mode.startsWith('lazy'), rolling: mode === 'rolling',
    cookie: csrf ? {} : { maxAge: day },
  }));
}

app.get('/', (req, res) => {
  if (mode === 'cookie') req.session.basket = 'tea';
  res.send(page('home <a href="/login">log in</a>'));
});

app.get('/login', (req, res) => {
  if (csrf) req.session.token = req.session.token || crypto.randomBytes(16).toString('hex');
  res.send(page(form(csrf && req.session.token)));
});

app.post('/login', (req, res) => {
  const body = req.body || {};
  if (csrf && (!body.csrf || body.csrf !== req.session.token)) return res.status(403).send(page('csrf'));
  if (!Object.hasOwn(users, body.user) || users[body.user] !== body.pass) return res.status(401).send(page('no'));
  const enter = () => {
    req.session.user = body.user;
    res.redirect('/profile');
  };
  if (mode.endsWith('regen')) req.session.regenerate(enter);
  else enter();
});

app.get('/profile', (req, res) => {
  if (!req.session.user) return res.status(401).send(page('anonymous'));
  res.send(page('hello ' + req.session.user + ' <a href="/logout">log out</a>'));
});

app.get('/logout', (req, res) => {
  if (mode === 'cookie') {
    req.session = null;
    return res.redirect('/');
  }
  req.session.destroy(() => res.redirect('/'));
});

const server = app.listen(0, '127.0.0.1', () => console.log('listening on 127.0.0.1:' + server.address().port));
