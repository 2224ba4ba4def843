//! Turns in the order of numbers, for threads that work side by side.
//!
//! No thread holds what others have done: each waits with its own until its number is up. Since numbers are handed out
//! in order, whoever is next is at work and not waiting.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Whose turn it is, and what goes from one to the next.
pub(super) struct Turns<T> {
    state: Mutex<(u64, T)>,
    changed: Condvar,
}

impl<T> Turns<T> {
    /// The first turn is number 0's.
    pub(super) fn new(state: T) -> Self {
        Self { state: Mutex::new((0, state)), changed: Condvar::new() }
    }

    /// The place of this number, which each number has to have once.
    pub(super) fn place(&self, number: u64) -> Place<'_, T> {
        Place { turns: self, number, taken: false }
    }

    fn wait(&self, number: u64) -> MutexGuard<'_, (u64, T)> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Not `wait_while`: once a turn has panicked, it returns at every wake, whosever turn it is.
        while state.0 != number {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state
    }
}

/// A place in the row. Who leaves it without a turn, in a panic too, lets the next one through.
pub(super) struct Place<'a, T> {
    turns: &'a Turns<T>,
    number: u64,
    taken: bool,
}

impl<T> Place<'_, T> {
    /// Waits for the turn, and does what is to be done in it.
    pub(super) fn take<R>(mut self, act: impl FnOnce(&mut T) -> R) -> R {
        let mut state = self.turns.wait(self.number);
        self.taken = true;
        state.0 += 1;
        // The next one is awake and waits for the lock.
        self.turns.changed.notify_all();
        act(&mut state.1)
    }
}

impl<T> Drop for Place<'_, T> {
    fn drop(&mut self) {
        if !self.taken {
            self.turns.wait(self.number).0 += 1;
            self.turns.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Turns;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    #[test]
    fn turns_come_in_order_whoever_panics() {
        let turns = Turns::new(Vec::new());
        let next = AtomicU64::new(0);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let place = turns.place(number);
                        if number >= 300 {
                            return;
                        }
                        let _ = catch_unwind(AssertUnwindSafe(|| match number % 10 {
                            3 => drop(place),
                            7 => place.take(|_| std::panic::resume_unwind(Box::new(()))),
                            _ => place.take(|row| row.push(number)),
                        }));
                    }
                });
            }
        });
        let expected: Vec<_> = (0..300).filter(|number| !matches!(number % 10, 3 | 7)).collect();
        turns.place(304).take(|row| assert_eq!(*row, expected));
    }
}
