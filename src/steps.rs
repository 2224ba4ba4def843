//! Counts the steps that reading takes, in tests alone. `read/loads.rs` checks that they grow linearly with the input.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Adds steps: values, bytes of text, comparisons.
#[cfg_attr(not(test), expect(clippy::missing_const_for_fn, reason = "in tests it counts"))]
#[inline]
pub(crate) fn count(steps: usize) {
    #[cfg(test)]
    STEPS.set(STEPS.get() + steps);
    let _ = steps;
}

/// Returns the number of steps since the last call.
#[cfg(test)]
pub(crate) fn take() -> usize {
    STEPS.replace(0)
}
