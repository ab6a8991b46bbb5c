//! The client: one request, with its redirects, within limits of time and size. Redirects are
//! followed here and not by the library, because each must be looked at. Calls `base` and this
//! room.

use std::io::Read;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ureq::http::Response;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Proxy};
use url::Url;

use super::address::{self, is_private_host, shown};
use super::answer::{self, Answer, Page, Validators};
use super::guard::Guard;
use super::queue::Cancel;
use super::{fault, packed};
use crate::base::{Error, Result};

/// Most redirects of one request.
const REDIRECTS: usize = 10;
/// Largest page and largest feed, in bytes as unpacked.
const PAGE: u64 = 5 << 20;
const FEED: u64 = 20 << 20;
/// Who asks.
const AGENT: &str = concat!("byline/", env!("CARGO_PKG_VERSION"));

/// How long things may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Until there is a connection.
    pub connect: Duration,
    /// Until all of it is here, redirects included.
    pub total: Duration,
}

/// What an address is expected to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wanted {
    /// An article.
    #[default]
    Page,
    /// A feed.
    Feed,
}

impl Wanted {
    /// Largest answer, in bytes as unpacked.
    fn limit(self) -> u64 {
        match self {
            Self::Page => PAGE,
            Self::Feed => FEED,
        }
    }

    fn accept(self) -> &'static str {
        match self {
            Self::Page => "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.8",
            Self::Feed => {
                "application/atom+xml, application/rss+xml, application/feed+json, \
                 application/xml;q=0.9, */*;q=0.8"
            }
        }
    }
}

/// What to fetch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// The address.
    pub url: String,
    /// What it is expected to hold.
    pub wanted: Wanted,
    /// What was answered the last time.
    pub validators: Validators,
}

impl Request {
    /// A page that was not fetched before.
    pub fn page(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }

    /// A feed; `validators` are those of the last answer.
    pub fn feed(url: impl Into<String>, validators: Validators) -> Self {
        Self {
            url: url.into(),
            wanted: Wanted::Feed,
            validators,
        }
    }
}

/// The client.
#[derive(Debug, Clone)]
pub struct Client {
    limits: Limits,
}

impl Client {
    /// A client within these limits.
    pub fn new(limits: Limits) -> Self {
        Self { limits }
    }

    /// Fetches; blocks until there is an answer, at most `limits.total`, or until somebody cancels
    /// and the next bytes come.
    ///
    /// # Errors
    /// No address, no connection, no answer in time, too large, redirected without end or into a
    /// private network, an answer that is no page: one line that names the address.
    pub fn fetch(&self, request: &Request, cancel: &Cancel) -> Result<Answer> {
        let mut url = address::parse(&request.url)?;
        let until = Instant::now() + self.limits.total;
        let guard = Guard::default();
        let agent = self.agent(guard.clone());
        let mut way: Vec<Url> = Vec::new();
        let (mut public, mut moved) = (false, true);
        loop {
            let name = shown(&url);
            if public && is_private_host(&url) {
                return Err(fault::inside(&name));
            }
            if cancel.is_cancelled() {
                return Err(fault::given_up(&name));
            }
            guard.expect(url.host_str().unwrap_or_default(), public);
            let left = until.saturating_duration_since(Instant::now());
            let response = ask(&agent, &url, request, left)
                .map_err(|e| fault::connection(&name, e, &self.limits))?;
            public |= !is_private_host(&url) && !guard.was_private();
            let status = response.status().as_u16();
            if let 301 | 302 | 303 | 307 | 308 = status {
                moved &= matches!(status, 301 | 308);
                let next = target(&url, &response)?;
                way.push(url);
                round(&way, &next)?;
                url = next;
                continue;
            }
            let moved = (moved && !way.is_empty()).then(|| url.to_string());
            return self.answer(response, request, name, moved, cancel);
        }
    }

    fn agent(&self, guard: Guard) -> Agent {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(Proxy::try_from_env())
            .user_agent(AGENT)
            .timeout_resolve(Some(self.limits.connect))
            .timeout_connect(Some(self.limits.connect))
            .build();
        Agent::with_parts(config, DefaultConnector::default(), guard)
    }

    fn answer(
        &self,
        response: Response<Body>,
        request: &Request,
        name: String,
        moved: Option<String>,
        cancel: &Cancel,
    ) -> Result<Answer> {
        let status = response.status();
        let headers = response.headers();
        let fresh_for = answer::fresh_for(headers);
        let after = answer::retry_after(headers, Timestamp::now());
        match status.as_u16() {
            304 if request.validators != Validators::default() => {
                return Ok(Answer::NotModified { fresh_for });
            }
            410 => return Ok(Answer::Gone { url: name }),
            503 if after.is_none() => {}
            code @ (429 | 503) => {
                return Ok(Answer::Busy {
                    url: name,
                    status: code,
                    after,
                });
            }
            _ => {}
        }
        fault::status(&name, status)?;
        let encoding = answer::field(headers, "content-encoding").unwrap_or_default();
        let mut page = Page {
            content_type: answer::field(headers, "content-type"),
            validators: answer::validators(headers),
            moved,
            fresh_for,
            ..Page::default()
        };
        let limit = request.wanted.limit();
        // What is packed may not be larger than what is in it.
        let body = response.into_body().into_reader().take(limit + 1);
        page.bytes = packed::read(body, &encoding, limit, &|| cancel.is_cancelled())
            .map_err(|spoilt| fault::body(&name, spoilt, limit, &self.limits))?;
        page.url = name;
        Ok(Answer::Fresh(page))
    }
}

/// Sends one request; the answer's body is still to come.
fn ask(
    agent: &Agent,
    url: &Url,
    request: &Request,
    left: Duration,
) -> std::result::Result<Response<Body>, ureq::Error> {
    let mut asked = agent
        .get(url.as_str())
        .header("accept", request.wanted.accept())
        .header("accept-encoding", packed::ACCEPTED);
    if let Some(etag) = &request.validators.etag {
        asked = asked.header("if-none-match", etag);
    }
    if let Some(modified) = &request.validators.modified {
        asked = asked.header("if-modified-since", modified);
    }
    asked.config().timeout_global(Some(left)).build().call()
}

/// Where a redirect leads.
fn target(url: &Url, response: &Response<Body>) -> Result<Url> {
    let name = shown(url);
    let location = response.headers().get("location");
    // Addresses with bytes outside ASCII are common and meant as UTF-8.
    let location = location.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let location = location.ok_or_else(|| {
        Error::new(&name, "redirects without saying where to").remedy("check the address")
    })?;
    let next = url.join(location.trim()).map_err(|e| {
        Error::new(
            &name,
            format!("redirects to {location:?}, which is no address: {e}"),
        )
        .remedy("check the address")
    })?;
    address::parse(next.as_str()).map_err(|_| {
        let cause = format!("redirects to {}, which is not fetched", shown(&next));
        Error::new(&name, cause).remedy("only http and https are")
    })
}

/// Whether the way to `next` can still end.
fn round(way: &[Url], next: &Url) -> Result<()> {
    let remedy = "open it in a browser and save the page; it may want cookies";
    let start = way.first().map(shown).unwrap_or_default();
    if way.contains(next) {
        let cause = format!("redirects in a circle, back to {}", shown(next));
        return Err(Error::new(start, cause).remedy(remedy));
    }
    if way.len() > REDIRECTS {
        let cause = format!("redirects more than {REDIRECTS} times");
        return Err(Error::new(start, cause).remedy(remedy));
    }
    Ok(())
}
