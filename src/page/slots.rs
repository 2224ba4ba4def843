//! Things by number, for JavaScript to hold.

/// Values by numbers from 1; a number is used again once its value is gone.
pub(super) struct Slots<T>(Vec<Option<T>>);

impl<T> Slots<T> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn put(&mut self, value: T) -> u32 {
        let free = self.0.iter().position(Option::is_none).unwrap_or(self.0.len());
        match self.0.get_mut(free) {
            Some(slot) => *slot = Some(value),
            None => self.0.push(Some(value)),
        }
        u32::try_from(free + 1).unwrap_or(u32::MAX)
    }

    pub(super) fn get(&mut self, number: u32) -> Option<&mut T> {
        self.0.get_mut(index(number)?)?.as_mut()
    }

    pub(super) fn take(&mut self, number: u32) -> Option<T> {
        self.0.get_mut(index(number)?)?.take()
    }
}

fn index(number: u32) -> Option<usize> {
    (number as usize).checked_sub(1)
}
