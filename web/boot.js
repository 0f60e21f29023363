// The loader: it fetches, inflates and starts the wasm, and looks after what
// stands around the page: progress, failures, updates, the offline badge.
// It stands in for go-app v10.1.11's app.js and is joined to Go's wasm_exec.js.
(() => {
  "use strict";
  const script = document.currentScript, facts = script.dataset;
  // Every address is relative to this script: the address bar may say
  // /any/path/, /any/path/index.html or carry a query.
  const base = new URL("./", script.src);
  const $ = (id) => document.getElementById(id);

  // What the wasm side of go-app asks for; the rest of its app.js is optional
  // or set by go-app itself. The list of internal URLs must not be null.
  const env = {
    GOAPP_ROOT_PREFIX: base.pathname.replace(/\/$/, ""),
    GOAPP_STATIC_RESOURCES_URL: base.pathname.replace(/\/$/, ""),
    GOAPP_INTERNAL_URLS: "[]",
  };
  window.goappGetenv = (name) => env[name];

  // go-app parses the whole address and stops at a stray percent sign. Written as
  // %25 it reaches the page, which says what is wrong with the link.
  {
    const mended = location.hash.replace(/%(?![0-9a-f]{2})/gi, "%25");
    if (mended !== location.hash) history.replaceState(history.state, "", mended);
  }

  // say shows a text, and buttons, in one of the shell's live regions, which
  // have been there, empty, from the start: otherwise they are not announced.
  function say(id, text, ...buttons) {
    const p = document.createElement("p");
    p.textContent = text;
    const made = buttons.map(([label, act]) => {
      const b = document.createElement("button");
      b.type = "button";
      b.textContent = label;
      b.addEventListener("click", act);
      return b;
    });
    $(id).replaceChildren(p, ...made);
  }
  const hush = (id) => $(id).replaceChildren();

  function fail(why) {
    keepOffline(); // a later version may do better
    console.warn("the lab did not start:", why);
    $("boot").hidden = true;
    const running = document.documentElement.dataset.ready === "true";
    say("boot-error", running ? "The lab stopped: " + why + "." : "The lab cannot start: " + why + ". The lesson can still be read.",
      ["Try again", () => location.reload()]);
  }

  // fetchModule compiles the wasm while it arrives. The packed file is inflated
  // here, because many hosts do not compress wasm.
  async function fetchModule() {
    const inflate = "DecompressionStream" in window;
    const answer = await fetch(new URL(inflate ? facts.packed : facts.wasm, base));
    if (!answer.ok) throw new Error("the host answered " + answer.status);
    const reader = answer.body.getReader();
    let chunk = await reader.read();
    // Some hosts inflate the file themselves. Gzip starts with 1f, wasm with 00:
    // look, do not trust the name. The total follows from it, so that the
    // progress never passes 100 %.
    const packed = !chunk.done && chunk.value[0] === 0x1f;
    const total = Number(packed ? facts.packedSize : facts.size);
    let got = 0;
    let body = new ReadableStream({
      async pull(out) {
        if (chunk.done) return out.close();
        got += chunk.value.length;
        progress(got, total);
        out.enqueue(chunk.value);
        chunk = await reader.read();
      },
    });
    if (packed) body = body.pipeThrough(new DecompressionStream("gzip"));
    const wasm = new Response(body, { headers: { "Content-Type": "application/wasm" } });
    return WebAssembly.compileStreaming ? WebAssembly.compileStreaming(wasm) : WebAssembly.compile(await wasm.arrayBuffer());
  }

  function progress(got, total) {
    const bar = $("boot-bar"), mb = (n) => (n / 1e6).toFixed(1);
    bar.max = total;
    bar.value = got;
    $("boot-text").textContent = `Loading the lab: ${mb(got)} of ${mb(total)} MB. You can read the lesson meanwhile.`;
  }

  // carryOver waits for go-app to put its page in the place of the body's first
  // element, and then gives the new page what the learner had: what she typed,
  // where she stood, how far she had scrolled.
  function carryOver() {
    const old = document.body.firstElementChild, focused = document.activeElement;
    const active = old.contains(focused) ? focused : null;
    const selection = active && typeof active.selectionStart === "number" ? [active.selectionStart, active.selectionEnd] : null;
    const x = scrollX, y = scrollY;
    new MutationObserver((_, observer) => {
      if (document.body.firstElementChild === old) return;
      observer.disconnect();
      for (const was of old.querySelectorAll("input[id], textarea[id], select[id]")) {
        const now = $(was.id);
        if (!now || (now.value === was.value && now.checked === was.checked)) continue;
        now.value = was.value;
        if ("checked" in was) now.checked = was.checked;
        for (const kind of ["input", "change"]) now.dispatchEvent(new Event(kind, { bubbles: true }));
      }
      const now = active && active.id && $(active.id);
      if (now) {
        now.focus({ preventScroll: true });
        if (selection && now.setSelectionRange) now.setSelectionRange(...selection);
      } else if (active) {
        focusMain();
      }
      scrollTo(x, y);
      performance.mark("page-shown");
    }).observe(document.body, { childList: true });
  }

  // focusMain is for when the focused element is gone: the browser would start
  // again at the top of the document.
  function focusMain() {
    const main = document.querySelector("main");
    if (!main) return;
    if (!main.hasAttribute("tabindex")) main.tabIndex = -1;
    main.focus({ preventScroll: true });
  }

  async function start() {
    if (location.protocol === "file:") throw new Error("a browser does not load WebAssembly from a file; open it from a web server");
    if (typeof WebAssembly !== "object") throw new Error("this browser has no WebAssembly, or it is switched off");
    if (typeof fetch !== "function" || typeof ReadableStream !== "function") throw new Error("this browser is too old");
    $("boot").hidden = false;
    const module = await fetchModule();
    performance.mark("wasm-compiled");
    // For the page: a worker that runs the same program, or nothing.
    window.fixlabWorker = () => {
      if (typeof Worker !== "function") return null;
      const worker = new Worker(new URL(facts.worker, base));
      worker.postMessage(module);
      return worker;
    };
    const go = new Go();
    const instance = await WebAssembly.instantiate(module, go.importObject);
    performance.mark("wasm-started");
    carryOver();
    return go.run(instance); // settles when the program ends, which it never should
  }

  // The page says when it is in charge, by data-ready; the loader only listens.
  new MutationObserver((_, observer) => {
    if (document.documentElement.dataset.ready !== "true") return;
    observer.disconnect();
    performance.mark("page-ready");
    $("boot").hidden = true;
    // Not sooner: the worker takes the wasm from the browser's cache, so that
    // nothing is fetched twice, and does not slow the start.
    keepOffline();
  }).observe(document.documentElement, { attributeFilter: ["data-ready"] });

  const reason = (err) => String((err && err.message) || err).replace(/\.$/, "");
  start().then(() => fail("it ended with an error, which the browser's console shows"), (err) => fail(reason(err)));

  // keepOffline starts the service worker; not in somebody else's frame.
  async function keepOffline() {
    if (!("serviceWorker" in navigator) || location.protocol === "file:" || window.top !== window) return;
    let registration;
    try {
      registration = await navigator.serviceWorker.register(new URL("sw.js", base), { scope: base.pathname, updateViaCache: "none" });
    } catch (err) {
      console.warn("the lab will not work offline:", reason(err));
      return;
    }
    const offer = () => {
      // Without a controller this is the first visit, not an update.
      if (registration.waiting && navigator.serviceWorker.controller) offerUpdate(registration);
    };
    registration.addEventListener("updatefound", () => registration.installing.addEventListener("statechange", offer));
    offer();
  }

  // offerUpdate leaves it to the learner: an open lesson is never swapped.
  function offerUpdate(registration) {
    say("notice", "A new version of the lab is ready. Your place is in the address and is kept.",
      ["Reload now", () => {
        if (!registration.waiting) return location.reload(); // another tab has activated it
        navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
        registration.waiting.postMessage("activate");
      }],
      ["Later", () => {
        hush("notice");
        focusMain();
      }]);
  }

  function showOffline() {
    if (navigator.onLine) hush("offline");
    else say("offline", "Offline. The lab works all the same.");
  }
  addEventListener("online", showOffline);
  addEventListener("offline", showOffline);
  if (!navigator.onLine) showOffline();
})();
