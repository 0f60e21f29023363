// The clock of the page is the test's: goOn puts it on, and what has waited for it is done.
(() => {
  "use strict";
  const first = Date.now(), later = setTimeout, clear = clearTimeout, waits = [];
  let ahead = 0;
  Date.now = () => first + ahead;
  window.setTimeout = (f, ms, ...args) => (ms > 2000 ? 1e6 + waits.push([f, Date.now() + ms]) : later(f, ms, ...args));
  window.clearTimeout = (n) => (n > 1e6 ? (waits[n - 1e6 - 1] = null) : clear(n));
  window.goOn = (ms) => {
    ahead += ms;
    waits.forEach((wait, n) => {
      if (!wait || wait[1] > Date.now()) return;
      waits[n] = null;
      wait[0]();
    });
  };
})();
