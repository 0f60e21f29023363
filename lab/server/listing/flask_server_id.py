# The same shop with a dict of its own; Flask's signed session carries the id.
store = {}  # id -> data

def current():
    return store.setdefault(session.setdefault("sid", secrets.token_hex(16)), {})

def current_strict():  # an id whose record is gone is not taken over
    if session.get("sid") not in store:
        session["sid"] = secrets.token_hex(16)
    return store.setdefault(session["sid"], {})

def login_by_hand(user):  # vulnerable: the id stays
    current()["user"] = user

def login_cleared(user):  # a new id, because it was in the session; the old record stays
    session.clear()
    current()["user"] = user

def login_rotated(user):  # fixed: a new id, the data kept, the old record deleted
    data = store.pop(session.pop("sid", None), {})
    current().update(data, user=user)

def login_flushed(user):  # fixed: a new id, and the data goes
    store.pop(session.pop("sid", None), None)
    current()["user"] = user

def login_keeping_old(user):  # a mistake: a new id, and the old record works too
    old = current()
    old["user"] = user
    session["sid"] = secrets.token_hex(16)
    current().update(old)

def log_out():
    store.pop(session.pop("sid", None), None)
    return "Logged out"

def log_out_of_the_browser():  # a mistake: the record stays
    session.clear()
    return "Logged out"

#: with: flask_app.py
#: open: current|store.setdefault(
#: open-strict: current_strict|not in store
#: leave: log_out|store.pop(
#: keeping: log_out_of_the_browser|session.clear()
#: profiles: flask-server-id
#: login clear: login_cleared|session.clear()|current()["user"]
#: login flush: login_flushed|store.pop(|current()["user"]
#: login rotate keep-old-record: login_keeping_old|session["sid"]|old["user"]
#: login rotate: login_rotated|store.pop(|user=user
#: login: login_by_hand|current()["user"]
