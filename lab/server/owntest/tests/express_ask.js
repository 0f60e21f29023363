// For Jest with supertest. These names are the lab's: write your own.
const assert = require("node:assert");
const request = require("supertest");
const app = require("./shop");

const COOKIES = ["@COOKIE@"], SHOWS = "alice"; // SHOWS: what only her account page says
const PAGE = "/", LOGIN = "/login", ACCOUNT = "/account", LOGOUT = "/logout";
const FORM = { username: "alice", password: "correct-horse" };

async function ask(path, cookie, form) { // sends this cookie alone; returns the one to send next
  const sent = form ? request(app).post(path).type("form").send(form) : request(app).get(path);
  if (cookie) sent.set("Cookie", cookie);
  const answer = await sent;
  const set = (answer.headers["set-cookie"] || []).map((line) => line.split(";")[0])
    .filter((pair) => COOKIES.includes(pair.split("=")[0]));
  return { status: answer.status, text: answer.text, cookie: set.length ? set.join("; ") : cookie };
}

async function opens(cookie) {
  const { status, text } = await ask(ACCOUNT, cookie);
  if (status === 200 && text.includes(SHOWS)) return true;
  assert([302, 303, 401, 403].includes(status), `set-up: ${ACCOUNT} answered ${status}, no refusal`);
  return false;
}

