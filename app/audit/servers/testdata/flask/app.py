"""A login with Flask. The first argument says how it keeps sessions:

  default    Flask's: the cookie is the session
  permanent  the same, with an end
  server_id  the cookie holds an id beside other things; what belongs to it is kept here,
             and login keeps it
"""
import secrets
import sys

from flask import Flask, redirect, request, session
from werkzeug.serving import make_server

mode = sys.argv[1]
users = {"alice": "pw-alice", "mallory": "pw-mallory"}
store = {}
app = Flask(__name__)
app.secret_key = secrets.token_hex(24)

PAGE = "<!doctype html><title>Shop</title>"
FORM = '<form method="post" action="/login"><input name="user"><input name="pass" type="password"><button>Log in</button></form>'


@app.get("/")
def home():
    if mode == "server_id" and "sid" not in session:
        session["sid"] = secrets.token_hex(16)
    if mode == "default":
        session["n"] = session.get("n", 0) + 1
    if mode == "permanent":
        session.permanent = True
        session["seen"] = 1
    return PAGE + 'home <a href="/login">log in</a>'


@app.get("/login")
def form():
    return PAGE + FORM


@app.post("/login")
def login():
    user = request.form.get("user", "")
    if user not in users or users[user] != request.form.get("pass"):
        return PAGE + "no" + FORM, 401
    if mode == "server_id":
        store[session.setdefault("sid", secrets.token_hex(16))] = user
        session["seen"] = secrets.token_hex(4)
    else:
        session["user"] = user
    return redirect("/profile")


@app.get("/profile")
def profile():
    user = store.get(session.get("sid")) if mode == "server_id" else session.get("user")
    if not user:
        return PAGE + "anonymous", 401
    return PAGE + f'hello {user} <a href="/logout">log out</a>'


@app.get("/logout")
def logout():
    session.clear()
    return redirect("/")


server = make_server("127.0.0.1", 0, app, threaded=True)
print(f"listening on 127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
