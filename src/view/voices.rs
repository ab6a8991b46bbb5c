//! Who is heard: quotes by speaker with the verbs that introduce them, the words given to each side
//! of each thing, and those who are talked about and never quoted.

use std::cmp::Reverse;

use crate::base::text::{one_line, truncate, width};
use crate::base::{EntityId, EntityKind, QuoteId, Role};
use crate::model::{
    Annotated, BlockKind, Entity, MentionForm, Party, Polarity, Quote, QuoteKind, Target,
};
use crate::view::explain::{plural, target};
use crate::view::focus::Focus;
use crate::view::ledger::{Lead, Ledger, polarity_sign};
use crate::view::paint::Run;
use crate::view::sheet::SheetRow;
use crate::view::side::{Balance, balances, count_words, shown};

/// Cells of a balance bar.
const BAR: usize = 20;
/// Most columns of the name of a thing.
const NAME: usize = 26;
/// Most columns of the verbs that introduce quotes.
const CUE: usize = 18;
/// How often somebody is named or talked about before silence is worth a row.
const NAMED: usize = 3;

/// How far a reporting verb stands from what it reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Reports: "said".
    Neutral,
    /// Keeps a distance: "claimed".
    Doubting,
    /// Presents it as true: "pointed out".
    Endorsing,
}

/// Stems of verbs that keep a distance.
const DOUBTING: &[&str] = &[
    "claim", "alleg", "insist", "den", "admit", "boast", "profess", "purport", "conced",
    "maintain", "contend", "accus", "complain", "speculat", "assert",
];
/// Stems of verbs that present what follows as true.
const ENDORSING: &[&str] = &[
    "note",
    "noting",
    "point",
    "reveal",
    "confirm",
    "acknowledg",
    "recogni",
    "recognis",
    "recogniz",
    "underlin",
    "underscor",
    "highlight",
    "demonstrat",
    "show",
    "disclos",
    "explain",
    "stress",
    "emphasis",
    "emphasiz",
];
/// Endings of a verb's forms after its stem.
const ENDINGS: &[&str] = &[
    "", "s", "d", "ed", "ing", "e", "es", "y", "ied", "ies", "ying", "ted", "ting", "n",
];

/// The tone of the words that introduce a quote.
pub fn tone(cue: &str) -> Tone {
    let cue = cue.to_lowercase();
    let any = |stems: &[&str]| {
        cue.split(|c: char| !c.is_alphabetic()).any(|word| {
            let form = |stem: &&str| {
                word.strip_prefix(*stem)
                    .is_some_and(|e| ENDINGS.contains(&e))
            };
            stems.iter().any(form)
        })
    };
    if any(DOUBTING) {
        Tone::Doubting
    } else if any(ENDORSING) {
        Tone::Endorsing
    } else {
        Tone::Neutral
    }
}

/// Somebody who is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Who.
    pub party: Party,
    /// The quotes, in reading order.
    pub quotes: Vec<QuoteId>,
    /// Words of them; a quote inside another counts once.
    pub words: usize,
    /// How many are direct, mixed, indirect.
    pub kinds: [usize; 3],
    /// How many are introduced neutrally, doubting, endorsing.
    pub tones: [usize; 3],
}

fn quoted(annotated: &Annotated) -> impl Iterator<Item = &Quote> {
    let quotes = annotated.quotes.iter();
    quotes.filter(|q| q.kind != QuoteKind::Scare)
}

/// Those who are quoted, the most quoted words first.
pub fn speakers(annotated: &Annotated) -> Vec<Speaker> {
    let mut parties: Vec<Party> = Vec::new();
    for quote in quoted(annotated) {
        if !parties.contains(&quote.speaker) {
            parties.push(quote.speaker);
        }
    }
    let text = &annotated.document.text;
    let mut out: Vec<Speaker> = parties
        .into_iter()
        .map(|party| {
            let quotes: Vec<&Quote> = quoted(annotated).filter(|q| q.speaker == party).collect();
            let of = |kind| quotes.iter().filter(|q| q.kind == kind).count();
            let cues = quotes.iter().filter_map(|q| q.cue);
            let tones: Vec<Tone> = cues.map(|c| tone(c.of(text))).collect();
            let toned = |tone| tones.iter().filter(|t| **t == tone).count();
            Speaker {
                party,
                quotes: quotes.iter().map(|q| q.id).collect(),
                words: count_words(quotes.iter().map(|q| q.span).collect(), annotated),
                kinds: [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect].map(of),
                tones: [Tone::Neutral, Tone::Doubting, Tone::Endorsing].map(toned),
            }
        })
        .collect();
    out.sort_by_key(|s| Reverse(s.words));
    out
}

