//! Moments with the zone in which they were given, as text: RFC 3339 and what is near to it.

use jiff::ZonedDateTime;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;

/// Reads a day with a time and a zone; `None` for anything that lacks one of them.
pub fn read(text: &str) -> Option<ZonedDateTime> {
    let pieces = Pieces::parse(text).ok()?;
    let zone = TimeZone::fixed(pieces.to_numeric_offset()?);
    pieces
        .date()
        .to_datetime(pieces.time()?)
        .to_zoned_datetime(zone)
        .ok()
}

/// Writes a moment so that [`read`] gives the same, to the second.
pub fn written(at: &ZonedDateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// A moment for readers, to the minute: `2025-03-04 14:05 UTC`, `2025-03-04 14:05 +02:00`.
pub fn shown(at: &ZonedDateTime) -> String {
    let zone = if at.offset().is_zero() { "UTC" } else { "%:z" };
    at.strftime(&format!("%Y-%m-%d %H:%M {zone}")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_a_day_a_time_and_a_zone() {
        for (text, same) in [
            ("2025-03-04T14:05:09+02:00", "2025-03-04T14:05:09+02:00"),
            ("2025-03-04T14:05-0500", "2025-03-04T14:05:00-05:00"),
            ("2025-03-04 14:05:00.25Z", "2025-03-04T14:05:00+00:00"),
        ] {
            let at = read(text).unwrap();
            assert_eq!(written(&at), same);
            assert_eq!(written(&read(same).unwrap()), same);
        }
        let shown = |text| shown(&read(text).unwrap());
        assert_eq!(shown("2025-03-04T14:05:59Z"), "2025-03-04 14:05 UTC");
        assert_eq!(shown("2025-03-04T23:05-05:00"), "2025-03-04 23:05 -05:00");
        for text in ["2025-03-04", "2025-03-04T14:05:00", "14:05Z", "soon", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
