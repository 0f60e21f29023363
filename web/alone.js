// Stands inline in lab.html, which holds all of the lab: there is nothing to fetch. It
// hands the program to the loader, and looks after links, as the file may have no
// address of its own: in a sandbox, or as the srcdoc of a frame.
(() => {
"use strict";
document.documentElement.dataset.alone = "true";
if (location.hash.length > 1) document.documentElement.classList.add("deep");
if (new URLSearchParams(location.search).has("embed") || /^#embed(\/|$)/.test(location.hash)) document.documentElement.dataset.embed = "true";

// The program stands in the page as text, as gzip in base64; the loader reads it as if it
// had been fetched.
Object.defineProperty(window, "fixlabProgram", {
  get() {
    const text = document.getElementById("program").textContent;
    let at = 0;
    return new Response(new ReadableStream({
      pull(out) {
        const part = atob(text.slice(at, at += 1 << 16));
        const bytes = new Uint8Array(part.length);
        for (let i = 0; i < part.length; i++) bytes[i] = part.charCodeAt(i);
        out.enqueue(bytes);
        if (at >= text.length) out.close();
      },
    }));
  },
});

addEventListener("click", (e) => {
  const link = e.target.closest?.("a[href]"), to = link?.getAttribute("href").replace(/^\.\//, "");
  if (!link || e.defaultPrevented || e.button || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey) return;
  if (pageAt(to) || sheetAt(to)) {
    e.preventDefault();
    fixlabRead(to);
  } else if (link.target) {
    return;
  } else if (to[0] === "#") {
    e.preventDefault();
    go(to);
  }
});

// go follows a link to a place in the lab. In a sandbox a browser may take its address for
// that of a file; in a srcdoc, for the one of the page around it, where no history can be
// written either.
function go(to) {
  try {
    history.pushState(null, "", to);
  } catch {
    if (location.hash !== to) {
      location.hash = to;
      return;
    }
  }
  dispatchEvent(new PopStateEvent("popstate"));
}

// The site's other pages stand in templates, those to print whole in scripts that are none.
const pageAt = (name) => document.querySelector(`template[data-page="${CSS.escape(name)}"]`);
const sheetAt = (name) => document.querySelector(`script[data-sheet="${CSS.escape(name)}"]`);

// fixlabRead shows one of them: a page to print in a tab of its own, where the browser lets
// it, and the others over the lab.
window.fixlabRead = fixlabRead;
function fixlabRead(name) {
  let page = pageAt(name);
  if (!page) {
    const text = sheetAt(name).textContent;
    if (open(URL.createObjectURL(new Blob([text], { type: "text/html" })))) return;
    const sheet = new DOMParser().parseFromString(text, "text/html");
    page = document.createElement("template");
    page.title = sheet.title;
    page.content.append(sheet.querySelector("main"));
  }
  const dialog = document.createElement("dialog"), close = document.createElement("button");
  dialog.className = "alone-page";
  dialog.setAttribute("aria-label", page.title);
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(close, page.content.cloneNode(true));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", (e) => e.stopPropagation()); // the lab's keys are not meant
  document.body.append(dialog);
  dialog.showModal();
}

// The loader is the last thing in the file: without it the file is cut short.
addEventListener("DOMContentLoaded", () => {
  if (!document.querySelector("script[data-whole]")) delete document.documentElement.dataset.alone;
});
})();
