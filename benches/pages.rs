//! How long it takes to read a saved page: `cargo bench --bench pages -- FILE`, where FILE holds one
//! JSON object with `html` a line and may be compressed with gzip. One thread, each page once after
//! a first round to warm up; median, 95th percentile and the slowest. Where the system tells it
//! (Linux) the time is that of the processor, which other programs do not lengthen.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark of files that are known, for whoever runs it"
)]

use std::io::Read;
use std::time::{Duration, Instant};

use byline::ingest::{Format, Hint, Source, load_as};

/// Time that this thread has had the processor.
fn processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

fn main() {
    let Some(path) = std::env::args().skip(1).find(|a| !a.starts_with('-')) else {
        println!("pages: name a file of pages, one JSON object with \"html\" a line");
        return;
    };
    let bytes = std::fs::read(&path).expect("the file can be read");
    let mut text = String::new();
    if bytes.starts_with(b"\x1f\x8b") {
        flate2::read::MultiGzDecoder::new(&bytes[..])
            .read_to_string(&mut text)
            .expect("the file is gzip");
    } else {
        text = String::from_utf8(bytes).expect("the file is UTF-8");
    }
    let pages: Vec<(String, String)> = text
        .lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
            let field = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
            (field("id"), field("html"))
        })
        .collect();
    let source = Source::default();
    let hint = Hint {
        content_type: None,
        from: Some(Format::Html),
    };
    let mut took: Vec<(Duration, &str, usize)> = Vec::new();
    for round in 0..2 {
        for (id, html) in &pages {
            let (began, worked) = (Instant::now(), processor());
            let loaded = load_as(html.as_bytes(), &source, hint);
            let passed = began.elapsed();
            let time = match (worked, processor()) {
                (Some(before), Some(after)) => after.saturating_sub(before),
                _ => passed,
            };
            drop(loaded);
            if round > 0 {
                took.push((time, id, html.len()));
            }
        }
    }
    took.sort_unstable();
    let at = |share: usize| {
        let (time, id, bytes) = took[(took.len() - 1) * share / 100];
        format!(
            "{:.1} ms ({id}, {} KB)",
            time.as_secs_f64() * 1000.0,
            bytes >> 10
        )
    };
    println!(
        "{} pages: median {}, p95 {}, slowest {}",
        took.len(),
        at(50),
        at(95),
        at(100)
    );
}
