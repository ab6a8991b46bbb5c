//! Bodies: unpacked as they come (gzip, deflate, brotli, zstd), counted unpacked, and cut off where
//! they grow too large, so that a small answer cannot fill the memory. Calls nothing.

use std::io::{self, BufRead, BufReader, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

/// What is asked for.
pub(super) const ACCEPTED: &str = "gzip, br, zstd, deflate";
/// Bytes of a step.
const STEP: usize = 16 * 1024;
/// Most packings laid over each other.
const LAYERS: usize = 3;

/// Why a body could not be read.
#[derive(Debug)]
pub(super) enum Spoilt {
    /// Larger than the limit.
    TooLarge,
    /// Somebody no longer wants it.
    Given,
    /// Packed in a way that is not known here, by name.
    Unknown(String),
    /// The packed bytes are damaged, or the connection failed.
    Read(io::Error),
}

/// The bytes of `body`, packed as `encoding` (`Content-Encoding`) says; at most `limit` of them.
/// `given_up` is asked between two steps.
pub(super) fn read<'a>(
    body: impl Read + 'a,
    encoding: &str,
    limit: u64,
    given_up: &dyn Fn() -> bool,
) -> Result<Vec<u8>, Spoilt> {
    let mut reader: Box<dyn BufRead + 'a> = Box::new(BufReader::with_capacity(STEP, body));
    let names: Vec<String> = encoding
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty() && name != "identity")
        .collect();
    if names.len() > LAYERS {
        return Err(Spoilt::Unknown(encoding.to_owned()));
    }
    // The last one named was laid on last.
    for name in names.iter().rev() {
        // Some servers name a packing for an answer without a body.
        if reader.fill_buf().map_err(Spoilt::Read)?.is_empty() {
            return Ok(Vec::new());
        }
        reader = unpack(reader, name)?;
    }
    let mut bytes = Vec::new();
    loop {
        if given_up() {
            return Err(Spoilt::Given);
        }
        let step = (&mut reader).take(STEP as u64).read_to_end(&mut bytes);
        if step.map_err(Spoilt::Read)? == 0 {
            return Ok(bytes);
        }
        if bytes.len() as u64 > limit {
            return Err(Spoilt::TooLarge);
        }
    }
}

fn unpack<'a>(
    mut reader: Box<dyn BufRead + 'a>,
    name: &str,
) -> Result<Box<dyn BufRead + 'a>, Spoilt> {
    let unpacked: Box<dyn Read + 'a> = match name {
        "gzip" | "x-gzip" => Box::new(MultiGzDecoder::new(reader)),
        "br" => Box::new(Decompressor::new(reader, STEP)),
        "zstd" => Box::new(StreamingDecoder::new(reader).map_err(|e| {
            Spoilt::Read(io::Error::new(io::ErrorKind::InvalidData, e.to_string()))
        })?),
        // The name means zlib; some servers take it at its word.
        "deflate" => {
            let zlib = reader.fill_buf().map_err(Spoilt::Read)?.first();
            if zlib.is_some_and(|first| first & 0x0f == 8) {
                Box::new(ZlibDecoder::new(reader))
            } else {
                Box::new(DeflateDecoder::new(reader))
            }
        }
        other => return Err(Spoilt::Unknown(other.to_owned())),
    };
    Ok(Box::new(BufReader::with_capacity(STEP, unpacked)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use proptest::prelude::*;

    use super::*;

    fn plain(packed: &[u8], encoding: &str, limit: u64) -> Result<Vec<u8>, Spoilt> {
        read(packed, encoding, limit, &|| false)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn every_packing_is_unpacked_and_so_are_several() {
        let text = b"The harbour plan was read twice. ".repeat(40);
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
        zlib.write_all(&text).unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::best());
        raw.write_all(&text).unwrap();
        let zstd = ruzstd::encoding::compress_to_vec(
            text.as_slice(),
            ruzstd::encoding::CompressionLevel::Fastest,
        );
        let twice = [gzip(&text), gzip(b"More.")].concat();
        for (packed, encoding) in [
            (text.clone(), ""),
            (text.clone(), "identity"),
            (gzip(&text), "gzip"),
            (gzip(&text), "X-GZIP"),
            (gzip(&gzip(&text)), "gzip, gzip"),
            (zlib.finish().unwrap(), "deflate"),
            (raw.finish().unwrap(), "deflate"),
            (zstd, "zstd"),
        ] {
            assert_eq!(
                plain(&packed, encoding, 1 << 20).unwrap(),
                text,
                "{encoding}"
            );
        }
        assert!(plain(&twice, "gzip", 1 << 20).unwrap().ends_with(b"More."));
        assert!(plain(b"", "gzip", 10).unwrap().is_empty());
        assert!(matches!(plain(b"x", "compress", 10), Err(Spoilt::Unknown(n)) if n == "compress"));
        let cut = gzip(&text);
        assert!(matches!(
            plain(&cut[..cut.len() - 20], "gzip", 1 << 20),
            Err(Spoilt::Read(_))
        ));
    }

    #[test]
    fn a_bomb_is_cut_off_at_the_limit() {
        let bomb = gzip(&vec![0; 8 << 20]);
        assert!(bomb.len() < 10_000);
        assert!(matches!(
            plain(&bomb, "gzip", 1 << 20),
            Err(Spoilt::TooLarge)
        ));
        assert!(matches!(
            plain(&gzip(&bomb), "gzip,gzip", 1 << 20),
            Err(Spoilt::TooLarge)
        ));
        assert!(matches!(plain(b"abcd", "", 3), Err(Spoilt::TooLarge)));
        assert_eq!(plain(b"abc", "", 3).unwrap(), b"abc");
    }

    proptest! {
        #[test]
        fn no_bytes_panic_whatever_they_claim_to_be(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            encoding in prop::sample::select(vec!["gzip", "deflate", "br", "zstd", "br, zstd", "?"]),
        ) {
            let _ = plain(&bytes, encoding, 1000);
        }
    }
}
