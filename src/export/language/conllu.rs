//! CoNLL-U with entities as CorefUD writes them (`Entity=` in the last column): names, common nouns
//! and pronouns, nested, with who is who. Lemmas, parts of speech and heads are not part of an
//! annotated document: their columns are `_`, and all words hang from the first as `dep`, which says
//! that nothing is known of the tree. Calls `base` and `model`.

use std::fmt::Write as _;

use super::spans::{Named, line as one, mentions};
use super::words::{Word, lines};
use crate::base::Result;
use crate::base::text::printable;
use crate::model::{Annotated, Highlight};

/// Writes the whole file.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn write(annotated: &Annotated, _: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let text = &*document.text;
    let mut all = mentions(annotated);
    all.dedup_by_key(|m| (m.span(), m.entity.id));
    let id = one(&document.id).replace(' ', "_");
    let mut out = format!("# newdoc id = {id}\n# global.Entity = eid-etype-head-other\n");
    if let Some(title) = &document.meta.title {
        let _ = writeln!(out, "# title = {}", one(title));
    }
    let lines = lines(annotated, &all);
    let (mut paragraph, mut from) = (0, 0);
    for (n, line) in lines.iter().enumerate() {
        if line.first || n == 0 {
            paragraph += 1;
            let _ = writeln!(out, "# newpar id = {id}-p{paragraph}");
        }
        let _ = writeln!(out, "# sent_id = {id}-s{}", n + 1);
        let sentence: String = line.words.iter().map(|w| shown(text, *w)).collect();
        let _ = writeln!(out, "# text = {}", sentence.trim_end());
        let end = line.words.last().map_or(0, |w| w.span.to());
        while all
            .get(from)
            .is_some_and(|m| m.span().to() <= line.words[0].span.from())
        {
            from += 1;
        }
        let here: Vec<&Named> = all[from..]
            .iter()
            .take_while(|m| m.span().from() < end)
            .filter(|m| m.span().from() >= line.words[0].span.from() && m.span().to() <= end)
            .collect();
        let last = line.words.len();
        for (n, word) in line.words.iter().enumerate() {
            let mut misc = Vec::new();
            let entity = brackets(&here, *word);
            if !entity.is_empty() {
                misc.push(format!("Entity={entity}"));
            }
            if !word.space && n + 1 < last {
                misc.push("SpaceAfter=No".to_owned());
            }
            let misc = if misc.is_empty() {
                "_".to_owned()
            } else {
                misc.join("|")
            };
            let form = printable(word.span.of(text));
            let tree = if n == 0 { "0\troot" } else { "1\tdep" };
            let _ = writeln!(out, "{}\t{form}\t_\t_\t_\t_\t{tree}\t_\t{misc}", n + 1);
        }
        out.push('\n');
    }
    Ok(out.into_bytes())
}

fn shown(text: &str, word: Word) -> String {
    let form = printable(word.span.of(text));
    if word.space {
        format!("{form} ")
    } else {
        form.into_owned()
    }
}

/// What begins and ends at a word: first what ends, then what begins, the longer first.
fn brackets(here: &[&Named], word: Word) -> String {
    let mut out = String::new();
    let begins = |m: &Named| m.span().from() == word.span.from();
    let ends = |m: &Named| m.span().to() == word.span.to();
    for m in here.iter().rev().filter(|m| ends(m) && !begins(m)) {
        let _ = write!(out, "{})", id(m));
    }
    for m in here.iter().filter(|m| begins(m)) {
        let (kind, form) = (m.entity.kind.name(), m.mention.form.name());
        let _ = write!(out, "({}-{kind}-1-form:{form}", id(m));
        if ends(m) {
            out.push(')');
        }
    }
    out
}

fn id(m: &Named) -> String {
    format!("e{}", m.entity.id.index() + 1)
}
