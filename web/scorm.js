// The runtime of the package for learning management systems: it keeps a learner's
// progress in the LMS, by SCORM 1.2. It stands in the package only, before everything else,
// and where there is no LMS it does nothing. The page tells it of progress by fixlabRecord,
// and reads what was kept out of localStorage, in whose place the LMS stands.
(() => {
  "use strict";
  const PROGRESS = "fixlab/progress", SEED = "fixlab/1/seed", NAME = "fixlab/1/name", KEYS = "fixlab/1/shortcuts"; // as the page names them
  const APART = 10000; // ms between two commits
  const MOST = 60; // interactions

  // Another origin's window throws on every property.
  const read = (of, name) => {
    try {
      return of?.[name];
    } catch {
      return undefined;
    }
  };

  // discover looks for the LMS in this window, the frames around it, and then in the windows
  // that have opened these. A window that the lab has opened leaves it to the lab.
  function discover() {
    for (let from = window, hop = 0; from && hop < 7; from = read(from, "opener") || read(read(from, "top"), "opener"), hop++) {
      for (let at = from, up = 0; at && up <= 7; up++) {
        if (read(at, "fixlabLMS")) return null;
        const api = read(at, "API");
        if (read(api, "LMSInitialize")) return api;
        const parent = read(at, "parent");
        at = parent === at ? null : parent;
      }
    }
    return null;
  }

  const api = discover();
  if (!api) return;
  window.fixlabLMS = true;

  const call = (name, ...values) => {
    try {
      return String(api[name](...values));
    } catch (err) {
      console.warn("the LMS:", name, err);
      return "";
    }
  };
  const did = (name, ...values) => /^(true|1)$/.test(call(name, ...values));
  const get = (name) => {
    const value = call("LMSGetValue", name);
    return value === "null" || value === "undefined" ? "" : value;
  };
  const began = Date.now();
  let lost = ""; // what the LMS has refused of the progress as it is now, "" for nothing
  let open = did("LMSInitialize", "");
  if (!open) lost = "LMSInitialize";
  const keeps = open && !/^(review|browse)$/.test(get("cmi.core.lesson_mode"));
  const set = (name, value) => {
    if (!did("LMSSetValue", name, String(value))) {
      console.warn("the LMS refuses", name, value, call("LMSGetLastError"));
      lost = name;
    }
  };

  // What was kept: the progress, and of whom the incident is.
  const [version, packed, seed] = get("cmi.suspend_data").split("|");
  const kept = new Map();
  if (version === "1" && packed) kept.set(PROGRESS, `1|${packed}`);
  if (/^[\w-]{1,40}$/.test(seed)) kept.set(SEED, seed);
  kept.set(NAME, get("cmi.core.student_name")); // of her completion code
  let status = get("cmi.core.lesson_status");
  let best = Number.parseFloat(get("cmi.core.score.raw"));
  const place = get("cmi.core.lesson_location");
  const configured = /(?:^|;)\s*pass=(\d+)/.exec(get("cmi.launch_data"));
  const mark = [get("cmi.student_data.mastery_score"), configured?.[1], "70"].map(Number.parseFloat).find((n) => n >= 0 && n <= 100);
  const children = (of) => get(`cmi.${of}._children`).split(",").map((name) => name.trim());
  const hasObjectives = ["id", "status"].every((name) => children("objectives").includes(name));
  const hasInteractions = ["id", "type", "student_response", "result"].every((name) => children("interactions").includes(name));
  let answered = hasInteractions ? Number.parseInt(get("cmi.interactions._count"), 10) || 0 : 0;

  if (keeps && /^(|not attempted|browsed)$/.test(status)) {
    status = "incomplete"; // some take "not attempted" for done when the learner leaves
    set("cmi.core.lesson_status", status);
  }
  if (place && location.hash.length < 2) {
    try {
      history.replaceState(null, "", "#" + place);
    } catch {
      // the course then says itself where to go on
    }
  }

  // What is the learner's is the LMS's, and not this browser's, which others use too.
  const behind = read(window, "localStorage");
  const own = (name) => name.startsWith("fixlab/") && name !== KEYS;
  Object.defineProperty(window, "localStorage", {
    configurable: true,
    value: {
      getItem: (name) => (own(name) ? kept.get(name) ?? null : behind?.getItem(name) ?? null),
      setItem: (name, value) => (own(name) ? kept.set(name, value) : behind?.setItem(name, value)),
      removeItem: (name) => (own(name) ? kept.delete(name) : behind?.removeItem(name)),
    },
  });

  const two = (n) => String(n).padStart(2, "0");
  const span = (ms) => {
    const cs = Math.min(Math.floor(ms / 10), 9999 * 360000 - 1); // hundredths of a second
    return `${String(Math.floor(cs / 360000)).padStart(4, "0")}:${two(Math.floor(cs / 6000) % 60)}:${two(Math.floor(cs / 100) % 60)}.${two(cs % 100)}`;
  };
  const clock = (at) => `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;

  let heard = null; // the bets that were told of; those of earlier sessions first
  let since = Date.now(); // the last of them
  const told = []; // the objectives' states
  let left = 0; // answers for which the LMS has no room

  const key = (bet) => bet.id + " " + bet.option;

  // The page tells of the progress as it begins, and of each change.
  window.fixlabRecord = (text) => {
    const lines = text.split("\n").map((line) => line.split(" "));
    const all = (kind) => lines.filter(([first]) => first === kind);
    const [[, progress, missing]] = all("progress"), [[, points, ready, done]] = all("score"), score = Number(points);
    const bets = all("bet").map(([, id, option, right]) => ({ id, option, right }));
    const goals = all("goal").map(([, id, solved]) => ({ id, solved: solved === "true" }));
    if (!heard) {
      heard = new Set(bets.map(key));
      return;
    }
    left = Number(missing);
    if (!keeps || !open) return;
    lost = "";
    set("cmi.suspend_data", kept.has(SEED) ? `${progress}|${kept.get(SEED)}` : progress);
    if (hasObjectives) {
      goals.forEach((goal, n) => {
        const now = goal.solved ? "passed" : "incomplete";
        if (told[n] === now) return;
        if (!told[n]) set(`cmi.objectives.${n}.id`, goal.id.replace(/[^!-~]/g, "-"));
        set(`cmi.objectives.${n}.status`, now);
        told[n] = now;
      });
    }
    for (const bet of bets.filter((b) => !heard.has(key(b)))) {
      heard.add(key(bet));
      if (!hasInteractions || answered >= MOST) continue;
      const at = `cmi.interactions.${answered++}.`, now = Date.now();
      set(at + "id", bet.id);
      set(at + "type", "choice");
      set(at + "time", clock(new Date(now)));
      set(at + "correct_responses.0.pattern", bet.right);
      set(at + "student_response", bet.option);
      set(at + "result", bet.option === bet.right ? "correct" : "wrong");
      set(at + "weighting", 1);
      set(at + "latency", span(now - since));
      since = now;
    }
    const passes = ready === "true" && score >= mark;
    // A score that stands there before the end would count as one.
    if ((passes || done === "true") && !(best >= score)) {
      set("cmi.core.score.min", 0);
      set("cmi.core.score.max", 100);
      set("cmi.core.score.raw", score);
      best = score;
    }
    const first = passes && status !== "passed";
    if (first) {
      status = "passed";
      set("cmi.core.lesson_status", status);
    }
    changed(first);
  };

  // changed has the LMS keep what it was told: at once, or when the last time is long enough ago.
  let dirty = false, last = -Infinity, waiting = 0;
  function changed(now) {
    dirty = true;
    if (now || Date.now() - last >= APART) commit();
    else waiting ||= setTimeout(commit, APART - (Date.now() - last));
    show();
  }

  function commit() {
    clearTimeout(waiting);
    waiting = 0;
    if (!dirty || !open) return;
    const where = location.hash.slice(1);
    if (/^[!-~]{1,255}$/.test(where)) set("cmi.core.lesson_location", where);
    last = Date.now();
    dirty = !did("LMSCommit", "");
    if (dirty) {
      lost = "LMSCommit";
      waiting = setTimeout(commit, APART);
    } else if (lost === "LMSCommit") {
      lost = "";
    }
    show();
  }

  // finish ends the session, once; nothing depends on it.
  function finish() {
    if (!open) return;
    if (keeps) {
      set("cmi.core.session_time", span(Date.now() - began));
      set("cmi.core.exit", /^(passed|completed)$/.test(status) ? "" : "suspend");
      dirty = true;
      commit();
    }
    open = false;
    clearTimeout(waiting);
    if (!did("LMSFinish", "")) lost ||= "LMSFinish";
    show();
  }
  addEventListener("visibilitychange", () => document.hidden && commit());
  addEventListener("pagehide", finish); // after the page's own, which comes first

  // show says in the shell's bar how it stands.
  function show() {
    const bar = document.getElementById("notice");
    if (!bar) return;
    const says = !keeps && open ? "Your LMS shows this for review: nothing is saved."
      : lost ? "Not saved in the LMS: copy your code."
      : !open ? "Saved in the LMS. You can close this page; what you do from here on is not saved."
      : left ? `Saved in the LMS, but for your answers to ${left} ${left === 1 ? "challenge" : "challenges"}, which are too long for it: copy your code.`
      : "Your progress is saved in the LMS.";
    if (bar.dataset.says === says + open) return;
    bar.dataset.says = says + open;
    const p = document.createElement("p");
    p.textContent = says;
    if (says.includes("code")) {
      const code = document.createElement("a");
      code.href = "#code";
      code.textContent = "Your code";
      p.append(" ", code);
    }
    const exit = document.createElement("button");
    exit.type = "button";
    exit.id = "lms-exit";
    exit.textContent = "Save and exit";
    exit.addEventListener("click", () => {
      finish();
      bar.tabIndex = -1;
      bar.focus();
    });
    bar.replaceChildren(p, ...(open ? [exit] : []));
    document.body.classList.add("told");
  }
  addEventListener("DOMContentLoaded", show);
})();
