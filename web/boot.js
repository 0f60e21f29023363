// The loader: it fetches, checks, inflates and starts the wasm, and looks after
// what stands around the page: progress, failures, updates, the offline badge.
// It stands in for go-app v10.1.11's app.js and is joined to worker.js, audit.js and Go's
// wasm_exec.js, which comes last: it stops where a browser lacks something, and
// the loader then says so.
(() => {
  "use strict";
  if (typeof document === "undefined") return; // this is the worker
  const script = document.currentScript || document.querySelector("script[data-whole]");
  // What only trainers need is in a program of its own, which has the rest too.
  const trains = () => script.dataset.wholeAt.split(" ").includes(location.hash.slice(1).split("/")[0]);
  const whole = trains();
  const facts = JSON.parse(script.dataset[whole ? "whole" : "app"]);
  // A page that holds all of itself has this script inside, and asks for nothing.
  const alone = !script.src;
  // Every address is relative to this script: the address bar may say
  // /any/path/, /any/path/index.html or carry a query.
  const base = new URL("./", script.src || "file:///");
  const $ = (id) => document.getElementById(id);
  $("late").hidden = true;

  // What the wasm side of go-app asks for; the rest of its app.js is optional
  // or set by go-app itself. The list of internal URLs must not be null.
  const env = {
    GOAPP_ROOT_PREFIX: base.pathname.replace(/\/$/, ""),
    GOAPP_STATIC_RESOURCES_URL: base.pathname.replace(/\/$/, ""),
    GOAPP_INTERNAL_URLS: "[]",
  };
  window.goappGetenv = (name) => env[name];

  // go-app parses the whole address and stops at a stray percent sign. Written as
  // %25 it reaches the page, which says what is wrong with the link. A link has at
  // most 4096 bytes: of a longer one the page gets what shows that it is longer.
  {
    const written = location.hash, mended = written.slice(0, "#".length + 4097).replace(/%(?![0-9a-f]{2})/gi, "%25");
    try {
      if (mended !== written) history.replaceState(history.state, "", mended);
    } catch {
      location.replace(mended);
    }
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
    fill(id, p, ...made);
  }
  const hush = (id) => fill(id);

  // fill has the page make room for what a region says.
  function fill(id, ...nodes) {
    $(id).replaceChildren(...nodes);
    document.body.classList.toggle("told", ["boot-error", "notice", "offline"].some((id) => $(id).firstChild));
  }

  function fail(why) {
    keepOffline(); // a later version may do better
    console.warn("the lab did not start:", why);
    $("boot").hidden = true;
    const running = document.documentElement.dataset.ready === "true";
    say("boot-error", running ? "The lab stopped: " + why + "." : "The lab cannot start: " + why + ".",
      ["Try again", () => location.reload()], ["Read the first lesson as text", () => alone ? window.fixlabRead("lesson.html") : location.assign(new URL("lesson.html", base))]);
    // What gets the focus is scrolled to above it.
    new ResizeObserver(([bar]) => {
      document.documentElement.style.scrollPaddingBottom = bar.target.offsetHeight + "px";
    }).observe($("boot-error"));
  }

  // Names of directives of which the browser has told that they forbid something.
  const forbidden = new Set();
  addEventListener("securitypolicyviolation", (e) => forbidden.add(e.effectiveDirective));

  // A Fault is a file that did not come as it was built; another form may.
  class Fault extends Error {}
  const remedy = "Try again; if that does not help, copy the site’s folder to the host once more";

  // fetchModule returns the compiled wasm. What did not come whole is fetched again
  // past the browser's cache, and then in its other forms: some hosts refuse a
  // file by the end of its name.
  async function fetchModule() {
    const forms = alone ? [facts.packed] : "DecompressionStream" in window ? [facts.packed, facts.packed, facts.copy, facts.wasm] : [facts.wasm, facts.wasm];
    let first;
    for (const [n, name] of forms.entries()) {
      try {
        const asked = name === facts.packed && !n && window.fixlabProgram; // before the loader was here
        return await load(name, asked || fetch(new URL(name, base), { cache: n ? "reload" : "default" }));
      } catch (err) {
        if (!(err instanceof Fault)) throw err;
        console.warn("the lab's loader:", err.message);
        first = first || err;
      }
    }
    await new Promise((done) => setTimeout(done)); // a browser tells of it only then
    if (forbidden.has("connect-src")) throw new Error("this host’s Content-Security-Policy forbids to fetch the program: its connect-src needs 'self'");
    throw first;
  }

  // load compiles one form of the wasm while it arrives, and hands it out once it
  // has the hash that the shell names. Where there is nothing to hash with, which
  // is over plain http, the size and gzip's own checksum must do.
  async function load(name, asked) {
    let answer;
    try {
      answer = await asked;
    } catch {
      throw unreachable(name);
    }
    if (!answer.ok) throw refused(name, answer.status);
    const reader = answer.body.getReader();
    let head, got = 0, total = facts.packedSize, rest = new Uint8Array();
    const counted = new ReadableStream({
      async pull(out) {
        if (!rest.length) {
          const { done, value } = await reader.read();
          if (done) return out.close();
          if (!got) {
            // The total follows from the form, so that the progress never passes 100 %.
            head = value[0];
            if (head !== GZIP) total = facts.size;
          }
          got += value.length;
          progress(got, total);
          rest = value;
        }
        out.enqueue(rest.subarray(0, 1 << 15)); // what comes at once is inflated at once
        rest = rest.subarray(1 << 15);
      },
    });

    let feed;
    const module = compile(new ReadableStream({ start: (controller) => { feed = controller; } }));
    module.catch(() => {}); // the bytes are looked at first
    const whole = new Uint8Array(facts.size);
    let size = 0, fine;
    try {
      const plain = (await inflated(counted)).getReader();
      let since = performance.now();
      for (let part; !(part = await plain.read()).done; size += part.value.length) {
        if (performance.now() - since > 12) {
          await breathe();
          since = performance.now();
        }
        if (size + part.value.length > whole.length) throw new Error("too long");
        whole.set(part.value, size);
        try {
          feed.enqueue(part.value);
        } catch {
          // the compiler wants no more
        }
      }
      fine = size === whole.length && (!window.crypto.subtle || (await sum(whole)) === facts.sum);
    } catch {
      fine = false;
    }
    try {
      fine ? feed.close() : feed.error();
    } catch {
      // as above
    }
    if (!fine) throw damaged(name, head, got, total);
    return module;
  }

  const sum = async (bytes) => "sha256-" + btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))));

  async function compile(body) {
    const wasm = new Response(body, { headers: { "Content-Type": "application/wasm" } });
    try {
      return await (WebAssembly.compileStreaming ? WebAssembly.compileStreaming(wasm) : WebAssembly.compile(await wasm.arrayBuffer()));
    } catch (err) {
      console.warn("the lab's loader:", err);
      throw new Error(/unsafe-eval|CSP|Content Security/i.test(err.message)
        ? "this host’s Content-Security-Policy forbids WebAssembly: its script-src needs 'wasm-unsafe-eval', which browsers know since 2022"
        : "this browser cannot compile it: it may be too old, or short of memory");
    }
  }

  // inflated undoes gzip as often as it was done: some hosts inflate the file
  // themselves, others pack it once more. Gzip starts with 1f, wasm with 00: look,
  // do not trust the name.
  const GZIP = 0x1f;
  async function inflated(stream) {
    const reader = stream.getReader(), first = await reader.read();
    const whole = new ReadableStream({
      start(out) {
        if (first.done) out.close();
        else out.enqueue(first.value);
      },
      async pull(out) {
        const { done, value } = await reader.read();
        if (done) out.close();
        else out.enqueue(value);
      },
    });
    return !first.done && first.value[0] === GZIP ? inflated(whole.pipeThrough(new DecompressionStream("gzip"))) : whole;
  }

  // The first view asks for a bet, which needs no wasm: it is made here, and the
  // page takes it over from <html data-bet>, "2" while it is only picked and "2/sure"
  // or "2/guess" once it is made.
  function pick(choice) {
    const root = document.documentElement.dataset;
    if (root.ready || root.bet?.includes("/")) return;
    root.bet = choice.dataset.bet;
    const form = choice.closest("form");
    form.classList.add("chosen");
    for (const c of form.querySelectorAll("[data-bet]")) {
      c.setAttribute("aria-checked", c === choice);
      c.tabIndex = c === choice ? 0 : -1;
    }
    for (const id of ["sure", "guess"]) $(id).setAttribute("aria-disabled", "false");
    $("bet-first")?.replaceChildren();
  }
  function commit(how) {
    const root = document.documentElement.dataset;
    if (root.ready || root.bet?.includes("/")) return;
    if (!root.bet) {
      $("live").textContent = $("bet-first").textContent;
      return;
    }
    const form = $("bet"), choice = form.querySelector("[aria-checked=true]");
    root.bet += "/" + how;
    form.dataset.committed = choice.textContent;
    for (const b of form.querySelectorAll("button")) b.setAttribute("aria-disabled", "true");
    $("bet-made").hidden = false;
  }
  addEventListener("click", (e) => {
    const button = e.target.closest?.("#bet button");
    if (!button) return;
    if (button.dataset.bet) pick(button);
    else commit(button.id);
  });
  addEventListener("keydown", (e) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[e.key], choice = e.target.closest?.("#bet [data-bet]");
    if (!by || e.altKey || e.ctrlKey || e.metaKey || !choice || document.documentElement.dataset.ready) return;
    e.preventDefault();
    const all = [...choice.parentElement.children], next = all[(all.indexOf(choice) + by + all.length) % all.length];
    next.focus();
    pick(next);
  });

  // The first view leads to a trainer's pages too, by its link or by P: a program that has
  // them not is no longer waited for. Once there is a bet, the program keeps that first.
  addEventListener("hashchange", () => {
    const root = document.documentElement.dataset;
    if (trains() && !whole && !alone && !root.ready && !root.bet) location.reload();
  });
  addEventListener("keydown", (e) => {
    const root = document.documentElement, to = $("way-present");
    if (e.key?.toLowerCase() !== "p" || e.altKey || e.ctrlKey || e.metaKey || !to || root.dataset.ready || root.matches(".deep, [data-embed]")) return;
    if (stored("fixlab/1/shortcuts") !== "off") to.click();
  });

  // stored returns what the page keeps under a name, nothing where storage is forbidden.
  function stored(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }

  // What is pressed while the page takes the first view's place is let go on another
  // button, which a browser takes for no click.
  let pressed;
  addEventListener("pointerdown", (e) => { pressed = e.target.closest?.("#bet button"); });
  addEventListener("pointerup", (e) => {
    const now = e.target.closest?.("#bet button");
    if (now && pressed && !pressed.isConnected && now.id === pressed.id) now.click();
    pressed = null;
  });

  // What can be wrong with a file, said for who stands before the class: which
  // file, the likely cause, the remedy.
  function unreachable(name) {
    if (origin === "null") return new Error("the page is in a sandbox, in which a browser lets it fetch nothing: open it in a tab of its own, give the frame allow-scripts and allow-same-origin, or put lab.html there, which holds all of the lab");
    return new Fault(`${name} could not be fetched: the connection broke, or the host is down. ` + remedy);
  }

  function refused(name, status) {
    const why = status === 404 ? "the file is not there, or the host is being updated. " + remedy
      : status < 500 ? "it refuses such a file, or wants a login. Log in, or let the host serve files .bin, .js or .wasm"
      : "it has a fault of its own. Try again later";
    return new Fault(`the host answered ${status} for ${name}: ${why}`);
  }

  function damaged(name, head, got, total) {
    if (alone) return new Fault("this file is not as it was built: it was cut short, or altered on its way. Copy it once more");
    if (head === 0x3c) return new Fault(`the host sent a web page in place of ${name}: perhaps a login page, or a proxy’s. Log in, or use another network, and try again`);
    return new Fault((got < total ? `only ${got} of ${total} bytes of ${name} arrived: the connection broke, or the host’s copy is cut short. `
      : `${name} did not arrive as it was built: it was damaged on the way, or the host’s copy is. `) + remedy);
  }

  function progress(got, total) {
    const bar = $("boot-bar"), mb = (n) => (n / 1e6).toFixed(1);
    bar.max = total;
    bar.value = got;
    $("boot-text").textContent = `Loading the lab: ${mb(got)} of ${mb(total)} MB. You can make your bet meanwhile.`;
  }

  // carryOver waits for go-app to put its page in the place of the body's first
  // element, and then gives the new page what the learner had: what she typed,
  // where she stood, how far she had scrolled. The program calls it once more just before.
  let old, active, selection, x, y;
  function carryOver() {
    const waiting = old, focused = document.activeElement;
    old = document.body.firstElementChild;
    active = old.contains(focused) ? focused : null;
    selection = active && typeof active.selectionStart === "number" ? [active.selectionStart, active.selectionEnd] : null;
    [x, y] = [scrollX, scrollY];
    if (waiting) return;
    new MutationObserver((_, observer) => {
      if (document.body.firstElementChild === old) return;
      observer.disconnect();
      for (const was of old.querySelectorAll("input[id], textarea[id], select[id]")) {
        const now = $(was.id), box = was.type === "checkbox" || was.type === "radio", is = box ? "checked" : "value";
        if (!now || was[is] === was[box ? "defaultChecked" : "defaultValue"] || now[is] === was[is]) continue; // she left it alone
        now[is] = was[is];
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
    const main = $("page-title") || document.querySelector("main");
    if (!main) return;
    if (!main.hasAttribute("tabindex")) main.tabIndex = -1;
    main.focus({ preventScroll: true });
  }

  async function start() {
    if (location.protocol === "file:" && !alone) throw new Error("a browser does not load WebAssembly from a file; open it from a web server, or open lab.html, which holds all of the lab");
    if (typeof WebAssembly !== "object") throw new Error("this browser has no WebAssembly, or it is switched off");
    if (typeof fetch !== "function" || typeof ReadableStream !== "function" || typeof crypto !== "object" || (alone && !window.DecompressionStream)) throw new Error("this browser is too old");
    $("boot").hidden = false;
    await painted();
    const module = await fetchModule();
    performance.mark("wasm-compiled");
    // For the page: a worker that runs the same program, or reads a recording; or nothing.
    window.fixlabWorker = (what = module) => {
      if (typeof Worker !== "function") return null;
      const worker = new Worker(script.src || URL.createObjectURL(new Blob([script.text]))); // these very bytes: worker.js is in them
      worker.postMessage(what);
      return worker;
    };
    await breathe();
    const go = new Go();
    hurried(go);
    const instance = await WebAssembly.instantiate(module, go.importObject);
    await breathe();
    performance.mark("wasm-started");
    carryOver();
    window.fixlabTakesOver = carryOver;
    return go.run(instance); // settles when the program ends, which it never should
  }

  // hurried lets the program put its clock ahead: go-app draws what a press of a key or
  // a button changed 8.3 ms after it, and nothing else comes within that time.
  function hurried(go) {
    const start = Date.now() - performance.now();
    let ahead = 0;
    go.importObject.gojs["runtime.nanotime1"] = (sp) => {
      const now = (start + performance.now() + ahead) * 1e6;
      go.mem.setUint32((sp >>> 0) + 8, now, true);
      go.mem.setUint32((sp >>> 0) + 12, Math.floor(now / 2 ** 32), true);
    };
    window.fixlabHurry = () => { ahead += 9; };
  }

  // breathe lets the browser paint and answer, also in a tab behind others, whose clocks
  // are slow.
  const breathe = () => new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); done(); };
    port2.postMessage(0);
  });

  // For the page: calls f once the frame that is drawn next is on the screen.
  window.fixlabAfterPaint = (f) => {
    const soon = () => breathe().then(f);
    if (document.hidden) soon();
    else requestAnimationFrame(soon);
  };

  // painted waits until the first view is on the screen: inflating and starting the
  // program would hold it up. A page that nobody sees paints nothing.
  const painted = () => new Promise((done) => {
    const type = "largest-contentful-paint";
    if (document.hidden) return done();
    if (window.PerformanceObserver?.supportedEntryTypes?.includes(type)) new PerformanceObserver(done).observe({ type, buffered: true });
    else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
    setTimeout(done, 300);
  });

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
    if (alone || location.protocol === "file:" || window.top !== window || document.documentElement.dataset.embed) return;
    // Without one this is the first visit, not an update.
    let updated;
    try {
      const { serviceWorker } = navigator;
      if (!serviceWorker) return lacking(isSecureContext ? "this browser forbids it" : "that needs an address with https");
      updated = serviceWorker.controller;
      serviceWorker.addEventListener("message", (e) => lacking(e.data));
      serviceWorker.startMessages();
      const registration = await serviceWorker.register(new URL("sw.js", base), { scope: base.pathname, updateViaCache: "none" });
      const offer = () => {
        const { waiting } = registration;
        if (!waiting || !updated) return;
        // An empty file is a service worker too; one of ours answers.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          if (registration.waiting === waiting) offerUpdate(registration);
        };
        waiting.postMessage("offer", [port2]);
      };
      registration.addEventListener("updatefound", () => {
        updated = registration.active;
        registration.installing.addEventListener("statechange", offer);
      });
      offer();
      serviceWorker.addEventListener("controllerchange", () => lacking(""));
      await serviceWorker.ready;
      if (!(await caches.keys()).some((name) => name.startsWith(`fixlab ${base.pathname} `))) return lacking("sw.js did not arrive whole");
      // What few need works offline too: at once where it was used, elsewhere when all else
      // is long done, but not where data is dear, nor on every laptop of a class.
      const keepWhole = () => registration.active.postMessage("keep whole");
      if (whole) keepWhole();
      else if (!navigator.connection?.saveData && !stored("fixlab/1/class")) setTimeout(keepWhole, 15000);
    } catch (err) {
      console.warn("the lab will not work offline:", reason(err));
      if (!updated) lacking("the browser or the host refuses sw.js, or it did not arrive whole");
    }
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

  // The one quiet place for what is missing.
  let missing = "", plain = "";
  function lacking(why) {
    missing = why && `The lab works online only: it is not kept for offline use, because ${why}.`;
    showOffline();
  }
  function showOffline() {
    const text = [plain, navigator.onLine ? missing : "Offline. The lab works all the same."].filter(Boolean).join(" ");
    if (text) say("offline", text);
    else hush("offline");
  }
  addEventListener("online", showOffline);
  addEventListener("offline", showOffline);
  if (!navigator.onLine) showOffline();

  // Without its style sheet the page can be used, and says on top what is wrong.
  function lookStyled() {
    if (getComputedStyle(document.documentElement).getPropertyValue("--ground")) return;
    const name = document.querySelector("link[rel=stylesheet]")?.href.split("/").pop().split("?")[0];
    plain = "The page has lost its style sheet: " + (alone ? "this host forbids those inside a page, or the file was altered."
      : `${name} did not arrive whole, or this host does not send files .css as text/css, or forbids style sheets. ${remedy}.`);
    document.body.style.cssText = "display: flex; flex-direction: column";
    for (const id of ["boot-error", "notice", "offline"]) $(id).style.order = -1;
    showOffline();
  }
  if (document.readyState === "complete") lookStyled();
  else addEventListener("load", lookStyled);
})();
