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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn gzip_is_unpacked_and_damage_is_named() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"The bridge is closed.").unwrap();
        let packed = packed.finish().unwrap();
        assert_eq!(
            gzip(&packed, "a.gz").unwrap().as_deref(),
            Some(&b"The bridge is closed."[..])
        );
        assert_eq!(gzip(b"plain", "a.gz").unwrap(), None);
        let cut = gzip(&packed[..packed.len() / 2], "a.gz")
            .unwrap_err()
            .to_string();
        assert!(
            cut.starts_with("a.gz: is compressed with gzip and damaged"),
            "{cut}"
        );
    }

    #[test]
    fn a_bomb_is_refused() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let zeros = vec![0; 1 << 20];
        for _ in 0..=(LIMIT >> 20) {
            packed.write_all(&zeros).unwrap();
        }
        let error = gzip(&packed.finish().unwrap(), "a.gz").unwrap_err();
        assert!(error.cause.contains("when unpacked"), "{error}");
    }
}
