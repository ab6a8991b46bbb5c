//! The encoder: one small network that reads the whole document and says of every word whether it
//! is part of a name, which part of speech it is, from which word it hangs and how, and whether it
//! is quoted. This folder makes its input (`pieces`, `surface`, `window`), runs it (`file`,
//! `network`) and reads its output (`chain`, `tree`, `decode`); what follows from it is the work of
//! the later stages.

mod chain;
mod decode;
mod file;
mod grammar;
mod network;
mod pieces;
mod surface;
mod tree;
mod window;

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

pub use decode::{Encoded, EncodedName, QuotePart, Quoted};
pub use grammar::{Relation, Upos, Word};
pub use network::{Ask, Rows};

use super::layers::{Layer, Layers};
use super::pipeline::Stage;
use crate::base::{Error, Result};
use crate::model::Document;
use decode::Decoder;
use file::File;
use network::{Engine, Network, Scores};
use pieces::Vocabulary;
use window::Window;

/// The most windows that are read in one batch.
const BATCH: usize = 8;
/// The most pieces of a batch, what fills it up included: what one core's cache holds.
const BATCH_PIECES: usize = 400;

/// Windows whose scores are kept at a time: a long text needs no more memory than an article.
const AT_ONCE: usize = 32;

/// The description of the model that is compiled in; empty in a program that was built without one.
static BUILT_IN: &[u8] = include_bytes!("../../../assets/model/model.json");
/// Its parts.
static PARTS: [(&str, &[u8]); 4] = [
    (
        "vocabulary",
        include_bytes!("../../../assets/model/vocab.txt"),
    ),
    (
        "encoder",
        include_bytes!("../../../assets/model/encoder.onnx"),
    ),
    (
        "relations",
        include_bytes!("../../../assets/model/relations.onnx"),
    ),
    (
        "stance",
        include_bytes!("../../../assets/model/stance.onnx"),
    ),
];

/// Classes of tone: negative, neutral, positive.
pub const TOWARD: usize = 3;
/// Classes of what two spans hold of each other: nothing; the first for the second, the second for
/// the first, the first against the second, the second against the first.
pub const PAIR: usize = 5;
/// The class of a pair asked the other way round.
const TURNED: [usize; PAIR] = [0, 2, 1, 4, 3];

/// What the model says of a target and of a pair, as shares of 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// The tone toward the first span.
    pub toward: [f32; TOWARD],
    /// What the two spans hold of each other; zeros where only one was given.
    pub pair: [f32; PAIR],
}

/// Scores as shares of 1.
fn shares<const N: usize>(scores: impl Iterator<Item = f32> + Clone) -> [f32; N] {
    let top = scores.clone().fold(f32::NEG_INFINITY, f32::max);
    let mut out = [0.0; N];
    for (place, score) in out.iter_mut().zip(scores) {
        *place = (score - top).exp();
    }
    let all: f32 = out.iter().sum();
    if all > 0.0 {
        for share in &mut out {
            *share /= all;
        }
    }
    out
}

/// The mean of both orders, in logarithms.
fn both_ways(scores: &[f32], turned: &[f32]) -> [f32; PAIR] {
    let log = |scores: &[f32]| shares::<PAIR>(scores.iter().copied()).map(|p| p.max(1e-9).ln());
    let (a, b) = (log(scores), log(turned));
    shares((0..PAIR).map(|class| f32::midpoint(a[class], b[TURNED[class]])))
}

/// A loaded model. One serves all threads.
pub struct Encoder {
    network: Box<dyn Network>,
    vocabulary: Vocabulary,
    decoder: Decoder,
    version: String,
    hash: String,
    threads: usize,
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Encoder({} {})", self.version, self.hash)
    }
}

