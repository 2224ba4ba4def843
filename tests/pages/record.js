// The first script of every page of the tests: keeps what happens, for the test to ask about.

/** The element's events, as they arrive at the window: what arrives there bubbles and is composed. */
globalThis.heard = [];
const hear = (type, name) =>
  addEventListener(type, ({ detail, bubbles, composed, target }) =>
    heard.push({ name, detail, bubbles, composed, target: target.id }),
  );
for (const name of ["load", "error", "toggle"]) hear(`review-card-${name}`, name);
for (const name of ["load", "error", "toggle"]) hear(`review-list-${name}`, `list-${name}`);

/** Warnings and errors, for browsers whose console cannot be read. */
globalThis.said = [];
for (const level of ["warn", "error"]) {
  const say = console[level];
  console[level] = (...words) => {
    let line = "";
    for (const word of words) line += (line && " ") + String(word); // A page may have changed what arrays can do.
    said.push(line);
    say.apply(console, words);
  };
}
addEventListener("error", (event) => event.message && said.push(event.message));
addEventListener("unhandledrejection", (event) => said.push(`unhandled: ${event.reason}`));

/** What the page's Content-Security-Policy has refused. */
globalThis.refused = [];
addEventListener("securitypolicyviolation", (event) =>
  refused.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}`),
);

/** Layout shifts, with how far they went. */
globalThis.shifts = [];
if (globalThis.PerformanceObserver?.supportedEntryTypes?.includes("layout-shift")) {
  new PerformanceObserver((list) => {
    for (const { startTime, value } of list.getEntries()) shifts.push({ startTime, value });
  }).observe({ type: "layout-shift", buffered: true });
}
