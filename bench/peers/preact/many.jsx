import { render } from "preact";
import { Card } from "./Card.jsx";

globalThis.showAll = (text, place) => {
  const { reviews } = JSON.parse(text);
  render(reviews.map((review) => <Card key={review.id} review={review} />), place);
};
