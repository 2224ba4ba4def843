//! Which values of a list's query stand in the page's address.

/// The query parameters, and the attribute of each.
pub const NAMES: [(&str, &str); 3] = [("q", "search"), ("sort", "sort"), ("filter", "filter")];

/// Keystrokes within this time (ms) of the one before share one entry of the history.
const TYPING: f64 = 2000.0;

/// The values of the attributes, in the order of [`NAMES`], as far as they are known.
///
/// Values that the page's author set are not written to the address.
#[derive(Clone, Debug, Default)]
pub struct Address {
    /// What the page's author set.
    own: [String; 3],
    /// What the visitor or the address set last. An attribute with another value was changed by the page's author.
    left: [Option<String>; 3],
    /// The time (ms) of the last keystroke, if the next one belongs to the same entry.
    typed: Option<f64>,
}

impl Address {
    /// Detects which of the attributes' values the page's author set, also while the list was out of the document.
    pub fn learn(&mut self, now: [String; 3]) {
        for ((left, own), now) in self.left.iter_mut().zip(&mut self.own).zip(now) {
            if left.as_ref() != Some(&now) {
                *own = now.clone();
                *left = Some(now);
            }
        }
    }

    /// Returns the values that the attributes get from the address, which has `parameters`.
    pub fn read(&mut self, now: [String; 3], parameters: [Option<String>; 3]) -> [String; 3] {
        self.learn(now);
        let mut values = self.own.clone();
        for ((value, parameter), left) in values.iter_mut().zip(parameters).zip(&mut self.left) {
            if let Some(parameter) = parameter {
                *value = parameter;
            }
            *left = Some(value.clone());
        }
        values
    }

    /// Returns the parameters that the address gets from the attributes; those without a value are removed.
    pub fn write(&mut self, now: [String; 3]) -> [Option<String>; 3] {
        self.left = now.clone().map(Some);
        let mut parameters = now.map(Some);
        for (parameter, own) in parameters.iter_mut().zip(&self.own) {
            if parameter.as_ref() == Some(own) {
                *parameter = None;
            }
        }
        parameters
    }

    /// Returns whether a change at the time `now` belongs to the entry of the history that the last one wrote.
    pub fn is_continued(&mut self, is_typed: bool, now: f64) -> bool {
        let last = std::mem::replace(&mut self.typed, is_typed.then_some(now));
        is_typed && last.is_some_and(|last| now - last < TYPING)
    }

    /// Begins a new entry with the next keystroke.
    pub fn pause(&mut self) {
        self.typed = None;
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    fn values(search: &str, sort: &str, filter: &str) -> [String; 3] {
        [search, sort, filter].map(str::to_owned)
    }

    #[test]
    fn what_the_author_set_is_not_written() {
        let mut address = Address::default();
        assert_eq!(address.read(values("", "-date", ""), [None, None, None]), values("", "-date", ""));
        assert_eq!(address.write(values("night", "-date", "")), [Some("night".to_owned()), None, None]);
        assert_eq!(
            address.write(values("night", "title", "")),
            [Some("night".to_owned()), Some("title".to_owned()), None]
        );
        assert_eq!(address.write(values("", "-date", "")), [None, None, None]);
    }

    #[test]
    fn the_address_is_used_in_place_of_the_attributes() {
        let mut address = Address::default();
        let parameters = [Some("dawn".to_owned()), None, Some(String::new())];
        assert_eq!(address.read(values("", "-date", "tag:noir"), parameters), values("dawn", "-date", ""));
        // Back: the author's values return.
        let now = values("dawn", "-date", "");
        assert_eq!(address.read(now, [None, None, None]), values("", "-date", "tag:noir"));
    }

    #[test]
    fn a_value_that_neither_visitor_nor_address_set_is_the_authors() {
        let mut address = Address::default();
        address.read(values("", "", ""), [Some("dawn".to_owned()), None, None]);
        address.learn(values("dawn", "title", ""));
        assert_eq!(address.write(values("dusk", "title", "")), [Some("dusk".to_owned()), None, None]);
    }

    #[test]
    fn keystrokes_without_a_pause_are_one_entry() {
        let mut address = Address::default();
        let times =
            [(true, 0.0), (true, 1999.0), (true, 3998.0), (true, 5998.0), (false, 6000.0), (true, 6001.0)];
        let continued = times.map(|(is_typed, now)| address.is_continued(is_typed, now));
        assert_eq!(continued, [false, true, true, false, false, false]);
        address.pause();
        assert!(!address.is_continued(true, 6002.0));
    }
}
