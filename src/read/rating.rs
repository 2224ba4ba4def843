//! Reads ratings in all notations that people use.
//!
//! A rating that cannot be placed on its scale is kept as the author's text and shown without stars: no stars are
//! better than wrong stars.

use super::field::Field;
use super::messages::{Fault, What};
use crate::json::Json;
use crate::model::{Decimal, Mark, Rating, Score};

/// The best rating of a scale that does not state one, as [in schema.org](https://schema.org/bestRating).
const BEST: Decimal = Decimal::whole(5);

/// Reads a rating: a number, text, or `{ value, best, worst, label }`. Returns `None` if it is missing or states that
/// there is no rating.
pub(super) fn read(field: &Field) -> Option<Rating> {
    let (mark, label) = match field.value {
        Json::Object(_) => {
            let label = field.text_of("label");
            match field.get("value") {
                Some(value) => {
                    (on_scale(&value, field.get("best"), field.get("worst"), Decimal::ZERO)?, label)
                }
                None if label.is_none() => {
                    field.missing("value", What::Number);
                    return None;
                }
                None => (Mark::Text(label?), None),
            }
        }
        _ => return plain(field),
    };
    Some(Rating { mark, label })
}

/// Reads a number from 0 to 5, or text in any of the notations.
pub(super) fn plain(field: &Field) -> Option<Rating> {
    let text = field.text()?;
    if is_unrated(&text) {
        field.expected(What::Rating);
        return None;
    }
    let rating = parse(&text).map(|mark| Rating { mark, label: None });
    Some(rating.or_else(|| field.repaired_rating(&text)).unwrap_or_else(|| {
        if Decimal::parse(&text).is_some() {
            field.fault(Fault::Between { best: BEST, worst: Decimal::ZERO });
        } else {
            field.expected(What::Notation);
        }
        Rating { mark: Mark::Text(text), label: None }
    }))
}

/// Reads a value on a scale from `least` to `best`, as stated by the document. `worst` is the format's default for a
/// missing `least`.
pub(super) fn on_scale(
    value: &Field,
    best: Option<Field>,
    least: Option<Field>,
    worst: Decimal,
) -> Option<Mark> {
    let text = value.text()?;
    if Decimal::parse(&text).is_none()
        && let Some(mark) = parse(&text).or_else(|| Some(value.repaired_rating(&text)?.mark))
    {
        return Some(mark); // "8/10", "B+": the text states its own scale.
    }
    if is_unrated(&text) {
        value.expected(What::Rating);
        return None;
    }
    let bound = |field: Field| {
        let bound = field.text().and_then(|text| Decimal::parse(&text));
        if bound.is_none() {
            field.expected(What::Number);
        }
        bound
    };
    let best = best.and_then(bound).unwrap_or(BEST);
    Some(place(value, best, least.and_then(bound).unwrap_or(worst)))
}

/// Places a number on its scale. If it is not on it, reports that and keeps it as text.
fn place(value: &Field, best: Decimal, worst: Decimal) -> Mark {
    let text = value.text().unwrap_or_else(|| value.described());
    match Decimal::parse(&text).and_then(|number| Score::new(number, best, worst)) {
        Some(score) => Mark::Score(score),
        None => {
            value.fault(Fault::Between { best, worst });
            Mark::Text(text)
        }
    }
}

/// Parses `"4/5"`, `"8 / 10"`, `"8 out of 10"`, `"85%"`, `"B+"`, `"★★★½"` and `"4.5"`.
fn parse(text: &str) -> Option<Mark> {
    let text = text.trim();
    if let Some(percent) = text.strip_suffix('%') {
        let percent = Decimal::parse(percent)?;
        return (Decimal::ZERO <= percent && percent <= Decimal::whole(100))
            .then_some(Mark::Percent(percent));
    }
    if let Some((value, best)) = text.split_once('/').or_else(|| out_of(text)) {
        return Score::new(Decimal::parse(value)?, Decimal::parse(best)?, Decimal::ZERO).map(Mark::Score);
    }
    if let Some(number) = Decimal::parse(text) {
        return Score::new(number, BEST, Decimal::ZERO).map(Mark::Score);
    }
    stars(text).or_else(|| letter(text))
}

/// Splits `8 out of 10` and `4.5 out of 5 stars`.
fn out_of(text: &str) -> Option<(&str, &str)> {
    let mut words = text.split_ascii_whitespace();
    match (words.next(), words.next(), words.next(), words.next(), words.next()) {
        (Some(value), Some("out"), Some("of"), Some(best), None | Some("stars")) => {
            words.next().is_none().then_some((value, best))
        }
        _ => None,
    }
}

