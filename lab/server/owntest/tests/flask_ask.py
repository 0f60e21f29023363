# For pytest. These names are the lab's: write your own.
from shop import app

COOKIE, SHOWS = "@COOKIE@", "alice"  # SHOWS: what only her account page says
PAGE, LOGIN, ACCOUNT, LOGOUT = "/", "/login", "/account", "/logout"
FORM = {"user": "alice", "password": "correct-horse"}


def ask(path, cookie, form=None):  # sends this cookie alone; returns the one to send next
    client = app.test_client(use_cookies=False)
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    answer = client.get(path, headers=headers) if form is None else client.post(path, data=form, headers=headers)
    for line in answer.headers.getlist("Set-Cookie"):
        name, _, value = line.partition(";")[0].partition("=")
        if name == COOKIE:
            cookie = value
    return answer, cookie


def opens(cookie):
    answer, _ = ask(ACCOUNT, cookie)
    if answer.status_code == 200 and SHOWS in answer.get_data(as_text=True):
        return True
    assert answer.status_code in (302, 303, 401, 403), f"set-up: {ACCOUNT} answered {answer.status_code}, no refusal"
    return False


