# The application around it. Each setting is written as with its switch on.
app = Flask(__name__)
app.config.update(
    SECRET_KEY=KEYS[0],  # signs
    SECRET_KEY_FALLBACKS=KEYS[1:],  # only Flask's own session accepts these too
    SESSION_COOKIE_NAME="__Host-session",  # or __Secure-, or __Host-Http-
    SESSION_COOKIE_HTTPONLY=True,
    SESSION_COOKIE_SECURE=True,
    SESSION_COOKIE_SAMESITE="Lax",  # or "Strict"
    SESSION_COOKIE_DOMAIN="shop.example",  # a mistake: every sub-domain gets the cookie
)

@app.before_request
def same_origin():
    if request.headers.get("Origin", "https://shop.example") != "https://shop.example":
        abort(403)

@app.after_request
def https_only(response):
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response

def log_in(enter):  # enter is one of the functions above
    user = check_password(request.form["user"], request.form["password"]) or abort(401)
    enter(user)
    current()["csrf"] = secrets.token_hex(16)  # a fresh CSRF secret
    return "Logged in"

def keep(name, value):
    current()[name] = value

def profile():
    return {"user": current().get("user")}

def transfer():
    if not secrets.compare_digest(request.form["token"], current()["csrf"]):
        abort(403)
    pay(current()["user"], request.form["to"], request.form["amount"])
    return "Sent"
#: check: log_in|check_password(
#: keep: keep|current()[name]
#: read: profile|current().get("user")
#: pay: transfer|pay(
#: secret: |SECRET_KEY=
#: on any-prefix read-unprefixed: |SESSION_COOKIE_NAME=
#: on httponly: |SESSION_COOKIE_HTTPONLY=
#: on secure: |SESSION_COOKIE_SECURE=
#: on any-samesite: |SESSION_COOKIE_SAMESITE=
#: on domain-cookie: |SESSION_COOKIE_DOMAIN=
#: on secret-fallback fallback-order: |SECRET_KEY_FALLBACKS=
#: on any-hsts: https_only|Strict-Transport-Security
#: on origin-check: same_origin|request.headers.get(
#: on fresh-csrf: log_in|secrets.token_hex(
