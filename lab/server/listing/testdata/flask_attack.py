"""Attacks the listings named on the command line under the real Flask.

Each argument is files and a login function, "flask.py+flask_app.py:login_by_hand".
It prints a line for each: the argument, and whether Mallory is served as Alice.
"""

import hmac
import os
import secrets
import sys

from flask import Flask, abort, make_response, request, session

NAME = "__Host-session"


def load(files):
    """Returns the listing's names, run with what it leaves out."""
    seed = files == ["flask_seed.py"]
    names = dict(
        __name__=__name__, Flask=Flask, abort=abort, make_response=make_response, request=request, session=session,
        hmac=hmac, os=os, secrets=secrets,
        KEYS=[b"new", b"old"] if seed else ["new", "old"],
        check_password=lambda user, password: user if password == "right" else None,
        pay=lambda *_: None,
    )
    for file in files:
        with open(file, encoding="utf-8") as f:
            exec(compile(f.read(), file, "exec"), names)
    names.setdefault("app", Flask("shop"))
    names["app"].config["SESSION_COOKIE_DOMAIN"] = None  # it does not go with __Host-
    if not seed:
        names["visit"] = lambda: names["keep"]("entry", "/") or "The shop"
    return names


def hijacked(files, login):
    names = load(files)
    app = names["app"]
    app.add_url_rule("/", "visit", lambda: names["visit"]())
    app.add_url_rule("/login", "login", lambda: names["log_in"](names[login]), methods=["POST"])
    app.add_url_rule("/profile", "profile", lambda: names["profile"]())
    client = app.test_client(use_cookies=False)

    def send(method, path, cookie=None, **form):
        """Returns the response, and the cookie that the browser has then."""
        headers = {"Cookie": NAME + "=" + cookie} if cookie else {}
        r = client.open(path, method=method, data=form, headers=headers, base_url="https://shop.example")
        assert r.status_code == 200, (path, r.status_code)
        name, _, value = r.headers.get("Set-Cookie", "").partition("=")
        return r, value.partition(";")[0] if name == NAME else cookie

    _, trap = send("GET", "/")
    _, own = send("POST", "/login", trap, user="mallory", password="right")
    _, hers = send("POST", "/login", trap, user="alice", password="right")
    assert send("GET", "/profile", hers)[0].json == {"user": "alice"}, "alice cannot log in"
    return any(send("GET", "/profile", cookie)[0].json == {"user": "alice"} for cookie in (trap, own))


for argument in sys.argv[1:]:
    files, _, login = argument.partition(":")
    print(argument, "hijacked" if hijacked(files.split("+"), login) else "defended")
