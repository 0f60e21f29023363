def test_login_makes_a_new_session_id():
    _, old = ask(PAGE, "")
    assert old, f"set-up: {PAGE} set no cookie {COOKIE}: take a page that starts a session"
    assert not opens(old), f"set-up: {ACCOUNT} opens without a login"
    answer, new = ask(LOGIN, old, FORM)
    assert opens(new), f"set-up: the login did not succeed ({answer.status_code})"
    assert not opens(old), "login kept the session id: the cookie from before opens the account"
