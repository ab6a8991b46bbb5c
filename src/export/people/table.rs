//! Tables for spreadsheets and data frames: highlights, entities, quotes and stances, one row each,
//! with commas or tabs. Offsets count Unicode scalar values. A cell that a spreadsheet would run as
//! a formula begins with an apostrophe.

use csv::WriterBuilder;

use crate::base::{Error, Offsets, Result, Span, Unit};
use crate::export::source::{address, line, marked, passage_link};
use crate::model::{Annotated, Highlight, Party, Target};

/// Between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    Comma,
    Tab,
}

/// A table: names of columns, and rows as long.
struct Table {
    columns: &'static [&'static str],
    rows: Vec<Vec<Cell>>,
}

/// A cell: words of somebody, or a number of ours.
enum Cell {
    Words(String),
    Number(String),
}

impl Cell {
    fn number(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }

    fn sure(confidence: f32) -> Self {
        Self::Number(format!("{confidence:.2}"))
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

/// Words as a cell: no formula for any spreadsheet, and with tabs in no need of quotation.
fn defused(words: &str, between: Between) -> String {
    let words = match between {
        Between::Comma => words.replace('\t', " "),
        Between::Tab => line(words),
    };
    let trimmed = words.trim_start();
    let full_width = ['＝', '＋', '－', '＠'];
    if trimmed.starts_with(['=', '+', '-', '@', '|', '%']) || trimmed.starts_with(full_width) {
        return format!("'{words}");
    }
    words
}

fn bytes(table: Table, between: Between) -> Result<Vec<u8>> {
    let fault = |e: &dyn std::fmt::Display| Error::new("export", format!("not a table: {e}"));
    let mut writer = WriterBuilder::new()
        .delimiter(if between == Between::Comma {
            b','
        } else {
            b'\t'
        })
        .from_writer(Vec::new());
    let named = writer.write_record(table.columns);
    named.map_err(|e| fault(&e))?;
    for row in table.rows {
        let cells = row.into_iter().map(|cell| match cell {
            Cell::Words(words) => defused(&words, between),
            Cell::Number(number) => number,
        });
        let written = writer.write_record(cells);
        written.map_err(|e| fault(&e))?;
    }
    writer.into_inner().map_err(|e| fault(&e))
}

/// The article's columns, last in every table.
fn source(annotated: &Annotated) -> Vec<Cell> {
    let meta = &annotated.document.meta;
    let uri = address(&annotated.document).or_else(|| meta.uri.as_deref().map(line));
    vec![
        line(annotated.document.display_title()).into(),
        line(&meta.authors.join("; ")).into(),
        line(meta.outlet.as_deref().unwrap_or("")).into(),
        Cell::number(meta.published.map_or_else(String::new, |d| d.to_string())),
        uri.unwrap_or_default().into(),
    ]
}

struct Places<'a> {
    annotated: &'a Annotated,
    offsets: Offsets<'a>,
}

impl<'a> Places<'a> {
    fn new(annotated: &'a Annotated) -> Self {
        Self {
            annotated,
            offsets: Offsets::new(&annotated.document.text),
        }
    }

    fn words(&self, span: Span) -> String {
        line(self.annotated.document.slice(span))
    }

    fn range(&self, span: Option<Span>) -> [Cell; 2] {
        match span.map(|span| self.offsets.range(span, Unit::Scalars)) {
            Some((start, end)) => [Cell::number(start), Cell::number(end)],
            None => [Cell::number(""), Cell::number("")],
        }
    }

    fn link(&self, span: Option<Span>) -> Cell {
        let link = span.and_then(|span| passage_link(&self.annotated.document, span));
        link.unwrap_or_default().into()
    }

