//! The list's own strings, by language. They are separate from [`Strings`](super::Strings) to keep them out of the card's module.

mod ar;
mod de;
mod en;
mod es;
mod fr;

use super::{Language, Strings, fill};
use crate::model::Decimal;

/// The strings of a list in one language. `#` is a placeholder. Plural forms are in the order of
/// [`Plural`](super::Plural).
#[derive(Debug)]
pub struct ListStrings {
    /// The separator between groups of thousands.
    pub group: &'static str,
    /// The minimum number of digits before the first separator.
    pub group_from: usize,
    /// The accessible name of the list.
    pub name: &'static str,
    /// "# reviews".
    pub reviews: [&'static str; 6],
    /// "# of # reviews": the number shown, and the number of all. The plural form is that of the number of all.
    pub found: [&'static str; 6],
    /// "# so far": wraps one of the two above while more reviews are loading.
    pub so_far: &'static str,
    /// The message when no review matches.
    pub nothing: &'static str,
    /// The advice on how to get more matches.
    pub widen: &'static str,
    /// The button that clears search and filters.
    pub clear: &'static str,
    /// The message when there are no reviews at all.
    pub none: &'static str,
    /// The message while more reviews are loading.
    pub loading: &'static str,
    /// The message when more reviews could not be loaded.
    pub failed: &'static str,
    /// The message shown in place of a list that could not be loaded and has no fallback content.
    pub failed_all: &'static str,
    /// The button to try again.
    pub retry: &'static str,
    /// The accessible name of the controls.
    pub controls: &'static str,
    /// The label of the search field.
    pub search: &'static str,
    /// The label of the order.
    pub sort: &'static str,
    /// The orders: as listed, newest, oldest, highest rated, lowest rated, title A to Z, title Z to A.
    pub sorts: [&'static str; 7],
    /// The labels of the filters: rating, section, tag, author.
    pub filters: [&'static str; 4],
    /// The option of each filter that selects everything.
    pub any: [&'static str; 4],
    /// "# and up": an option of the rating filter.
    pub and_up: &'static str,
    /// "Remove #": the name of a filter.
    pub remove: &'static str,
    /// The accessible name of the summary.
    pub summary: &'static str,
    /// "# out of # on average".
    pub average: &'static str,
    /// "out of # on average": the text after the number.
    pub average_of: &'static str,
    /// "# ratings".
    pub ratings: [&'static str; 6],
    /// "# out of #: #": the rating, the best rating, and the number of reviews with that rating.
    pub bar: &'static str,
    /// The toggle of a card without text of its own.
    pub more: &'static str,
    /// The link to the previous page.
    pub previous_page: &'static str,
    /// The link to the next page.
    pub next_page: &'static str,
}

impl ListStrings {
    /// Returns the strings of a language.
    pub fn of(language: Language) -> &'static Self {
        match language.strings().tag {
            "fr" => &fr::STRINGS,
            "de" => &de::STRINGS,
            "es" => &es::STRINGS,
            "ar" => &ar::STRINGS,
            _ => &en::STRINGS,
        }
    }

    /// Formats a whole number with separated thousands: `1,024`.
    pub fn integer(&self, number: u32, strings: &Strings) -> String {
        let digits = strings.integer(number);
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

    /// Returns, for example, "1,024 reviews".
    pub fn reviews(&self, count: u32, strings: &Strings) -> String {
        fill(form(&self.reviews, count, strings), &[&self.integer(count, strings)])
    }

    /// Returns, for example, "12 of 1,024 reviews".
    pub fn found(&self, found: u32, all: u32, strings: &Strings) -> String {
        fill(form(&self.found, all, strings), &[&self.integer(found, strings), &self.integer(all, strings)])
    }

    /// Returns, for example, "3.8 out of 5 on average".
    pub fn average(&self, average: Decimal, best: Decimal, strings: &Strings) -> String {
        fill(self.average, &[&strings.number(average), &strings.number(best)])
    }

    /// Returns, for example, "out of 5 on average".
    pub fn average_of(&self, best: Decimal, strings: &Strings) -> String {
        fill(self.average_of, &[&strings.number(best)])
    }

    /// Returns, for example, "3,120 ratings".
    pub fn ratings(&self, count: u32, strings: &Strings) -> String {
        fill(form(&self.ratings, count, strings), &[&self.integer(count, strings)])
    }

    /// Returns, for example, "4 out of 5: 120 reviews".
    pub fn bar(&self, rating: Decimal, best: Decimal, count: u32, strings: &Strings) -> String {
        fill(self.bar, &[&strings.number(rating), &strings.number(best), &self.reviews(count, strings)])
    }
}

fn form(forms: &[&'static str; 6], number: u32, strings: &Strings) -> &'static str {
    forms.get((strings.plural)(number) as usize).unwrap_or(&"#")
}

#[cfg(test)]
mod tests {
    use super::ListStrings;
    use crate::text::Language;

    #[track_caller]
    fn check(language: &str, expected: [&str; 3]) {
        let language = Language::of(language);
        let (list, strings) = (ListStrings::of(language), language.strings());
        let found = [list.reviews(1, strings), list.reviews(12_345, strings), list.found(3, 1024, strings)];
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
