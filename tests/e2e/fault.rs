//! What servers do wrong: `/fault/NAME`, with anything behind it to tell two addresses apart.

use std::convert::Infallible;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use flate2::{Compress, Compression, FlushCompress, write::GzEncoder};
use futures_util::{StreamExt, stream};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::site::{status, typed};

/// The number of bytes between two pauses of a body that never ends.
const CHUNK: usize = 256 << 10;
/// After how long the next chunk follows: some 60 MB a second. WebKitGTK reads on whatever its page takes, and was seen to
/// have all of what came faster, before the page could stop it.
const PACE: Duration = Duration::from_millis(4);
/// A body that says how large it is, and is too large.
const LARGE: usize = 200_000_000;

/// How long an answer waits for what its page is to do.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a gzip file begins with (RFC 1952, section 2.3): deflate, no name, no time.
const GZIP_HEAD: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// How many bytes of bodies that are counted have left for the network.
pub(crate) type Sent = Arc<AtomicUsize>;

/// The fault of that name; `count` is how often its address was asked for, this time included.
pub(crate) async fn answer(name: &str, count: usize, sent: &Sent) -> Option<Response> {
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
        "as-text" => typed("text/plain; charset=iso-8859-1", review),
        "as-image" => {
            let mut response = typed("image/png", review);
            response
                .headers_mut()
                .insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            response
        }
        "as-nothing" => {
            let mut response = json(review);
            response.headers_mut().remove(header::CONTENT_TYPE);
            response
        }
        "gzip-cut" => gzipped(gzip_cut()?),
        "200-mb" => {
            let mut response = json(Body::from_stream(counted(vec![b' '; CHUNK], LARGE / CHUNK, sent)));
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(LARGE / CHUNK * CHUNK));
            response
        }
        "bomb" => {
            let head = stream::iter([Ok(GZIP_HEAD.to_vec())]);
            gzipped(Body::from_stream(head.chain(counted(bomb()?, LARGE / CHUNK, sent))))
        }
        "slower-first" => {
            tokio::time::sleep(Duration::from_millis(if count == 1 { 500 } else { 0 })).await;
            json(format!(r#"{{ "title": "Answer {count}" }}"#))
        }
        "truncated" => json(r#"{ "title": "Cut sho"#),
        "bom" => json("\u{feff}".to_owned() + review),
        "utf-16" => json(review.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
        "object" => json("{}"),
        "array" => json("[]"),
        "silent" => {
            let _waiting = Counted::new(&SILENT);
            std::future::pending().await
        }
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
        "taken" => {
            TAKEN.fetch_add(1, Ordering::Relaxed);
            status(StatusCode::NO_CONTENT)
        }
        "redirect-loop" => {
            let mut response = status(StatusCode::FOUND);
            response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/fault/redirect-loop"));
            response
        }
        _ => return None,
    })
}

/// Hears requests, and breaks the connection with a reset in place of an answer.
pub(crate) async fn reset(listener: TcpListener) {
    while let Ok((mut stream, _)) = listener.accept().await {
        tokio::spawn(async move {
            let mut head = [0; 1024];
            // However that ends, so does the connection.
            let _ = stream.read(&mut head).await;
            let _ = stream.set_zero_linger();
        });
    }
}

fn gzipped(content: impl Into<Body>) -> Response {
    let mut response = json(content);
    response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    response
}

/// A review of which the last part is missing, though the answer is as long as it says.
fn gzip_cut() -> Option<Vec<u8>> {
    let paragraphs: Vec<String> =
        (0..400).map(|n| format!("Paragraph {n} of {}.", n * 7919 % 1000)).collect();
    let review = serde_json::json!({ "title": "Half", "verdict": "Whole?", "body": paragraphs });
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(review.to_string().as_bytes()).ok()?;
    let mut whole = encoder.finish().ok()?;
    whole.truncate(whole.len() / 2);
    Some(whole)
}

/// [`CHUNK`] spaces as a part of a gzip body: as many of them as one likes make a body that never ends.
fn bomb() -> Option<Vec<u8>> {
    let mut part = Vec::with_capacity(CHUNK);
    Compress::new(Compression::best(), false)
        .compress_vec(&[b' '; CHUNK], &mut part, FlushCompress::Full)
        .ok()?;
    Some(part)
}

/// `count` times the same, at [`PACE`].
fn counted(
    chunk: Vec<u8>,
    count: usize,
    sent: &Sent,
) -> impl stream::Stream<Item = Result<Vec<u8>, Infallible>> + Send + use<> {
    let sent = Arc::clone(sent);
    stream::iter(0..count).then(move |_| {
        sent.fetch_add(chunk.len(), Ordering::Relaxed);
        let chunk = chunk.clone();
        async move {
            tokio::time::sleep(PACE).await;
            Ok(chunk)
        }
    })
}

fn json(content: impl Into<Body>) -> Response {
    typed("application/json", content)
}

static DRIPS: AtomicUsize = AtomicUsize::new(0);
static SILENT: AtomicUsize = AtomicUsize::new(0);

/// How many downloads of `drip` are under way.
pub(crate) fn drips() -> usize {
    DRIPS.load(Ordering::Relaxed)
}

/// How many downloads wait for an answer of `silent`.
pub(crate) fn silent() -> usize {
    SILENT.load(Ordering::Relaxed)
}

/// Counts a download for as long as it lives.
struct Counted(&'static AtomicUsize);

impl Counted {
    fn new(count: &'static AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A space now and then, and never the end.
fn drip() -> impl stream::Stream<Item = Result<&'static str, Infallible>> + Send {
    stream::unfold(Counted::new(&DRIPS), |drip| async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        Some((Ok(" "), drip))
    })
}

/// Spaces without end, at [`PACE`].
fn endless() -> impl stream::Stream<Item = Result<Vec<u8>, Infallible>> + Send {
    stream::unfold((), |()| async {
        tokio::time::sleep(PACE).await;
        Some((Ok(vec![b' '; CHUNK]), ()))
    })
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

/// How often a page has reported, by `/fault/taken`, that it has read some of an answer.
static TAKEN: AtomicUsize = AtomicUsize::new(0);

/// Two reviews and a half; once the page has read them, the connection ends. A browser that hears of the end before may give
/// its page nothing of them.
fn broken_list() -> impl stream::Stream<Item = Result<&'static str, std::io::Error>> + Send {
    let before = TAKEN.load(Ordering::Relaxed);
    stream::unfold(0, move |step| async move {
        if step == 0 {
            return Some((Ok(r#"[{ "title": "First" }, { "title": "Second" }, { "title": "Thi"#), 1));
        }
        let start = Instant::now();
        while TAKEN.load(Ordering::Relaxed) == before && start.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Some((Err(std::io::ErrorKind::ConnectionReset.into()), 2))
    })
}
