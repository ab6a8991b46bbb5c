//! Addresses: what is one, how it is named to the reader, and whether it leads into a private
//! network. Calls `base`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::base::{Error, Result};

/// Whether an argument is an address and no file name: it has a scheme with `//`.
pub fn is_address(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| {
        let letters = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        let starts = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
        starts && scheme.len() > 1 && scheme.chars().all(letters) && !rest.is_empty()
    })
}

/// How an address is shown: without its password.
pub fn name(address: &str) -> String {
    Url::parse(address).map_or_else(|_| address.to_owned(), |url| shown(&url))
}

/// How a read address is shown.
pub(super) fn shown(url: &Url) -> String {
    if url.password().is_none() {
        return url.to_string();
    }
    let mut url = url.clone();
    // Only addresses without a host refuse this, and they have no password.
    let _ = url.set_password(None);
    url.to_string()
}

/// Whether an address can be fetched at all.
///
/// # Errors
/// It is none, or has another scheme than `http` and `https`.
pub fn check(address: &str) -> Result<()> {
    parse(address).map(drop)
}

/// Reads an address that can be fetched.
///
/// # Errors
/// It is none, or has another scheme than `http` and `https`.
pub(super) fn parse(address: &str) -> Result<Url> {
    let mut url = Url::parse(address.trim()).map_err(|e| {
        Error::new(address, format!("is no address that can be fetched: {e}"))
            .remedy("write it like https://example.org/news")
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        let cause = format!("is a {} address, which is not fetched", url.scheme());
        return Err(Error::new(shown(&url), cause).remedy("only http and https are"));
    }
    url.set_fragment(None);
    Ok(url)
}

/// The server that an address asks, by which requests take turns; empty where it is no address.
pub(super) fn server(address: &str) -> String {
    let url = Url::parse(address.trim()).ok();
    let of = |url: Url| {
        Some(format!(
            "{}:{}",
            url.host_str()?,
            url.port_or_known_default()?
        ))
    };
    url.and_then(of).unwrap_or_default()
}

/// Whether the host of an address is private by its very name.
pub(super) fn is_private_host(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => is_private(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => is_private(IpAddr::V6(ip)),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let last = name.rsplit('.').next().unwrap_or_default();
            !name.contains('.') || matches!(last, "localhost" | "local" | "internal" | "lan")
        }
        None => true,
    }
}

/// Whether an address of the network is not one of the public internet.
pub(super) fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        // Shared by carriers, protocol assignments, benchmarks.
        || a == 100 && (64..128).contains(&b)
        || (a, b, c) == (192, 0, 0)
        || a == 198 && (b == 18 || b == 19)
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    if let Some(ip) = ip.to_ipv4_mapped() {
        return is_private_v4(ip);
    }
    let parts = ip.segments();
    let inner = Ipv4Addr::from((u32::from(parts[6]) << 16) | u32::from(parts[7]));
    ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_multicast()
        || ip.is_unique_local()
        || ip.is_unicast_link_local()
        // A translated IPv4 address leads where that leads.
        || parts[..6] == [0x64, 0xff9b, 0, 0, 0, 0] && is_private_v4(inner)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_told_from_files() {
        for yes in [
            "http://a",
            "https://example.org/x y",
            "HTTP://A.B",
            "ftp://x",
            "file:///x",
        ] {
            assert!(is_address(yes), "{yes}");
        }
        for no in [
            "a.txt",
            "c://x",
            "http:/x",
            "://x",
            "notes/http://x",
            "-",
            "http://",
        ] {
            assert!(!is_address(no), "{no}");
        }
    }

    #[test]
    fn only_http_is_read_and_passwords_are_not_shown() {
        let url = parse("https://me:secret@example.org/a#part").unwrap();
        assert_eq!(shown(&url), "https://me@example.org/a");
        assert_eq!(name("http://me:secret@x.org/"), "http://me@x.org/");
        assert_eq!(
            parse("file:///etc/passwd").unwrap_err().to_string(),
            "file:///etc/passwd: is a file address, which is not fetched — only http and https are"
        );
        assert!(parse("http://").is_err() && parse("http://[1").is_err());
    }

    #[test]
    fn private_addresses_are_known_in_every_form() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
        for public in [
            "93.184.216.34",
            "172.32.0.1",
            "100.128.0.1",
            "2606:2800:220:1::1",
        ] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
        }
        for (address, private) in [
            ("http://localhost/", true),
            ("http://a.LOCALHOST./", true),
            ("http://printer/", true),
            ("http://box.local/", true),
            ("http://2130706433/", true),
            ("http://0x7f.1/", true),
            ("http://example.org/", false),
            ("http://[::1]/", true),
        ] {
            assert_eq!(
                is_private_host(&Url::parse(address).unwrap()),
                private,
                "{address}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_in_one_line(text in ".{0,80}") {
            let _ = (is_address(&text), server(&text), name(&text));
            if let Err(error) = parse(&text) {
                prop_assert!(!error.to_string().contains('\n'));
            }
        }
    }
}