/// Somebody who is talked about and never quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silent {
    /// Who.
    pub entity: EntityId,
    /// How often the article names it.
    pub named: usize,
    /// How many stances are about it.
    pub targeted: usize,
}

/// Those who are named in the article, or the target of stances, three times or more, and are
/// quoted neither themselves nor through somebody who speaks for them. What cannot speak (events,
/// works, figures) is no party.
pub fn silent(annotated: &Annotated) -> Vec<Silent> {
    let heard: Vec<EntityId> = quoted(annotated)
        .filter_map(|q| q.speaker.entity())
        .flat_map(|id| [Some(id), annotated.entity(id).and_then(|e| e.speaks_for)])
        .flatten()
        .collect();
    let speaks = |e: &&Entity| {
        use EntityKind::{Group, Organization, Person, Place};
        matches!(e.kind, Person | Organization | Place | Group) && !heard.contains(&e.id)
    };
    let comments: Vec<_> = annotated.document.blocks_of(BlockKind::Comment).collect();
    let mut out: Vec<Silent> = annotated
        .entities
        .iter()
        .filter(speaks)
        .map(|e| {
            let named = e.mentions.iter().filter(|m| {
                let comment = comments.iter().any(|c| c.span.has(m.span.from()));
                m.form != MentionForm::Pronoun && !comment
            });
            let about = shown(annotated).filter(|s| s.target == Target::Entity(e.id));
            Silent {
                entity: e.id,
                named: named.count(),
                targeted: about.count(),
            }
        })
        .filter(|s| s.named >= NAMED || s.targeted >= NAMED)
        .collect();
    out.sort_by_key(|s| Reverse(s.named + s.targeted));
    out
}

type Rows = Vec<(SheetRow, Option<Lead>)>;

/// Rows of all three: speakers with their quotes, balance, the silent.
pub fn voices(annotated: &Annotated, ascii: bool) -> Rows {
    let mut rows: Rows = Vec::new();
    let speakers = speakers(annotated);
    heading(&mut rows, "Speakers", &speakers.len().to_string());
    if speakers.is_empty() {
        rows.push((SheetRow::text("Nobody is quoted.", Role::Dim), None));
    }
    for speaker in &speakers {
        add_speaker(&mut rows, speaker, annotated);
    }
    let balances = balances(annotated);
    if !balances.is_empty() {
        heading(&mut rows, "Balance", "words quoted for and against");
        let name = |b: &Balance| truncate(target(b.target, annotated), NAME).into_owned();
        let names: Vec<String> = balances.iter().map(name).collect();
        let widest = names.iter().map(|n| width(n)).max().unwrap_or(0);
        for (balance, name) in balances.iter().zip(names) {
            let pad = " ".repeat(widest + 2 - width(&name));
            let ledger = Ledger {
                target: Some(balance.target),
                ..Ledger::default()
            };
            let row = SheetRow {
                lead: vec![Run::own(name, Role::Text), Run::own(pad, Role::Text)],
                body: bar(balance, ascii),
                ..SheetRow::default()
            };
            rows.push((row, Some(Lead::Ledger(ledger))));
        }
    }
    let silent = silent(annotated);
    if !silent.is_empty() {
        heading(&mut rows, "Never quoted", &silent.len().to_string());
    }
    for found in silent {
        let Some(entity) = annotated.entity(found.entity) else {
            continue;
        };
        let mut about = vec![format!("named {}", plural(found.named, "time", "times"))];
        if found.targeted > 0 {
            let count = plural(found.targeted, "stance", "stances");
            about.push(format!("target of {count}"));
        }
        let row = SheetRow {
            body: vec![
                Run::own(entity.name.clone(), entity.kind.role()),
                Run::own(format!("  {}", about.join(" · ")), Role::Dim),
            ],
            ..SheetRow::default()
        };
        let first = entity.stops().first().map(|&mention| Focus::Mention {
            entity: entity.id,
            mention,
        });
        rows.push((row, first.map(Lead::Go)));
    }
    rows
}

fn heading(rows: &mut Rows, text: &str, more: &str) {
    if !rows.is_empty() {
        rows.push((SheetRow::default(), None));
    }
    let row = SheetRow {
        body: vec![
            Run::own(text, Role::Label),
            Run::own(format!(" {more}"), Role::Dim),
        ],
        ..SheetRow::default()
    };
    rows.push((row, None));
}

