//! The network: batches of windows → scores of words. The trait stands between the decoders and
//! the engine, so that the former are tested without a model.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, op_registry};

use super::file::{File, damaged};
use super::pieces::PAD;
use super::window::Window;
use crate::base::Result;

/// Rows of scores.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// Numbers of a row.
    pub width: usize,
    /// All rows, one after the other.
    pub numbers: Vec<f32>,
}

impl Rows {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.numbers.len() / self.width.max(1)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Appends a row.
    pub fn push(&mut self, row: &[f32]) {
        self.width = row.len();
        self.numbers.extend(row);
    }

    /// A row; empty past the end.
    pub fn row(&self, at: usize) -> &[f32] {
        self.numbers
            .get(at * self.width..(at + 1) * self.width)
            .unwrap_or_default()
    }
}

/// What the network says of the words of a batch, one row a word.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// Labels of the four types of names.
    pub conll: Rows,
    /// Labels of the kinds of names.
    pub kind: Rows,
    /// Labels of quoted words.
    pub content: Rows,
    /// Labels of who is quoted and by which words.
    pub source: Rows,
    /// Parts of speech.
    pub upos: Rows,
    /// A word as one that hangs from another.
    pub query: Rows,
    /// A word as one that others hang from.
    pub key: Rows,
    /// How readily others hang from it.
    pub bias: Rows,
    /// How readily it is the root.
    pub root: Rows,
    /// A word as the lower end of a relation.
    pub dependent: Rows,
    /// A word as the upper end of a relation.
    pub head: Rows,
    /// The word itself, for what is asked of a sentence later.
    pub hidden: Rows,
}

impl Scores {
    /// Names of the outputs with their places.
    fn outputs(&mut self) -> [(&'static str, &mut Rows); 12] {
        [
            ("conll", &mut self.conll),
            ("kind", &mut self.kind),
            ("content", &mut self.content),
            ("source", &mut self.source),
            ("upos", &mut self.upos),
            ("arc_query", &mut self.query),
            ("arc_key", &mut self.key),
            ("arc_bias", &mut self.bias),
            ("arc_root", &mut self.root),
            ("rel_dependent", &mut self.dependent),
            ("rel_head", &mut self.head),
            ("hidden", &mut self.hidden),
        ]
    }
}

/// What is asked of a sentence: the tone toward the first span, and the views that the two spans
/// take of each other. Words are counted in the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The target, or one of the two.
    pub first: Range<usize>,
    /// The other one; empty where only a tone is asked for.
    pub second: Range<usize>,
}

/// Scores of the classes of tone and of the views of two spans, one row a question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Views {
    /// Negative, neutral, positive.
    pub toward: Rows,
    /// None; first of second +, second of first +, first of second -, second of first -.
    pub pair: Rows,
}

/// A network that reads windows.
pub trait Network: Send + Sync {
    /// Scores of all words of the windows, in order.
    ///
    /// # Errors
    /// The engine refuses the numbers; the cause is in the error.
    fn words(&self, windows: &[&Window]) -> Result<Scores>;

    /// Scores of the relations between pairs of words, one row a pair.
    ///
    /// # Errors
    /// The engine refuses the numbers; the cause is in the error.
    fn relations(&self, dependents: Rows, heads: Rows) -> Result<Rows>;

    /// Answers to questions about one sentence, given as the vectors of its words.
    ///
    /// # Errors
    /// The engine refuses the numbers; the cause is in the error.
    fn views(&self, words: &Rows, asks: &[Ask]) -> Result<Views>;
}

/// The network of a model file.
pub struct Engine {
    words: Graph,
    relations: Graph,
    views: Graph,
    /// Threads that are free. Each run takes one of its own: the engine's own sharing of one run
    /// among threads gains nothing on graphs of this size.
    threads: Mutex<Vec<Arc<ThreadPool>>>,
}

struct Graph {
    model: Model,
    inputs: Vec<NodeId>,
    outputs: Vec<NodeId>,
}

impl Graph {
    fn new(bytes: Cow<'static, [u8]>, inputs: &[&str], outputs: &[&str]) -> Result<Self> {
        let mut options = ModelOptions::with_ops(op_registry!(
            Add,
            Cast,
            Concat,
            DequantizeLinear,
            Div,
            DynamicQuantizeLinear,
            Erf,
            Gather,
            Identity,
            LayerNormalization,
            MatMul,
            MatMulInteger,
            Max,
            Mul,
            ReduceSum,
            Reshape,
            Shape,
            Slice,
            Softmax,
            Squeeze,
            Sub,
            Transpose,
            Unsqueeze
        ));
        // Once here, not once a batch: a tenth of the time of a long text for 11 MB.
        options.prepack_weights(true);
        let model = match bytes {
            Cow::Borrowed(bytes) => options.load_static_slice(bytes),
            Cow::Owned(bytes) => options.load(bytes),
        }
        .map_err(|e| damaged(format!("has a network that cannot be loaded: {e}")))?;
        let ids = |names: &[&str]| {
            let ids = names.iter().map(|name| model.node_id(name));
            ids.collect::<std::result::Result<Vec<_>, _>>()
                .map_err(|e| damaged(format!("has another network than this byline reads: {e}")))
        };
        Ok(Self {
            inputs: ids(inputs)?,
            outputs: ids(outputs)?,
            model,
        })
    }
}

