//! The card's own strings, numbers and dates, by language.
//!
//! These are tables and not `Intl`: the live card and the static page must print the same, but the `Intl` of two
//! browsers may differ. Plural rules, months, date order and digits are those of Unicode CLDR. A test compares them
//! with ICU4X for every day of a year.
//!
//! On a page in a language without a table, the card uses English strings and marks them as English.

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod language;
pub mod list;

use crate::model::{Day, Decimal, DisclosureKind, Mark, Work};

pub use language::Language;

/// All strings of the card in one language. `#` is a placeholder.
#[derive(Debug)]
pub struct Strings {
    /// The BCP 47 tag.
    pub tag: &'static str,
    /// "Rated # out of #": the value, the best value.
    pub rated_out_of: &'static str,
    /// "Rated #": a letter, a percentage, or the author's text.
    pub rated: &'static str,
    /// "Higher than # of # reviews": a percentage, a count of at least 30.
    pub measure: &'static str,
    /// The toggle of a closed card.
    pub read_more: &'static str,
    /// The toggle of an open card.
    pub show_less: &'static str,
    /// The reading time in minutes, by [`Plural`] category.
    pub minutes: [&'static str; 6],
    /// The heading of the pros.
    pub pros: &'static str,
    /// The heading of the cons.
    pub cons: &'static str,
    /// The heading of the ratings of single aspects.
    pub aspects: &'static str,
    /// The heading of the author's box.
    pub author: &'static str,
    /// The heading of the verdicts over time.
    pub history: &'static str,
    /// The heading of the places to watch, buy, book or read the work.
    pub links: &'static str,
    /// The label after a link that the author is paid for.
    pub sponsored: &'static str,
    /// The label before a disclosure.
    pub disclosure: &'static str,
    /// The disclosures, in the order of [`DisclosureKind`]'s variants.
    pub disclosures: [&'static str; 5],
    /// "S#": the number of a season.
    pub season: &'static str,
    /// "E#": the number of an episode.
    pub episode: &'static str,
    /// The heading of the related reviews.
    pub related: &'static str,
    /// The heading of other reviews of the same work.
    pub opinions: &'static str,
    /// The accessible name of the links to the previous and the next article.
    pub more: &'static str,
    /// The label before the title of the previous article.
    pub previous: &'static str,
    /// The label before the title of the next article.
    pub next: &'static str,
    /// "Updated #": a date.
    pub updated: &'static str,
    /// The label of a covered spoiler.
    pub spoiler: &'static str,
    /// The message shown in place of a review that could not be loaded and has no fallback content.
    pub failed: &'static str,
    /// January to December, in the form used in dates.
    pub months: [&'static str; 12],
    /// The pattern of a date: `d`, `M` and `y` stand for day, month and year.
    pub date: &'static str,
    /// The decimal separator.
    pub decimal: &'static str,
    /// The digit zero. The digits one to nine follow it in Unicode.
    pub zero: char,
    /// The percent sign, after a number.
    pub percent: &'static str,
    /// Returns the plural category of a whole number.
    pub plural: fn(u32) -> Plural,
}

/// [CLDR's plural categories](https://cldr.unicode.org/index/cldr-spec/plural-rules).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// None, as in Arabic.
    Zero,
    /// One.
    One,
    /// Two.
    Two,
    /// Few.
    Few,
    /// Many.
    Many,
    /// Any other number. Every language has this category.
    Other,
}

impl Strings {
    /// Formats a whole number in the language's digits.
    pub fn integer(&self, number: u32) -> String {
        self.digits(&number.to_string())
    }

    /// Formats a number to two decimals, in the language's digits and with its decimal separator.
    pub fn number(&self, number: Decimal) -> String {
        self.digits(&number.to_hundredths().to_text(self.decimal))
    }

    /// Formats a day: "October 24, 2011".
    pub fn day(&self, day: Day) -> String {
        let mut out = String::new();
        for c in self.date.chars() {
            match c {
                'd' => out.push_str(&self.integer(day.day.into())),
                'M' => out.push_str(self.months.get(usize::from(day.month).wrapping_sub(1)).unwrap_or(&"")),
                'y' => out.push_str(&self.integer(day.year.into())),
                '_' => out.push_str("de"), // For Spanish: letters of its own would be read as the pattern.
                _ => out.push(c),
            }
        }
        out
    }

    /// Formats the reading time: "6 min".
    pub fn minutes(&self, minutes: u32) -> String {
        let form = self.minutes.get((self.plural)(minutes) as usize).unwrap_or(&"#");
        fill(form, &[&self.integer(minutes)])
    }

    /// Returns the season and episode of a work: "S1 E5". Returns `None` if it has neither.
    pub fn episode(&self, work: &Work) -> Option<String> {
        let one = |template, number: Option<u32>| Some(fill(template, &[&self.integer(number?)]));
        match (one(self.season, work.season), one(self.episode, work.episode)) {
            (Some(season), Some(episode)) => Some([&season, " ", &episode].concat()),
            (season, episode) => season.or(episode),
        }
    }

    /// Returns the string for a kind of disclosure.
    pub fn disclosed(&self, kind: DisclosureKind) -> &'static str {
        self.disclosures.get(kind as usize).unwrap_or(&"")
    }

    /// Returns the rating as a sentence for screen readers: "Rated 4.5 out of 5".
    pub fn spoken(&self, mark: &Mark) -> String {
        match mark {
            Mark::Score(score) => {
                fill(self.rated_out_of, &[&self.number(score.value()), &self.number(score.best())])
            }
            Mark::Percent(percent) => fill(self.rated, &[&(self.number(*percent) + self.percent)]),
            Mark::Letter(text) | Mark::Text(text) => fill(self.rated, &[text]),
        }
    }

    fn digits(&self, ascii: &str) -> String {
        let digit = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(u32::from(self.zero) + digit));
        ascii.chars().map(|c| digit(c).unwrap_or(c)).collect()
    }
}

/// Replaces each `#` of the template with the next of `parts`.
pub fn fill(template: &str, parts: &[&str]) -> String {
    let mut parts = parts.iter();
    let mut out = String::new();
    for (i, piece) in template.split('#').enumerate() {
        if i > 0 {
            out.push_str(parts.next().unwrap_or(&""));
        }
        out.push_str(piece);
    }
    out
}

/// The plural rule for whole numbers in English, German and Spanish.
fn one_or_other(n: u32) -> Plural {
    if n == 1 { Plural::One } else { Plural::Other }
}
