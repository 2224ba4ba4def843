//! German.

use super::{Words, one_or_other};

pub(super) static WORDS: Words = Words {
    tag: "de",
    rated_out_of: "Bewertet mit # von #",
    rated: "Bewertet mit #",
    read_more: "Rezension lesen",
    show_less: "Weniger anzeigen",
    minutes: ["# Min."; 6],
    pros: "Pro",
    cons: "Kontra",
    aspects: "Einzelwertungen",
    author: "Über den Autor",
    related: "Ähnliche Rezensionen",
    more: "Weitere Rezensionen",
    previous: "Vorige",
    next: "Nächste",
    updated: "Aktualisiert am #",
    spoiler: "Spoiler",
    failed: "Diese Rezension konnte nicht geladen werden.",
    months: [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember",
    ],
    date: "d. M y",
    decimal: ",",
    zero: '0',
    percent: "\u{a0}%",
    plural: one_or_other,
};
