# The same shop with Flask's own session: a signed cookie that holds the data.
# There is no key that login could keep, and no record that logout could delete.
def current():
    return session

def login_by_hand(user):  # nothing to hijack, but what was planted stays
    session["user"] = user

def login_cleared(user):  # fixed: the data goes
    session.clear()
    session["user"] = user

def log_out():  # empties this browser's cookie; every copy of it lives on
    session.clear()
    return "Logged out"

#: with: flask_app.py
#: leave: log_out|session.clear()
#: profiles: flask
#: login flush: login_cleared|session.clear()|session["user"]
#: login clear: login_cleared|session.clear()|session["user"]
#: login: login_by_hand|session["user"]
