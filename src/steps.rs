//! The steps that reading takes, counted in tests alone: see `read/loads.rs`.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// So many steps more: values, bytes of text, comparisons.
#[cfg_attr(not(test), expect(clippy::missing_const_for_fn, reason = "in tests it counts"))]
#[inline]
pub(crate) fn count(steps: usize) {
    #[cfg(test)]
    STEPS.set(STEPS.get() + steps);
    let _ = steps;
}

/// How many steps there were since this was last asked.
#[cfg(test)]
pub(crate) fn take() -> usize {
    STEPS.replace(0)
}