/// Returns whether the text is one that exports write for "not rated".
fn is_unrated(text: &str) -> bool {
    ["-", "–", "—", "n/a", "none", "unrated", "not rated"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Parses `★★★½`, `★★★☆☆` and `⭐⭐⭐`. The scale has five stars, or as many as are drawn.
fn stars(text: &str) -> Option<Mark> {
    drawn(text, |c| match c {
        '★' | '⭐' => Some(1000),
        '☆' => Some(0),
        '½' | '⯪' => Some(500),
        _ => None,
    })
}

/// Adds up drawn signs. `worth` returns the value of a sign in thousandths of a star.
fn drawn(text: &str, worth: impl Fn(char) -> Option<i64>) -> Option<Mark> {
    let (mut value, mut drawn) = (0, 0);
    for c in text.chars() {
        match worth(c) {
            Some(thousandths) => (value, drawn) = (value + thousandths, drawn + 1),
            None if matches!(c, '\u{FE0E}' | '\u{FE0F}' | ' ') => {} // Variation selectors and spaces.
            None => return None,
        }
    }
    let best = Decimal::whole(drawn.max(5));
    Score::new(Decimal::from_thousandths(value)?, best, Decimal::ZERO).filter(|_| drawn > 0).map(Mark::Score)
}

/// Words between a rating and the best of its scale, in the languages found in real data.
const OF: [&str; 15] =
    ["/", "out of", "of", "von", "sur", "de", "sobre", "su", "di", "van de", "van", "av", "af", "z", "из"];
/// Units of ratings. Without a stated scale, ratings in these are out of five.
const STARS: &str = "star stars sterne sternen stern étoile étoiles estrella estrellas estrela estrelas stella stelle ster \
    sterren stjärnor stjerner gwiazdek gwiazdki gwiazdka звезд звёзд звезды звезда";
/// Units that require a stated scale.
const POINTS: &str = "points point punkte punkten punkt puntos punti pontos punten poäng";

/// What may separate a rating from the same rating in another notation, or from a comment.
const BREAKS: [&str; 6] = ["(", " – ", " — ", " - ", ", ", ": "];

/// Parses ratings in words: `4 stars`, `4/5 stars`, `9,5 von 10`, `★★★★ (4/5)`, `🌕🌕🌕🌗`, `Rating: 8 of 10!`. A comment
/// after it becomes its label: `4/5 (good)`, `4 out of 5 stars – very good`. Returns `None` if the scale is not clear.
pub(super) fn in_words(text: &str) -> Option<Rating> {
    let text = text.replace("**", ""); // Markdown for bold text.
    let text = match text.split_once([':', '=']) {
        Some((label, rest)) if label.chars().all(|c| c.is_alphabetic() || c == ' ') => rest,
        _ => &text,
    };
    let text = text.trim().replace(" 1/2", "½").replace("-1/2", "½");
    let text = without_marks(&text);
    if let Some(mark) = one(text) {
        return Some(Rating { mark, label: None });
    }
    let split = |(at, length): (usize, usize)| Some((text.get(..at)?, text.get(at + length..)?));
    let breaks = BREAKS.iter().filter_map(|mark| Some((text.find(mark)?, mark.len())));
    if let Some((first, rest)) = breaks.min().and_then(split) {
        let (first, rest) = (without_marks(first), rest.trim_end_matches(')').trim());
        return with_comment(first, rest).or_else(|| with_comment(without_marks(rest), first));
    }
    // Drawn signs before or after the number: `★★★★☆ 4/5`, `⭐ 4.5/5`.
    let is_sign = |c: char| sign(c).is_some() || matches!(c, '\u{FE0E}' | '\u{FE0F}' | ' ');
    let (start, end) = (text.trim_start_matches(is_sign), text.trim_end_matches(is_sign));
    let (number, drawn) = if start.len() < text.len() {
        (start, text.strip_suffix(start)?)
    } else {
        (end, text.strip_prefix(end)?)
    };
    let is_bullet = drawn.chars().filter(|c| sign(*c).is_some()).count() == 1;
    let rating = if is_bullet { one(&[number, "★"].concat()).or_else(|| one(number)) } else { None };
    match rating {
        Some(mark) => Some(Rating { mark, label: None }),
        None => with_comment(drawn.trim(), number).filter(|rating| rating.label.is_none()),
    }
}

/// Returns a rating that states its scale. If the rest is a rating too, both must be equal; otherwise it is the label.
fn with_comment(rating: &str, rest: &str) -> Option<Rating> {
    let mark = one(rating).filter(|mark| {
        matches!(mark, Mark::Score(_) | Mark::Percent(_)) && Decimal::parse(rating).is_none()
    })?;
    let out_of_five = crate::collection::out_of_five;
    match one(without_marks(rest)) {
        Some(other) => {
            (out_of_five(&mark) == out_of_five(&other)).then_some(Rating { mark: other, label: None })
        }
        // Another number could be part of the rating.
        None if rest.contains(|c: char| c.is_ascii_digit() || sign(c).is_some()) => None,
        None => Some(Rating { mark, label: Some(rest.to_owned()).filter(|rest| !rest.is_empty()) }),
    }
}

fn without_marks(text: &str) -> &str {
    text.trim().trim_end_matches(['.', '!', ',', ';', ' '])
}

fn one(text: &str) -> Option<Mark> {
    parse(text).or_else(|| drawn(text, sign)).or_else(|| numbers(text))
}

/// Returns the value of a drawn sign in thousandths of a star.
fn sign(c: char) -> Option<i64> {
    match c {
        '★' | '⭐' | '🌟' | '✭' | '✯' | '✪' | '🟊' | '❤' | '♥' | '🌕' => Some(1000),
        '🌖' | '🌔' => Some(750),
        '½' | '⯪' | '⯨' | '🌗' | '🌓' => Some(500),
        '🌘' | '🌒' => Some(250),
        '☆' | '✩' | '✰' | '♡' | '🤍' | '🌑' => Some(0),
        _ => None,
    }
}

/// Returns whether this is a unit whose scale is out of five, or no unit.
fn is_star(unit: &str) -> bool {
    matches!(unit.trim_end_matches('\u{FE0F}'), "" | "★" | "⭐" | "🌟")
        || STARS.split(' ').any(|star| star == unit)
}

/// Returns whether this is a unit of any scale, or no unit.
fn is_unit_of_all(unit: &str) -> bool {
    is_star(unit) || POINTS.split(' ').any(|points| points == unit)
}

/// Parses a number with an optional best rating and an optional unit.
fn numbers(text: &str) -> Option<Mark> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '½' | '¼' | '¾' | '⅓' | '⅔');
    let end = |text: &str| text.find(|c| !is_number(c)).unwrap_or(text.len());
    let (value, rest) = text.split_at_checked(end(text))?;
    let value = Decimal::parse(value)?;
    let lower = rest.trim().trim_start_matches('-').to_lowercase();
    // The unit may stand before the best rating: `4 étoiles sur 5`.
    let lower = match lower.split_once(' ') {
        Some((unit, after)) if is_unit_of_all(unit) && !after.trim_start().is_empty() => after.trim_start(),
        _ => lower.as_str(),
    };
    let of = OF.iter().find_map(|of| {
        let after = lower.strip_prefix(of)?;
        let after = if *of == "/" { after.trim_start() } else { after.strip_prefix(' ')?.trim_start() };
        let (best, unit) = after.split_at_checked(end(after))?;
        Some((Decimal::parse(best)?, unit.trim()))
    });
    let best = match of {
        Some((best, unit)) if is_unit_of_all(unit) => best,
        None if !lower.is_empty() && is_star(lower) => BEST,
        _ => return None,
    };
    Score::new(value, best, Decimal::ZERO).map(Mark::Score)
}

