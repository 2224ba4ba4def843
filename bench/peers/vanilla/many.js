import "./card.js";

globalThis.showAll = (text, place) => {
  place.append(...JSON.parse(text).reviews.map((data) => Object.assign(document.createElement("vanilla-card"), { data })));
};
