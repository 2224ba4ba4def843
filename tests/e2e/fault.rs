//! What servers do wrong: `/fault/NAME`, with anything behind it to tell two addresses apart.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use futures_util::stream;

use crate::site::{status, typed};

/// The number of bytes between two pauses of a body that never ends.
const CHUNK: usize = 256 << 10;

/// The fault of that name; `count` is how often its address was asked for, this time included.
pub(crate) async fn answer(name: &str, count: usize) -> Option<Response> {
    let review = r#"{ "title": "After all", "verdict": "It came." }"#;
    Some(match name {
        "404" => status(StatusCode::NOT_FOUND),
        // An API's error is JSON too, and must not be taken for a review.
        "410" => {
            let mut gone = json(r#"{ "title": "Gone" }"#);
            *gone.status_mut() = StatusCode::GONE;
            gone
        }
        "500" => status(StatusCode::INTERNAL_SERVER_ERROR),
        "500-once" if count == 1 => status(StatusCode::INTERNAL_SERVER_ERROR),
        "500-once" => json(review),
        "204" => status(StatusCode::NO_CONTENT),
        "html" => typed("text/html; charset=utf-8", "<!doctype html><title>Sign in</title>"),
        "empty" => json(""),
        "truncated" => json(r#"{ "title": "Cut sho"#),
        "bom" => json("\u{feff}".to_owned() + review),
        "utf-16" => json(review.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
        "object" => json("{}"),
        "array" => json("[]"),
        "silent" => std::future::pending().await,
        "drip" => typed("application/json", Body::from_stream(drip())),
        "endless" => typed("application/json", Body::from_stream(endless())),
        "broken-off" => {
            let mut response = json(r#"{ "title": "#);
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("1000"));
            *response.body_mut() = Body::from_stream(broken_off());
            response
        }
        "broken-list" => {
            let list = r#"[{ "title": "First" }, { "title": "Second" }, { "title": "Third" }]"#;
            let mut response = json(list);
            if count == 1 {
                response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("1000"));
                *response.body_mut() = Body::from_stream(broken_list());
            }
            response
        }
        "redirect-loop" => {
            let mut response = status(StatusCode::FOUND);
            response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/fault/redirect-loop"));
            response
        }
        _ => return None,
    })
}

fn json(content: impl Into<Body>) -> Response {
    typed("application/json", content)
}

static DRIPS: AtomicUsize = AtomicUsize::new(0);

/// How many downloads of `drip` are under way.
pub(crate) fn drips() -> usize {
    DRIPS.load(Ordering::Relaxed)
}

/// Counts a download for as long as it lives.
struct Drip;

impl Drip {
    fn new() -> Self {
        DRIPS.fetch_add(1, Ordering::Relaxed);
        Self
    }
}

impl Drop for Drip {
    fn drop(&mut self) {
        DRIPS.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A space now and then, and never the end.
fn drip() -> impl stream::Stream<Item = Result<&'static str, Infallible>> + Send {
    stream::unfold(Drip::new(), |drip| async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        Some((Ok(" "), drip))
    })
}

/// As many spaces as the browser takes.
fn endless() -> impl stream::Stream<Item = Result<Vec<u8>, Infallible>> + Send {
    stream::unfold((), |()| async { Some((Ok(vec![b' '; CHUNK]), ())) })
}

/// The beginning of a review, then the connection ends.
fn broken_off() -> impl stream::Stream<Item = Result<&'static str, std::io::Error>> + Send {
    stream::unfold(0, |step| async move {
        tokio::time::sleep(Duration::from_millis(20)).await;
        match step {
            0 => Some((Ok(r#"{ "title": "#), 1)),
            _ => Some((Err(std::io::ErrorKind::ConnectionReset.into()), 2)),
        }
    })
}

/// Two reviews and a half, then the connection ends.
fn broken_list() -> impl stream::Stream<Item = Result<&'static str, std::io::Error>> + Send {
    stream::unfold(0, |step| async move {
        tokio::time::sleep(Duration::from_millis(20)).await;
        match step {
            0 => Some((Ok(r#"[{ "title": "First" }, { "title": "Second" }, { "title": "Thi"#), 1)),
            _ => Some((Err(std::io::ErrorKind::ConnectionReset.into()), 2)),
        }
    })
}
