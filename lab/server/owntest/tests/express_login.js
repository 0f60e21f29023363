test("login makes a new session id", async () => {
  const { cookie: old } = await ask(PAGE, "");
  assert(old, `set-up: ${PAGE} set no cookie ${COOKIES}: take a page that starts a session`);
  assert.equal((await ask(PAGE, old)).cookie, old, `set-up: ${PAGE} does not know its own cookie again`);
  assert(!(await opens(old)), `set-up: ${ACCOUNT} opens without a login`);
  const { status, cookie } = await ask(LOGIN, old, FORM);
  assert(await opens(cookie), `set-up: the login did not succeed (${status})`);
  assert(!(await opens(old)), "login kept the session id: the cookie from before opens the account");
});
