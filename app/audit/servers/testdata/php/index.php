<?php
// A login with PHP's own sessions. MODE in the environment says what it does with the id:
//   none       nothing; and logout takes the cookie away, and not the session
//   strict     nothing; but PHP makes no session for an id that it did not give out
//   regen      a new id at login; the old session stays, without the user
//   regen_del  a new id at login; the old session is deleted
$mode = getenv('MODE');
ini_set('session.use_strict_mode', $mode === 'strict' ? '1' : '0'); // 0 is PHP's default
ini_set('session.use_only_cookies', '1');
ini_set('session.save_path', getenv('SESSIONS'));
session_start();

$users = ['alice' => 'pw-alice', 'mallory' => 'pw-mallory'];

function page($status, $html) {
  http_response_code($status);
  header('Content-Type: text/html; charset=utf-8');
  echo "<!doctype html><title>Shop</title>$html\n";
}

function form() {
  return '<form method="post" action="/login"><input name="user"><input name="pass" type="password"><button>Log in</button></form>';
}

switch (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
case '/':
  return page(200, 'home <a href="/login">log in</a>');
case '/login':
  if ($_SERVER['REQUEST_METHOD'] !== 'POST') return page(200, form());
  $user = $_POST['user'] ?? '';
  if (!isset($users[$user]) || $users[$user] !== ($_POST['pass'] ?? '')) return page(401, 'no' . form());
  if ($mode === 'regen') session_regenerate_id(false);
  if ($mode === 'regen_del') session_regenerate_id(true);
  $_SESSION['user'] = $user;
  header('Location: /profile');
  return;
case '/profile':
  if (!isset($_SESSION['user'])) return page(401, 'anonymous');
  return page(200, 'hello ' . $_SESSION['user'] . ' <a href="/logout">log out</a>');
case '/logout':
  if ($mode === 'none') {
    setcookie(session_name(), '', 1, '/');
  } else {
    $_SESSION = [];
    session_destroy();
  }
  header('Location: /');
  return;
default:
  return page(404, 'not here');
}
