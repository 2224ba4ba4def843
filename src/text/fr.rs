//! French.

use super::{Plural, Strings};

pub(super) static STRINGS: Strings = Strings {
    tag: "fr",
    rated_out_of: "Note : # sur #",
    rated: "Note : #",
    measure: "Mieux noté que # de # critiques",
    read_more: "Lire la critique",
    show_less: "Réduire",
    minutes: ["# min"; 6],
    pros: "Les plus",
    cons: "Les moins",
    aspects: "Notes en détail",
    author: "À propos de l’auteur",
    history: "Les avis au fil du temps",
    links: "Où le trouver",
    sponsored: "Sponsorisé",
    disclosure: "Transparence :",
    disclosures: [
        "reçu gratuitement",
        "partenariat rémunéré",
        "liens affiliés",
        "intérêt personnel",
        "créé avec l’IA",
    ],
    season: "S#",
    episode: "E#",
    related: "Critiques liées",
    opinions: "Autres avis",
    more: "Autres critiques",
    previous: "Précédente",
    next: "Suivante",
    updated: "Mis à jour le #",
    spoiler: "Divulgâcheur",
    failed: "Cette critique n’a pas pu être chargée.",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    date: "d M y",
    decimal: ",",
    zero: '0',
    percent: "\u{202f}%",
    plural,
};

fn plural(n: u32) -> Plural {
    if n < 2 { Plural::One } else { Plural::Other }
}
