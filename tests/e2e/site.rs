//! A blog's server: the release, pages, data and faults, on 127.0.0.1, with a log of all that was asked for.
//!
//! | path | what it is |
//! | --- | --- |
//! | `/review-card/…`, `/other/…` | the release |
//! | `/yew-app/…` | the app of `tests/yew-app`, which `cargo xtask test` builds |
//! | `/pages/…`, `/data/…` | files of `tests/pages` and `tests/e2e/data` |
//! | `/blank` | an empty page |
//! | `/images/600x900.svg` | a picture of that size |
//! | `/fonts/page.css`, `/fonts/….woff2` | a sheet that sets the page in the tests' own font, whatever fonts are installed |
//! | `/fault/…` | see `fault.rs` |
//! | `/linked/1` | a post of WordPress; a header names the next, up to the third |
//! | `/elsewhere/…` | leads to what is at `/…` of another origin |
//! | `/reports` | takes what a browser reports of a Content-Security-Policy |
//! | `/shared/…` | what is at `/…`, for pages of every origin |
//! | `/slow/300/…` | what is at `/…`, after 300 ms |
//! | `/after/WORD/…` | what is at `/…`, once something with `WORD` in its address was asked for; a script comes at once |
//! | `/without/WORD/…` | the release without the files that have `WORD` in their names |
//! | `/faulty/NAME/WORD/…` | the release; the files that have `WORD` in their names have the fault: of `fault.rs`, or `cut` for half a file, `altered` for a `.wasm` of the same functions |
//! | anything else | what the test itself has [put](Site::put) there |

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use axum::body::Body;
use axum::extract::State;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::fault::{self, Sent};
use crate::npm;
use crate::proxy::{self, Foreign};
use crate::tls;

/// How long `/after/…` waits before it gives up.
const PATIENCE: Duration = Duration::from_secs(30);
/// What `/fonts/page.css` says. Each of the four fonts is there, so that no browser has to draw a bold or a slanted one itself.
const FONT_SHEET: &str = "
@font-face { font-family: Test; src: url(/fonts/atkinson-hyperlegible-latin-400-normal.woff2) }
@font-face { font-family: Test; font-weight: 700; src: url(/fonts/atkinson-hyperlegible-latin-700-normal.woff2) }
@font-face { font-family: Test; font-style: italic; src: url(/fonts/atkinson-hyperlegible-latin-400-italic.woff2) }
@font-face { font-family: Test; font-style: italic; font-weight: 700; src: url(/fonts/atkinson-hyperlegible-latin-700-italic.woff2) }
html { font-family: Test }";

/// The running server.
pub(crate) struct Site {
    origin: String,
    secure: String,
    proxy: String,
    resetting: String,
    shelf: Arc<Shelf>,
    /// Serves for as long as it lives.
    _runtime: Runtime,
}

impl Site {
    pub(crate) fn start(dist: PathBuf) -> Result<Self> {
        let runtime = Runtime::new()?;
        let listen = || {
            let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
            listener.context("listening on 127.0.0.1")
        };
        let (listener, secure, proxy, resetting) = (listen()?, listen()?, listen()?, listen()?);
        let host = listener.local_addr()?.to_string();
        let port = listener.local_addr()?.port();
        let secure_host = secure.local_addr()?.to_string();
        let proxy_host = proxy.local_addr()?.to_string();
        let resetting_host = resetting.local_addr()?.to_string();
        let origin = format!("http://{host}");
        let secure_origin = format!("https://{secure_host}");
        let tests = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests");
        let shelf = Arc::new(Shelf {
            hosts: [host, secure_host],
            dist,
            pages: tests.join("pages"),
            data: tests.join("e2e/data"),
            put: Mutex::default(),
            log: Mutex::default(),
            foreign: Foreign::default(),
            sent: Sent::default(),
        });
        runtime.spawn(fault::reset(resetting));
        runtime.spawn(tls::serve(secure, tls::acceptor()?, port));
        runtime.spawn(proxy::serve(proxy, Arc::clone(&shelf.foreign)));
        let router = axum::Router::new().fallback(answer).with_state(Arc::clone(&shelf));
        runtime.spawn(async move { axum::serve(listener, router).await });
        Ok(Self {
            origin,
            secure: secure_origin,
            proxy: proxy_host,
            resetting: resetting_host,
            shelf,
            _runtime: runtime,
        })
    }

    /// HOST:PORT of the browsers' proxy.
    pub(crate) fn proxy(&self) -> &str {
        &self.proxy
    }

