def test_login_signs_no_id_of_the_browser():
    assert not opens("planted"), f"set-up: {ACCOUNT} opens without a login"
    answer, new = ask(LOGIN, "planted", FORM)
    assert opens(new), f"set-up: the login did not succeed ({answer.status_code})"
    assert "planted" not in new, "login kept the session id: it signed the one that the browser brought"
