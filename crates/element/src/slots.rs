//! Values that JavaScript refers to by number.

/// Values by number. A number is reused once its value is gone.
pub(super) struct Slots<T> {
    /// The number before the first: 0, or after a crash a number above all numbers of the crashed instance.
    before: u32,
    values: Vec<Option<T>>,
}

impl<T> Slots<T> {
    pub(super) const fn new() -> Self {
        Self { before: 0, values: Vec::new() }
    }

    /// Makes all numbers greater than `before`.
    pub(super) fn number_from(&mut self, before: u32) {
        self.before = before;
    }

    pub(super) fn put(&mut self, value: T) -> u32 {
        let free = self.values.iter().position(Option::is_none).unwrap_or(self.values.len());
        match self.values.get_mut(free) {
            Some(slot) => *slot = Some(value),
            None => self.values.push(Some(value)),
        }
        u32::try_from(free + 1).map_or(u32::MAX, |place| self.before.saturating_add(place))
    }

    pub(super) fn get(&mut self, number: u32) -> Option<&mut T> {
        let index = self.index(number)?;
        self.values.get_mut(index)?.as_mut()
    }

    pub(super) fn take(&mut self, number: u32) -> Option<T> {
        let index = self.index(number)?;
        self.values.get_mut(index)?.take()
    }

    /// Puts a value back under the number that it was taken from.
    pub(super) fn put_back(&mut self, number: u32, value: T) {
        if let Some(slot) = self.index(number).and_then(|index| self.values.get_mut(index)) {
            *slot = Some(value);
        }
    }

    fn index(&self, number: u32) -> Option<usize> {
        (number.checked_sub(self.before)? as usize).checked_sub(1)
    }
}
