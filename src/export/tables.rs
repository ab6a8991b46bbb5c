//! Annotated documents as tables for databases, written as Parquet: articles, entities, mentions,
//! quotes (other attributions included), stances. Every row has the number of its article in the
//! input (`row`) and its id (`article`). Offsets are Unicode scalar values. The same documents give
//! the same bytes. Calls `base` and `model`.

use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::base::offset::{Offsets, Unit};
use crate::base::{Error, Result, Span};
use crate::model::{Annotated, Party, Quote, Target, evidence_hull};

/// The tables, in the order in which they are written: that of the articles last, so that where it
/// is whole all are.
pub const TABLES: [&str; 5] = ["entities", "mentions", "quotes", "stances", "articles"];

/// What a cell holds.
#[derive(Debug, Clone)]
enum Cell {
    Text(Option<String>),
    Int(Option<i64>),
    Real(f64),
    Flag(bool),
}

/// Columns of a table: name, type in Parquet, whether a cell may be empty.
type Columns = &'static [(&'static str, Kind)];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Int,
    Real,
    Flag,
}

use Kind::{Flag, Int, Real, Text};

const COLUMNS: [Columns; 5] = [
    &[
        ("row", Int),
        ("article", Text),
        ("id", Text),
        ("name", Text),
        ("kind", Text),
        ("role", Text),
        ("speaks_for", Text),
        ("aliases", Text),
        ("mentions", Int),
        ("confidence", Real),
        ("rule", Text),
    ],
    &[
        ("row", Int),
        ("article", Text),
        ("entity", Text),
        ("start", Int),
        ("end", Int),
        ("text", Text),
        ("form", Text),
        ("conll", Text),
        ("confidence", Real),
        ("rule", Text),
    ],
    &[
        ("row", Int),
        ("article", Text),
        ("id", Text),
        ("start", Int),
        ("end", Int),
        ("text", Text),
        ("kind", Text),
        ("attribution", Flag),
        ("speaker", Text),
        ("speaker_name", Text),
        ("cue", Text),
        ("continues", Text),
        ("via", Text),
        ("confidence", Real),
        ("rule", Text),
    ],
    &[
        ("row", Int),
        ("article", Text),
        ("id", Text),
        ("start", Int),
        ("end", Int),
        ("evidence", Text),
        ("sentence", Text),
        ("holder", Text),
        ("holder_name", Text),
        ("target", Text),
        ("target_name", Text),
        ("polarity", Text),
        ("strength", Int),
        ("via", Text),
        ("confidence", Real),
        ("rule", Text),
    ],
    &[
        ("row", Int),
        ("article", Text),
        ("document", Text),
        ("title", Text),
        ("authors", Text),
        ("published", Text),
        ("outlet", Text),
        ("uri", Text),
        ("language", Text),
        ("text", Text),
        ("sentences", Int),
        ("entities", Int),
        ("quotes", Int),
        ("stances", Int),
    ],
];

/// Rows of all tables, in the order of [`TABLES`].
#[derive(Debug, Default)]
pub struct Tables {
    rows: [Vec<Vec<Cell>>; 5],
    /// Bytes of the texts.
    bytes: usize,
}

