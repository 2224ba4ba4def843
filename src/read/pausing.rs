//! Long work with pauses, as an `async` function. Such a function can borrow from its own data across a pause, which the
//! fields of a struct cannot: the parts of a JSON-LD document refer to each other.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Ends a step.
pub(super) async fn pause() {
    let mut has_paused = false;
    poll_fn(|_| if std::mem::replace(&mut has_paused, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// Does all steps.
pub(super) fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Some(result) = step(work.as_mut()) {
            return result;
        }
    }
}

/// Does one step. Returns the result with the last.
pub(super) fn step<T>(work: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Option<T> {
    match work.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{at_once, pause, step};
    use std::pin::pin;

    #[test]
    fn each_pause_ends_a_step() {
        let work = || async {
            for _ in 0..3 {
                pause().await;
            }
            "done"
        };
        let mut in_steps = pin!(work());
        for _ in 0..3 {
            assert_eq!(step(in_steps.as_mut()), None);
        }
        assert_eq!(step(in_steps.as_mut()), Some("done"));
        assert_eq!(at_once(work()), "done");
    }
}