    /// HOST:PORT of what breaks every connection with a reset.
    pub(crate) fn resetting(&self) -> &str {
        &self.resetting
    }

    /// How many bytes of large bodies have left so far.
    pub(crate) fn sent(&self) -> usize {
        self.shelf.sent.load(Ordering::Relaxed)
    }

    /// What other hosts were asked for since this was last called, as far as browsers come by the proxy.
    pub(crate) fn take_foreign(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.shelf.foreign))
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// `https://127.0.0.1:PORT`: the same site, encrypted.
    pub(crate) fn secure(&self) -> &str {
        &self.secure
    }

    /// Serves `content` at a path from now on; its type is that of the path's ending.
    pub(crate) fn put(&self, path: &str, content: impl Into<Vec<u8>>) {
        lock(&self.shelf.put)
            .insert(path.to_owned(), Put { content: content.into(), headers: HeaderMap::new() });
    }

    /// The same, with headers of its own.
    pub(crate) fn put_with(
        &self,
        path: &str,
        content: impl Into<Vec<u8>>,
        headers: &[(&'static str, &str)],
    ) -> Result<()> {
        let headers = headers
            .iter()
            .map(|(name, value)| Ok((HeaderName::from_static(name), HeaderValue::from_str(value)?)))
            .collect::<Result<_>>()?;
        lock(&self.shelf.put).insert(path.to_owned(), Put { content: content.into(), headers });
        Ok(())
    }

    /// What was asked for since [`Site::forget`], in order: paths with their queries.
    pub(crate) fn requests(&self) -> Vec<String> {
        lock(&self.shelf.log).clone()
    }

    /// How many requests had `part` in their address.
    pub(crate) fn count(&self, part: &str) -> usize {
        self.shelf.count(part)
    }

    /// Empties the log, and what tests have put there.
    pub(crate) fn forget(&self) {
        lock(&self.shelf.log).clear();
        lock(&self.shelf.foreign).clear();
        lock(&self.shelf.put).clear();
        self.shelf.sent.store(0, Ordering::Relaxed);
    }

    /// A file of the release.
    pub(crate) fn release(&self, file: &str) -> Result<String> {
        let path = self.shelf.dist.join(file);
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    }
}

struct Shelf {
    /// HOST:PORT of the site, plain and encrypted.
    hosts: [String; 2],
    dist: PathBuf,
    pages: PathBuf,
    data: PathBuf,
    put: Mutex<HashMap<String, Put>>,
    log: Mutex<Vec<String>>,
    foreign: Foreign,
    sent: Sent,
}

struct Put {
    content: Vec<u8>,
    headers: HeaderMap,
}

impl Shelf {
    fn count(&self, part: &str) -> usize {
        lock(&self.log).iter().filter(|request| request.contains(part)).count()
    }

    async fn resolve(&self, path: &str) -> Response {
        if let Some(put) = lock(&self.put).get(path) {
            let mut response = ok(path, put.content.clone());
            response.headers_mut().extend(put.headers.clone());
            return response;
        }
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        match parts.as_slice() {
            ["review-card", "studio", ""] => read(&self.dist, "studio/index.html"),
            ["review-card", "studio", file] => read(&self.dist.join("studio"), file),
            ["review-card" | "other", file] => read(&self.dist, file),
            ["yew-app", file] => read(&yew_app(), file),
            ["without", word, file] if !file.contains(word) => read(&self.dist, file),
            ["pages", file] => read(&self.pages, file),
            ["data", file] => read(&self.data, file),
            ["fonts", "page.css"] => ok(path, FONT_SHEET.into()),
            ["fonts", file] => font(file),
            ["images", size] => image(size).unwrap_or_else(not_found),
            ["blank"] => typed("text/html", "<!doctype html>"),
            ["favicon.ico"] => status(StatusCode::NO_CONTENT),
            ["faulty", _, word, file] if !file.contains(word) => read(&self.dist, file),
            ["faulty", fault, _, file] => self.faulty(fault, file, self.count(path)).await,
            ["fault", name, ..] => self.fault(name, self.count(path)).await,
            ["linked", page] => linked(page).unwrap_or_else(not_found),
            ["elsewhere", rest @ ..] => {
                let other = self.hosts[0].replace("127.0.0.1", "localhost");
                moved(&format!("http://{other}{}", joined(rest))).unwrap_or_else(not_found)
            }
            ["reports"] => status(StatusCode::NO_CONTENT),
            ["shared", rest @ ..] => {
                let mut response = Box::pin(self.resolve(&joined(rest))).await;
                let all = HeaderValue::from_static("*");
                response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, all);
                response
            }
            ["slow", milliseconds, rest @ ..] => {
                tokio::time::sleep(Duration::from_millis(milliseconds.parse().unwrap_or_default())).await;
                Box::pin(self.resolve(&joined(rest))).await
            }
            ["after", word, rest @ ..] => {
                let asked = async {
                    while self.count(word) == self.count(path) {
                        tokio::time::sleep(Duration::from_millis(5)).await;
                    }
                };
                if !path.ends_with(".js") && tokio::time::timeout(PATIENCE, asked).await.is_err() {
                    return not_found();
                }
                Box::pin(self.resolve(&joined(rest))).await
            }
            _ => not_found(),
        }
    }

    async fn fault(&self, name: &str, count: usize) -> Response {
        fault::answer(name, count, &self.sent).await.unwrap_or_else(not_found)
    }

    /// A file of the release that comes with a fault, the `count`th time.
    async fn faulty(&self, fault: &str, file: &str, count: usize) -> Response {
        let whole = std::fs::read(self.dist.join(file)).unwrap_or_default();
        match fault {
            "cut" => ok(file, whole.get(..whole.len() / 2).unwrap_or_default().to_vec()),
            // With one more section, which says nothing.
            "altered" => ok(file, [&*whole, &[0, 2, 1, b'x']].concat()),
            "as-text" => typed("text/plain; charset=utf-8", whole),
            "500-once" if count > 1 => ok(file, whole),
            _ => self.fault(fault, count).await,
        }
    }
}