impl Encoder {
    /// Loads a model from the bytes of a model file.
    ///
    /// # Errors
    /// The bytes are no model, were cut short or changed, or do not fit this program.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self> {
        Self::of_file(File::new(bytes.into())?)
    }

    fn of_file(file: File) -> Result<Self> {
        let vocabulary = file.part("vocabulary")?;
        let vocabulary = std::str::from_utf8(&vocabulary)
            .map_err(|_| file::damaged("has a vocabulary that is no text"))
            .and_then(Vocabulary::new)?;
        Ok(Self {
            network: Box::new(Engine::new(&file)?),
            vocabulary,
            decoder: Decoder::new(&file.about)?,
            version: file.about.version,
            hash: file.hash,
            threads: 1,
        })
    }

    /// Loads the model that is compiled in; `None` in a program that was built without one.
    ///
    /// # Errors
    /// As [`Encoder::new`].
    pub fn built_in() -> Option<Result<Self>> {
        (!BUILT_IN.is_empty()).then(|| Self::of_file(File::of_folder(BUILT_IN, &PARTS)?))
    }

    /// The hash of the model that is compiled in, without loading it.
    pub fn hash_of_built_in() -> Option<String> {
        (!BUILT_IN.is_empty()).then(|| file::digest(BUILT_IN))
    }

    /// The hash that a model file says it has; its first 64 bytes are enough.
    pub fn hash_of(start: &[u8]) -> Option<String> {
        file::sum(start).map(file::hexadecimal)
    }

    /// The same encoder, reading a document on `threads` threads (at least one).
    #[must_use]
    pub fn on_threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self
    }

    /// The model's own version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// SHA-256 of the model, in hexadecimal.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Reads a document, given as the words of its sentences. The words are counted through.
    ///
    /// # Errors
    /// The engine refuses a batch.
    pub fn read(&self, sentences: &[Vec<&str>]) -> Result<Encoded> {
        let windows = window::windows(&self.vocabulary, sentences);
        let mut out = Encoded::default();
        let (mut from, mut first) = (0, 0);
        while from < windows.len() {
            // On to where a sentence starts: one that is cut has its windows together.
            let starts = |at: usize| {
                let run = windows.get(at).and_then(|w| w.runs.first());
                run.is_none_or(|run| run.words.start == 0)
            };
            let mut to = (from + AT_ONCE).min(windows.len());
            while !starts(to) {
                to += 1;
            }
            let next = windows.get(to).and_then(|w| w.runs.first());
            let last = next.map_or(sentences.len(), |run| run.sentence);
            let (windows, sentences) = (&windows[from..to], &sentences[first..last]);
            let scores = self.scores(windows)?;
            let network = &*self.network;
            self.decoder
                .decode(network, sentences, windows, &scores, &mut out)?;
            (from, first) = (to, last);
        }
        out.quoted.sort_by_key(|q| (q.part, q.tokens.start));
        Ok(out)
    }

    /// The vectors of the words of one sentence, for [`Encoder::views`].
    ///
    /// # Errors
    /// The engine refuses the sentence.
    pub fn vectors(&self, words: &[&str]) -> Result<Rows> {
        let windows = window::windows(&self.vocabulary, &[words.to_vec()]);
        let mut out = Rows::default();
        for (window, (batch, first)) in windows.iter().zip(self.scores(&windows)?) {
            for row in first..first + window.firsts.len() {
                out.push(batch.hidden.row(row));
            }
        }
        Ok(out)
    }

    /// Answers to questions about one sentence whose vectors were kept, as shares of 1.
    ///
    /// # Errors
    /// The engine refuses the numbers.
    pub fn views(&self, vectors: &Rows, asks: &[Ask]) -> Result<Vec<View>> {
        let found = self.network.views(vectors, asks)?;
        let turned: Vec<Ask> = asks
            .iter()
            .filter(|a| !a.second.is_empty())
            .map(|a| Ask {
                first: a.second.clone(),
                second: a.first.clone(),
            })
            .collect();
        let other = self.network.views(vectors, &turned)?;
        let mut row = 0;
        let mut out = Vec::with_capacity(asks.len());
        for (n, ask) in asks.iter().enumerate() {
            let mut pair = [0.0; PAIR];
            if !ask.second.is_empty() {
                pair = both_ways(found.pair.row(n), other.pair.row(row));
                row += 1;
            }
            out.push(View {
                toward: shares(found.toward.row(n).iter().copied()),
                pair,
            });
        }
        Ok(out)
    }

    /// Scores of every window: of which batch, and from which row on.
    fn scores(&self, windows: &[Window]) -> Result<Vec<(Arc<Scores>, usize)>> {
        let batches = batches(windows);
        let next = AtomicUsize::new(0);
        // Each thread takes the next batch until none is left.
        let work = || {
            let mut done = Vec::new();
            while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                let windows: Vec<&Window> = batch.iter().map(|w| &windows[*w]).collect();
                done.push((batch, self.network.words(&windows)));
            }
            done
        };
        let threads = self.threads.min(batches.len());
        let done = if threads < 2 {
            work()
        } else {
            thread::scope(|scope| {
                let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
                let mut done = work();
                for helper in helpers {
                    done.extend(helper.join().unwrap_or_default());
                }
                done
            })
        };
        let mut out: Vec<Option<(Arc<Scores>, usize)>> = vec![None; windows.len()];
        for (batch, scores) in done {
            let scores = Arc::new(scores?);
            let mut row = 0;
            for window in batch {
                out[*window] = Some((Arc::clone(&scores), row));
                row += windows[*window].firsts.len();
            }
        }
        out.into_iter()
            .collect::<Option<_>>()
            .ok_or_else(|| Error::new("model", "stopped while it read this article"))
    }
}

/// Windows of like length together: the longest first, so that the threads end at about one time.
fn batches(windows: &[Window]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..windows.len()).collect();
    order.sort_by_key(|w| std::cmp::Reverse(windows[*w].pieces.len()));
    let mut out: Vec<Vec<usize>> = Vec::new();
    for window in order {
        match out.last_mut() {
            Some(batch)
                if batch.len() < BATCH
                    && windows[batch[0]].pieces.len() * (batch.len() + 1) <= BATCH_PIECES =>
            {
                batch.push(window);
            }
            _ => out.push(vec![window]),
        }
    }
    out
}

/// The stage. Where the engine fails its layer stays empty, and the rules do the later stages' work.
pub struct Encode(pub Arc<Encoder>);

impl Stage for Encode {
    fn name(&self) -> &'static str {
        "encoder"
    }
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Tokens, Layer::Sentences]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Encoded]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let words = |range: &std::ops::Range<usize>| {
            let tokens = layers.tokens[range.clone()].iter();
            tokens.map(|t| document.slice(t.span)).collect()
        };
        let sentences: Vec<Vec<&str>> = layers.sentence_tokens.iter().map(words).collect();
        layers.encoded = self.0.read(&sentences).ok();
    }
}

#[cfg(test)]
mod tests;
