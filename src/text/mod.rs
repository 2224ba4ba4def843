//! The card's own words, numbers and dates, by language.
//!
//! Tables, not `Intl`: the live card and the static page must say the same, and two browsers' `Intl` do not. The
//! tables' plural rules, months, date order and digits are those of Unicode CLDR; a test holds them against ICU4X
//! for every day of a year, so that they cannot drift from it.
//!
//! A page in a language without a table gets English words, marked as English.

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod language;
pub mod list;

use crate::model::{Day, Decimal, DisclosureKind, Mark, Work};

pub use language::Language;

/// Everything that the card says by itself, in one language. `#` stands for what is put in.
#[derive(Debug)]
pub struct Words {
    /// BCP 47.
    pub tag: &'static str,
    /// "Rated # out of #": value, best.
    pub rated_out_of: &'static str,
    /// "Rated #": a letter, a percentage, the author's text.
    pub rated: &'static str,
    /// "Higher than # of # reviews": a percentage, a count of at least 30.
    pub measure: &'static str,
    /// The toggle of a closed card.
    pub read_more: &'static str,
    /// The toggle of an open card.
    pub show_less: &'static str,
    /// Minutes to read, by [`Plural`] category.
    pub minutes: [&'static str; 6],
    /// Heading of what speaks for it.
    pub pros: &'static str,
    /// Heading of what speaks against it.
    pub cons: &'static str,
    /// Heading of the ratings of its sides.
    pub aspects: &'static str,
    /// Heading of the author's box.
    pub author: &'static str,
    /// Heading of the verdicts of other times.
    pub history: &'static str,
    /// Heading of where to watch, buy, book or read it.
    pub links: &'static str,
    /// After a link that the author is paid for.
    pub sponsored: &'static str,
    /// Before a disclosure.
    pub disclosure: &'static str,
    /// Disclosures, in the order of [`DisclosureKind`]'s variants.
    pub disclosures: [&'static str; 5],
    /// "S#": the number of a season.
    pub season: &'static str,
    /// "E#": the number of an episode.
    pub episode: &'static str,
    /// Heading of the related reviews.
    pub related: &'static str,
    /// Heading of other reviews of the same work.
    pub opinions: &'static str,
    /// Name of the links to the pieces before and after.
    pub more: &'static str,
    /// Before the title of the piece before.
    pub previous: &'static str,
    /// Before the title of the piece after.
    pub next: &'static str,
    /// "Updated #": a date.
    pub updated: &'static str,
    /// The summary of covered words.
    pub spoiler: &'static str,
    /// What stands where a review should, when there is nothing else.
    pub failed: &'static str,
    /// January to December, as they stand in a date.
    pub months: [&'static str; 12],
    /// The order of a date: `d`, `M` and `y` stand for day, month and year.
    pub date: &'static str,
    /// Between units and decimals.
    pub decimal: &'static str,
    /// The digit for zero; those up to nine follow it.
    pub zero: char,
    /// After a number: percent.
    pub percent: &'static str,
    /// The plural category of a whole number.
    pub plural: fn(u32) -> Plural,
}

/// [CLDR's plural categories](https://cldr.unicode.org/index/cldr-spec/plural-rules).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// Arabic has a form for none.
    Zero,
    /// One of it.
    One,
    /// Two of it.
    Two,
    /// Few of it.
    Few,
    /// Many of it.
    Many,
    /// Any other number of it; every language has this one.
    Other,
}

impl Words {
    /// A whole number in the language's digits.
    pub fn integer(&self, number: u32) -> String {
        self.digits(&number.to_string())
    }

    /// A number in the language's digits and with its decimal sign.
    pub fn number(&self, number: Decimal) -> String {
        self.digits(&number.to_hundredths().to_text(self.decimal))
    }

    /// A day: "October 24, 2011".
    pub fn day(&self, day: Day) -> String {
        let mut out = String::new();
        for c in self.date.chars() {
            match c {
                'd' => out.push_str(&self.integer(day.day.into())),
                'M' => out.push_str(self.months.get(usize::from(day.month).wrapping_sub(1)).unwrap_or(&"")),
                'y' => out.push_str(&self.integer(day.year.into())),
                '_' => out.push_str("de"), // Spanish: its letters are the pattern's own.
                _ => out.push(c),
            }
        }
        out
    }

    /// Minutes to read: "6 min".
    pub fn minutes(&self, minutes: u32) -> String {
        let form = self.minutes.get((self.plural)(minutes) as usize).unwrap_or(&"#");
        fill(form, &[&self.integer(minutes)])
    }

    /// The season and the episode that a work is: "S1 E5". Nothing where it is neither.
    pub fn episode(&self, work: &Work) -> Option<String> {
        let one = |template, number: Option<u32>| Some(fill(template, &[&self.integer(number?)]));
        match (one(self.season, work.season), one(self.episode, work.episode)) {
            (Some(season), Some(episode)) => Some([&season, " ", &episode].concat()),
            (season, episode) => season.or(episode),
        }
    }

    /// What a disclosure of this kind says.
    pub fn disclosed(&self, kind: DisclosureKind) -> &'static str {
        self.disclosures.get(kind as usize).unwrap_or(&"")
    }

    /// The rating in one sentence, for those who hear it: "Rated 4.5 out of 5".
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

/// Puts `parts`, in turn, where the template says `#`.
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

/// One of it, or other: English, German and Spanish whole numbers.
fn one_or_other(n: u32) -> Plural {
    if n == 1 { Plural::One } else { Plural::Other }
}
