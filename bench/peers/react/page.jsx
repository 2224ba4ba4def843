import { createRoot } from "react-dom/client";
import { Card } from "./Card.jsx";

for (const place of document.querySelectorAll("[data-review]")) {
  const response = await fetch(place.dataset.review);
  if (response.ok) createRoot(place).render(<Card review={await response.json()} />);
}
