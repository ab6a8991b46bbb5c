//! Reported speech without marks by the tree: the complement clause of a reporting verb, and the
//! sentence around an inserted "she said". What `indirect` found by patterns gets the bounds that
//! the tree gives its clause.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cover::Cover;
use super::indirect::inside_marks;
use super::tree::Trees;
use super::voice;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::layers::Layers;
use crate::annotate::lexicon::words::{self, CueClass};
use crate::annotate::token::TokenKind;
use crate::base::QuoteId;
use crate::model::{BlockKind, Document, Party, Quote, QuoteKind};

/// Verbs that are put in beside what they report.
const INSERTED: [&str; 12] = [
    "say", "add", "argue", "note", "write", "explain", "claim", "warn", "predict", "recall",
    "insist", "suggest",
];

/// Least confidence of an arc that a clause rests on.
const SURE: f32 = 0.5;

/// Nouns that hold what somebody says, with a "that" clause or an infinitive.
const SAID: [&str; 34] = [
    "claim",
    "conclusion",
    "argument",
    "assertion",
    "contention",
    "promise",
    "pledge",
    "warning",
    "allegation",
    "accusation",
    "denial",
    "admission",
    "announcement",
    "prediction",
    "vow",
    "threat",
    "complaint",
    "insistence",
    "assurance",
    "statement",
    "suggestion",
    "remark",
    "charge",
    "case",
    "point",
    "declaration",
    "assessment",
    "finding",
    "belief",
    "view",
    "demand",
    "request",
    "proposal",
    "acknowledgment",
];

/// Content by the tree: its parts, the words that report it, the head of its source, and the rule.
struct Report {
    parts: Vec<Range<usize>>,
    cue: Range<usize>,
    source: usize,
    rule: &'static str,
}

/// Appends what the tree reports and `out` does not hold.
pub fn find(document: &Document, layers: &Layers, trees: &Trees, out: &mut Vec<Quote>) {
    refine(layers, trees, out);
    let reported = out.iter().filter(|q| q.kind != QuoteKind::Scare);
    let taken = Cover::new(reported.filter_map(|q| q.cue));
    let indirect = out.iter().filter(|q| q.kind == QuoteKind::Indirect);
    let clauses: BTreeMap<_, _> = indirect.map(|q| (q.span.start, q.span)).collect();
    for sentence in 0..layers.sentence_tokens.len() {
        let comment = layers.block_kind(document, sentence) == BlockKind::Comment;
        for token in layers.sentence_tokens[sentence].clone() {
            let at = layers.tokens[token].span;
            let found = match layers.word(token).map(|w| w.upos) {
                Some(Upos::Verb) => by_verb(layers, trees, token),
                Some(Upos::Noun) => by_noun(layers, trees, token),
                _ => None,
            };
            let Some(report) = found.filter(|_| !taken.overlaps(at)) else {
                continue;
            };
            if report.parts.iter().any(|p| p.contains(&report.source))
                || matches!(layers.lower(report.source), "i" | "we" | "you" | "there")
                || inside_marks(layers, token)
            {
                continue;
            }
            // "The office says it believes …": one voice, found already.
            let again = matches!(layers.lower(report.source), "it" | "he" | "she" | "they")
                && clauses
                    .get(&layers.tokens[report.source].span.start)
                    .is_some_and(|clause| clause.contains(at));
            let source = voice::of_head(layers, trees, report.source);
            if again || comment && source.entity.is_none() {
                continue;
            }
            for (n, part) in report.parts.into_iter().enumerate() {
                out.push(Quote {
                    id: QuoteId(0),
                    span: layers.span(&part),
                    cue: Some(layers.span(&report.cue)),
                    speaker: source.entity.map_or(Party::Unknown, Party::Entity),
                    speaker_span: Some(layers.span(&source.tokens)),
                    kind: QuoteKind::Indirect,
                    continues: None,
                    via: Vec::new(),
                    rule: if n == 0 { report.rule } else { "tree:resumed" }.into(),
                    confidence: if source.entity.is_some() { 0.8 } else { 0.65 },
                });
            }
        }
    }
}

/// What a reporting verb reports.
fn by_verb(layers: &Layers, trees: &Trees, verb: usize) -> Option<Report> {
    let lemma = layers.lemma(verb);
    let (parts, rule) = if matches!(lemma, "express" | "voice") {
        let object = trees.child(verb, Relation::Object).filter(|o| *o > verb)?;
        let content = bounds(layers, trees.subtree(object, None));
        (vec![content], "tree:object")
    } else {
        words::cue_class(lemma).filter(|c| *c != CueClass::Manner)?;
        complement(layers, trees, verb)
            .map(|content| (vec![content], "tree:clause"))
            .or_else(|| inserted(layers, trees, verb).map(|parts| (parts, "tree:inserted")))?
    };
    Some(Report {
        parts,
        cue: verb..verb + 1,
        source: trees.source(&(verb..verb + 1))?,
        rule,
    })
}

