import { render } from "preact";
import { Text } from "./TextCard.jsx";

for (const place of document.querySelectorAll("[data-review]")) {
  const { review } = place.dataset;
  const data = review ? await (await fetch(review)).json() : JSON.parse(place.querySelector("script").text);
  place.replaceChildren();
  render(<Text review={data} />, place);
}
