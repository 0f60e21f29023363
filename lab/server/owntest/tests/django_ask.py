# For pytest with pytest-django. These names are the lab's: write your own.
import pytest
from django.test import Client

COOKIE, SHOWS = "@COOKIE@", "alice"  # SHOWS: what only her account page says
PAGE, LOGIN, ACCOUNT, LOGOUT = "/", "/login", "/account", "/logout"
FORM = {"username": "alice", "password": "correct-horse"}


@pytest.fixture(autouse=True)
def alice(django_user_model):
    django_user_model.objects.create_user(**FORM)


def ask(path, cookie, form=None):  # sends this cookie alone; returns the one to send next
    client = Client()
    if cookie:
        client.cookies[COOKIE] = cookie
    answer = client.get(path) if form is None else client.post(path, form)
    return answer, client.cookies[COOKIE].value if COOKIE in client.cookies else ""


def opens(cookie):
    answer, _ = ask(ACCOUNT, cookie)
    if answer.status_code == 200 and SHOWS in answer.content.decode():
        return True
    assert answer.status_code in (302, 303, 401, 403), f"set-up: {ACCOUNT} answered {answer.status_code}, no refusal"
    return False


