// Counts what scripts leave behind: listeners, observers, timers, downloads. In a page's head, before all that is to be counted.
(() => {
  const listeners = [];
  const observers = new Map();
  const timers = new Map();
  const downloads = new Set();

  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const capture = (options) => (typeof options == "boolean" ? options : !!options?.capture);
  const at = (target, type, listener, options) =>
    listeners.findIndex((one) =>
      one.target == target && one.type == type && one.listener == listener && one.capture == capture(options));
  const forget = (...which) => {
    const found = at(...which);
    if (found >= 0) listeners.splice(found, 1);
  };
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? globalThis;
    const which = [target, type, listener, options];
    if (listener && at(...which) < 0) {
      listeners.push({ target, type, listener, capture: capture(options) });
      if (options?.once) add.call(target, type, () => forget(...which), { once: true });
      if (options?.signal) add.call(options.signal, "abort", () => forget(...which), { once: true });
    }
    add.apply(target, which.slice(1));
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const target = this ?? globalThis;
    forget(target, type, listener, options);
    remove.call(target, type, listener, options);
  };

  for (const name of ["MutationObserver", "ResizeObserver", "IntersectionObserver", "PerformanceObserver"]) {
    const Original = globalThis[name];
    if (!Original) continue;
    globalThis[name] = class extends Original {
      observe(target, ...rest) {
        if (!observers.has(this)) observers.set(this, { name, targets: new Set() });
        observers.get(this).targets.add(target);
        return super.observe(target, ...rest);
      }
      unobserve(target) {
        observers.get(this)?.targets.delete(target);
        return super.unobserve(target);
      }
      disconnect() {
        observers.delete(this);
        return super.disconnect();
      }
    };
  }

  for (const [start, stop, again] of [
    ["setTimeout", "clearTimeout"],
    ["setInterval", "clearInterval", true],
    ["requestAnimationFrame", "cancelAnimationFrame"],
    ["requestIdleCallback", "cancelIdleCallback"],
  ]) {
    const [begin, end] = [globalThis[start], globalThis[stop]];
    if (!begin) continue;
    globalThis[start] = (work, ...rest) => {
      const id = begin.call(globalThis, (...values) => {
        if (!again) timers.delete(`${start} ${id}`);
        work(...values);
      }, ...rest);
      // WebKit's driver waits in the page for the end of what it runs there.
      if (!/JavaScriptTimeout/.test(work)) timers.set(`${start} ${id}`, String(work));
      return id;
    };
    globalThis[stop] = (id) => {
      timers.delete(`${start} ${id}`);
      end.call(globalThis, id);
    };
  }

  const { fetch } = globalThis;
  globalThis.fetch = async (...request) => {
    const download = String(request[0]?.url ?? request[0]);
    const entry = { download };
    downloads.add(entry);
    const done = () => downloads.delete(entry);
    request[1]?.signal && add.call(request[1].signal, "abort", done);
    const response = await fetch.apply(globalThis, request).catch((error) => { done(); throw error; });
    if (!response.body) done();
    else {
      const { getReader } = response.body;
      response.body.getReader = function (...options) {
        const reader = getReader.apply(this, options);
        reader.closed.then(done, done);
        return reader;
      };
    }
    for (const name of ["arrayBuffer", "text", "json", "blob"]) {
      const read = response[name];
      response[name] = () => read.call(response).finally(done);
    }
    if (/wasm/.test(response.headers.get("content-type"))) done(); // Whoever compiles it reads it to its end.
    return response;
  };

  /** What there is now: of listeners, those of the page itself and of what is in it; but no test's own. */
  globalThis.left = () => ({
    listeners: listeners
      .filter(({ target }) => (target instanceof Node ? target.isConnected : target.constructor != EventTarget))
      .map(({ target, type }) => `${target.constructor.name} ${target.id ?? ""} ${type}`)
      .sort(),
    observed: [...observers.values()].flatMap(({ name, targets }) => [...targets].map((target) => `${name} ${target.localName}`)).sort(),
    timers: [...timers.values()],
    downloads: [...downloads].map(({ download }) => download),
  });
})();
