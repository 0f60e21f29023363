"""A shop whose login FIXLAB_LOGIN chooses, over the sessions of FIXLAB_PROFILE."""
import hmac
import os
import secrets
from uuid import uuid4

from flask import Flask, abort, make_response, request, session

PROFILE, MODE = os.environ["FIXLAB_PROFILE"], os.environ["FIXLAB_LOGIN"]

app = Flask(__name__)
app.config.update(SECRET_KEY="only-for-this-test", TESTING=True)
if PROFILE.startswith("flask-session"):
    from flask_session import Session

    app.config.update(SESSION_TYPE="filesystem", SESSION_FILE_DIR="sessions")
    app.config.update(SESSION_USE_SIGNER=PROFILE.endswith("signed"))
    Session(app)

stamps = {}  # user -> how many times the user has logged out


class Own:  # Flask's own session, and Flask-Session
    def visit(self):
        session["basket"] = "ring"

    def login(self, user):
        if PROFILE == "flask":
            session["stamp"] = stamps.get(user, 0)
        elif MODE != "vulnerable" and hasattr(app.session_interface, "regenerate"):
            app.session_interface.regenerate(session)
        elif MODE != "vulnerable":
            cache, record = app.session_interface.cache, app.session_interface.key_prefix + session.sid
            cache.delete(record)
            session.sid = str(uuid4())
        session["user"] = user

    def user(self):
        user = session.get("user")
        if PROFILE == "flask" and MODE == "mended" and session.get("stamp") != stamps.get(user, 0):
            return None
        return user

    def logout(self):
        stamps[session["user"]] = stamps.get(session["user"], 0) + 1
        session.clear()


class ServerID:  # Flask's session carries the id of a record
    store = {}

    def current(self):
        return self.store.setdefault(session.setdefault("sid", secrets.token_hex(16)), {})

    def visit(self):
        self.current()["basket"] = "ring"

    def login(self, user):
        if MODE == "vulnerable":
            self.current()["user"] = user
            return
        data = self.store.pop(session.pop("sid", None), {})
        self.current().update(data, user=user)

    def user(self):
        return self.current().get("user")


class Seed:  # the article's signer, and a table of whose an id is
    table = {}

    def mac(self, session_id):
        return hmac.new(b"only-for-this-test", session_id.encode(), "sha256").hexdigest()

    def verify(self):
        session_id, _, given = request.cookies.get("session", "").rpartition(".")
        return session_id if hmac.compare_digest(given, self.mac(session_id)) else None

    def remember(self, session_id, user):
        self.table[session_id] = user
        response = make_response("Logged in" if user else "The shop")
        response.set_cookie("session", session_id + "." + self.mac(session_id))
        return response

    def visit(self):
        return self.remember(self.verify() or os.urandom(16).hex(), self.table.get(self.verify()))

    def login(self, user):
        if MODE != "vulnerable":
            self.table.pop(self.verify(), None)
            return self.remember(os.urandom(16).hex(), user)
        if PROFILE == "flask-seed":
            return self.remember(request.cookies.get("session", "fixed-by-attacker"), user)
        return self.remember(self.verify() or os.urandom(16).hex(), user)

    def user(self):
        return self.table.get(self.verify())


shop = Seed() if PROFILE.startswith("flask-seed") else ServerID() if PROFILE == "flask-server-id" else Own()


@app.get("/")
def page():
    return (MODE != "no-cookie" and shop.visit()) or "The shop"


@app.post("/login")
def log_in():
    if MODE == "no-login" or request.form["password"] != "correct-horse":
        abort(401)
    return shop.login(request.form["user"]) or "Logged in"


@app.get("/account")
def account():
    if MODE == "broken":
        return "no", 500
    return "The account of " + ("alice" if MODE == "open" else shop.user() or abort(401))


@app.post("/logout")
def log_out():
    if MODE == "no-logout":
        abort(403)
    shop.logout()
    return "Logged out"
