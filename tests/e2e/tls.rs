//! The site over https: a certificate that nobody has signed, made for the day, and the site's own answers behind it.
//!
//! Sessions accept it (`acceptInsecureCerts`). Whatever TLS needs is in [`tokio_rustls`] and [`rcgen`].

use std::net::Ipv4Addr;
use std::sync::Arc;

use anyhow::{Context, Result};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// What makes plain connections of encrypted ones.
pub(crate) fn acceptor() -> Result<TlsAcceptor> {
    let names = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
    let made = rcgen::generate_simple_self_signed(names).context("making a certificate")?;
    let key = PrivateKeyDer::Pkcs8(made.key_pair.serialize_der().into());
    let config = ServerConfig::builder().with_no_client_auth();
    let config =
        config.with_single_cert(vec![made.cert.der().clone()], key).context("using the certificate")?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Passes each connection on to the plain site at `port`.
pub(crate) async fn serve(listener: TcpListener, acceptor: TlsAcceptor, port: u16) {
    while let Ok((stream, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            // A browser opens connections that it never uses.
            let _ = pass(stream, acceptor, port).await;
        });
    }
}

async fn pass(stream: TcpStream, acceptor: TlsAcceptor, port: u16) -> std::io::Result<()> {
    let mut stream = acceptor.accept(stream).await?;
    let mut site = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    copy_bidirectional(&mut stream, &mut site).await?;
    Ok(())
}
