//! Compressed bytes → bytes: gzip, one layer, never more than an article may have. Calls `base`.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::decode::LIMIT;
use crate::base::{Error, Result};

/// The content of `bytes` if they are gzip.
///
/// # Errors
/// Damaged or cut-off data, and more than [`LIMIT`] bytes of content.
pub(super) fn gzip(bytes: &[u8], subject: &str) -> Result<Option<Vec<u8>>> {
    if !bytes.starts_with(b"\x1f\x8b") {
        return Ok(None);
    }
    let mut out = Vec::new();
    MultiGzDecoder::new(bytes)
        .take(LIMIT as u64 + 1)
        .read_to_end(&mut out)
        .map_err(|e| {
            Error::new(subject, format!("is compressed with gzip and damaged: {e}"))
                .remedy("fetch or copy it again")
        })?;
    if out.len() > LIMIT {
        let limit = LIMIT >> 20;
        return Err(
            Error::new(subject, format!("holds more than {limit} MB when unpacked"))
                .remedy("unpack it and cut out the part to be read"),
        );
    }
    Ok(Some(out))
}
