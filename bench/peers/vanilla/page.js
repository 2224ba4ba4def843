import "./card.js";
