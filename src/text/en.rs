//! English.

use super::{Strings, one_or_other};

/// "October 24, 2011": the United States, Canada, and English without a region.
pub(super) static STRINGS: Strings = Strings { date: "M d, y", ..INTERNATIONAL_STRINGS };

/// "24 October 2011": Britain, Ireland, India, Australia and most others.
pub(super) static INTERNATIONAL: Strings = INTERNATIONAL_STRINGS;

const INTERNATIONAL_STRINGS: Strings = Strings {
    tag: "en",
    rated_out_of: "Rated # out of #",
    rated: "Rated #",
    measure: "Higher than # of # reviews",
    read_more: "Read the review",
    show_less: "Show less",
    minutes: ["# min"; 6],
    pros: "Pros",
    cons: "Cons",
    aspects: "Ratings in detail",
    author: "About the author",
    history: "Verdicts over time",
    links: "Where to find it",
    sponsored: "Sponsored",
    disclosure: "Disclosure:",
    disclosures: ["received for free", "paid partnership", "affiliate links", "own interest", "made with AI"],
    season: "S#",
    episode: "E#",
    related: "Related reviews",
    opinions: "Second opinions",
    more: "More reviews",
    previous: "Previous",
    next: "Next",
    updated: "Updated #",
    spoiler: "Spoiler",
    failed: "This review could not be loaded.",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    date: "d M y",
    decimal: ".",
    zero: '0',
    percent: "%",
    plural: one_or_other,
};
