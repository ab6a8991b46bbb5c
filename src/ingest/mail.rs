//! E-mail messages: subject, sender and day of the head become fields; the body is the text part,
//! or what the page of the message says. Calls `fields` and `html`.

use jiff::civil::Date;
use mail_parser::{Message, MessageParser};

use super::decode;
use super::fields::Fields;
use super::{Loaded, Source, html};
use crate::base::text::one_line;
use crate::base::{Error, Result};

/// Bytes at the beginning in which the head of a message shows.
const HEAD: usize = 8 << 10;

/// Fields that a message's head has, in small letters.
const KNOWN: &[&str] = &[
    "from",
    "to",
    "date",
    "subject",
    "message-id",
    "received",
    "return-path",
    "mime-version",
    "content-type",
    "delivered-to",
    "reply-to",
    "sender",
    "list-id",
    "dkim-signature",
    "x-mailer",
    "cc",
    "content-transfer-encoding",
    "authentication-results",
    "arc-seal",
];

/// Whether bytes begin as a message does: lines of `Name: value`, three of the known ones at least,
/// the sender among them.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let (mut known, mut sender) = (0, false);
    for (n, line) in head.lines().enumerate() {
        // The mark that a mail box puts before a message.
        if line.starts_with([' ', '\t']) || (n == 0 && line.starts_with("From ")) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            break;
        };
        let name = name.to_ascii_lowercase();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            break;
        }
        known += usize::from(KNOWN.contains(&name.as_str()));
        sender |= name == "from";
    }
    let technical = [
        "message-id:",
        "mime-version:",
        "received:",
        "content-type:",
        "return-path:",
    ];
    let lower = head.to_ascii_lowercase();
    known >= 3 && sender && technical.iter().any(|t| lower.contains(t))
}

/// Reads a message.
///
/// # Errors
/// Bytes that are no message, and a message without text.
pub(super) fn load(bytes: &[u8], source: &Source) -> Result<Loaded> {
    let start = if bytes.starts_with(b"From ") {
        bytes.iter().position(|&b| b == b'\n').map_or(0, |n| n + 1)
    } else {
        0
    };
    let parser = MessageParser::default();
    let message = crate::base::guard::guarded(|| parser.parse(&bytes[start..])).flatten();
    let Some(message) = message else {
        return Err(Error::new(&source.name, "is not an e-mail message")
            .remedy("open it as another format, for example --from plain"));
    };
    let fields = fields(&message);
    // What stands in for a missing part is made from the other; a real one is preferred.
    let text = message
        .text_bodies()
        .find(|p| p.is_text() && !p.is_text_html());
    let body = match text.and_then(|p| p.text_contents()) {
        Some(text) if !text.trim().is_empty() => decode::clean(&unwrapped(text)).text,
        _ => message
            .body_html(0)
            .map(|html| html::lines(&html))
            .unwrap_or_default(),
    };
    if body.trim().is_empty() {
        return Err(
            Error::new(&source.name, "is an e-mail message without text")
                .remedy("save what is attached to it and open that"),
        );
    }
    Ok(fields.over(&body, Vec::new(), source.uri.clone(), "message head"))
}

fn fields(message: &Message<'_>) -> Fields {
    let clean = |text: &str| Some(one_line(&decode::clean(text).text)).filter(|t| !t.is_empty());
    let sender = message.from().and_then(|from| from.first());
    let name = sender.and_then(|s| s.name.as_deref().or(s.address.as_deref()));
    let date = message.date().and_then(|d| {
        Date::new(
            i16::try_from(d.year).ok()?,
            i8::try_from(d.month).ok()?,
            i8::try_from(d.day).ok()?,
        )
        .ok()
    });
    let at = message.date().map(|d| d.to_rfc3339());
    Fields {
        title: message.subject().and_then(clean),
        authors: name.and_then(clean).into_iter().collect(),
        published: date,
        published_at: at.as_deref().and_then(html::instant),
        ..Fields::default()
    }
}

/// A text part with the lines joined that a space at their end says to go on (RFC 3676), and
/// without the signature.
fn unwrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if line.trim_end() == "--" {
            break;
        }
        out.push_str(line);
        if !line.ends_with(' ') || line.trim().is_empty() {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEAD: &str = "From: Mara Lindqvist <mara@example.org>\r\nTo: you@example.org\r\nSubject: =?utf-8?q?The_bridge_is_cl=C3=B6sed?=\r\nDate: Mon, 17 Mar 2025 09:41:00 +0100\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n";

    #[test]
    fn a_message_gives_its_head_and_the_better_of_its_parts() {
        let plain = "Content-Type: text/plain; charset=iso-8859-1; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe city closed the caf=E9 by the =\r\nbridge on Monday.\r\n\r\nNobody knew why.\r\n-- \r\nMara\r\n";
        let html = "Content-Type: text/html; charset=utf-8\r\n\r\n<html><style>p{}</style><p>The city closed the café by the bridge on Monday.</p><p>Nobody knew why.</p></html>\r\n";
        for body in [plain.to_owned(), html.to_owned()] {
            let message = format!("{HEAD}{body}");
            assert!(is_mail(message.as_bytes()));
            let loaded = load(message.as_bytes(), &Source::default()).unwrap();
            let document = &loaded.document;
            assert_eq!(document.meta.title.as_deref(), Some("The bridge is clösed"));
            assert_eq!(document.meta.authors, ["Mara Lindqvist"]);
            assert_eq!(
                document.meta.published.map(|d| d.to_string()).as_deref(),
                Some("2025-03-17")
            );
            assert!(
                document.text.ends_with(
                    "The city closed the café by the bridge on Monday.\nNobody knew why."
                ),
                "{}",
                document.text
            );
        }
    }

    #[test]
    fn text_with_colons_is_no_message() {
        for text in [
            "From: the editor\nTo: everybody\nSubject: lunch\n\nA play in one act.",
            "Title: A bridge\nDate: 2025-03-17\n\nText.",
            "",
        ] {
            assert!(!is_mail(text.as_bytes()), "{text}");
        }
        let empty = format!("{HEAD}Content-Type: image/png\r\n\r\nabc");
        let error = load(empty.as_bytes(), &Source::default()).unwrap_err();
        assert!(error.cause.contains("without text"), "{error}");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), cut in 0_usize..180) {
            let _ = (is_mail(&bytes), load(&bytes, &Source::default()));
            let mut message = HEAD.as_bytes()[..cut].to_vec();
            message.extend(bytes);
            let _ = (is_mail(&message), load(&message, &Source::default()));
        }
    }
}
