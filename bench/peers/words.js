// What each peer needs and no framework brings: the date in words, the reading time, and what a star is drawn of.

const dates = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

export const inWords = (date) => dates.format(new Date(date));

export const minutes = (paragraphs) => Math.ceil(paragraphs.join(" ").split(/\s+/).length / 230);

export const STAR = "M12 1.8l3.1 6.6 7.1.9-5.2 5 1.3 7.1L12 17.9l-6.3 3.5L7 14.3l-5.2-5 7.1-.9z";
const HALF = "M12 1.8v16.1l-6.3 3.5L7 14.3l-5.2-5 7.1-.9z";

/** For each of five stars what of it is filled: all, half or nothing. */
export const fills = (value) => [0, 1, 2, 3, 4].map((below) => (value >= below + 1 ? STAR : value > below ? HALF : ""));
