test("logout ends every copy", async () => {
  assert(!(await opens("")), `set-up: ${ACCOUNT} opens without a login`);
  const { status, cookie: copy } = await ask(LOGIN, "", FORM);
  assert(await opens(copy), `set-up: the login did not succeed (${status})`);
  const out = await ask(LOGOUT, copy, {});
  assert.notEqual(out.cookie, copy, `set-up: the logout did not succeed (${out.status})`);
  assert(!(await opens(copy)), "logout ended nothing: a copy of the cookie still opens the account");
});
