def test_logout_ends_every_copy():
    assert not opens(""), f"set-up: {ACCOUNT} opens without a login"
    answer, copy = ask(LOGIN, "", FORM)
    assert opens(copy), f"set-up: the login did not succeed ({answer.status_code})"
    answer, left = ask(LOGOUT, copy, {})
    assert left != copy, f"set-up: the logout did not succeed ({answer.status_code})"
    assert not opens(copy), "logout ended nothing: a copy of the cookie still opens the account"
