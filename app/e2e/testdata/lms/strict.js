// An LMS that is as strict as the strictest: the data model of SCORM 1.2 in the formats of
// Moodle's runtime, whose lengths, vocabularies and order it insists on. It keeps what was
// committed in sessionStorage, under "lms", and a reload is the learner's next visit. What it
// refused is in lms.refused, and every call in lms.calls.
(() => {
  "use strict";
  if (location.protocol === "about:") return;
  const text = (n) => new RegExp(`^[\\u0020-\\u007e]{0,${n}}$`); // ASCII: some count bytes
  const name = /^[!-~]{1,255}$/;
  const integer = /^(0|[1-9]\d?|100)$/;
  const span = /^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/;
  const clock = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/;
  const statuses = /^(passed|completed|failed|incomplete|browsed)$/;
  const types = /^(true-false|choice|fill-in|matching|performance|sequencing|likert|numeric)$/;
  const results = /^(correct|wrong|unanticipated|neutral|\d{1,3}(\.\d+)?)$/;
  const core = "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time";

  // What can be set, and to what; "w" cannot be read.
  const writable = [
    [/^cmi\.core\.lesson_location$/, text(255)],
    [/^cmi\.core\.lesson_status$/, statuses],
    [/^cmi\.core\.exit$/, /^(|suspend|logout|time-out)$/, "w"],
    [/^cmi\.core\.session_time$/, span, "w"],
    [/^cmi\.core\.score\.(raw|min|max)$/, integer],
    [/^cmi\.suspend_data$/, text(4096)],
    [/^cmi\.comments$/, text(4096)],
    [/^cmi\.objectives\.(\d+)\.id$/, name],
    [/^cmi\.objectives\.(\d+)\.status$/, /^(passed|completed|failed|incomplete|browsed|not attempted)$/],
    [/^cmi\.objectives\.(\d+)\.score\.(raw|min|max)$/, integer],
    [/^cmi\.interactions\.(\d+)\.id$/, name, "w"],
    [/^cmi\.interactions\.(\d+)\.type$/, types, "w"],
    [/^cmi\.interactions\.(\d+)\.time$/, clock, "w"],
    [/^cmi\.interactions\.(\d+)\.weighting$/, /^-?\d{0,3}(\.\d*)?$/, "w"],
    [/^cmi\.interactions\.(\d+)\.student_response$/, /^[a-z0-9]$/, "w"], // of a choice
    [/^cmi\.interactions\.(\d+)\.correct_responses\.0\.pattern$/, /^[a-z0-9]$/, "w"],
    [/^cmi\.interactions\.(\d+)\.result$/, results, "w"],
    [/^cmi\.interactions\.(\d+)\.latency$/, span, "w"],
  ];
  const children = {
    "cmi.core._children": core, "cmi.core.score._children": "raw,min,max",
    "cmi.objectives._children": "id,score,status",
    "cmi.interactions._children": "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
    "cmi.student_data._children": "mastery_score,max_time_allowed,time_limit_action",
  };

  const had = JSON.parse(sessionStorage.getItem("lms") ?? "{}");
  const lms = {
    calls: [], refused: [], // [function, element, value, error], and of calls the time
    kept: { ...had.kept }, // as last committed
    now: { "cmi.core.student_id": "7", "cmi.core.student_name": "Doe, Jane", "cmi.core.credit": "credit", "cmi.core.lesson_mode": "normal",
      "cmi.core.entry": "ab-initio", "cmi.core.lesson_status": "not attempted", "cmi.core.total_time": "0000:00:00.00",
      "cmi.core.lesson_location": "", "cmi.core.score.raw": "", "cmi.core.score.min": "", "cmi.core.score.max": "",
      "cmi.suspend_data": "", "cmi.launch_data": "pass=70", "cmi.student_data.mastery_score": "", ...had.kept, ...window.lmsSays },
    state: "", // "open", "closed"
    broken: false, // it keeps nothing and says so
  };
  window.lms = lms;

  let error = "0";
  const count = (of) => new Set(Object.keys(lms.now).map((key) => key.match(`^cmi\\.${of}\\.(\\d+)\\.`)?.[1]).filter(Boolean)).size;
  const fail = (code, ...what) => {
    error = code;
    lms.refused.push([...what, code].join(" "));
    return "false";
  };
  const done = (value = "true") => {
    error = "0";
    return value;
  };
  const keep = () => {
    lms.kept = { ...lms.now };
    sessionStorage.setItem("lms", JSON.stringify({ kept: lms.kept }));
  };

  const api = {
    LMSInitialize(arg) {
      if (arg !== "") return fail("201", "LMSInitialize", arg);
      if (lms.state) return fail("101", "LMSInitialize again");
      lms.state = "open";
      return done();
    },
    LMSFinish(arg) {
      if (arg !== "") return fail("201", "LMSFinish", arg);
      if (lms.state !== "open") return fail("301", "LMSFinish");
      if (lms.broken) return fail("101", "LMSFinish");
      lms.state = "closed";
      if (lms.now["cmi.core.lesson_status"] === "not attempted") lms.now["cmi.core.lesson_status"] = "completed";
      const mastery = lms.now["cmi.student_data.mastery_score"], raw = lms.now["cmi.core.score.raw"];
      if (mastery !== "" && raw !== "") lms.now["cmi.core.lesson_status"] = Number(raw) >= Number(mastery) ? "passed" : "failed";
      lms.now["cmi.core.entry"] = lms.now["cmi.core.exit"] === "suspend" ? "resume" : "";
      keep();
      return done();
    },
    LMSGetValue(of) {
      if (lms.state !== "open") return fail("301", "LMSGetValue", of), "";
      if (of in children) return done(children[of]);
      const list = /^cmi\.(objectives|interactions)\._count$/.exec(of);
      if (list) return done(String(count(list[1])));
      const known = writable.find(([element]) => element.test(of));
      if (known?.[2]) return fail("404", "LMSGetValue", of), "";
      if (of in lms.now) return done(lms.now[of]);
      return fail("201", "LMSGetValue", of), "";
    },
    LMSSetValue(of, value) {
      if (lms.state !== "open") return fail("301", "LMSSetValue", of, value);
      if (of in children || /\._count$/.test(of)) return fail("402", "LMSSetValue", of, value);
      const known = writable.find(([element]) => element.test(of));
      if (!known) return fail(of in lms.now ? "403" : "201", "LMSSetValue", of, value);
      const n = known[0].exec(of)[1];
      if (/^\d+$/.test(n) && Number(n) > count(of.split(".")[1])) return fail("201", "LMSSetValue", of, value);
      // Strictest first: what a thing is stands before what is said of it.
      if (/^\d+$/.test(n) && !of.endsWith(".id") && !(of.replace(/(\d+)\..*/, "$1.id") in lms.now)) return fail("201", "LMSSetValue", of, value);
      if (typeof value !== "string" || !known[1].test(value)) return fail("405", "LMSSetValue", of, value);
      lms.now[of] = value;
      return done();
    },
    LMSCommit(arg) {
      if (arg !== "") return fail("201", "LMSCommit", arg);
      if (lms.state !== "open") return fail("301", "LMSCommit");
      if (lms.broken) return fail("101", "LMSCommit");
      keep();
      return done();
    },
    LMSGetLastError: () => error,
    LMSGetErrorString: () => "",
    LMSGetDiagnostic: () => "",
  };
  window.API = Object.fromEntries(Object.entries(api).map(([call, f]) => [call, (...args) => {
    lms.calls.push({ call: [call, ...args].join(" "), at: Date.now() });
    return f(...args);
  }]));
})();
