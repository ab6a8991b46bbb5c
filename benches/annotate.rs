//! What annotating costs: an article of 600 words, and what a megabyte costs a word beside it.
//! `cargo bench --bench annotate`.

#![allow(
    clippy::expect_used,
    reason = "a bench that cannot start has nothing to say"
)]

use std::sync::Arc;

use byline::ingest::{self, Source};
use byline::model::Document;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const SAMPLE: &str = include_str!("../assets/sample.txt");

/// The sample with its body repeated until the text has `words` words.
fn article(words: usize) -> Arc<Document> {
    let (head, rest) = SAMPLE
        .split_once("Brief\n")
        .expect("the sample has a brief");
    let (body, tail) = rest.split_once("Topics").expect("the sample has topics");
    let mut text = String::from(head);
    let mut count = 0;
    'full: loop {
        for line in body.lines() {
            if count >= words {
                break 'full;
            }
            count += line.split_whitespace().count();
            text.push_str(line);
            text.push('\n');
        }
    }
    text.push_str("Topics");
    text.push_str(tail);
    let source = Source {
        name: "bench".to_owned(),
        uri: None,
    };
    ingest::load(text.as_bytes(), &source)
        .expect("the sample opens")
        .document
}

fn annotate(c: &mut Criterion) {
    let mut group = c.benchmark_group("annotate");
    for (name, words) in [("600 words", 600), ("150,000 words", 150_000)] {
        let document = article(words);
        group.throughput(Throughput::Bytes(document.text.len() as u64));
        if words > 10_000 {
            group.sample_size(10);
        }
        group.bench_function(name, |b| b.iter(|| byline::annotate::annotate(&document)));
    }
    group.finish();
}

criterion_group!(benches, annotate);
criterion_main!(benches);
