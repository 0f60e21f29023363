// Stands inline in the shell, which shows the first view of the course: with another
// address nothing of it is seen until the page has started.
if (location.hash.length > 1) document.documentElement.classList.add("deep");
// Nor is what frames a lesson in somebody else's page.
if (new URLSearchParams(location.search).has("embed") || /^#embed(\/|$)/.test(location.hash)) document.documentElement.dataset.embed = "true";

// A file of the head that did not load, or not whole,
// is asked for once more, at an address that no cache knows. The loader cannot do
// that for itself. In a sandbox the host is another origin, whose files a browser
// does not let be checked.
addEventListener("error", ({ target: lost }) => {
  if (!lost.integrity || lost.dataset.again) return;
  const again = document.createElement(lost.localName);
  for (const { name, value } of lost.attributes) {
    if (name !== "integrity" || origin !== "null") again.setAttribute(name, value);
  }
  again.dataset.again = "true";
  again[lost.href ? "href" : "src"] += "?" + Date.now();
  const put = () => lost.replaceWith(again);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", put);
  else put();
}, true);

// The program is on its way before the loader is, behind all that the first view needs;
// the loader reads it once that is painted.
new MutationObserver((_, observer) => {
  const loader = document.querySelector("script[data-whole]");
  if (!loader) return;
  observer.disconnect();
  if (!window.fetch || !window.DecompressionStream || location.protocol === "file:") return;
  const { app, whole, wholeAt } = loader.dataset, page = location.hash.slice(1).split("/")[0];
  const { packed } = JSON.parse(wholeAt.split(" ").includes(page) ? whole : app);
  window.fixlabProgram = fetch(new URL(packed, loader.src), { priority: "low" });
  window.fixlabProgram.catch(() => {}); // the loader asks again
}).observe(document.documentElement, { childList: true, subtree: true });
