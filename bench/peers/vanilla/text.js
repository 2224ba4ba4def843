import { inWords } from "../words.js";

function element(name, attributes, ...children) {
  const element = Object.assign(document.createElement(name), attributes);
  element.append(...children);
  return element;
}

function card({ title, url, work, author, published, verdict, rating, body }) {
  return element(
    "article",
    { className: "card" },
    element("h2", {}, element("a", { href: url }, title)),
    element("p", {}, element("cite", {}, work.name), ` (${work.year}) · ${author} · ${inWords(published)}`),
    element("p", { className: "verdict" }, verdict),
    element("p", { className: "mark" }, `${rating}/5`),
    element(
      "details",
      {},
      element("summary", {}, "Read the review"),
      ...body.map((paragraph) => element("p", {}, paragraph)),
    ),
  );
}

for (const place of document.querySelectorAll("[data-review]")) {
  const { review } = place.dataset;
  const data = review ? await (await fetch(review)).json() : JSON.parse(place.querySelector("script").text);
  place.replaceChildren(card(data));
}
