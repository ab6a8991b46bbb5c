//! What annotating costs: an article of 600 words by rules alone and with the model, loading the
//! model, and what a megabyte costs a word beside it. `cargo bench --bench annotate`.
//! `BYLINE_MODEL` names another model file than the one that is built in.

#![allow(
    clippy::expect_used,
    reason = "a bench that cannot start has nothing to say"
)]

use std::sync::Arc;

use byline::annotate::{self, Encoder};
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

fn model() -> Option<Encoder> {
    match std::env::var_os("BYLINE_MODEL") {
        Some(file) => {
            let bytes = std::fs::read(file).expect("the model file can be read");
            Some(Encoder::new(bytes).expect("the model loads"))
        }
        None => Encoder::built_in().map(|e| e.expect("the model loads")),
    }
}

fn rules(c: &mut Criterion) {
    let mut group = c.benchmark_group("rules");
    for (name, words) in [("600 words", 600), ("150,000 words", 150_000)] {
        let document = article(words);
        group.throughput(Throughput::Bytes(document.text.len() as u64));
        if words > 10_000 {
            group.sample_size(10);
        }
        group.bench_function(name, |b| b.iter(|| annotate::annotate(&document)));
    }
    group.finish();
}

fn encoder(c: &mut Criterion) {
    if model().is_none() {
        return;
    }
    let mut group = c.benchmark_group("model");
    group.sample_size(20);
    group.bench_function("load", |b| b.iter(model));
    let document = article(600);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    for threads in [1, cores] {
        let encoder = model().map(|e| Arc::new(e.on_threads(threads)));
        let encoder = encoder.expect("there is a model");
        group.throughput(Throughput::Bytes(document.text.len() as u64));
        group.bench_function(format!("600 words, {threads} threads"), |b| {
            b.iter(|| annotate::annotate_with(&encoder, &document));
        });
    }
    group.finish();
}

criterion_group!(benches, rules, encoder);
criterion_main!(benches);
