//! The blog's server, on 127.0.0.1: files in memory, compressed with Brotli where a server would compress them, and a
//! log of the responses.

use std::collections::HashMap;
use std::io::Cursor;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use brotli::enc::BrotliEncoderParams;
use tokio::runtime::Runtime;

/// Files of this size (bytes) or larger are not compressed: they are loaded before a measurement begins.
const LARGE: usize = 1_000_000;

/// Files by path.
#[derive(Default)]
pub(crate) struct Files(HashMap<String, File>);

struct File {
    content_type: &'static str,
    is_compressed: bool,
    content: Bytes,
}

impl Files {
    /// Adds content at a path, compressed unless it is an image or [`LARGE`].
    pub(crate) fn put(&mut self, path: &str, content: &[u8]) -> Result<()> {
        let content_type = content_type(path);
        let is_compressed = !content_type.starts_with("image/") && content.len() < LARGE;
        let content = if is_compressed { brotli(content)? } else { content.to_vec() };
        self.0.insert(path.to_owned(), File { content_type, is_compressed, content: content.into() });
        Ok(())
    }

    /// Adds each file of a folder below a path, using the compressed copy beside it if there is one.
    pub(crate) fn put_folder(&mut self, path: &str, folder: &Path) -> Result<()> {
        for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
            let file = entry?.path();
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let path = format!("{path}/{name}");
            if file.is_dir() {
                self.put_folder(&path, &file)?;
            } else if !matches!(file.extension().and_then(|it| it.to_str()), Some("br" | "gz" | "zip")) {
                let compressed = file.with_file_name(format!("{name}.br"));
                if compressed.is_file() {
                    let content = read(&compressed)?.into();
                    let content_type = content_type(&path);
                    self.0.insert(path, File { content_type, is_compressed: true, content });
                } else {
                    self.put(&path, &read(&file)?)?;
                }
            }
        }
        Ok(())
    }
}

/// A response: the path without its query, and the bytes of the body as transferred.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) path: String,
    pub(crate) bytes: usize,
}

/// The running server.
pub(crate) struct Site {
    origin: String,
    shelf: Arc<Shelf>,
    /// The server runs until this is dropped.
    _runtime: Runtime,
}

struct Shelf {
    files: Files,
    log: Mutex<Vec<Sent>>,
}

impl Site {
    pub(crate) fn start(files: Files) -> Result<Self> {
        let runtime = Runtime::new()?;
        let listener = runtime.block_on(tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
        let listener = listener.context("listening on 127.0.0.1")?;
        let origin = format!("http://{}", listener.local_addr()?);
        let shelf = Arc::new(Shelf { files, log: Mutex::default() });
        let router = axum::Router::new().fallback(answer).with_state(Arc::clone(&shelf));
        runtime.spawn(async move { axum::serve(listener, router).await });
        Ok(Self { origin, shelf, _runtime: runtime })
    }

    /// Returns the absolute URL of a path.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Returns the responses since the last call.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        std::mem::take(&mut *self.shelf.log.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn answer(State(shelf): State<Arc<Shelf>>, uri: Uri) -> Response {
    let Some(file) = shelf.files.0.get(uri.path()) else {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let sent = Sent { path: uri.path().to_owned(), bytes: file.content.len() };
    shelf.log.lock().unwrap_or_else(PoisonError::into_inner).push(sent);
    let mut response = Response::new(file.content.clone().into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
    if file.is_compressed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

/// Compresses as for a release: level 11, a window of 4 MiB.
fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters =
        BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut Cursor::new(content), &mut compressed, &parameters)?;
    Ok(compressed)
}

fn content_type(path: &str) -> &'static str {
    match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("webp") => "image/webp",
        _ => "text/html; charset=utf-8",
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("reading {}", path.display()))
}
