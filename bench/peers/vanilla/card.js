import { fills, inWords, minutes, STAR } from "../words.js";

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => String(text).replace(/[&<>"]/g, (char) => ENTITIES[char]);

/** A template: values are escaped unless they come from a template; null and similar values are written as nothing. */
function html(strings, ...values) {
  return new Markup(String.raw({ raw: strings }, ...values.map(written)));
}
class Markup extends String {}
const written = (value) =>
  value instanceof Markup ? value : Array.isArray(value) ? value.map(written).join("") : escaped(value ?? "");

const numeral = (rating) =>
  html`<span class="numeral" role="img" aria-label="Rated ${rating} out of 5"><b>${rating}</b><small>/5</small></span>`;

const star = (fill) =>
  html`<svg aria-hidden="true" viewBox="0 0 24 24"><path class="line" d="${STAR}" />${fill && html`<path class="fill" d="${fill}" />`}</svg>`;

const aspect = ({ name, rating }) =>
  html`<li><span>${name}</span>${numeral(rating)}<svg aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none"><rect width="${rating * 20}" height="4" /></svg></li>`;

const notes = (name, heading, list) =>
  html`<section class="${name}"><h3>${heading}</h3><ul>${list.map((note) => html`<li>${note}</li>`)}</ul></section>`;

const entry = ({ title, url, verdict, image, rating }) =>
  html`<li><img src="${image}" alt="" loading="lazy" decoding="async"><div><p class="head"><a href="${url}">${title}</a> ${numeral(rating)}</p>${verdict && html`<p class="excerpt">${verdict}</p>`}</div></li>`;

const piece = (name, direction, { title, url }) =>
  html`<div class="${name}"><a href="${url}"><small>${direction}</small> ${title}</a></div>`;

const card = (review) => html`<article class="card" lang="${review.lang}"><div class="layout">
<header>
<p class="section">${review.section}</p>
<h2><a href="${review.url}">${review.title}</a></h2>
<div class="about">
<p><cite>${review.work.name}</cite> (${review.work.year}) · ${review.work.creators.join(" · ")}</p>
<p><time datetime="${review.published}">${inWords(review.published)}</time> · <time datetime="${review.updated}">Updated ${inWords(review.updated)}</time></p>
</div>
<p class="verdict">${review.verdict}</p>
</header>
<figure>
<img src="${review.image.src}" alt="${review.image.alt}" width="${review.image.width}" height="${review.image.height}" loading="lazy" decoding="async">
<figcaption>${review.image.caption}</figcaption>
</figure>
<div class="facts">
<div class="rating">
<p class="mark" role="img" aria-label="Rated ${review.rating.value} out of 5"><span class="numeral"><b>${review.rating.value}</b><small>/5</small></span><span class="stars">${fills(review.rating.value).map(star)}</span></p>
<p class="label">${review.rating.label}</p>
</div>
<section class="aspects"><h3>Ratings in detail</h3><ul>${review.aspects.map(aspect)}</ul></section>
<div class="notes">${notes("pros", "Pros", review.pros)}${notes("cons", "Cons", review.cons)}</div>
</div>
<div class="rest">
<details>
<summary><span class="more">Read the review<span class="minutes"> · ${minutes(review.body)} min</span></span><span class="less">Show less</span></summary>
<div class="text">${review.body.map((paragraph) => html`<p>${paragraph}</p>`)}</div>
</details>
<section class="author">
<h3>About the author</h3>
<div><img src="${review.author.image}" alt="" loading="lazy" decoding="async"><div>
<p class="byline"><a href="${review.author.url}">${review.author.name}</a> <span>${review.author.role}</span></p>
<p class="bio">${review.author.bio}</p>
</div></div>
</section>
<section class="related"><h3>Related reviews</h3><ul>${review.related.map(entry)}</ul></section>
<nav aria-label="More reviews">${piece("previous", "Previous", review.previous)}${piece("next", "Next", review.next)}</nav>
</div>
</div></article>`;

class VanillaCard extends HTMLElement {
  #data;

  async connectedCallback() {
    const src = this.getAttribute("src");
    if (!src || this.#data) return;
    const response = await fetch(src);
    if (response.ok) this.data = await response.json();
  }

  get data() {
    return this.#data;
  }
  set data(review) {
    this.#data = review;
    this.innerHTML = card(review);
  }
}
customElements.define("vanilla-card", VanillaCard);