impl Tables {
    /// The rows of one document. Their numbers are given by [`Tables::append`].
    pub fn of(annotated: &Annotated, id: Option<&serde_json::Value>) -> Self {
        let document = &annotated.document;
        let own = match id {
            Some(serde_json::Value::String(id)) => id.clone(),
            Some(other) => other.to_string(),
            None => document.id.clone(),
        };
        let mut out = Self {
            bytes: document.text.len(),
            ..Self::default()
        };
        let at = Offsets::new(&document.text);
        let place = |span: Span| {
            let (start, end) = at.range(span, Unit::Scalars);
            [number(start), number(end), text(span.of(&document.text))]
        };
        let head = || vec![number(0), text(&own)];
        let row = |cells: Vec<Cell>| [head(), cells].concat();
        for e in &annotated.entities {
            out.rows[0].push(row(vec![
                text(&e.id.to_string()),
                text(&e.name),
                text(e.kind.name()),
                Cell::Text(e.role.clone()),
                Cell::Text(e.speaks_for.map(|e| e.to_string())),
                text(&e.aliases.join("; ")),
                number(e.mentions.len()),
                sure(e.confidence),
                text(&e.rule),
            ]));
            for m in &e.mentions {
                let [start, end, words] = place(m.span);
                out.rows[1].push(row(vec![
                    text(&e.id.to_string()),
                    start,
                    end,
                    words,
                    text(m.form.name()),
                    Cell::Text(m.conll.map(|t| t.name().to_owned())),
                    sure(m.confidence),
                    text(&m.rule),
                ]));
            }
        }
        let who = |party: Party| match party {
            Party::Entity(id) => Cell::Text(Some(id.to_string())),
            Party::Author => text("author"),
            Party::Editor => text("editor"),
            Party::Unknown => Cell::Text(None),
        };
        let relays = |via: &[crate::base::EntityId]| {
            let ids: Vec<String> = via.iter().map(ToString::to_string).collect();
            Cell::Text((!ids.is_empty()).then(|| ids.join(" ")))
        };
        let quote = |q: &Quote, attribution: bool| {
            let letter = if attribution { 'A' } else { 'Q' };
            let [start, end, words] = place(q.span);
            row(vec![
                text(&format!("{letter}{}", q.id.index() + 1)),
                start,
                end,
                words,
                text(q.kind.name()),
                Cell::Flag(attribution),
                who(q.speaker),
                text(annotated.party_name(q.speaker)),
                Cell::Text(q.cue.map(|c| c.of(&document.text).to_owned())),
                Cell::Text(q.continues.map(|c| format!("{letter}{}", c.index() + 1))),
                relays(&q.via),
                sure(q.confidence),
                text(&q.rule),
            ])
        };
        out.rows[2].extend(annotated.quotes.iter().map(|q| quote(q, false)));
        out.rows[2].extend(annotated.attributions.iter().map(|q| quote(q, true)));
        for s in &annotated.stances {
            let [start, end, _] = place(evidence_hull(s));
            let words: Vec<&str> = s.evidence.iter().map(|e| e.of(&document.text)).collect();
            let sentence = annotated.sentences.get(s.sentence.index());
            let target = match s.target {
                Target::Entity(id) => id.to_string(),
                Target::Issue(id) => id.to_string(),
            };
            out.rows[3].push(row(vec![
                text(&s.id.to_string()),
                start,
                end,
                text(&words.join(" … ")),
                Cell::Text(sentence.map(|s| s.span.of(&document.text).to_owned())),
                who(s.holder),
                text(annotated.party_name(s.holder)),
                text(&target),
                text(annotated.target_name(s.target)),
                text(s.polarity.name()),
                number(usize::from(s.strength)),
                relays(&s.via),
                sure(s.confidence),
                text(&s.rule),
            ]));
        }
        let meta = &document.meta;
        out.rows[4].push(row(vec![
            text(&document.id),
            Cell::Text(meta.title.clone()),
            text(&meta.authors.join("; ")),
            Cell::Text(meta.published.map(|d| d.to_string())),
            Cell::Text(meta.outlet.clone()),
            Cell::Text(meta.uri.clone()),
            Cell::Text(meta.language.clone()),
            text(&document.text),
            number(annotated.sentences.len()),
            number(annotated.entities.len()),
            number(annotated.quotes.len()),
            number(annotated.stances.len()),
        ]));
        out
    }

    /// Appends the rows of the article with number `row` in the input.
    pub fn append(&mut self, other: Self, row: usize) {
        for (mine, theirs) in self.rows.iter_mut().zip(other.rows) {
            mine.extend(theirs.into_iter().map(|mut cells| {
                cells[0] = number(row);
                cells
            }));
        }
        self.bytes += other.bytes;
    }

