"""A shop whose login FIXLAB_LOGIN chooses, over the sessions of FIXLAB_PROFILE."""
import os
import tempfile

from django.contrib.auth import authenticate, get_user, login
from django.http import HttpResponse
from django.urls import path

PROFILE, MODE = os.environ["FIXLAB_PROFILE"], os.environ["FIXLAB_LOGIN"]

SECRET_KEY = "only-for-this-test"
ROOT_URLCONF = "shop"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_ENGINE = "django.contrib.sessions.backends." + PROFILE.removeprefix("django-").replace("-", "_")
SESSION_FILE_PATH = tempfile.gettempdir()

stamps = {}  # user id -> how many times the user has logged out


def page(request):
    if MODE == "forgets":
        request.session.flush()
    if MODE != "no-cookie":
        request.session["basket"] = "ring"
    return HttpResponse("The shop")


def log_in(request):
    user = authenticate(request, username=request.POST["username"], password=request.POST["password"])
    if user is None or MODE == "no-login":
        return HttpResponse("Invalid credentials", status=401)
    if PROFILE == "django-signed-cookies":
        request.session["user_id"] = user.pk
        request.session["stamp"] = stamps.get(user.pk, 0)
    elif MODE == "vulnerable":
        request.session["user_id"] = user.pk
    elif MODE == "cycled":
        request.session.cycle_key()
        request.session["user_id"] = user.pk
    else:
        login(request, user)
    return HttpResponse("Logged in")


def account(request):
    user = request.session.get("user_id") or get_user(request).pk
    if MODE == "broken":
        return HttpResponse("no", status=500)
    if MODE != "open" and user is None:
        return HttpResponse("Log in", status=401)
    if PROFILE == "django-signed-cookies" and MODE == "mended":
        if request.session["stamp"] != stamps.get(user, 0):
            return HttpResponse("Log in", status=401)
    return HttpResponse("The account of alice")


def log_out(request):
    if MODE == "no-logout":
        return HttpResponse("no", status=403)
    user = request.session.get("user_id")
    stamps[user] = stamps.get(user, 0) + 1
    request.session.flush()
    return HttpResponse("Logged out")


urlpatterns = [path("", page), path("login", log_in), path("account", account), path("logout", log_out)]
