//! The tasks of `render` for each part of its inputs: a review to parse, a parsed review, or a problem to report.

use std::io;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::reviews::{self, Part};
use review_card::json;
use review_card::model::Review;
use review_card::read::stream::{self, Found, MAX_REVIEW};
use review_card::read::{Feed, MAX_REVIEWS, Problem, element, read};

/// One task.
pub(super) enum Task {
    /// One review of a collection, not parsed yet.
    Element { json: Vec<u8>, place: stream::Place, line: usize, feed: Arc<Feed> },
    /// A review of a document that was parsed as a whole, and its share of the document's bytes.
    Review { review: Box<Review>, bytes: usize },
    /// A problem to report.
    Problem(String),
    /// The title of the collection. Sent when it is found: before the reviews, if it comes before them in the file.
    Title(String),
}

/// Passes the tasks for an input, a file or `-`, to `send` in order, until that returns `false`. Relative URLs are
/// resolved against `base`.
///
/// # Errors
/// Returns an error if the input cannot be read.
pub(super) fn each(input: &Path, base: Option<&str>, send: &mut impl FnMut(Task) -> bool) -> io::Result<()> {
    let mut around = Arc::new(Feed::default());
    let mut elements = 0;
    reviews::each(input, &mut |part| match part {
        Part::Head(json) => title(&[&json, &b"]}"[..]].concat(), send),
        Part::Feed(json, first) => match stream::envelope_with_items(&json, &first, base) {
            Ok((feed, problems)) => {
                around = Arc::new(feed);
                title(&json, send) && tell_all(problems, send)
            }
            Err(error) => {
                send(Task::Problem(error.to_string()));
                false
            }
        },
        Part::Found(Found::Envelope(json)) => match stream::envelope(&json, base) {
            Ok((_, problems)) => tell_all(problems, send),
            Err(error) => send(Task::Problem(error.to_string())),
        },
        Part::Found(Found::Fault(problem)) => send(Task::Problem(problem.to_string())),
        // Nobody needs to hear of it, and there may be a million.
        Part::Found(Found::Element { json, .. }) if json == b"null" => true,
        Part::Found(Found::Element { .. }) if elements == MAX_REVIEWS => {
            send(Task::Problem(format!("expected at most {MAX_REVIEWS} reviews; the rest is left out")));
            false
        }
        Part::Found(Found::Element { json, place, line }) => {
            elements += 1;
            send(Task::Element { json, place, line, feed: Arc::clone(&around) })
        }
        Part::Found(Found::TooLong { place, length }) => {
            send(Task::Problem(format!("{place}: expected at most {MAX_REVIEW} bytes, found {length}")))
        }
        Part::Found(Found::Document(json)) => match read(&json, base) {
            Ok((collection, problems)) => {
                let bytes = json.len() / collection.reviews.len().max(1);
                let mut reviews = collection.reviews.into_iter().map(Rc::unwrap_or_clone).map(Box::new);
                collection.title.is_none_or(|title| send(Task::Title(title)))
                    && tell_all(problems, send)
                    && reviews.all(|review| send(Task::Review { review, bytes }))
            }
            Err(error) => send(Task::Problem(error.to_string())),
        },
    })
}

/// Sends the title of a document.
fn title(json: &[u8], send: &mut impl FnMut(Task) -> bool) -> bool {
    let document = json::parse(json).ok();
    let title = document.as_ref().and_then(|document| document.get("title")?.as_text());
    title.is_none_or(|title| send(Task::Title(title.trim().to_owned())))
}

/// Sends the problems of a document.
fn tell_all(problems: Vec<Problem>, send: &mut impl FnMut(Task) -> bool) -> bool {
    // An unread key does not change the card; `check` reports it.
    let mut problems = problems.into_iter().filter(|problem| !problem.is_unread_key());
    problems.all(|problem| send(Task::Problem(problem.to_string())))
}

impl Task {
    /// Returns how many bytes of the input are done once this task is.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Task::Element { json, .. } => json.len(),
            Task::Review { bytes, .. } => *bytes,
            Task::Problem(_) | Task::Title(_) => 0,
        }
    }

    /// Returns the task's reviews and problems. Only JSON-LD can have more than one review.
    pub(super) fn reviews(self, base: Option<&str>) -> (Vec<Rc<Review>>, Vec<String>) {
        match self {
            Task::Problem(message) => (Vec::new(), vec![message]),
            Task::Title(_) => (Vec::new(), Vec::new()),
            Task::Review { review, .. } => (vec![Rc::new(*review)], Vec::new()),
            Task::Element { json, place, line, feed } => {
                let mut problems = Vec::new();
                let place = place.to_string();
                let reviews = element::of_any_format(&json, base, &place, line, &feed, &mut problems);
                let errors = problems.iter().filter(|problem| !problem.is_unread_key());
                (reviews, errors.map(ToString::to_string).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Task, each};
    use review_card::read::MAX_REVIEWS;

    #[test]
    fn a_file_has_as_many_reviews_as_any_document() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("many.json");
        for (count, problems) in [(MAX_REVIEWS, 0), (MAX_REVIEWS + 2, 1)] {
            std::fs::write(&file, format!("[{}{{}}]", "{},".repeat(count - 1))).unwrap();
            let mut sent = [0, 0];
            let mut count = |task| {
                sent[usize::from(matches!(task, Task::Problem(_)))] += 1;
                true
            };
            each(&file, None, &mut count).unwrap();
            assert_eq!(sent, [MAX_REVIEWS, problems]);
        }
    }
}
