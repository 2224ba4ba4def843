//! Lets parallel threads take turns in the order of numbers.
//!
//! No thread stores the results of others: each waits with its own result until its turn. Numbers are given out in
//! order, so the thread that is next is always at work and never waits for another.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// The current turn, and the state that is passed from turn to turn.
pub(super) struct Turns<T> {
    state: Mutex<(u64, T)>,
    changed: Condvar,
}

impl<T> Turns<T> {
    /// Starts with the turn of number 0.
    pub(super) fn new(state: T) -> Self {
        Self { state: Mutex::new((0, state)), changed: Condvar::new() }
    }

    /// Returns the place of this number. Every number must be used exactly once.
    pub(super) fn place(&self, number: u64) -> Place<'_, T> {
        Place { turns: self, number, taken: false }
    }

    fn wait(&self, number: u64) -> MutexGuard<'_, (u64, T)> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Not `wait_while`: once a turn has panicked, it returns at every wake-up, whosever turn it is.
        while state.0 != number {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state
    }
}

/// A place in the queue. Dropping it without taking the turn, for example in a panic, passes the turn on.
pub(super) struct Place<'a, T> {
    turns: &'a Turns<T>,
    number: u64,
    taken: bool,
}

impl<T> Place<'_, T> {
    /// Waits for the turn and runs `act`.
    pub(super) fn take<R>(mut self, act: impl FnOnce(&mut T) -> R) -> R {
        let mut state = self.turns.wait(self.number);
        self.taken = true;
        state.0 += 1;
        // The next thread wakes up and waits for the lock.
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
