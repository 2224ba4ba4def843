//! Spanish.

use super::{Words, one_or_other};

pub(super) static WORDS: Words = Words {
    tag: "es",
    rated_out_of: "Valoración: # de #",
    rated: "Valoración: #",
    read_more: "Leer la reseña",
    show_less: "Mostrar menos",
    minutes: ["# min"; 6],
    pros: "A favor",
    cons: "En contra",
    aspects: "Valoraciones en detalle",
    author: "Sobre el autor",
    related: "Reseñas relacionadas",
    more: "Más reseñas",
    previous: "Anterior",
    next: "Siguiente",
    updated: "Actualizado el #",
    spoiler: "Spoiler",
    failed: "No se ha podido cargar esta reseña.",
    months: [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
        "noviembre", "diciembre",
    ],
    date: "d _ M _ y",
    decimal: ",",
    zero: '0',
    percent: "\u{a0}%",
    plural: one_or_other,
};
