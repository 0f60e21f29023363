// supertest starts a server that does not listen yet on every address of the machine.
const shop = require("./shop");
beforeAll(() => new Promise((ok) => shop.listen(0, "127.0.0.1", ok)));
afterAll(() => new Promise((ok) => shop.close(ok)));
