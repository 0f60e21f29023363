"""A login with Django. The first argument says which:

  home    a view of one's own that puts the user into the session and no more
  login   django.contrib.auth.login
  signed  the same, with sessions in signed cookies

The second is a folder for the database.
"""
import os
import secrets
import sys

from django.conf import settings

mode, folder = sys.argv[1:]
settings.configure(
    SECRET_KEY=secrets.token_hex(24),
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(folder, "shop.sqlite3")}},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],  # quick, for a test
    SESSION_ENGINE="django.contrib.sessions.backends." + ("signed_cookies" if mode == "signed" else "db"),
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
)

import django  # noqa: E402

django.setup()

from django.contrib.auth import authenticate, login as auth_login, logout as auth_logout  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.middleware.csrf import get_token  # noqa: E402
from django.urls import path  # noqa: E402


def page(html, status=200):
    return HttpResponse("<!doctype html><title>Shop</title>" + html, status=status)


def home(request):
    request.session["basket"] = "tea"
    return page('home <a href="/login">log in</a>')


def login(request):
    if request.method != "POST":
        return page(
            f'<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
            '<input name="user"><input name="pass" type="password"><button>Log in</button></form>'
        )
    user = authenticate(request, username=request.POST.get("user", ""), password=request.POST.get("pass", ""))
    if user is None:
        return page("no", 401)
    if mode != "home":
        auth_login(request, user)
    request.session["uid"] = user.username
    return HttpResponseRedirect("/profile")


def profile(request):
    user = request.session.get("uid")
    return page(f'hello {user} <a href="/logout">log out</a>') if user else page("anonymous", 401)


def logout(request):
    auth_logout(request)
    return HttpResponseRedirect("/")


urlpatterns = [path("", home), path("login", login), path("profile", profile), path("logout", logout)]

call_command("migrate", verbosity=0, run_syncdb=True)
for name in ("alice", "mallory"):
    User.objects.create_user(name, password="pw-" + name)
server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
server.daemon_threads = True
server.set_app(get_wsgi_application())
print(f"listening on 127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
