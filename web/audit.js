// Reads a recording of a login for the page, in a worker: see worker.js. Of a HAR it keeps
// what package lab/audit looks at, and hands that on as a HAR which has nothing else in it:
// no bodies, no values of a query or of a posted field. Whatever is no JSON, and a document of
// OpenAPI, it hands on as it is. It stands in the loader's file, as the worker does.
if (typeof document === "undefined") self.fixlabRead = async (source) => {
  const most = 9000, header = 1 << 16, entries = 20001; // a little more than is read: what is too long is told of
  const str = (value, n = most) => typeof value === "string" ? value.slice(0, n) : "";
  const list = (value, n = 400) => Array.isArray(value) ? value.slice(0, n).filter((e) => e && typeof e === "object") : [];
  const filled = (value) => value !== undefined && value !== null && value !== "";
  const empty = (value) => value && "_";

  // text decodes a file piece by piece, and says how far it is.
  async function text(file) {
    const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
    const wide = { 0xfffe: "utf-16le", 0xfeff: "utf-16be" }[head[0] << 8 | head[1]];
    const decoder = new TextDecoder(wide || "utf-8"), reader = file.stream().getReader(), pieces = [];
    let got = 0, told = 0;
    for (let part; !(part = await reader.read()).done;) {
      pieces.push(decoder.decode(part.value, { stream: true }));
      got += part.value.length;
      if (got - told > 1 << 22) postMessage({ read: told = got });
    }
    return pieces.join("") + decoder.decode();
  }

  // bare is an address whose values are gone: where there was one stands "_".
  function bare(address) {
    let [, head, query] = /^([^?#]*)(\?[^#]*)?/.exec(str(address));
    head = head.replace(/^(\w+:\/\/)[^/@]*@/, (user, scheme) => scheme + (/:[^/]+@$/.test(user) ? "_:_@" : "_@"));
    return head.replace(/;([^=/;]*)=[^/;]*/g, ";$1=_") +
      (query || "").replace(/([?&])([^=&]*)=([^&]*)/g, (_, mark, name, value) => `${mark}${name}=${empty(value)}`);
  }

  // posted is the names of what a request carries, as lab/audit/record finds them; secret are
  // those of PasswordField (lab/audit/words.go).
  const secret = /passw|pwd|pswd|passphrase|passcode|kennwort|mot[_-]?de[_-]?passe|contrase|senha|wachtwoord|parola|[_-]pass$|^pass_|^(user|login)?pass$|^(pw|haslo)$/i;
  function posted(data) {
    const params = list(data.params).map((p) => [str(p.name), filled(p.value)]);
    const body = typeof data.text === "string" ? data.text : "", kind = str(data.mimeType).toLowerCase();
    if (params.length || !body) return params;
    if (kind.startsWith("multipart/form-data")) {
      const end = body.indexOf("\n"), boundary = body.slice(0, Math.max(0, end)).replace(/\r$/, "");
      if (!boundary.startsWith("--") || boundary.length > 72) return params;
      for (const part of ("\n" + body.slice(end + 1)).split("\n" + boundary)) {
        const [head, ...rest] = part.slice(0, most).replaceAll("\r\n", "\n").split("\n\n");
        const name = /^content-disposition\s*:.*? name="([^"]*)/im.exec(head);
        if (name) params.push([name[1], rest.join("").trim() !== ""]);
      }
    } else if (kind.includes("json") || /^\s*\{/.test(body)) {
      let tree;
      try {
        tree = JSON.parse(body);
      } catch {
        for (const [, name] of body.slice(0, header).matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)) params.push([name.slice(0, most), true]);
      }
      fields(tree, "", 0, params);
    } else if (!kind || kind.startsWith("application/x-www-form-urlencoded")) {
      for (const part of body.split("&", 400)) {
        const at = part.indexOf("=");
        if (part) params.push([plain(at < 0 ? part : part.slice(0, at)).slice(0, most), at >= 0 && at < part.length - 1]);
      }
    }
    return params;
  }
  function fields(tree, way, depth, params) {
    if (!tree || typeof tree !== "object" || Array.isArray(tree)) return;
    for (const [name, value] of Object.entries(tree).slice(0, 400)) {
      const inner = value && typeof value === "object" && !Array.isArray(value) && depth < 4;
      if (!depth || (!inner && secret.test(name))) params.push([(way + name).slice(0, most), !inner && filled(value)]);
      if (inner) fields(value, way + name + ".", depth + 1, params);
    }
  }
  function plain(text) {
    try {
      return decodeURIComponent(text.replaceAll("+", " "));
    } catch {
      return text;
    }
  }

  // kept is the headers that count.
  const counts = {
    request: { cookie: (v) => str(v, header), authorization: (v) => /^basic /i.test(v) ? "Basic _" : "_" },
    response: { "set-cookie": (v) => str(v, header), location: bare, "strict-transport-security": str, "cache-control": str },
  };
  const kept = (message, which) => list(message.headers, 2000).flatMap(({ name, value }) => {
    const keep = typeof name === "string" && Object.hasOwn(which, name = name.toLowerCase()) && typeof value === "string" && which[name];
    return keep ? [{ name, value: keep(value) }] : [];
  });
  const cookie = (attributes) => (c) => Object.fromEntries(Object.entries(c).filter(([k]) => attributes.includes(k)).map(([k, v]) => [k, typeof v === "string" ? str(v) : v === true]));

  function narrow(entry) {
    const { request, response } = entry, out = { startedDateTime: str(entry.startedDateTime, 40) };
    if (filled(entry._fromCache)) out._fromCache = "_";
    if (request && typeof request === "object") {
      const headers = kept(request, counts.request);
      out.request = { method: str(request.method, 40), url: bare(request.url), headers };
      if (!headers.some((h) => h.name === "cookie")) out.request.cookies = list(request.cookies).map(cookie(["name", "value"]));
      if (request.postData) out.request.postData = { params: posted(request.postData).map(([name, _filled]) => ({ name, _filled })) };
    }
    if (response && typeof response === "object") {
      out.response = { status: Number.isInteger(response.status) ? response.status : 0, headers: kept(response, counts.response), redirectURL: bare(response.redirectURL),
        cookies: list(response.cookies).map(cookie(["name", "value", "path", "domain", "expires", "sameSite", "secure", "httpOnly"])) };
    }
    return out;
  }

  try {
    const whole = typeof source === "string" ? source : await text(source);
    postMessage({ read: typeof source === "string" ? source.length : source.size });
    let tree;
    try {
      if (/^\s*[{[]/.test(whole)) tree = JSON.parse(whole);
    } catch {
      // in several parts, or cut short: it is read as far as it goes
    }
    if (tree === undefined) return postMessage({ text: whole });
    const log = tree && tree.log;
    if (!log && tree && (tree.openapi || tree.swagger)) return postMessage({ text: whole, document: true });
    if (!log || !Array.isArray(log.entries)) return postMessage({ text: "{}" });
    postMessage({ text: JSON.stringify({ log: { creator: { name: str(log.creator && log.creator.name, 40) }, entries: list(log.entries, entries).map(narrow) } }) });
  } catch (err) {
    postMessage({ fault: String((err && err.message) || err).slice(0, 200) });
  }
};
