// Runs in each page before its own scripts, and stores the measurements in `bench`.
(() => {
  const bench = (globalThis.bench = { lcp: null, tasks: [], memories: [], toggled: null });
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });

  observe("largest-contentful-paint", ({ startTime, size, url }) => (bench.lcp = { time: startTime, size, url }));
  observe("longtask", ({ duration }) => bench.tasks.push(duration));

  // Cumulative layout shift (https://web.dev/articles/cls): the largest group of shifts that are less than a second
  // apart, within at most five seconds.
  let [cls, sum, first, last] = [0, 0, 0, 0];
  observe("layout-shift", ({ startTime, value, hadRecentInput }) => {
    if (hadRecentInput) return;
    const goesOn = sum && startTime - last < 1000 && startTime - first < 5000;
    if (!goesOn) [sum, first] = [0, startTime];
    sum += value;
    last = startTime;
    cls = Math.max(cls, sum);
  });

  // Records the memory of each module that the page starts, and when a list's module gets the first bytes of a file.
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(original, input) {
      const { exports } = new original(...input);
      if (exports.memory) bench.memories.push(exports.memory);
      if (!exports.list_push) return { exports };
      const list_push = (...given) => {
        bench.inHand ??= performance.now();
        return exports.list_push(...given);
      };
      return { exports: { ...exports, list_push } };
    },
  });

  const HOSTS = "review-list, review-card, lit-card";

  /** Returns all elements that match a selector, including those in shadow roots. */
  bench.all = (selector, root = document) => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll(HOSTS)].flatMap((host) => (host.shadowRoot ? bench.all(selector, host.shadowRoot) : [])),
  ];

  const frame = () => new Promise(requestAnimationFrame);
  const rest = (bench.rest = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));

  /** Resolves once the current frame has been painted. Must be called in an animation frame. */
  const painted = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });

  /** Returns the milliseconds from a list's first bytes in the wasm module to its first cards in the document. */
  bench.firstScreen = async () => {
    for (;;) {
      await frame();
      const [shown] = performance.getEntriesByName("review-list-shown");
      if (shown) return shown.startTime - bench.inHand;
    }
  };

  /** Returns whether a list has loaded its whole file. */
  bench.isWhole = () =>
    bench.all(".review-list__count").some(({ textContent }) => /\d/.test(textContent) && !/so far/.test(textContent));

  /** Resolves once `count` cards are in the document and painted. */
  bench.watchDrawn = async (count) => {
    do await frame();
    while (bench.all("article h2").length < count);
    await painted();
    bench.drawn = performance.now();
  };

  /** Returns the measurements of a page with cards only, once the page is at rest. */
  bench.seen = async (pause) => {
    if (document.readyState != "complete") await new Promise((resolve) => addEventListener("load", resolve));
    await rest(pause);
    const [paint] = performance.getEntriesByType("paint");
    return {
      firstPaint: paint.startTime,
      lcp: bench.lcp.time,
      drawn: bench.drawn,
      cls,
      longest: bench.longestTask(),
      wasm: bench.wasmBytes(),
      words: bench.all("article")[0].textContent,
    };
  };

  /** Focuses the search box of a list; resolves once it exists. */
  bench.searchIsThere = async () => {
    while (!bench.all("input[type=search]").length) await rest(100);
    bench.all("input[type=search]")[0].focus();
  };

  /** Like `searchIsThere`, but waits until the whole file has been loaded. */
  bench.searchIsWhole = async () => {
    while (!bench.isWhole()) await rest(100);
    await bench.searchIsThere();
  };

  bench.forgetTasks = () => void (bench.tasks.length = 0);
  bench.longestTask = () => Math.max(0, ...bench.tasks);

  const isOpen = ({ parentElement: details }) =>
    details.open && [...details.querySelectorAll("p")].some((line) => line.getClientRects().length);

  /** Clicks the toggle in each frame until it opens the review. Frames begin when the page is first painted. */
  bench.watchToggle = async () => {
    for (;;) {
      await frame();
      const [toggle] = bench.all("article summary");
      toggle?.click();
      if (toggle && isOpen(toggle)) break;
    }
    bench.toggled = performance.now();
  };

  /** Resolves once the card is shown, its picture is loaded, and the page is at rest. */
  bench.settled = async (pause) => {
    if (document.readyState != "complete") await new Promise((resolve) => addEventListener("load", resolve));
    const picture = () => bench.all("article figure img")[0];
    while (!picture()?.complete || !picture().naturalWidth) await rest(50);
    await rest(pause);
    const largest = Math.max(0, ...bench.tasks);
    return { lcp: bench.lcp, cls, longest: largest };
  };

  /** Returns what the card looks like, and whether its toggle works. */
  bench.look = async () => {
    const article = bench.all("article")[0];
    const toggle = article.querySelector("summary");
    const box = (element) => {
      const { width, height } = element.getBoundingClientRect();
      return [width, height].map(Math.round);
    };
    const text = article.innerText.replace(/\s+/g, " ").trim();
    const boxes = Object.fromEntries(
      ["header", "h2", "figure img", "summary", "nav"].map((name) => [name, box(article.querySelector(name))]),
    );
    boxes.article = box(article);
    const states = [isOpen(toggle)];
    for (let click = 0; click < 2; click++) {
      toggle.click();
      await rest(400);
      states.push(isOpen(toggle));
    }
    return { text, boxes, states, largest: bench.lcp?.url };
  };

  /** Measures `times` times how long it takes from a click to the next paint. */
  bench.toggleLatencies = async (times) => {
    const toggle = bench.all("article summary")[0];
    const latencies = [];
    for (let time = 0; time < times; time++) {
      await rest(400 + time); // Wait for the transition to end, and start at a different point of the frame each time.
      const start = performance.now();
      toggle.click();
      await frame();
      await painted();
      latencies.push(performance.now() - start);
    }
    return latencies;
  };

  /** Returns whether cards cover the viewport: four of five points belong to one. */
  const coversViewport = () => {
    const isInCard = (x, y) => {
      let element = document.elementFromPoint(x, y);
      for (let within; (within = element?.shadowRoot?.elementFromPoint(x, y)) && within != element; ) element = within;
      return element?.closest("article")?.querySelector("h2");
    };
    return [0.1, 0.3, 0.5, 0.7, 0.9].filter((height) => isInCard(innerWidth / 2, innerHeight * height)).length >= 4;
  };

  const show = async (text, arrived) => {
    const place = document.createElement("div");
    document.querySelector("main").append(place);
    const start = performance.now();
    showAll(text, place);
    do await frame();
    while (!arrived(place));
    await painted();
    return { place, time: performance.now() - start };
  };

  /**
   * Measures the time from a collection's text to its cards on the screen. The program is loaded and has drawn one card
   * before.
   */
  bench.paintAll = async (text, count, drawsAll) => {
    const one = JSON.stringify({ reviews: JSON.parse(text).reviews.slice(0, 1) });
    const first = await show(one, (place) => bench.all("article", place).length == 1);
    first.place.remove();
    await rest(500);
    const arrived = (place) => coversViewport() && (!drawsAll || bench.all("article", place).length == count);
    return (await show(text, arrived)).time;
  };

  bench.wasmBytes = () => bench.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
})();
