import { createRoot } from "react-dom/client";
import { Card } from "./Card.jsx";

globalThis.showAll = (text, place) => {
  const { reviews } = JSON.parse(text);
  createRoot(place).render(reviews.map((review) => <Card key={review.id} review={review} />));
};
