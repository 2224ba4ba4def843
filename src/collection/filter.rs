//! The attribute `filter`: selects the reviews to show.
//!
//! ```text
//! filter  = [ term { space term } ]              all of them must hold
//! term    = ( "tag" | "author" | "section" ) ":" value
//!         | "rating" ( ">=" | ">" | "<=" | "<" | "=" ) number      0 to 5, `4.5` or `4,5`
//! value   = a word without spaces, or "in quotes", where \" is a quote and \\ a backslash
//! ```
//!
//! A value is compared as a whole, ignoring case and accents ([`super::fold()`]). Ratings are compared on one scale
//! ([`super::out_of_five`]); a review without a rating on that scale matches no condition on ratings. Text that is not
//! a term is reported as a [`FilterProblem`] and ignored. [`Filter`] prints itself in the same grammar, for programs
//! that write filters.

use std::fmt::{self, Write as _};

use super::fold::{fold, folds_to};
use super::scale::{BEST, out_of_five};
use crate::model::{Decimal, Review};

/// The maximum number of terms; later ones are ignored. A filter may come from the page's URL, and every review is
/// tested against all of it.
pub const MAX_TERMS: usize = 32;

/// A list of conditions. A review must meet all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Each term with the folded value that it is compared with.
    terms: Vec<(Term, String)>,
}

/// One condition.
///
/// ```
/// use review_card::Review;
/// use review_card::collection::{Compare, Filter, Term};
/// use review_card::model::Decimal;
///
/// let filter = Filter::from(vec![Term::Tag("Noir".into())]);
/// assert!(filter.matches(&Review { tags: vec!["noir".into()], ..Review::default() }));
/// assert!(!filter.is_empty() && !filter.matches(&Review::default()));
/// let rating = Term::Rating(Compare::AtLeast, Decimal::whole(4));
/// assert_eq!((rating.to_string(), Compare::AtLeast.sign()), ("rating>=4".into(), ">="));
/// let (filter, _) = Filter::parse("section:Essays author:Ada");
/// assert_eq!(filter.terms().collect::<Vec<_>>(), [&Term::Section("Essays".into()), &Term::Author("Ada".into())]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// One of the review's tags has this value.
    Tag(String),
    /// One of the authors has this name.
    Author(String),
    /// The review is in this section.
    Section(String),
    /// The rating compares in this way with a number from 0 to 5.
    Rating(Compare, Decimal),
}

/// How a rating compares with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `>=`
    AtLeast,
    /// `>`
    Above,
    /// `<=`
    AtMost,
    /// `<`
    Below,
    /// `=`
    Exactly,
}

/// A part of a filter that was ignored: where it is, what was expected and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterProblem {
    /// The position of its first character, from 1.
    pub at: usize,
    /// For example `expected a number from 0 to 5, found "six"`.
    pub message: String,
}

impl fmt::Display for FilterProblem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("filter, character ")?;
        f.write_str(&self.at.to_string())?;
        f.write_str(": ")?;
        f.write_str(&self.message)
    }
}

/// Longer signs come first, because `>` is also the beginning of `>=`.
const SIGNS: [(&str, Compare); 7] = [
    (">=", Compare::AtLeast),
    ("<=", Compare::AtMost),
    ("≥", Compare::AtLeast),
    ("≤", Compare::AtMost),
    (">", Compare::Above),
    ("<", Compare::Below),
    ("=", Compare::Exactly),
];

impl Compare {
    /// Returns the sign as it is written in a filter.
    pub fn sign(self) -> &'static str {
        SIGNS.iter().find(|(_, compare)| *compare == self).map_or("=", |(sign, _)| sign)
    }

    /// Compares thousandths, to which ratings are converted.
    fn holds(self, rating: Decimal, number: Decimal) -> bool {
        let (rating, number) = (rating.thousandths(), number.thousandths());
        match self {
            Compare::AtLeast => rating >= number,
            Compare::Above => rating > number,
            Compare::AtMost => rating <= number,
            Compare::Below => rating < number,
            Compare::Exactly => rating == number,
        }
    }
}

