//! What a server answered, as far as it is an answer: the page, "not changed", "gone for good",
//! "not now". Reads the header fields that say so. Calls `base`.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use ureq::http::HeaderMap;

use crate::base::{Error, Result};

/// What tells a server which version is already here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// `ETag` of the last answer, as it came.
    pub etag: Option<String>,
    /// `Last-Modified` of the last answer, as it came.
    pub modified: Option<String>,
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
    /// `Content-Type` as it came; servers err about it.
    pub content_type: Option<String>,
    /// The address it came from in the end, after redirects.
    pub url: String,
    /// The address to ask from now on, where the server says that it moved for good.
    pub moved: Option<String>,
    /// To be sent with the next request.
    pub validators: Validators,
    /// How long the server says that it need not be asked again.
    pub fresh_for: Option<Duration>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is here.
    Fresh(Page),
    /// It has not changed since the validators were given.
    NotModified {
        /// How long the server says that it need not be asked again.
        fresh_for: Option<Duration>,
    },
    /// It is gone for good (410): nobody should ask again.
    Gone {
        /// The address that is gone.
        url: String,
    },
    /// The server wants to be left alone for a while (429, or 503 with a time).
    Busy {
        /// The address that was asked.
        url: String,
        /// Its status code.
        status: u16,
        /// For how long, if it says so.
        after: Option<Duration>,
    },
}

impl Answer {
    /// The page, for whoever cannot do without it.
    ///
    /// # Errors
    /// There is none: in one line, why.
    pub fn page(self) -> Result<Page> {
        match self {
            Self::Fresh(page) => Ok(page),
            Self::NotModified { .. } => Err(Error::new("", "has not changed")),
            Self::Gone { url } => Err(Error::new(url, "is gone for good, says the server (410)")
                .remedy("look for it under another address")),
            Self::Busy { url, status, after } => {
                let (why, when) = match status {
                    429 => ("was asked too often", after),
                    _ => ("cannot answer at the moment", after),
                };
                let when = when.map_or("later".to_owned(), |t| format!("in {}", span(t)));
                Err(Error::new(url, format!("the server {why} ({status})"))
                    .remedy(format!("try again {when}")))
            }
        }
    }
}

/// A length of time in words, rounded up: `40 seconds`, `2 minutes`, `3 hours`.
pub(super) fn span(time: Duration) -> String {
    let seconds = time.as_secs() + u64::from(time.subsec_millis() > 0);
    let (n, unit) = match seconds {
        0..=90 => (seconds, "second"),
        91..=5400 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3600), "hour"),
    };
    format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
}

/// A header field as text.
pub(super) fn field(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The validators of an answer.
pub(super) fn validators(headers: &HeaderMap) -> Validators {
    Validators {
        etag: field(headers, "etag"),
        modified: field(headers, "last-modified"),
    }
}

/// `Retry-After`: seconds, or a date after `now`.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = field(headers, "retry-after")?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = rfc2822::DateTimeParser::new()
        .parse_timestamp(&value)
        .ok()?;
    Duration::try_from(at.duration_since(now)).ok()
}

/// `max-age` of `Cache-Control`.
pub(super) fn fresh_for(headers: &HeaderMap) -> Option<Duration> {
    let value = field(headers, "cache-control")?.to_ascii_lowercase();
    let mut parts = value.split(',').map(str::trim);
    if parts.clone().any(|p| p == "no-cache" || p == "no-store") {
        return None;
    }
    let age = parts.find_map(|p| p.strip_prefix("max-age="))?;
    age.trim_matches('"').parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    #[test]
    fn times_to_wait_are_read_in_both_forms() {
        let now: Timestamp = "2025-03-17T09:41:00Z".parse().unwrap();
        let after = |value| retry_after(&headers("retry-after", value), now);
        assert_eq!(after("120"), Some(Duration::from_mins(2)));
        assert_eq!(
            after("Mon, 17 Mar 2025 09:42:30 GMT"),
            Some(Duration::from_secs(90))
        );
        assert_eq!(after("Mon, 17 Mar 2025 09:00:00 GMT"), None);
        assert_eq!(after("soon"), None);
    }

    #[test]
    fn how_long_an_answer_holds() {
        let age = |value| fresh_for(&headers("cache-control", value));
        assert_eq!(age("public, Max-Age=600"), Some(Duration::from_mins(10)));
        assert_eq!(age("no-cache, max-age=600"), None);
        assert_eq!(age("max-age=soon"), None);
        assert_eq!(fresh_for(&HeaderMap::new()), None);
    }

    #[test]
    fn no_page_is_one_line_with_what_to_do() {
        let line = |answer: Answer| answer.page().unwrap_err().to_string();
        let url = || "https://x.org/".to_owned();
        assert_eq!(
            line(Answer::Gone { url: url() }),
            "https://x.org/: is gone for good, says the server (410) — look for it under another address"
        );
        let busy = |status, seconds: Option<u64>| Answer::Busy {
            url: url(),
            status,
            after: seconds.map(Duration::from_secs),
        };
        assert_eq!(
            line(busy(429, Some(120))),
            "https://x.org/: the server was asked too often (429) — try again in 2 minutes"
        );
        assert_eq!(
            line(busy(503, None)),
            "https://x.org/: the server cannot answer at the moment (503) — try again later"
        );
    }
}