/// Parses `A` to `F`, with a plus, a minus or neither.
fn letter(text: &str) -> Option<Mark> {
    let mut chars = text.chars();
    let letter = chars.next()?.to_ascii_uppercase();
    let sign = match chars.next() {
        None => "",
        Some('+') => "+",
        Some('-' | '−' | '–') => "−",
        _ => return None,
    };
    let valid = ('A'..='F').contains(&letter) && chars.next().is_none();
    valid.then(|| Mark::Letter([letter.encode_utf8(&mut [0; 4]), sign].concat()))
}

#[cfg(test)]
mod tests {
    use super::{in_words, parse};
    use crate::model::{Decimal, Mark, Rating};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match parse(text) {
            Some(Mark::Score(score)) => {
                [score.value(), score.best()].map(|n: Decimal| n.to_text(".")).join(" of ")
            }
            Some(Mark::Percent(percent)) => percent.to_text(".") + " percent",
            Some(Mark::Letter(letter)) => letter,
            Some(Mark::Text(_)) => unreachable!("text is what is left when parsing fails"),
            None => "not a rating".into(),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn every_spelling() {
        check("4", "4 of 5");
        check("4.5", "4.5 of 5");
        check("3½", "3.5 of 5");
        check("4/5", "4 of 5");
        check("8 / 10", "8 of 10");
        check("7,5/10", "7.5 of 10");
        check("37/100", "37 of 100");
        check("8 out of 10", "8 of 10");
        check("4.5 out of 5 stars", "4.5 of 5");
        check("85%", "85 percent");
        check("85.5 %", "85.5 percent");
        check("0%", "0 percent");
        check("100%", "100 percent");
        check("B+", "B+");
        check("a-", "A−");
        check("A", "A");
        check("F", "F");
        check("★★★½", "3.5 of 5");
        check("★★★☆☆", "3 of 5");
        check("★★★★★★★☆☆☆", "7 of 10");
        check("⭐️⭐️⭐️", "3 of 5");
        check("½", "0.5 of 5");
        check("☆☆☆☆☆", "0 of 5");
        check("0", "0 of 5");
    }

    #[track_caller]
    fn check_words(text: &str, expected: &str) {
        let shown = match in_words(text) {
            Some(Rating { mark: Mark::Score(score), label }) => {
                let shown = [score.value(), score.best()].map(|n: Decimal| n.to_text(".")).join(" of ");
                label.map_or_else(|| shown.clone(), |label| format!("{shown}: {label}"))
            }
            other => format!("{other:?}"),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn with_a_comment_or_twice() {
        check_words("4/5 (good)", "4 of 5: good");
        check_words("4 out of 5 stars – very good", "4 of 5: very good");
        check_words("4 out of 5 stars - Very good!", "4 of 5: Very good");
        check_words("Rating: 9/10, would see again", "9 of 10: would see again");
        check_words("★★★★ – a joy", "4 of 5: a joy");
        check_words("4 stars: a joy", "4 of 5: a joy");
        check_words("★★★★☆ 4/5", "4 of 5");
        check_words("4/5 ★★★★☆", "4 of 5");
        check_words("★★★★☆ (4/5 stars)", "4 of 5");
        check_words("8/10 (4/5)", "4 of 5");
        check_words("⭐ 4.5/5", "4.5 of 5");
        check_words("⭐️ 4.5", "4.5 of 5");
        check_words("**Rating:** 4/5", "4 of 5");
        check_words("**4/5**", "4 of 5");
        check_words("3 1/2 stars", "3.5 of 5");
        check_words("3-1/2 stars", "3.5 of 5");
        check_words("★★★ 1/2", "3.5 of 5");
        check_words("4-star", "4 of 5");
        check_words("Very good (4/5)", "4 of 5: Very good");
    }

    #[test]
    fn in_the_words_of_people() {
        check_words("4 stars", "4 of 5");
        check_words("4/5 stars", "4 of 5");
        check_words("4.5/5 ⭐", "4.5 of 5");
        check_words("3.5 ★", "3.5 of 5");
        check_words("★★★★ (4/5)", "4 of 5");
        check_words("4½ Sterne", "4.5 of 5");
        check_words("4 / 5.", "4 of 5");
        check_words("9,5 von 10", "9.5 of 10");
        check_words("8 of 10!", "8 of 10");
        check_words("7 sur 10", "7 of 10");
        check_words("8 su 10", "8 of 10");
        check_words("16 de 20 puntos", "16 of 20");
        check_words("Note : 4/5", "4 of 5");
        check_words("🌕🌕🌕🌗", "3.5 of 5");
        check_words("🌕🌖🌘", "2 of 5");
        check_words("🌟🌟🌟🌟", "4 of 5");
        check_words("★★★★⯨", "4.5 of 5");
        check_words("❤️❤️🤍", "2 of 5");
    }

    #[test]
    fn words_without_a_plain_scale() {
        for text in [
            "8 points",
            "★★★ (4/5)",
            "7 stars",
            "4 of many",
            "12 von 10",
            "4 cats of 5",
            "4 of 5 cats",
            "4:3 stars",
            "(4)",
            "of 5",
            "4 (good)",
            "4 - good",
            "4-5 stars",
            "4 - 5",
            "★★★ 4/5",
            "4/5 ★★★",
            "4/5 (2 for the book)",
            "9/10 (3/5)",
            "Part 4/5",
            "4/5 cats",
            "4 (4 cats)",
            "****",
            "★ good",
        ] {
            check_words(text, "None");
        }
    }

    #[test]
    fn what_cannot_be_placed() {
        for text in
            ["", "five", "NaN", "Infinity", "6", "-1", "11/10", "4/0", "4/-5", "120%", "G", "A++", "AB", "%"]
        {
            check(text, "not a rating");
        }
    }
}