impl From<Vec<Term>> for Filter {
    fn from(terms: Vec<Term>) -> Self {
        let with_folded = |term: Term| {
            let folded = match &term {
                Term::Tag(value) | Term::Author(value) | Term::Section(value) => fold(value),
                Term::Rating(..) => String::new(),
            };
            (term, folded)
        };
        Self { terms: terms.into_iter().map(with_folded).collect() }
    }
}

impl Filter {
    /// Parses a filter, and reports the parts that it ignores: text that is not a term, and everything after
    /// [`MAX_TERMS`].
    ///
    /// ```
    /// use review_card::collection::{Filter, FilterProblem};
    /// let (filter, problems): (Filter, Vec<FilterProblem>) = Filter::parse(r#"author:"Jane Doe" rating>=4 colour:red"#);
    /// assert_eq!(filter.to_string(), r#"author:"Jane Doe" rating>=4"#);
    /// assert_eq!(
    ///     problems[0].to_string(),
    ///     r#"filter, character 29: expected tag:, author:, section: or rating, found "colour:red""#,
    /// );
    /// ```
    pub fn parse(text: &str) -> (Self, Vec<FilterProblem>) {
        let mut reader = Reader { text, rest: text, problems: Vec::new() };
        let mut terms = Vec::new();
        while reader.space() {
            if terms.len() + reader.problems.len() == MAX_TERMS {
                let beyond = std::mem::take(&mut reader.rest);
                reader.expected(beyond, &["at most ", &MAX_TERMS.to_string(), " terms"].concat());
                break;
            }
            terms.extend(reader.term());
        }
        (terms.into(), reader.problems)
    }

    /// Returns the conditions in the order of the filter.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().map(|(term, _)| term)
    }

    /// Returns whether there are no conditions.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns whether the review meets all conditions.
    pub fn matches(&self, review: &Review) -> bool {
        self.terms.iter().all(|(term, folded)| match term {
            Term::Tag(_) => review.tags.iter().any(|tag| folds_to(tag, folded)),
            Term::Author(_) => review.authors.iter().any(|author| folds_to(&author.name, folded)),
            Term::Section(_) => review.section.as_deref().is_some_and(|section| folds_to(section, folded)),
            Term::Rating(compare, number) => {
                let rating = review.rating.as_ref().and_then(|rating| out_of_five(&rating.mark));
                rating.is_some_and(|rating| compare.holds(rating, *number))
            }
        })
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (place, term) in self.terms().enumerate() {
            f.write_str(if place > 0 { " " } else { "" })?;
            term.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (key, value) = match self {
            Term::Tag(value) => ("tag:", value),
            Term::Author(value) => ("author:", value),
            Term::Section(value) => ("section:", value),
            Term::Rating(compare, number) => {
                f.write_str("rating")?;
                f.write_str(compare.sign())?;
                return f.write_str(&number.to_text("."));
            }
        };
        f.write_str(key)?;
        if !value.starts_with(QUOTES) && !value.contains(char::is_whitespace) {
            return f.write_str(value);
        }
        f.write_char('"')?;
        for c in value.chars() {
            if matches!(c, '"' | '\\') {
                f.write_char('\\')?;
            }
            f.write_char(c)?;
        }
        f.write_char('"')
    }
}

/// Opening quotes of a value. Word processors turn straight quotes into curly ones.
const QUOTES: [char; 2] = ['"', '“'];

/// A parser of filters, with the text that it has not read yet.
struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
    problems: Vec<FilterProblem>,
}

impl<'a> Reader<'a> {
    /// Skips white space and returns whether any text follows.
    fn space(&mut self) -> bool {
        self.rest = self.rest.trim_start();
        !self.rest.is_empty()
    }

