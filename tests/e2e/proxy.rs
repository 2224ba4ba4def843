//! What stands between the browsers and the world: it notes who is asked for, and lets through what is meant for this
//! machine. Nothing leaves it.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

/// The longest head of a request that is looked into.
const LONGEST: usize = 64 << 10;
const REFUSAL: &[u8] = b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// What other hosts were asked for: addresses, or, where a connection was to be encrypted, the host alone.
pub(crate) type Foreign = Arc<Mutex<Vec<String>>>;

pub(crate) fn note(foreign: &Foreign, target: String) {
    foreign.lock().unwrap_or_else(PoisonError::into_inner).push(target);
}

pub(crate) async fn serve(listener: TcpListener, foreign: Foreign) {
    while let Ok((stream, _)) = listener.accept().await {
        let foreign = Arc::clone(&foreign);
        tokio::spawn(async move {
            // Whoever hangs up early has been reported all that there is.
            let _ = pass(stream, &foreign).await;
        });
    }
}

/// One connection: `GET http://host/path HTTP/1.1`, or `CONNECT host:443 HTTP/1.1`, after which it is the two ends' own.
async fn pass(mut stream: TcpStream, foreign: &Foreign) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < LONGEST {
        if stream.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    }
    let text = String::from_utf8_lossy(&head);
    let target = text.split_whitespace().nth(1).unwrap_or_default();
    let Some(port) = port_of_this_machine(target) else {
        note(foreign, target.to_owned());
        return stream.write_all(REFUSAL).await;
    };
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    if text.starts_with("CONNECT ") {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    } else {
        server.write_all(&head).await?;
    }
    copy_bidirectional(&mut stream, &mut server).await?;
    Ok(())
}

fn port_of_this_machine(target: &str) -> Option<u16> {
    let rest = target.strip_prefix("http://").unwrap_or(target);
    let rest = rest.strip_prefix("127.0.0.1:").or_else(|| rest.strip_prefix("localhost:"))?;
    rest.split('/').next()?.parse().ok()
}