    fn names(&self, ids: &[crate::base::EntityId]) -> Cell {
        let name = |&id| line(self.annotated.party_name(Party::Entity(id)));
        let names: Vec<String> = ids.iter().map(name).collect();
        names.join("; ").into()
    }
}

fn highlight_table(annotated: &Annotated, highlights: &[Highlight]) -> Table {
    let at = Places::new(annotated);
    let rows = marked(annotated, highlights).into_iter().map(|mark| {
        let tags: Vec<String> = mark.tags().collect();
        let mut row: Vec<Cell> = vec![
            line(&mark.highlight.id).into(),
            mark.words.clone().into(),
            mark.note.clone().unwrap_or_default().into(),
            tags.join("; ").into(),
            mark.highlight.colour.name().into(),
            Cell::number(mark.highlight.created),
        ];
        row.extend(at.range(mark.span));
        row.push(if mark.span.is_some() { "yes" } else { "no" }.into());
        row.push(at.link(mark.span));
        row.extend(source(annotated));
        row
    });
    Table {
        columns: &[
            "id",
            "text",
            "note",
            "tags",
            "colour",
            "created",
            "start",
            "end",
            "in_text",
            "link",
            "title",
            "authors",
            "outlet",
            "published",
            "source",
        ],
        rows: rows.collect(),
    }
}

fn entity_table(annotated: &Annotated) -> Table {
    let at = Places::new(annotated);
    let rows = annotated.entities.iter().map(|entity| {
        let quotes = annotated.quotes.iter();
        let said = quotes
            .filter(|q| q.speaker == Party::Entity(entity.id))
            .count();
        let stances = annotated.stances.iter();
        let held = stances
            .filter(|s| s.holder == Party::Entity(entity.id))
            .count();
        let stances = annotated.stances.iter();
        let about = stances
            .filter(|s| s.target == Target::Entity(entity.id))
            .count();
        let speaks_for = entity
            .speaks_for
            .map(|id| line(annotated.party_name(Party::Entity(id))));
        let mut row: Vec<Cell> = vec![
            entity.id.to_string().into(),
            line(&entity.name).into(),
            entity.kind.name().into(),
            line(entity.role.as_deref().unwrap_or("")).into(),
            speaks_for.unwrap_or_default().into(),
            line(&entity.aliases.join("; ")).into(),
            Cell::number(entity.mentions.len()),
            Cell::number(said),
            Cell::number(held),
            Cell::number(about),
        ];
        row.extend(at.range(entity.mentions.first().map(|m| m.span)));
        row.push(Cell::sure(entity.confidence));
        row.push(line(&entity.rule).into());
        row.extend(source(annotated));
        row
    });
    Table {
        columns: &[
            "id",
            "name",
            "kind",
            "role",
            "speaks_for",
            "aliases",
            "mentions",
            "quotes",
            "stances_held",
            "stances_about",
            "first_start",
            "first_end",
            "confidence",
            "rule",
            "title",
            "authors",
            "outlet",
            "published",
            "source",
        ],
        rows: rows.collect(),
    }
}

fn quote_table(annotated: &Annotated) -> Table {
    let at = Places::new(annotated);
    let rows = annotated.quotes.iter().map(|quote| {
        let speaker = quote.speaker.entity().and_then(|id| annotated.entity(id));
        let cue = quote.cue.map(|cue| at.words(cue));
        let mut row: Vec<Cell> = vec![
            quote.id.to_string().into(),
            line(annotated.party_name(quote.speaker)).into(),
            line(speaker.and_then(|e| e.role.as_deref()).unwrap_or("")).into(),
            quote.kind.name().into(),
            cue.unwrap_or_default().into(),
            at.words(quote.span).into(),
            at.names(&quote.via),
        ];
        row.extend(at.range(Some(quote.span)));
        row.push(Cell::sure(quote.confidence));
        row.push(line(&quote.rule).into());
        row.push(at.link(Some(quote.span)));
        row.extend(source(annotated));
        row
    });
    Table {
        columns: &[
            "id",
            "speaker",
            "role",
            "kind",
            "cue",
            "text",
            "via",
            "start",
            "end",
            "confidence",
            "rule",
            "link",
            "title",
            "authors",
            "outlet",
            "published",
            "source",
        ],
        rows: rows.collect(),
    }
}

fn stance_table(annotated: &Annotated) -> Table {
    let at = Places::new(annotated);
    let rows = annotated.stances.iter().map(|stance| {
        let sentence = annotated.sentences.get(stance.sentence.index());
        let sentence = sentence.map(|s| s.span);
        let evidence: Vec<String> = stance.evidence.iter().map(|&e| at.words(e)).collect();
        let kind = match stance.target {
            Target::Entity(_) => "entity",
            Target::Issue(_) => "issue",
        };
        let mut row: Vec<Cell> = vec![
            stance.id.to_string().into(),
            line(annotated.party_name(stance.holder)).into(),
            stance.polarity.name().into(),
            Cell::number(stance.strength),
            line(annotated.target_name(stance.target)).into(),
            kind.into(),
            evidence.join(" … ").into(),
            at.names(&stance.via),
            sentence.map(|s| at.words(s)).unwrap_or_default().into(),
        ];
        row.extend(at.range(sentence));
        row.push(Cell::sure(stance.confidence));
        row.push(line(&stance.rule).into());
        row.push(at.link(sentence));
        row.extend(source(annotated));
        row
    });
    Table {
        columns: &[
            "id",
            "holder",
            "polarity",
            "strength",
            "target",
            "target_kind",
            "evidence",
            "via",
            "sentence",
            "start",
            "end",
            "confidence",
            "rule",
            "link",
            "title",
            "authors",
            "outlet",
            "published",
            "source",
        ],
        rows: rows.collect(),
    }
}

macro_rules! writers {
    ($($(#[$doc:meta])* $comma:ident, $tab:ident => $table:expr;)*) => {$(
        $(#[$doc])*
        pub(super) fn $comma(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
            bytes($table(annotated, highlights), Between::Comma)
        }

        /// The same with tabs.
        pub(super) fn $tab(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
            bytes($table(annotated, highlights), Between::Tab)
        }
    )*};
}

writers! {
    /// What the reader marked.
    highlights, highlights_tab => highlight_table;
    /// Who and what is named.
    entities, entities_tab => |annotated, _: &[Highlight]| entity_table(annotated);
    /// Who said what.
    quotes, quotes_tab => |annotated, _: &[Highlight]| quote_table(annotated);
    /// Who is for or against what.
    stances, stances_tab => |annotated, _: &[Highlight]| stance_table(annotated);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::fixture::article;

    #[test]
    fn no_cell_is_a_formula() {
        for words in [
            "=cmd|' /C calc'!A0",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "  =1",
            "\r=1",
            "\n=1",
            "＝1",
        ] {
            for between in [Between::Comma, Between::Tab] {
                let cell = defused(words, between);
                assert!(cell.starts_with('\''), "{words:?} → {cell:?}");
            }
        }
        assert_eq!(defused("a=b", Between::Comma), "a=b");
    }

    proptest! {
        #[test]
        fn a_table_reads_back_with_as_many_cells(note in "\\PC{0,20}[\",=\t\n-]{0,6}\\PC{0,20}") {
            let (annotated, mut highlights) = article();
            highlights[0].note = Some(note.clone());
            for (write, between) in [
                (highlights_tab as crate::export::Write, Between::Tab),
                (super::highlights, Between::Comma),
            ] {
                let made = write(&annotated, &highlights).unwrap();
                let delimiter = if between == Between::Tab { b'\t' } else { b',' };
                let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(&*made);
                let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.unwrap()).collect();
                prop_assert_eq!(rows.len(), highlights.len());
                let cell = &rows.iter().find(|r| &r[0] == "H1").unwrap()[2];
                let wanted = crate::export::source::clean(&note);
                let wanted = if wanted.trim().is_empty() { String::new() } else { wanted };
                prop_assert_eq!(cell, defused(&wanted, between));
            }
        }
    }
}
