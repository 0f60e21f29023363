# The Flask article's views, in our words, and a table that says whose an id is.
table = {}  # id -> user, None for a visitor

def mac(key, session_id):
    return hmac.new(key, session_id.encode(), "sha256").hexdigest()

def verify():  # the id in the cookie, None if no key of ours signed it
    session_id, _, given = request.cookies.get("__Host-session", "").rpartition(".")  # or no prefix
    if any(hmac.compare_digest(given, mac(key, session_id)) for key in KEYS):
        return session_id

def remember(session_id, user):
    table[session_id] = user
    response = make_response("Logged in" if user else "The shop")
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    response.set_cookie(
        "__Host-session",
        session_id + "." + mac(KEYS[0], session_id),  # the first key signs
        httponly=True,
        secure=True,
        samesite="Lax",  # or "Strict"
        domain="shop.example",  # a mistake: every sub-domain gets the cookie
    )
    return response

def log_in(enter):  # enter is one of the functions below
    if request.headers.get("Origin", "https://shop.example") != "https://shop.example":
        abort(403)
    user = check_password(request.form["user"], request.form["password"]) or abort(401)
    return remember(enter(user), user)

def login_by_hand(user):  # vulnerable: signs whatever the browser brings
    return request.cookies.get("__Host-session", "fixed-by-attacker")

def login_verified(user):  # vulnerable: keeps an id that was issued to Mallory
    return verify() or os.urandom(16).hex()

def login_verified_strict(user):  # vulnerable: the same, for ids of the table
    session_id = verify()
    return session_id if session_id in table else os.urandom(16).hex()

def login_rotated(user):  # fixed: a fresh id, the old row deleted
    table.pop(verify(), None)
    return os.urandom(16).hex()

def login_keeping_old(user):  # a mistake: a fresh id, and the old row works too
    table[verify()] = user
    return os.urandom(16).hex()

def visit():  # the article issues no id before login
    return remember(verify() or os.urandom(16).hex(), table.get(verify()))

def profile():
    return {"user": table.get(verify())}

def log_out():  # the article has none
    table.pop(verify(), None)
    return "Logged out"

def log_out_of_the_browser():  # a mistake: the row stays
    response = make_response("Logged out")
    response.delete_cookie("__Host-session")
    return response
#: check: log_in|check_password(
#: keep: visit|verify()
#: read: profile|verify()
#: secret: verify|for key in KEYS
#: saved: remember|table[session_id] = user
#: signed: remember|mac(KEYS[0]
#: on any-prefix read-unprefixed: verify|request.cookies.get(
#: on httponly: remember|httponly=
#: on secure: remember|secure=
#: on any-samesite: remember|samesite=
#: on domain-cookie: remember|domain=
#: on any-hsts: remember|Strict-Transport-Security
#: on origin-check: log_in|request.headers.get("Origin"
#: leave: log_out|table.pop(
#: keeping: log_out_of_the_browser|delete_cookie(
#: profiles: flask-seed
#: login rotate keep-old-record: login_keeping_old|return|table[
#: login rotate: login_rotated|table.pop(
#: login flush: login_rotated|table.pop(
#: login strict: login_verified_strict|verify()
#: login: login_by_hand|return
#: profiles: flask-seed-verified
#: login flush: login_rotated|table.pop(
#: login rotate keep-old-record: login_keeping_old|return|table[
#: login rotate: login_rotated|table.pop(
#: login strict: login_verified_strict|verify()
#: login: login_verified|return
#: profiles: flask-seed-fixed
#: login keep-old-record: login_keeping_old|return|table[
#: login: login_rotated|table.pop(
