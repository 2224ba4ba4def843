import { css, html, LitElement, nothing, svg, unsafeCSS } from "lit";
import { fills, inWords, minutes, STAR } from "../words.js";
import sheet from "../card.css";

const numeral = (rating) =>
  html`<span class="numeral" role="img" aria-label="Rated ${rating} out of 5"><b>${rating}</b><small>/5</small></span>`;

const star = (fill) => html`
  <svg aria-hidden="true" viewBox="0 0 24 24">
    <path class="line" d=${STAR} />${fill ? svg`<path class="fill" d=${fill} />` : nothing}
  </svg>`;

const aspect = ({ name, rating }) => html`
  <li>
    <span>${name}</span>${numeral(rating)}
    <svg aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none">
      <rect width=${rating * 20} height="4" />
    </svg>
  </li>`;

const notes = (name, heading, list) => html`
  <section class=${name}>
    <h3>${heading}</h3>
    <ul>${list.map((note) => html`<li>${note}</li>`)}</ul>
  </section>`;

const entry = ({ title, url, verdict, image, rating }) => html`
  <li>
    <img src=${image} alt="" loading="lazy" decoding="async" />
    <div>
      <p class="head"><a href=${url}>${title}</a> ${numeral(rating)}</p>
      ${verdict ? html`<p class="excerpt">${verdict}</p>` : nothing}
    </div>
  </li>`;

const piece = (name, direction, { title, url }) =>
  html`<div class=${name}><a href=${url}><small>${direction}</small> ${title}</a></div>`;

class LitCard extends LitElement {
  static properties = { src: {}, data: { attribute: false } };
  static styles = [css`:host { display: block; }`, unsafeCSS(sheet)];

  async connectedCallback() {
    super.connectedCallback();
    if (!this.src || this.data) return;
    const response = await fetch(this.src);
    if (response.ok) this.data = await response.json();
  }

  render() {
    const review = this.data;
    if (!review) return html`<slot></slot>`;
    const { author, image, rating, work } = review;
    return html`
      <article class="card" lang=${review.lang}>
        <div class="layout">
          <header>
            <p class="section">${review.section}</p>
            <h2><a href=${review.url}>${review.title}</a></h2>
            <div class="about">
              <p><cite>${work.name}</cite> (${work.year}) · ${work.creators.join(" · ")}</p>
              <p>
                <time datetime=${review.published}>${inWords(review.published)}</time> ·
                <time datetime=${review.updated}>Updated ${inWords(review.updated)}</time>
              </p>
            </div>
            <p class="verdict">${review.verdict}</p>
          </header>
          <figure>
            <img
              src=${image.src}
              alt=${image.alt}
              width=${image.width}
              height=${image.height}
              loading="lazy"
              decoding="async"
            />
            <figcaption>${image.caption}</figcaption>
          </figure>
          <div class="facts">
            <div class="rating">
              <p class="mark" role="img" aria-label="Rated ${rating.value} out of 5">
                <span class="numeral"><b>${rating.value}</b><small>/5</small></span>
                <span class="stars">${fills(rating.value).map(star)}</span>
              </p>
              <p class="label">${rating.label}</p>
            </div>
            <section class="aspects">
              <h3>Ratings in detail</h3>
              <ul>${review.aspects.map(aspect)}</ul>
            </section>
            <div class="notes">${notes("pros", "Pros", review.pros)}${notes("cons", "Cons", review.cons)}</div>
          </div>
          <div class="rest">
            <details>
              <summary>
                <span class="more">Read the review<span class="minutes"> · ${minutes(review.body)} min</span></span>
                <span class="less">Show less</span>
              </summary>
              <div class="text">${review.body.map((paragraph) => html`<p>${paragraph}</p>`)}</div>
            </details>
            <section class="author">
              <h3>About the author</h3>
              <div>
                <img src=${author.image} alt="" loading="lazy" decoding="async" />
                <div>
                  <p class="byline"><a href=${author.url}>${author.name}</a> <span>${author.role}</span></p>
                  <p class="bio">${author.bio}</p>
                </div>
              </div>
            </section>
            <section class="related">
              <h3>Related reviews</h3>
              <ul>${review.related.map(entry)}</ul>
            </section>
            <nav aria-label="More reviews">
              ${piece("previous", "Previous", review.previous)}${piece("next", "Next", review.next)}
            </nav>
          </div>
        </div>
      </article>`;
  }
}
customElements.define("lit-card", LitCard);
