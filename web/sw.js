// The service worker: the lab works offline after the first visit. It stands in
// for go-app v10.1.11's app-worker.js.
"use strict";
const VERSION = {{VERSION}};
const FILES = {{FILES}}; // relative to the scope
const SCOPE = new URL(registration.scope);
// An origin can hold many sites, each with caches of its own: ours start with
// our name and scope, and the space after the scope keeps /a/ apart from /a/b/.
const PREFIX = `fixlab ${SCOPE.pathname} `;
const CACHE = PREFIX + VERSION;
const at = (name) => new URL(name, SCOPE).href;

// There is no skipWaiting here: an update must not swap an open lesson. The
// page sends "activate" when the learner has agreed.
addEventListener("install", (e) => e.waitUntil(install()));
addEventListener("message", (e) => {
  if (e.data === "activate") skipWaiting();
});

async function install() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(FILES.map((name) => keep(cache, name)));
  } catch (err) {
    await caches.delete(CACHE); // all or nothing; the browser tries again later
    throw err;
  }
}

async function keep(cache, name) {
  // A hashed name never changes its content and may come from the browser's
  // cache, where the page has just put it. Every other file must not: with
  // max-age=600 that would keep the old version for ever.
  const hashed = /^(app|boot|worker)-[0-9a-f]{12}\./.test(name);
  const answer = await fetch(at(name), { cache: hashed ? "default" : "reload" });
  if (!answer.ok) throw new Error(`${name}: the host answered ${answer.status}`);
  const body = await answer.blob();
  // A host in the middle of an update, or a cache on the way, may still have the
  // shell of another version.
  if (name === "./" && !(await body.text()).includes(VERSION)) throw new Error("the host still has another version");
  // Made anew, because an answer that was redirected cannot serve a navigation.
  const headers = { "Content-Type": answer.headers.get("Content-Type") || "" };
  await cache.put(at(name), new Response(body, { headers }));
}

addEventListener("activate", (e) => e.waitUntil(activate()));

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
  await clients.claim();
}

addEventListener("fetch", (e) => {
  const request = e.request;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE.href)) return;
  e.respondWith(request.mode === "navigate" ? page(request) : file(request));
});

// page answers a navigation. The shell is precached as "./", because many hosts
// redirect index.html, and stands for both, whatever the query.
async function page(request) {
  const url = new URL(request.url), name = url.pathname.slice(SCOPE.pathname.length);
  if (name === "" || name === "index.html") return (await kept("./")) || fetch(request);
  // Something else that lies below the lab, or an address that does not exist:
  // from there the shell could not find its files, so go to where it can. The
  // browser keeps the fragment.
  try {
    const answer = await fetch(request);
    if (answer.status !== 404) return answer;
  } catch {
    const copy = await kept(name);
    if (copy) return copy;
  }
  return Response.redirect(SCOPE.href + url.search, 302);
}

async function file(request) {
  const url = new URL(request.url);
  return (await kept(url.pathname.slice(SCOPE.pathname.length))) || fetch(request);
}

async function kept(name) {
  const cache = await caches.open(CACHE);
  return cache.match(at(name || "./"));
}
