// The worker: a second instance of the page's own wasm, for long sums. The page
// hands over what it has compiled; the program sees that there is no document,
// and answers messages instead of drawing a page. Or the page hands over a recording,
// which audit.js reads. It stands in the loader's file, so that a page that runs has its
// worker whole.
if (typeof document === "undefined") {
  addEventListener("message", async ({ data: module }) => {
    if (!(module instanceof WebAssembly.Module)) return fixlabRead(module);
    try {
      const go = new Go();
      const instance = await WebAssembly.instantiate(module, go.importObject);
      await go.run(instance); // settles when the program ends, which it never should
      postMessage("!the worker ended");
    } catch (err) {
      postMessage("!" + String((err && err.message) || err));
    }
  }, { once: true });
}