impl Engine {
    /// Loads the networks of a model file.
    ///
    /// # Errors
    /// A part is missing, cannot be read, or has other inputs or outputs than are asked for.
    pub fn new(file: &File) -> Result<Self> {
        let outputs = Scores::default().outputs().map(|(name, _)| name);
        Ok(Self {
            words: Graph::new(
                file.part("encoder")?,
                &["pieces", "shapes", "contexts", "mask", "firsts"],
                &outputs,
            )?,
            relations: Graph::new(file.part("relations")?, &["dependent", "head"], &["scores"])?,
            views: Graph::new(
                file.part("stance")?,
                &["words", "mask", "first", "second"],
                &["toward", "pair"],
            )?,
            threads: Mutex::default(),
        })
    }

    fn run(&self, graph: &Graph, values: Vec<Value>) -> Result<Vec<Value>> {
        let free = |threads: &Mutex<Vec<_>>| {
            let mut threads = threads.lock().unwrap_or_else(PoisonError::into_inner);
            threads.pop()
        };
        let thread =
            free(&self.threads).unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&thread)));
        let inputs = graph.inputs.iter().copied();
        let inputs = inputs.zip(values.into_iter().map(Into::into)).collect();
        let result = graph.model.run(inputs, &graph.outputs, Some(options));
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        threads.push(thread);
        drop(threads);
        result.map_err(|e| damaged(format!("cannot be run: {e}")))
    }
}

fn rows(value: Value) -> Result<Rows> {
    let ([_, width], numbers) = value
        .into_shape_vec::<f32, 2>()
        .map_err(|e| damaged(format!("gives no rows of numbers: {e}")))?;
    Ok(Rows { width, numbers })
}

fn ints(shape: &[usize], numbers: Vec<i32>) -> Result<Value> {
    Value::from_shape(shape, numbers).map_err(|e| damaged(format!("takes no such input: {e}")))
}

fn floats(rows: Rows) -> Result<Value> {
    let shape = [rows.len(), rows.width];
    Value::from_shape(shape, rows.numbers).map_err(|e| damaged(format!("takes no such input: {e}")))
}

impl Network for Engine {
    fn words(&self, windows: &[&Window]) -> Result<Scores> {
        let length = windows.iter().map(|w| w.pieces.len()).max().unwrap_or(0);
        let padded = |numbers: fn(&Window) -> &Vec<i32>, fill: i32| {
            let mut out = Vec::with_capacity(windows.len() * length);
            for (n, window) in windows.iter().enumerate() {
                out.extend(numbers(window));
                out.resize((n + 1) * length, fill);
            }
            ints(&[windows.len(), length], out)
        };
        let mut mask = Vec::with_capacity(windows.len() * length);
        let mut firsts = Vec::new();
        for (n, window) in windows.iter().enumerate() {
            mask.resize(n * length + window.pieces.len(), 1);
            mask.resize((n + 1) * length, 0);
            firsts.extend(window.firsts.iter().map(|f| f + (n * length) as i32));
        }
        let values = vec![
            padded(|w| &w.pieces, PAD)?,
            padded(|w| &w.shapes, 0)?,
            padded(|w| &w.contexts, 0)?,
            ints(&[windows.len(), length], mask)?,
            ints(&[firsts.len()], firsts)?,
        ];
        let mut scores = Scores::default();
        let found = self.run(&self.words, values)?;
        for ((_, place), value) in scores.outputs().into_iter().zip(found) {
            *place = rows(value)?;
        }
        Ok(scores)
    }

    fn relations(&self, dependents: Rows, heads: Rows) -> Result<Rows> {
        let values = vec![floats(dependents)?, floats(heads)?];
        match self.run(&self.relations, values)?.pop() {
            Some(found) => rows(found),
            None => Ok(Rows::default()),
        }
    }

    fn views(&self, words: &Rows, asks: &[Ask]) -> Result<Views> {
        let (items, time) = (asks.len(), words.len());
        if items == 0 || time == 0 {
            return Ok(Views::default());
        }
        let value = |shape: &[usize], numbers: Vec<f32>| {
            Value::from_shape(shape, numbers)
                .map_err(|e| damaged(format!("takes no such input: {e}")))
        };
        let marks = |span: fn(&Ask) -> &Range<usize>| {
            let of = asks.iter().flat_map(|ask| {
                let span = span(ask).clone();
                (0..time).map(move |word| f32::from(u8::from(span.contains(&word))))
            });
            value(&[items, time], of.collect())
        };
        let values = vec![
            value(&[items, time, words.width], words.numbers.repeat(items))?,
            value(&[items, time], vec![1.0; items * time])?,
            marks(|a| &a.first)?,
            marks(|a| &a.second)?,
        ];
        let mut found = self.run(&self.views, values)?.into_iter();
        let (Some(toward), Some(pair)) = (found.next(), found.next()) else {
            return Ok(Views::default());
        };
        Ok(Views {
            toward: rows(toward)?,
            pair: rows(pair)?,
        })
    }
}
