//! What goes wrong on the way → one line with what to do about it. Calls `base`, `answer`.

use std::io::ErrorKind;
use std::time::Duration;

use ureq::Timeout;
use ureq::http::StatusCode;

use super::answer::span;
use super::client::Limits;
use super::guard::LeadsInside;
use super::packed::Spoilt;
use crate::base::{Error, Result};

const LATER: &str = "try again later";
const BY_HAND: &str = "open it in a browser and save the page";

/// A length of time in words, of less than a second too.
fn waited(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        return format!("{} milliseconds", time.as_millis());
    }
    span(time)
}

/// The connection, or what was said over it, failed before there was an answer.
pub(super) fn connection(url: &str, error: ureq::Error, limits: &Limits) -> Error {
    let fault = |cause: String, remedy: &str| Error::new(url, cause).remedy(remedy);
    match error {
        ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => fault(
            format!(
                "cannot be reached: no connection within {}",
                waited(limits.connect)
            ),
            "check the address and the network, or raise connect_timeout under [fetch]",
        ),
        ureq::Error::Timeout(_) => fault(
            format!("the server did not answer within {}", waited(limits.total)),
            "try again later, or raise timeout under [fetch]",
        ),
        ureq::Error::HostNotFound => not_found(url),
        ureq::Error::Io(e) => match e.kind() {
            ErrorKind::ConnectionRefused => fault(
                "cannot be reached: the host refuses connections".to_owned(),
                "check the address and its port",
            ),
            ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted => {
                fault("the server hung up without an answer".to_owned(), LATER)
            }
            ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => fault(
                "cannot be reached: there is no way to the host".to_owned(),
                "check the network",
            ),
            // The system's word for a name that does not exist has no kind of its own.
            _ if e.to_string().contains("lookup") => not_found(url),
            _ => secure(url, &e).unwrap_or_else(|| fault(format!("cannot be fetched: {e}"), LATER)),
        },
        ureq::Error::Rustls(e) => certificate(url, &e.to_string()),
        ureq::Error::Tls(e) => certificate(url, e),
        ureq::Error::Other(e) if e.is::<LeadsInside>() => inside(url),
        ureq::Error::ConnectProxyFailed(e) => fault(
            format!("the proxy does not connect: {e}"),
            "check http_proxy, https_proxy, all_proxy and no_proxy",
        ),
        ureq::Error::InvalidProxyUrl => fault(
            "the environment names a proxy that is no address".to_owned(),
            "check http_proxy, https_proxy and all_proxy",
        ),
        ureq::Error::LargeResponseHeader(..) => {
            fault("answers with an endless header".to_owned(), BY_HAND)
        }
        ureq::Error::Protocol(e) => fault(
            format!("does not speak HTTP as it should: {e}"),
            "check the address and its port",
        ),
        other => fault(format!("cannot be fetched: {other}"), LATER),
    }
}

fn not_found(url: &str) -> Error {
    Error::new(url, "cannot be reached: there is no host of that name")
        .remedy("check the address and the network")
}

/// A redirect from the public internet into a private network.
pub(super) fn inside(url: &str) -> Error {
    Error::new(
        url,
        "a public page redirects to this private address, which is not followed",
    )
    .remedy("name the address itself if you want it")
}

/// A failure of the secure connection that came wrapped as one of reading.
fn secure(url: &str, error: &std::io::Error) -> Option<Error> {
    let inner = error.get_ref()?;
    let text = inner.to_string();
    let signs = ["certificate", "handshake", "corrupt message", "fatal alert"];
    let named = signs.iter().any(|sign| text.contains(sign));
    let below = inner.source().map(ToString::to_string);
    named.then(|| certificate(url, &below.unwrap_or(text)))
}

fn certificate(url: &str, what: &str) -> Error {
    Error::new(url, format!("there is no secure connection: {what}"))
        .remedy("check the address and the clock of this machine")
}

