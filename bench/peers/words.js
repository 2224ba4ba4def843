// Functions that every peer needs and no framework has: the date in words, the reading time, and the paths of a star.

const dates = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

export const inWords = (date) => dates.format(new Date(date));

export const minutes = (paragraphs) => Math.ceil(paragraphs.join(" ").split(/\s+/).length / 230);

export const STAR = "M12 1.8l3.1 6.6 7.1.9-5.2 5 1.3 7.1L12 17.9l-6.3 3.5L7 14.3l-5.2-5 7.1-.9z";
const HALF = "M12 1.8v16.1l-6.3 3.5L7 14.3l-5.2-5 7.1-.9z";

/** Returns the path of each of five stars: full, half or empty. */
export const fills = (value) => [0, 1, 2, 3, 4].map((below) => (value >= below + 1 ? STAR : value > below ? HALF : ""));
