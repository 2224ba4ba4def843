//! Decides whether two reviews are the same.

use crate::model::{Body, Review, Work, slug};

/// Returns whether two reviews with the same id, from two files, are the same review. If the id was made from the
/// title, which several works may share, their content must be equal too. Relative addresses are not compared.
pub(super) fn is_same(one: &Review, other: &Review) -> bool {
    fn of_work(work: &Work) -> [Option<&String>; 3] {
        [Some(&work.name), work.kind.as_ref(), work.year.as_ref()]
    }
    let is_told_apart = one.url.is_some() || one.id != slug(&one.title);
    let says_the_same = || {
        one.published == other.published
            && one.verdict == other.verdict
            && one.rating == other.rating
            && one.work.as_ref().map(of_work) == other.work.as_ref().map(of_work)
            && one
                .authors
                .iter()
                .map(|author| &author.name)
                .eq(other.authors.iter().map(|author| &author.name))
            && match (&one.body, &other.body) {
                (Body::Html { html: one, .. }, Body::Html { html: other, .. }) => one == other,
                (one, other) => one == other,
            }
    };
    one.url == other.url && one.title == other.title && (is_told_apart || says_the_same())
}

/// Returns the [FNV-1a](https://en.wikipedia.org/wiki/Fowler–Noll–Vo_hash_function) hash. A collision within one list
/// is extremely unlikely and would only break an anchor.
pub(super) fn hash(parts: &[&str]) -> u64 {
    parts
        .iter()
        .flat_map(|part| part.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
