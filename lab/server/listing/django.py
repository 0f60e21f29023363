# The same shop in Django. Each setting is written as with its switch on.
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # or cache, cached_db, file, signed_cookies
SESSION_COOKIE_NAME = "__Host-sessionid"  # or __Secure-, or __Host-Http-
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"  # or "Strict"
SESSION_COOKIE_DOMAIN = "shop.example"  # a mistake: every sub-domain gets the cookie
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECRET_KEY, *SECRET_KEY_FALLBACKS = os.environ["SECRET_KEYS"].split()  # the first one signs

@csrf_protect  # compares the Origin header too
def log_in(request, enter):  # enter is one of the functions below
    user = authenticate(request, username=request.POST["user"], password=request.POST["password"])
    if user is None:
        return HttpResponse("Invalid credentials", status=401)
    enter(request, user)
    rotate_token(request)  # a fresh CSRF secret
    return HttpResponse("Logged in")

def login_by_hand(request, user):  # vulnerable: the key stays
    request.session["user_id"] = user.pk

def login_cleared(request, user):  # vulnerable: the data goes, the key stays
    request.session.clear()
    request.session["user_id"] = user.pk

def login_rotated(request, user):  # fixed: a new key, the old record deleted
    request.session.cycle_key()
    request.session["user_id"] = user.pk

def login_flushed(request, user):  # fixed: a new key, and the data goes
    request.session.flush()
    request.session["user_id"] = user.pk

def login_by_auth(request, user):  # fixed: login() calls cycle_key() or flush()
    login(request, user)

def login_keeping_old(request, user):  # a mistake: a new key, and the old record works too
    request.session["user_id"] = user.pk
    request.session.save()
    request.session.create()

def keep(request, name, value):
    request.session[name] = value

def profile(request):
    return JsonResponse({"user": request.session.get("user_id")})

@csrf_protect
def transfer(request):
    pay(request.session["user_id"], request.POST["to"], request.POST["amount"])
    return HttpResponse("Sent")

def log_out(request):
    request.session.flush()
    return HttpResponse("Logged out")

def log_out_of_the_browser(request):  # a mistake: the record stays
    response = HttpResponse("Logged out")
    response.delete_cookie(SESSION_COOKIE_NAME)
    return response
#: check: log_in|authenticate(
#: keep: keep|request.session[name]
#: read: profile|request.session.get("user_id")
#: pay: transfer|pay(
#: secret: |SECRET_KEY_FALLBACKS =
#: on any-prefix read-unprefixed: |SESSION_COOKIE_NAME =
#: on httponly: |SESSION_COOKIE_HTTPONLY =
#: on secure: |SESSION_COOKIE_SECURE =
#: on any-samesite: |SESSION_COOKIE_SAMESITE =
#: on domain-cookie: |SESSION_COOKIE_DOMAIN =
#: on hsts-subdomains: |SECURE_HSTS_INCLUDE_SUBDOMAINS =
#: on hsts: |SECURE_HSTS_SECONDS =
#: on origin-check: |@csrf_protect  #
#: on fresh-csrf: log_in|rotate_token(
#: leave: log_out|flush()
#: keeping: log_out_of_the_browser|delete_cookie(
#: profiles: django-db django-cache django-cached-db django-file django-signed-cookies
#: login framework-login: login_by_auth|login(request, user)
#: login flush: login_flushed|flush()|request.session["user_id"] = user.pk
#: login rotate keep-old-record: login_keeping_old|create()|request.session["user_id"] = user.pk
#: login rotate: login_rotated|cycle_key()|request.session["user_id"] = user.pk
#: login clear: login_cleared|clear()|request.session["user_id"] = user.pk
#: login: login_by_hand|request.session["user_id"] = user.pk
