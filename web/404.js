
// Goes on to the lab, with the query and the fragment, so that a link that lost
// its way still opens its step. A host shows this page at any missing address
// below the site. `build -base` may have said where the site lies; otherwise
// the folder is found that holds this very build's loader.
(async () => {
  "use strict";
  const base = {{BASE}}, mark = {{MARK}};
  const open = (folder) => {
    if (folder !== location.pathname) location.replace(folder + location.search + location.hash);
  };
  if (base !== "./") return open(base);
  const parts = location.pathname.split("/");
  for (let n = 1; n < parts.length && n <= 8; n++) {
    const folder = parts.slice(0, n).join("/") + "/";
    try {
      const answer = await fetch(folder + mark, { method: "HEAD" });
      // Some hosts answer every address with a page.
      if (answer.ok && /javascript/.test(answer.headers.get("content-type"))) return open(folder);
    } catch {
      return; // offline: the page says that there is nothing here
    }
  }
})();
