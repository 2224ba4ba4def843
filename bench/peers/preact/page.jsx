import { render } from "preact";
import { Card } from "./Card.jsx";

for (const place of document.querySelectorAll("[data-review]")) {
  const response = await fetch(place.dataset.review);
  if (!response.ok) continue;
  const review = await response.json();
  place.replaceChildren();
  render(<Card review={review} />, place);
}
