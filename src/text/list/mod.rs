//! What a list says by itself, by language. Apart from [`Words`], so that a card's module is spared them.

mod ar;
mod de;
mod en;
mod es;
mod fr;

use super::{Language, Words, fill};
use crate::model::Decimal;

/// The words of a list in one language. `#` stands for what is put in; forms of plurals are in the order of
/// [`Plural`](super::Plural).
#[derive(Debug)]
pub struct ListWords {
    /// Between thousands.
    pub group: &'static str,
    /// Digits before the first of these that a number must have to be parted.
    pub group_from: usize,
    /// The name of the list, for those who hear it.
    pub name: &'static str,
    /// "# reviews".
    pub reviews: [&'static str; 6],
    /// "# of # reviews": those that are shown, of all; by the plural of all.
    pub found: [&'static str; 6],
    /// "# so far": one of the two above, while more are to come.
    pub so_far: &'static str,
    /// No review is to be found.
    pub nothing: &'static str,
    /// How to find more.
    pub widen: &'static str,
    /// Drops words and filters.
    pub clear: &'static str,
    /// There is no review at all.
    pub none: &'static str,
    /// More is on its way.
    pub loading: &'static str,
    /// More did not come.
    pub failed: &'static str,
    /// What stands where a list should, when there is nothing else.
    pub failed_all: &'static str,
    /// Tries once more.
    pub retry: &'static str,
    /// The name of the controls, for those who hear it.
    pub controls: &'static str,
    /// Label of the search.
    pub search: &'static str,
    /// Label of the order.
    pub sort: &'static str,
    /// The orders: as they came, date, rating and title, of each the descending one first but for the title.
    pub sorts: [&'static str; 7],
    /// Labels of the filters: rating, section, tag, author.
    pub filters: [&'static str; 4],
    /// No filter, of each.
    pub any: [&'static str; 4],
    /// "# and up": of the rating.
    pub and_up: &'static str,
    /// "Remove #": a filter.
    pub remove: &'static str,
    /// The name of the summary, for those who hear it.
    pub summary: &'static str,
    /// "# out of # on average".
    pub average: &'static str,
    /// "out of # on average": the same after the number.
    pub average_of: &'static str,
    /// "# ratings".
    pub ratings: [&'static str; 6],
    /// "# out of #: #": so many reviews with that rating.
    pub bar: &'static str,
    /// Opens a card that has no text of its own.
    pub more: &'static str,
    /// To the page before.
    pub previous_page: &'static str,
    /// To the page after.
    pub next_page: &'static str,
}

impl ListWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static Self {
        match language.words().tag {
            "fr" => &fr::WORDS,
            "de" => &de::WORDS,
            "es" => &es::WORDS,
            "ar" => &ar::WORDS,
            _ => &en::WORDS,
        }
    }

    /// A whole number, its thousands parted: `1,024`.
    pub fn integer(&self, number: u32, words: &Words) -> String {
        let digits = words.integer(number);
        let count = digits.chars().count();
        if count < 3 + self.group_from {
            return digits;
        }
        let mut parted = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (count - at).is_multiple_of(3) {
                parted.push_str(self.group);
            }
            parted.push(digit);
        }
        parted
    }

    /// "1,024 reviews".
    pub fn reviews(&self, count: u32, words: &Words) -> String {
        fill(form(&self.reviews, count, words), &[&self.integer(count, words)])
    }

    /// "12 of 1,024 reviews".
    pub fn found(&self, found: u32, all: u32, words: &Words) -> String {
        fill(form(&self.found, all, words), &[&self.integer(found, words), &self.integer(all, words)])
    }

    /// "3.8 out of 5 on average".
    pub fn average(&self, average: Decimal, best: Decimal, words: &Words) -> String {
        fill(self.average, &[&words.number(average), &words.number(best)])
    }

    /// "out of 5 on average".
    pub fn average_of(&self, best: Decimal, words: &Words) -> String {
        fill(self.average_of, &[&words.number(best)])
    }

    /// "3,120 ratings".
    pub fn ratings(&self, count: u32, words: &Words) -> String {
        fill(form(&self.ratings, count, words), &[&self.integer(count, words)])
    }

    /// "4 out of 5: 120 reviews".
    pub fn bar(&self, rating: Decimal, best: Decimal, count: u32, words: &Words) -> String {
        fill(self.bar, &[&words.number(rating), &words.number(best), &self.reviews(count, words)])
    }
}

fn form(forms: &[&'static str; 6], number: u32, words: &Words) -> &'static str {
    forms.get((words.plural)(number) as usize).unwrap_or(&"#")
}

#[cfg(test)]
mod tests {
    use super::ListWords;
    use crate::text::Language;

    #[track_caller]
    fn check(language: &str, expected: [&str; 3]) {
        let language = Language::of(language);
        let (list, words) = (ListWords::of(language), language.words());
        let found = [list.reviews(1, words), list.reviews(12_345, words), list.found(3, 1024, words)];
        assert_eq!(found, expected);
    }

    #[test]
    fn counts() {
        check("en", ["1 review", "12,345 reviews", "3 of 1,024 reviews"]);
        check("de", ["1 Rezension", "12.345 Rezensionen", "3 von 1.024 Rezensionen"]);
        check("fr", ["1 critique", "12\u{202f}345 critiques", "3 sur 1\u{202f}024 critiques"]);
        check("es", ["1 reseña", "12.345 reseñas", "3 de 1024 reseñas"]);
        check("ar", ["مراجعة واحدة", "١٢٬٣٤٥ مراجعة", "٣ من ١٬٠٢٤ مراجعة"]);
    }
}