    /// How many articles there are.
    pub fn articles(&self) -> usize {
        self.rows[4].len()
    }

    /// Bytes of their texts.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Each table of [`TABLES`] as a Parquet file.
    ///
    /// # Errors
    /// None is known; the library may refuse what it cannot write.
    pub fn files(&self) -> Result<Vec<(&'static str, Vec<u8>)>> {
        let one = |(n, name): (usize, &'static str)| {
            let bytes = file(name, COLUMNS[n], &self.rows[n]).map_err(|e| fault(&e))?;
            Ok((name, bytes))
        };
        TABLES.into_iter().enumerate().map(one).collect()
    }
}

/// How many rows a Parquet file holds.
///
/// # Errors
/// It is no Parquet file.
pub fn count(bytes: Vec<u8>, subject: &str) -> Result<usize> {
    let wrong = |e: ParquetError| Error::new(subject, format!("is no Parquet file: {e}"));
    let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).map_err(wrong)?;
    let rows = file.metadata().file_metadata().num_rows();
    Ok(usize::try_from(rows).unwrap_or(0))
}

fn fault(error: &ParquetError) -> Error {
    Error::new("export", format!("cannot be written as Parquet: {error}"))
}

fn text(text: &str) -> Cell {
    Cell::Text(Some(text.to_owned()))
}

fn number(n: usize) -> Cell {
    Cell::Int(i64::try_from(n).ok())
}

fn sure(confidence: f32) -> Cell {
    Cell::Real((f64::from(confidence) * 100.0).round() / 100.0)
}

fn file(
    name: &str,
    columns: Columns,
    rows: &[Vec<Cell>],
) -> std::result::Result<Vec<u8>, ParquetError> {
    let field = |(name, kind): &(&str, Kind)| match kind {
        Text => format!("OPTIONAL BYTE_ARRAY {name} (STRING);"),
        Int => format!("OPTIONAL INT64 {name};"),
        Real => format!("REQUIRED DOUBLE {name};"),
        Flag => format!("REQUIRED BOOLEAN {name};"),
    };
    let fields: Vec<String> = columns.iter().map(field).collect();
    let schema = parse_message_type(&format!("message {name} {{ {} }}", fields.join(" ")))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("byline ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut out = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut out, Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (n, (_, kind)) in columns.iter().enumerate() {
        let Some(mut column) = group.next_column()? else {
            break;
        };
        let cells = rows.iter().map(|row| &row[n]);
        match kind {
            Text => {
                let cells = cells.map(|cell| match cell {
                    Cell::Text(Some(text)) => Some(ByteArray::from(text.as_str())),
                    _ => None,
                });
                let (values, levels) = optional(cells);
                column
                    .typed::<ByteArrayType>()
                    .write_batch(&values, Some(&levels), None)?;
            }
            Int => {
                let cells = cells.map(|cell| match cell {
                    Cell::Int(n) => *n,
                    _ => None,
                });
                let (values, levels) = optional(cells);
                column
                    .typed::<Int64Type>()
                    .write_batch(&values, Some(&levels), None)?;
            }
            Real => {
                let cell = |cell: &Cell| if let Cell::Real(n) = cell { *n } else { 0.0 };
                let values: Vec<f64> = cells.map(cell).collect();
                column
                    .typed::<DoubleType>()
                    .write_batch(&values, None, None)?;
            }
            Flag => {
                let values: Vec<bool> = cells.map(|c| matches!(c, Cell::Flag(true))).collect();
                column
                    .typed::<BoolType>()
                    .write_batch(&values, None, None)?;
            }
        }
        column.close()?;
    }
    group.close()?;
    writer.close()?;
    Ok(out)
}

/// The values that are there, and for each cell whether there is one.
fn optional<T>(cells: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    (values, levels)
}
