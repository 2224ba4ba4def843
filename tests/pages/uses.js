// Keeps what a page's scripts use of what stores, counts or tells readers apart: the name of each, in the order of first use.
// What the browser does by itself does not come by here. Nor does the clock that long work is parted by, or a MessageChannel of
// which both ends stay with the list: neither tells anybody anything.

globalThis.used = [];

(() => {
  const note = (name) => used.includes(name) || used.push(name);

  /** Whether a script with an address is among the callers: a browser's driver makes functions of text, too, and has none. */
  function isOfPage() {
    const { stack } = new Error();
    return stack.split("\n").some((line) => /https?:/.test(line) && !line.includes("/pages/uses.js"));
  }

  /** Each getter, setter and method that an object has itself, or those that are named. */
  function watch(name, object, keys = Reflect.ownKeys(object ?? {}), counts = () => true) {
    for (const key of keys) {
      if (typeof key == "symbol" || key == "constructor") continue;
      const property = Object.getOwnPropertyDescriptor(object, key);
      if (!property?.configurable) continue;
      for (const part of ["get", "set", "value"]) {
        const original = property[part];
        if (typeof original != "function") continue;
        property[part] = new Proxy(original, {
          apply(target, self, input) {
            if (counts(...input)) note(`${name}.${key}`);
            return Reflect.apply(target, self, input);
          },
          construct(target, input, made) {
            if (counts(...input)) note(`${name}.${key}`);
            return Reflect.construct(target, input, made);
          },
        });
      }
      Object.defineProperty(object, key, property);
    }
  }

  const prototypes = (...names) => names.forEach((name) => watch(name, globalThis[name]?.prototype));

  // What is kept in a browser.
  prototypes("Storage", "IDBFactory", "CacheStorage", "CookieStore", "StorageManager", "LockManager", "CredentialsContainer");
  watch("window", globalThis, ["localStorage", "sessionStorage", "indexedDB", "caches", "cookieStore", "name"]);
  watch("Document", Document.prototype, ["cookie", "referrer", "requestStorageAccess", "browsingTopics"]);

  // What tells one reader, browser or machine from another.
  prototypes("Navigator", "NavigatorUAData", "Screen", "Geolocation", "MediaDevices", "Permissions", "SpeechSynthesis");
  prototypes("FontFaceSet", "WebGLRenderingContext", "WebGL2RenderingContext", "GPU", "History");
  prototypes("NetworkInformation", "BatteryManager", "Keyboard", "MediaCapabilities", "XRSystem", "PerformanceObserver");
  watch("Performance", Performance.prototype, ["getEntries", "getEntriesByType", "getEntriesByName", "memory", "timing"]);
  watch("Performance", Performance.prototype, ["measureUserAgentSpecificMemory", "timeOrigin"]);
  // A card listens to this query, so that it can follow the page's colours.
  watch("window", globalThis, ["matchMedia"], (query) => query != "(prefers-color-scheme: dark)");
  watch("window", globalThis, ["DeviceMotionEvent", "DeviceOrientationEvent", "Accelerometer", "Gyroscope"]);
  watch("HTMLCanvasElement", HTMLCanvasElement.prototype, ["getContext", "toDataURL", "toBlob", "transferControlToOffscreen"]);
  watch("CanvasRenderingContext2D", CanvasRenderingContext2D.prototype, ["getImageData", "measureText", "fillText"]);
  watch("Date", Date.prototype, ["getTimezoneOffset", "toLocaleString", "toLocaleDateString", "toLocaleTimeString"]);
  watch("Intl", Intl);
  watch("window", globalThis, ["OffscreenCanvas", "AudioContext", "OfflineAudioContext", "RTCPeerConnection", "FontFace"]);
  watch("window", globalThis, ["devicePixelRatio", "screenX", "screenLeft", "outerWidth", "queryLocalFonts", "Notification"]);

  // What sends, beside fetch, modules and pictures: those the server sees.
  watch("window", globalThis, ["XMLHttpRequest", "WebSocket", "WebTransport", "EventSource", "Worker", "SharedWorker", "open"]);
  watch("window", globalThis, ["BroadcastChannel", "postMessage", "PresentationRequest", "PaymentRequest", "fetchLater"]);
  prototypes("ServiceWorkerContainer", "PushManager", "BroadcastChannel");
  watch("HTMLFormElement", HTMLFormElement.prototype, ["submit", "requestSubmit"]);

  // What makes code of text.
  watch("window", globalThis, ["eval", "Function"], isOfPage);
})();