/// What a noun of saying holds: "Ann Lee's claim that …", "made the case that …".
fn by_noun(layers: &Layers, trees: &Trees, noun: usize) -> Option<Report> {
    if !SAID.contains(&layers.lemma(noun)) && !SAID.contains(&layers.lower(noun)) {
        return None;
    }
    let clause = trees.children(noun).find(|c| {
        let that = || {
            trees
                .child(*c, Relation::Mark)
                .is_some_and(|m| layers.lower(m) == "that")
        };
        *c > noun
            && matches!(
                trees.relation(*c),
                Relation::NounClause | Relation::Complement
            )
            && that()
    })?;
    let verb = trees
        .head(noun)
        .filter(|h| trees.relation(noun) == Relation::Object && *h < noun);
    let (source, cue) = match (trees.owner(noun), verb) {
        (Some(owner), _) => (owner, noun..noun + 1),
        (None, Some(verb)) => (trees.source(&(verb..verb + 1))?, verb..noun + 1),
        (None, None) => return None,
    };
    let content = bounds(layers, trees.subtree(clause, None));
    (content.start > noun && content.len() > 1 && !marked(layers, &content)).then_some(Report {
        parts: vec![content],
        cue,
        source,
        rule: "tree:noun",
    })
}

/// The clause that a verb has for a complement, after it and without its "that".
fn complement(layers: &Layers, trees: &Trees, verb: usize) -> Option<Range<usize>> {
    let infinitive = trees
        .children(verb)
        .any(|c| trees.relation(c) == Relation::Mark && layers.lower(c) == "to");
    if infinitive {
        return None;
    }
    let clause = said(layers, trees, verb)?;
    let tokens = bounds(layers, trees.subtree(clause, None));
    // "decided what to do" decides; "asked what to do" asks.
    let question = matches!(
        layers.lower(tokens.start),
        "what" | "which" | "who" | "where" | "how" | "why" | "when" | "whom" | "whose"
    );
    let asks = matches!(
        layers.lemma(verb),
        "ask" | "explain" | "describe" | "wonder" | "question" | "say" | "tell" | "know"
    );
    (tokens.start > verb && tokens.len() > 1 && (asks || !question) && !marked(layers, &tokens))
        .then_some(tokens)
}

/// The head of the complement clause that follows a verb.
fn said(layers: &Layers, trees: &Trees, verb: usize) -> Option<usize> {
    trees.children(verb).find(|c| {
        *c > verb
            && trees.relation(*c) == Relation::Complement
            && layers.word(*c).is_some_and(|w| w.confidence >= SURE)
    })
}

/// Where things are said: "in a statement", "in an interview".
const VENUES: [&str; 16] = [
    "statement",
    "interview",
    "letter",
    "speech",
    "tweet",
    "post",
    "release",
    "report",
    "email",
    "e-mail",
    "memo",
    "briefing",
    "call",
    "conference",
    "message",
    "ruling",
];

/// "The road, she said, must be mended.": the sentence before and after.
fn inserted(layers: &Layers, trees: &Trees, verb: usize) -> Option<Vec<Range<usize>>> {
    let head = trees.head(verb)?;
    let word = layers.word(verb)?;
    if trees.relation(verb) != Relation::Parataxis
        || word.confidence < SURE
        || !INSERTED.contains(&layers.lemma(verb))
        || trees.child(verb, Relation::Subject).is_none()
    {
        return None;
    }
    let own = trees.subtree(verb, None);
    let whole = trees.subtree(head, None);
    let before = bounds(layers, whole.start..own.start.max(whole.start));
    let after = bounds(layers, own.end.min(whole.end)..whole.end);
    let parts: Vec<_> = [before, after]
        .into_iter()
        .filter(|p| p.len() > 2 && !marked(layers, p))
        .collect();
    (own.len() < 16 && !parts.is_empty()).then_some(parts)
}

/// A clause without its "that" and the signs around it.
fn bounds(layers: &Layers, mut tokens: Range<usize>) -> Range<usize> {
    let sign = |t: usize| {
        layers.tokens[t].kind == TokenKind::Sign
            && !matches!(layers.lower(t), "(" | ")" | "%" | "$")
    };
    while tokens.start < tokens.end && (sign(tokens.start) || layers.lower(tokens.start) == "that")
    {
        tokens.start += 1;
        if layers.lower(tokens.start - 1) == "that" {
            break;
        }
    }
    if tokens.len() > 2 && layers.lower(tokens.start) == "of" {
        tokens.start += 1;
    }
    while tokens.end > tokens.start && sign(tokens.end - 1) {
        tokens.end -= 1;
    }
    // "more money in a statement on Monday": where it was said is not what was said.
    let venue = tokens.clone().skip(2).find(|t| {
        matches!(layers.lower(*t), "in" | "during")
            && matches!(layers.lower(t + 1), "a" | "an" | "the")
            && (t + 2..(t + 5).min(tokens.end)).any(|n| VENUES.contains(&layers.lower(n)))
            && tokens.end <= t + 8
    });
    if let Some(venue) = venue {
        tokens.end = venue;
    }
    tokens
}