    fn term(&mut self) -> Option<Term> {
        let start = self.rest;
        let letters = start.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(start.len());
        let (key, after) = start.split_at_checked(letters).unwrap_or_default();
        let make: fn(String) -> Term = match key.to_ascii_lowercase().as_str() {
            "tag" => Term::Tag,
            "author" => Term::Author,
            "section" => Term::Section,
            "rating" => {
                self.rest = after;
                return self.rating();
            }
            _ => return self.unknown(start),
        };
        let Some(value) = after.strip_prefix(':') else { return self.unknown(start) };
        self.rest = value;
        let text = self.value();
        if fold(&text).is_empty() {
            self.expected(value, "a value");
            return None;
        }
        Some(make(text))
    }

    /// Skips and reports text that is not a term.
    fn unknown(&mut self, start: &'a str) -> Option<Term> {
        let end = start.find(|c: char| c.is_whitespace() || QUOTES.contains(&c)).unwrap_or(start.len());
        self.rest = start.get(end..).unwrap_or_default();
        if self.rest.starts_with(QUOTES) {
            self.quoted();
        }
        self.expected(start, "tag:, author:, section: or rating");
        None
    }

    /// Parses what follows `rating`.
    fn rating(&mut self) -> Option<Term> {
        let after = self.rest;
        let sign = after.trim_start();
        let found = SIGNS.iter().find_map(|(text, compare)| Some((*compare, sign.strip_prefix(*text)?)));
        let Some((compare, number)) = found else {
            self.word();
            self.expected(after, "one of >= > <= < = after rating");
            return None;
        };
        // A space before the number is allowed, but it cannot replace the number.
        let spaced = number.trim_start();
        let number = if spaced.starts_with(|c: char| c.is_ascii_digit()) { spaced } else { number };
        self.rest = number;
        let decimal = Decimal::parse(self.word()).filter(|value| (Decimal::ZERO..=BEST).contains(value));
        if decimal.is_none() {
            self.expected(number, "a number from 0 to 5");
        }
        Some(Term::Rating(compare, decimal?))
    }

    /// Parses a value with or without quotes.
    fn value(&mut self) -> String {
        if self.rest.starts_with(QUOTES) { self.quoted() } else { self.word().to_owned() }
    }

    /// Reads up to the next space.
    fn word(&mut self) -> &'a str {
        let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        word
    }

    /// Reads the text between quotes. If the closing quote is missing, reads all that is left and reports a problem.
    fn quoted(&mut self) -> String {
        let start = self.rest;
        let mut chars = start.chars();
        let close = if chars.next() == Some('“') { '”' } else { '"' };
        let mut value = String::new();
        while let Some(c) = chars.next() {
            match c {
                '\\' if chars.as_str().starts_with(['"', '\\']) => value.extend(chars.next()),
                c if c == close => {
                    self.rest = chars.as_str();
                    return value;
                }
                c => value.push(c),
            }
        }
        self.rest = "";
        self.expected(start, "a quote at the end");
        value
    }

    /// Reports that `what` was expected in place of the text read since `start`.
    fn expected(&mut self, start: &'a str, what: &str) {
        let read = |rest: &str| start.get(..start.len() - rest.len().min(start.len())).unwrap_or_default();
        let found = read(self.rest).trim();
        let found = if found.is_empty() { "nothing".to_owned() } else { quote(found) };
        let before = self.text.get(..self.text.len() - start.len()).unwrap_or_default();
        let at = before.chars().count() + 1;
        self.problems.push(FilterProblem { at, message: ["expected ", what, ", found ", &found].concat() });
    }
}

/// The maximum length of a quotation in a message, in characters.
const QUOTED: usize = 40;

fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    quoted.extend(text.chars().take(QUOTED));
    quoted.push_str(if text.chars().nth(QUOTED).is_some() { "…\"" } else { "\"" });
    quoted
}
