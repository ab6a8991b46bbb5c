//! A resolver of names that sees where a name leads: a page of the public internet must not send
//! the reader's machine to an address inside the reader's own network. Checked where the name is
//! turned into the address that is then connected to, so that a name cannot change its mind in
//! between. Calls `address`.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::address::is_private;

/// What the resolver says when a public page leads to a private address.
#[derive(Debug)]
pub(super) struct LeadsInside;

impl std::error::Error for LeadsInside {}

impl std::fmt::Display for LeadsInside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("leads to a private address")
    }
}

/// What the guard knows of one fetch.
#[derive(Debug, Default)]
struct State {
    /// Only public addresses are allowed from now on.
    public_only: AtomicBool,
    /// The host asked for now led to a private address.
    private: AtomicBool,
    /// The host asked for now. Names of proxies are none of the guard's business.
    host: Mutex<String>,
}

/// The resolver of one fetch; copies share what they know.
#[derive(Debug, Default, Clone)]
pub(super) struct Guard {
    state: Arc<State>,
}

impl Guard {
    /// The next request goes to `host`.
    pub fn expect(&self, host: &str, public_only: bool) {
        let mut known = self
            .state
            .host
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        host.clone_into(&mut known);
        self.state.public_only.store(public_only, Ordering::Relaxed);
        self.state.private.store(false, Ordering::Relaxed);
    }

    /// Whether the last host led to a private address.
    pub fn was_private(&self) -> bool {
        self.state.private.load(Ordering::Relaxed)
    }

    /// Looks at where the host leads.
    fn judge(&self, addresses: &[std::net::SocketAddr]) -> Result<(), ureq::Error> {
        if addresses.iter().any(|a| is_private(a.ip())) {
            self.state.private.store(true, Ordering::Relaxed);
            if self.state.public_only.load(Ordering::Relaxed) {
                return Err(ureq::Error::Other(Box::new(LeadsInside)));
            }
        }
        Ok(())
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = DefaultResolver::default().resolve(uri, config, timeout)?;
        let asked = self
            .state
            .host
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if uri.host() == Some(asked.as_str()) {
            self.judge(&addresses)?;
        }
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_inside_is_refused_only_after_a_public_page() {
        let guard = Guard::default();
        let inside = ["93.184.216.34:80", "10.0.0.1:80"].map(|a| a.parse().unwrap());
        guard.expect("a.example", false);
        assert!(guard.judge(&inside).is_ok() && guard.was_private());
        guard.expect("b.example", true);
        assert!(guard.judge(&inside[..1]).is_ok() && !guard.was_private());
        let refused = guard.judge(&inside).unwrap_err();
        assert!(matches!(refused, ureq::Error::Other(e) if e.is::<LeadsInside>()));
    }
}