/// Counts that are not zero, in words.
fn counts(counts: [usize; 3], names: [&str; 3]) -> String {
    let said = counts.iter().zip(names).filter(|(count, _)| **count > 0);
    let said: Vec<String> = said
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    said.join(", ")
}

fn add_speaker(rows: &mut Rows, speaker: &Speaker, annotated: &Annotated) {
    let text = &annotated.document.text;
    let name = annotated.party_name(speaker.party);
    let role = speaker
        .party
        .entity()
        .and_then(|id| annotated.entity(id))
        .map_or(Role::Text, |e| e.kind.role());
    let mut about = vec![
        plural(speaker.words, "word", "words"),
        counts(speaker.kinds, ["direct", "mixed", "indirect"]),
    ];
    let tones = counts(speaker.tones, ["neutral", "doubting", "endorsing"]);
    if !tones.is_empty() {
        about.push(format!("verbs: {tones}"));
    }
    let row = SheetRow {
        body: vec![
            Run::own(name, role),
            Run::own(format!("  {}", about.join(" · ")), Role::Dim),
        ],
        ..SheetRow::default()
    };
    rows.push((row, None));
    for id in &speaker.quotes {
        let Some(quote) = annotated.quotes.get(id.index()) else {
            continue;
        };
        let cue = quote.cue.map(|c| one_line(c.of(text))).unwrap_or_default();
        let cue = truncate(&cue, CUE).into_owned();
        let row = SheetRow {
            lead: vec![
                Run::own("  ", Role::Text),
                Run::own(cue, Role::Cue),
                Run::own("  ", Role::Text),
            ],
            body: vec![Run::own(one_line(quote.span.of(text)), Role::Quote)],
            keep: Some(0),
            ..SheetRow::default()
        };
        rows.push((row, Some(Lead::Go(Focus::Quote(*id)))));
    }
}

/// `██████░░░░  ▲ 12  ▼ 30`: the share of the words for, then those against.
fn bar(balance: &Balance, ascii: bool) -> Vec<Run> {
    let [pro, contra, condition] = balance.words;
    let cells = (pro * BAR).checked_div(pro + contra).unwrap_or(0);
    // No side that has words is without a cell.
    let cells = cells.clamp(usize::from(pro > 0), BAR - usize::from(contra > 0));
    let blocks = if ascii { ["+", "-"] } else { ["█", "░"] };
    let mut runs = if pro + contra > 0 {
        vec![
            Run::own(blocks[0].repeat(cells), Role::For),
            Run::own(blocks[1].repeat(BAR - cells), Role::Against),
        ]
    } else {
        vec![Run::own(" ".repeat(BAR), Role::Text)]
    };
    for (polarity, words) in Polarity::ALL.into_iter().zip([pro, contra, condition]) {
        if polarity == Polarity::Conditional && words == 0 {
            continue;
        }
        let text = format!(
            "{} {} {words:>3}",
            polarity_sign(polarity, ascii),
            polarity.name()
        );
        runs.push(Run::own("  ", Role::Text));
        runs.push(Run::own(text, polarity.role()));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::dispute;

    #[test]
    fn verbs_are_neutral_doubting_or_endorsing() {
        for (cue, wanted) in [
            ("said", Tone::Neutral),
            ("according to", Tone::Neutral),
            ("did not say", Tone::Neutral),
            ("has denied", Tone::Doubting),
            ("claims", Tone::Doubting),
            ("admitted", Tone::Doubting),
            ("pointed out", Tone::Endorsing),
            ("Noted", Tone::Endorsing),
            ("acknowledging", Tone::Endorsing),
        ] {
            assert_eq!(tone(cue), wanted, "{cue}");
        }
    }

    #[test]
    fn words_kinds_and_tones_of_each_speaker() {
        let annotated = dispute();
        let ek = Speaker {
            party: Party::Entity(EntityId::at(0)),
            quotes: vec![QuoteId::at(0), QuoteId::at(1)],
            words: 12,
            kinds: [1, 0, 1],
            tones: [1, 1, 0],
        };
        assert_eq!(speakers(&annotated), [ek]);
    }

    #[test]
    fn whoever_is_named_thrice_and_never_quoted_is_silent() {
        // Norway is named as often, but Ek speaks for it.
        let annotated = dispute();
        let sweden = Silent {
            entity: EntityId::at(2),
            named: 3,
            targeted: 0,
        };
        assert_eq!(silent(&annotated), [sweden]);
    }
}