async fn answer(State(shelf): State<Arc<Shelf>>, headers: HeaderMap, uri: Uri) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    if shelf.hosts.iter().all(|own| own != host) {
        proxy::note(&shelf.foreign, format!("http://{host}{path}"));
        // By the proxy a connection that began with this machine may go on with another.
        if !host.starts_with("localhost:") {
            return status(StatusCode::BAD_GATEWAY);
        }
    }
    lock(&shelf.log).push(path.to_owned());
    // A file may have been put under an address with a query.
    let is_put = lock(&shelf.put).contains_key(path);
    shelf.resolve(if is_put { path } else { uri.path() }).await
}

/// An answer of this status, without content.
pub(crate) fn status(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// An answer of this type; no cache keeps it, so that the log is complete.
pub(crate) fn typed(content_type: &'static str, content: impl Into<Body>) -> Response {
    use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
    let mut response = Response::new(content.into());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn ok(path: &str, content: Vec<u8>) -> Response {
    let content_type = match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "text/html; charset=utf-8",
    };
    typed(content_type, content)
}

fn read(folder: &Path, file: &str) -> Response {
    std::fs::read(folder.join(file)).map_or_else(|_| not_found(), |content| ok(file, content))
}

fn font(file: &str) -> Response {
    let folder = npm::file("@fontsource/atkinson-hyperlegible/files");
    folder.map_or_else(|_| not_found(), |folder| read(&folder, file))
}

fn not_found() -> Response {
    status(StatusCode::NOT_FOUND)
}

fn image(size: &str) -> Option<Response> {
    let (width, height) = size.strip_suffix(".svg")?.split_once('x')?;
    let svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="100%" height="100%" fill="#567"/></svg>"##
    );
    Some(ok(size, svg.into()))
}

/// A page of one post, as the REST API of WordPress gives it.
fn linked(page: &str) -> Option<Response> {
    let number: u32 = page.parse().ok().filter(|number| (1..=3).contains(number))?;
    let post = format!(
        r#"[{{ "id": {number}, "link": "/post/{number}", "title": {{ "rendered": "Post {number}" }} }}]"#
    );
    let mut response = typed("application/json", post);
    let next = format!(r#"</linked/9>; rel="prev", </linked/{}>; rel="next""#, number + 1);
    if number < 3 {
        response.headers_mut().insert(header::LINK, next.parse().ok()?);
    }
    Some(response)
}

/// An answer that leads elsewhere.
fn moved(address: &str) -> Option<Response> {
    let mut response = status(StatusCode::FOUND);
    response.headers_mut().insert(header::LOCATION, address.parse().ok()?);
    Some(response)
}

/// Where `cargo xtask test` puts the Yew app.
pub(crate) fn yew_app() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("yew-app").join("page")
}

fn joined(parts: &[&str]) -> String {
    format!("/{}", parts.join("/"))
}

/// A test that panics while it holds a lock leaves nothing half-done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
