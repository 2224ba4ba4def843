//! Reading as two modules of a page share it.
//!
//! The element's own module reads the plain shape alone, with [`plain`], and is spared the size of the rest. Where that is
//! `None`, the module `reader` is loaded, makes plain JSON of the document with [`convert`], problems and all, and the
//! element's module reads that with [`converted`]. Together they come to what [`read`] comes to.

use super::document::decode;
use super::field::{Field, Report};
use super::shape::Shape;
use super::{Document, PLAIN, Problem, ReadError, collect, mend, read};
use crate::json::Json;
use crate::write;

/// Reads a document of the plain shape; `None` for one of another shape, or one to be mended.
///
/// # Errors
/// As [`read`].
pub fn plain(bytes: &[u8], base: Option<&str>) -> Result<Option<Document>, ReadError> {
    match decode(bytes) {
        Err(ReadError::NotJson(message)) if mend::may_mend(&message) => Ok(None),
        Err(error) => Err(error),
        Ok(document) if Shape::of(&document) != Shape::Plain => Ok(None),
        Ok(document) => collect(&document, base, Vec::new(), super::plain::read, PLAIN).map(Some),
    }
}

/// A document of any shape in the plain one, with a member `problems`.
///
/// # Errors
/// As [`read`].
pub fn convert(bytes: &[u8], base: Option<&str>) -> Result<Json, ReadError> {
    let (collection, problems) = read(bytes, base)?;
    let mut members = vec![("problems".to_owned(), to_json(&problems))];
    if let Json::Object(plain) = write::collection(&collection) {
        members.extend(plain);
    }
    Ok(Json::Object(members))
}

/// Reads what [`convert`] has written. The problems are those that it told.
///
/// # Errors
/// As [`read`].
pub fn converted(bytes: &[u8], base: Option<&str>) -> Result<Document, ReadError> {
    let document = decode(bytes)?;
    let (collection, _) = collect(&document, base, Vec::new(), super::plain::read, PLAIN)?;
    let report = Report::new(None);
    let problem = |problem: &Field| {
        let path = problem.text_of("path").unwrap_or_default();
        Some(Problem { path, message: problem.text_of("message")? })
    };
    Ok((collection, Field::root(&document, &report).each("problems", problem)))
}

/// Problems as an array of `{ path, message }`.
pub fn to_json(problems: &[Problem]) -> Json {
    let one = |problem: &Problem| {
        Json::Object(vec![
            ("path".into(), problem.path.as_str().into()),
            ("message".into(), problem.message.as_str().into()),
        ])
    };
    Json::List(problems.iter().map(one).collect())
}
