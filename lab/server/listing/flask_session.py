# The same shop with Flask-Session, its records in files.
SESSION_TYPE = "filesystem"
SESSION_USE_SIGNER = False  # the default: a bare id. True signs it

def current():
    return session

def records():
    return app.session_interface.cache, app.session_interface.key_prefix + session.sid

def login_by_hand(user):  # vulnerable: the id stays
    session["user"] = user

def login_cleared(user):  # vulnerable: the data goes, the id stays
    session.clear()
    session["user"] = user

def login_rotated(user):  # fixed, from 0.8: a new id, the old record deleted
    app.session_interface.regenerate(session)
    session["user"] = user

def login_flushed(user):  # fixed, from 0.8: a new id, and the data goes
    app.session_interface.regenerate(session)
    session.clear()
    session["user"] = user

def login_rotated_before(user):  # fixed, up to 0.5: the same by hand
    cache, record = records()
    cache.delete(record)
    session.sid = str(uuid4())
    session["user"] = user

def login_flushed_before(user):  # fixed, up to 0.5: the same by hand
    cache, record = records()
    cache.delete(record)
    session.clear()
    session.sid = str(uuid4())
    session["user"] = user

def login_keeping_old(user):  # a mistake: a new id, and the old record works too
    session["user"] = user
    cache, record = records()
    cache.set(record, dict(session), 3600)
    session.sid = str(uuid4())

def log_out():  # an empty session is deleted
    session.clear()
    return "Logged out"

def log_out_of_the_browser():  # a mistake: the record stays
    response = make_response("Logged out")
    response.delete_cookie(app.config["SESSION_COOKIE_NAME"])
    return response

#: with: flask_app.py
#: leave: log_out|session.clear()
#: keeping: log_out_of_the_browser|delete_cookie(
#: profiles: flask-session
#: login flush: login_flushed|regenerate(|session["user"]
#: login rotate keep-old-record: login_keeping_old|session.sid = |session["user"]
#: login rotate: login_rotated|regenerate(|session["user"]
#: login clear: login_cleared|session.clear()|session["user"]
#: login: login_by_hand|session["user"]
#: profiles: flask-session-old flask-session-old-signed
#: login flush: login_flushed_before|cache.delete(|session["user"]
#: login rotate keep-old-record: login_keeping_old|session.sid = |session["user"]
#: login rotate: login_rotated_before|cache.delete(|session["user"]
#: login clear: login_cleared|session.clear()|session["user"]
#: login: login_by_hand|session["user"]