/// Whether a range begins or ends in the middle of a quotation, or is one.
fn marked(layers: &Layers, tokens: &Range<usize>) -> bool {
    let kinds = || tokens.clone().map(|t| layers.tokens[t].kind);
    let opened = kinds().filter(|k| *k == TokenKind::Open).count();
    let closed = kinds().filter(|k| *k == TokenKind::Close).count();
    opened != closed
        || inside_marks(layers, tokens.start)
        || (opened > 0
            && kinds().next() == Some(TokenKind::Open)
            && kinds().next_back() == Some(TokenKind::Close))
}

/// Gives the contents that patterns found the bounds of their clause.
fn refine(layers: &Layers, trees: &Trees, quotes: &mut [Quote]) {
    for quote in quotes.iter_mut().filter(|q| q.kind == QuoteKind::Indirect) {
        let Some(cue) = quote.cue else { continue };
        let cue = layers.tokens_in(cue);
        let tokens = layers.tokens_in(quote.span);
        if tokens.start < cue.end || layers.lower(cue.start) == "according" {
            continue;
        }
        let own = trees
            .top(&cue)
            .filter(|_| quote.rule.starts_with("verb+"))
            .and_then(|verb| said(layers, trees, verb));
        let hangs = own.or_else(|| {
            tokens.clone().find(|t| {
                trees.head(*t).is_some_and(|h| cue.contains(&h))
                    && matches!(
                        trees.relation(*t),
                        Relation::Complement | Relation::OpenComplement | Relation::Oblique
                    )
                    && layers.word(*t).is_some_and(|w| w.confidence >= SURE)
            })
        });
        let Some(clause) = hangs else { continue };
        let mut new = bounds(layers, trees.subtree(clause, None));
        if trees.relation(clause) == Relation::Oblique {
            // "called for tolls": without the preposition.
            let case = trees.child(clause, Relation::Case);
            new.start = case.map_or(new.start, |c| c + 1).max(new.start);
        }
        if new.start >= cue.end && !new.is_empty() && !marked(layers, &new) {
            quote.span = layers.span(&new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::find as quotes_of;
    use super::super::tree::tests::parsed;
    use crate::annotate::testing;
    use crate::model::QuoteKind;

    /// Words, cue and the words for the source of every indirect quote.
    fn indirect(text: &str, arcs: &str) -> Vec<(String, String, String)> {
        let document = testing::paragraph(text);
        let layers = parsed(&document, arcs);
        let (quotes, _) = quotes_of(&document, &layers);
        let of = |span: Option<crate::base::Span>| span.map_or("", |s| s.of(text)).to_owned();
        quotes
            .iter()
            .filter(|q| q.kind == QuoteKind::Indirect)
            .map(|q| (of(Some(q.span)), of(q.cue), of(q.speaker_span)))
            .collect()
    }

    #[test]
    fn a_claim_holds_what_is_claimed() {
        let arcs = "3 nmod, 1 case, 8 nsubj NOUN, 6 mark, 6 nsubj, 3 acl, 8 aux, 0 root, 8 punct";
        let found = indirect("Lee's claim that dams leak was rejected.", arcs);
        assert_eq!(
            found,
            [("dams leak".into(), "claim".into(), "Lee's".into())]
        );
    }

    #[test]
    fn a_report_may_stand_inside_its_content() {
        let text = "The old dam, farmers say, must be torn down soon.";
        let arcs = "3 det, 3 amod, 10 nsubj, 6 punct, 6 nsubj, 10 parataxis, 6 punct, 10 aux, 10 aux, 0 root, 10 advmod, 10 advmod, 10 punct";
        let found = indirect(text, arcs);
        let words: Vec<&str> = found.iter().map(|f| f.0.as_str()).collect();
        assert_eq!(words, ["The old dam", "must be torn down soon"]);
        assert!(found.iter().all(|f| f.1 == "say" && f.2 == "farmers"));
    }

    #[test]
    fn where_it_was_said_is_not_what_was_said() {
        let text = "Ann Lee called for lower tolls in a letter.";
        let arcs = "3 nsubj, 1 flat, 0 root, 6 case, 6 amod, 3 obl, 9 case, 9 det, 6 nmod, 3 punct";
        assert_eq!(indirect(text, arcs)[0].0, "lower tolls");
    }
}