/// The body failed after an answer had begun.
pub(super) fn body(url: &str, spoilt: Spoilt, limit: u64, limits: &Limits) -> Error {
    let fault = |cause: String, remedy: &str| Error::new(url, cause).remedy(remedy);
    match spoilt {
        Spoilt::TooLarge => fault(
            format!("is larger than {} MB, which is not read", limit >> 20),
            BY_HAND,
        ),
        Spoilt::Given => given_up(url),
        Spoilt::Unknown(name) => fault(
            format!("is packed as {name:?}, which is not known"),
            BY_HAND,
        ),
        Spoilt::Read(e) => {
            let (kind, text) = (e.kind(), e.to_string());
            match ureq::Error::from(e) {
                ureq::Error::Timeout(_) => fault(
                    format!("was still coming after {}", waited(limits.total)),
                    "try again later, or raise timeout under [fetch]",
                ),
                _ if matches!(
                    kind,
                    ErrorKind::UnexpectedEof
                        | ErrorKind::ConnectionReset
                        | ErrorKind::ConnectionAborted
                ) =>
                {
                    fault(
                        "ends before its end: the connection broke off".to_owned(),
                        LATER,
                    )
                }
                ureq::Error::Protocol(_) => fault(
                    "ends before its end: the connection broke off".to_owned(),
                    LATER,
                ),
                _ => fault(format!("is damaged: {text}"), LATER),
            }
        }
    }
}

/// Nobody waits for it any more.
pub(super) fn given_up(url: &str) -> Error {
    Error::new(url, "was given up")
}

/// A status that is no page: 4xx, 5xx, and what a reader has no use for.
pub(super) fn status(url: &str, status: StatusCode) -> Result<()> {
    let code = status.as_u16();
    let (cause, remedy) = match code {
        200 | 203 => return Ok(()),
        401 | 407 => ("wants a name and a password", BY_HAND),
        402 => ("wants money before it is shown", BY_HAND),
        403 => ("is refused by the server", BY_HAND),
        404 => (
            "is not there: the server knows no such page",
            "check the address",
        ),
        406 => ("is not to be had in a form that can be read", BY_HAND),
        429 => ("the server was asked too often", LATER),
        451 => ("is withheld for legal reasons", "look for it elsewhere"),
        400..=499 => ("is refused by the server", "check the address"),
        500..=599 => ("the server failed", LATER),
        _ => ("the server answers with no page", "check the address"),
    };
    let reason = status.canonical_reason();
    let said = reason.map_or(code.to_string(), |reason| format!("{code} {reason}"));
    Err(Error::new(url, format!("{cause} ({said})")).remedy(remedy))
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    const LIMITS: Limits = Limits {
        connect: Duration::from_secs(10),
        total: Duration::from_secs(30),
    };

    #[test]
    fn what_no_test_server_can_do_is_told_too() {
        let line = |error| connection("https://x.org/", error, &LIMITS).to_string();
        let dns = "https://x.org/: cannot be reached: there is no host of that name — \
                   check the address and the network";
        assert_eq!(line(ureq::Error::HostNotFound), dns);
        let lookup = "failed to lookup address information: Name or service not known";
        assert_eq!(line(ureq::Error::Io(io::Error::other(lookup))), dns);
        assert_eq!(
            line(ureq::Error::Timeout(Timeout::Connect)),
            "https://x.org/: cannot be reached: no connection within 10 seconds — \
             check the address and the network, or raise connect_timeout under [fetch]"
        );
        assert_eq!(
            line(ureq::Error::Tls("bad certificate")),
            "https://x.org/: there is no secure connection: bad certificate — \
             check the address and the clock of this machine"
        );
        assert!(line(ureq::Error::InvalidProxyUrl).contains("a proxy that is no address"));
        assert!(line(ureq::Error::Io(ErrorKind::NetworkUnreachable.into())).contains("no way"));
    }
}
