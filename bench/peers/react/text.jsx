import { createRoot } from "react-dom/client";
import { Text } from "./TextCard.jsx";

for (const place of document.querySelectorAll("[data-review]")) {
  const { review } = place.dataset;
  const data = review ? await (await fetch(review)).json() : JSON.parse(place.querySelector("script").text);
  createRoot(place).render(<Text review={data} />);
}
