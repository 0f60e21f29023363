// The service worker: the lab works offline after the first visit. It stands in
// for go-app v10.1.11's app-worker.js.
(() => { // so that a part of this file is no program
"use strict";
const VERSION = {{VERSION}};
const FILES = {{FILES}}; // name, relative to the scope, to hash; as in an integrity attribute
const SCOPE = new URL(registration.scope);
// An origin can hold many sites, each with caches of its own: ours start with
// our name and scope, and the space after the scope keeps /a/ apart from /a/b/.
const PREFIX = `fixlab ${SCOPE.pathname} `;
const CACHE = PREFIX + VERSION;
const at = (name) => new URL(name, SCOPE).href;

// A hashed name never changes its content.
const packed = (name) => /\.gz\./.test(name);
const hashed = (name) => /^(app|whole|boot|worker)-[0-9a-f]{12}\./.test(name);

// What this browser cannot inflate is nothing to it.
const inflates = "DecompressionStream" in self;
for (const name of Object.keys(FILES)) if (packed(name) && !inflates) delete FILES[name];

// Some files have several names; one copy is kept, under the first. Not every host
// answers the folder's own address, and some refuse one or another form of the wasm.
const SHELL = ["./", "index.html"];
const program = (stem) => Object.keys(FILES).filter((name) => name.startsWith(stem) && /\.(gz\..*|wasm)$/.test(name));
const WASM = program("app-"), WHOLE = program("whole-"); // what trainers need too: kept once it was used
const names = (name) => [SHELL, WASM, WHOLE].find((list) => list.includes(name)) || [name];

const sum = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const inflate = (bytes) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();

// right tells whether a file has a hash that one of its names has.
async function right(name, bytes) {
  const hash = "sha256-" + btoa(String.fromCharCode(...(await sum(bytes))));
  return names(name).some((other) => FILES[other] === hash);
}

// An update must not swap an open lesson: the page sends "activate" when the
// learner has agreed. Before that it asks whether there is something to offer.
addEventListener("install", (e) => e.waitUntil(install()));
addEventListener("message", (e) => {
  if (e.data === "activate") skipWaiting();
  if (e.data === "keep whole") e.waitUntil(keepWhole().catch(() => {}));
  if (e.data === "offer" && !healing) e.ports[0].postMessage("whole");
});
let healing = false;

async function install() {
  const had = await caches.has(CACHE).catch(() => false); // a host may change this file alone
  try {
    await fill();
  } catch (err) {
    // All or nothing; the browser tries again later.
    if (!had) await caches.delete(CACHE).catch(() => {});
    const pages = registration.active ? [] : await clients.matchAll({ includeUncontrolled: true });
    for (const page of pages) {
      // The list has every page of the origin, those of other sites too.
      if (SHELL.some((name) => at(name) === page.url.replace(/[?#].*/, ""))) page.postMessage(String(err.message || err));
    }
    throw err;
  }
  // Where the old version is broken nobody has a lesson open in it.
  healing = !(await intact());
  if (healing) skipWaiting();
}

async function fill() {
  let cache;
  try {
    cache = await caches.open(CACHE);
  } catch {
    throw new Error("this browser forbids storage");
  }
  const now = Object.keys(FILES).filter((name) => !WHOLE.includes(name));
  const core = new Set(now.filter(hashed).concat(SHELL).map((name) => names(name)[0]));
  await Promise.all([...core].map((name) => keep(cache, name)));
  // Without the manifest or an icon the lab works all the same.
  await Promise.all(now.map((name) => core.has(names(name)[0]) || keep(cache, name).catch(() => {})));
  for (const store of await older()) {
    if ((await store.keys()).some(({ url }) => url.startsWith(at("whole-")))) await keepWhole();
  }
}

// keepWhole keeps the whole program, which the page has just put into the browser's cache,
// or asks for when all else is done, or which an older version had kept.
async function keepWhole() {
  const cache = await caches.open(CACHE);
  if (!(await cache.match(at(WHOLE[0])))) await keep(cache, WHOLE[0]);
}

// keep fetches a file, stores it if it is as it was built, and returns it. A hashed
// name may come from the browser's cache, where the page has just put it. Every
// other file must not: with max-age=600 that would keep the old version for ever.
async function keep(cache, name, again = false) {
  let fault;
  for (const other of names(name)) {
    for (const mode of hashed(other) && !again ? ["default", "reload"] : ["reload"]) {
      try {
        const answer = await whole(other, mode);
        await cache.put(at(names(name)[0]), answer.clone());
        return answer;
      } catch (err) {
        fault = fault || err;
      }
    }
  }
  throw fault;
}

async function whole(name, mode) {
  const answer = await fetch(at(name), { cache: mode }).catch(() => { throw new Error(`${name} could not be fetched`); });
  if (!answer.ok) throw new Error(`the host answered ${answer.status} for ${name}`);
  const altered = `${name} does not arrive as it was built`;
  let body = await answer.arrayBuffer().catch(() => { throw new Error(altered); });
  while (!(await right(name, body))) {
    body = await inflate(body).catch(() => { throw new Error(altered); }); // some hosts pack what is packed
  }
  // Made anew, because an answer that was redirected cannot serve a navigation.
  // The host's headers stay, such as its policies, but for those of the transport.
  const headers = new Headers(answer.headers);
  for (const gone of ["content-encoding", "content-length", "transfer-encoding", "vary"]) headers.delete(gone);
  return new Response(body, { headers });
}

// intact tells whether older versions have kept something, and whether that is what
// its names say. They kept whatever came with a 200, and a broken loader cannot ask
// for an update; and an empty file in this one's place has kept nothing.
async function intact() {
  const stores = await older();
  for (const store of stores) {
    for (const request of await store.keys()) {
      const name = request.url.slice(SCOPE.href.length);
      if (!hashed(name) || (packed(name) && !inflates)) continue;
      try {
        let bytes = await (await store.match(request)).arrayBuffer();
        if (new Uint8Array(bytes)[0] === 0x1f) bytes = await inflate(bytes);
        const hash = await sum(await new Blob([`${bytes.byteLength} `, bytes]).arrayBuffer()); // as the site's names are made
        if (!name.includes("-" + [...hash.slice(0, 6)].map((b) => b.toString(16).padStart(2, "0")).join("") + ".")) return false;
      } catch {
        return false;
      }
    }
  }
  return stores.length > 0;
}

async function older() {
  const list = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  return Promise.all(list.map((name) => caches.open(name)));
}

addEventListener("activate", (e) => e.waitUntil(activate()));

// activate removes what older versions have kept, unless pages of theirs are open:
// these may need it still, and the next version removes it.
async function activate() {
  if (!(await clients.matchAll()).length) {
    for (const name of await caches.keys()) {
      if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
    }
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
  return (await kept(url.pathname.slice(SCOPE.pathname.length), request.cache === "reload")) || fetch(request);
}

// kept returns a file that is stored, and undefined when none is. One that is not
// as it was built is fetched anew. The wasm is not looked at here, so that it can
// be compiled while it arrives: the loader does that, and asks again past every
// cache.
async function kept(name, again) {
  const key = names(name || "./")[0];
  try {
    const cache = await caches.open(CACHE), answer = await cache.match(at(key));
    if (answer && !again && (WASM.includes(key) || WHOLE.includes(key) || (await right(key, await answer.clone().arrayBuffer())))) return answer;
    if (answer) return await keep(cache, key, true);
    // A page of an older version may need a file of its own.
    for (const store of hashed(name) ? await older() : []) {
      const copy = await store.match(at(name));
      if (copy) return copy;
    }
  } catch {
    // the network may have it
  }
}
})();
