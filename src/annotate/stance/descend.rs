//! The polarity algebra: from the complement of a stance word down to what it is about. Signs
//! multiply down the chain of complements only.

use std::ops::Range;

use super::holder::Holder;
use super::{Found, Frame, Scene};
use crate::annotate::lexicon::stance::{Class, Entry, Part, readings};
use crate::annotate::syntax::{ChunkKind, Pos, VerbForm};
use crate::base::EntityId;
use crate::model::Polarity;

/// What is known on the way down.
#[derive(Clone)]
pub struct State {
    /// Who holds it.
    pub holder: Holder,
    /// +1 for, -1 against.
    pub sign: i8,
    /// 1 to 3.
    pub strength: u8,
    /// Tokens that show it so far.
    pub evidence: Vec<Range<usize>>,
    /// Names of the rules so far.
    pub rule: String,
    /// How sure.
    pub confidence: f32,
    /// Whether the word only says that something is tried: a stance word must follow.
    pub weak: bool,
}

impl State {
    pub(super) fn deeper(&self, entry: &Entry, words: Range<usize>, name: &str) -> State {
        let mut next = self.clone();
        next.sign *= entry.sign;
        next.strength = next.strength.max(entry.strength);
        next.evidence.push(words);
        next.rule = format!("{}∘{name}", self.rule);
        next
    }
}

/// Prepositions after which a phrase no longer belongs to the target.
const LEAVES: [&str; 30] = [
    "as",
    "amid",
    "amidst",
    "after",
    "before",
    "during",
    "despite",
    "since",
    "until",
    "by",
    "alongside",
    "following",
    "including",
    "through",
    "throughout",
    "within",
    "like",
    "unlike",
    "under",
    "per",
    "than",
    "via",
    "without",
    "besides",
    "across",
    "at",
    "upon",
    "except",
    "versus",
    "outside",
];

/// Words per target, above which it says too much.
const WIDEST: usize = 14;

/// End (chunk) of the phrase that starts at the noun phrase `at`: its prepositional phrases,
/// infinitives and participles.
pub fn extent(scene: &Scene, at: usize) -> usize {
    let chunks = scene.chunks;
    let mut end = at + 1;
    while end < chunks.len() {
        let chunk = &chunks[end];
        let words = chunk.tokens.end - chunks[at].tokens.start;
        let next = chunks.get(end + 1);
        let goes_on = match chunk.kind {
            ChunkKind::Other(Pos::Preposition) => {
                !LEAVES.contains(&scene.layers.lower(chunk.head))
                    && next.is_some_and(|n| {
                        n.is_noun()
                            || n.form() == Some(VerbForm::Ing)
                            || n.is(Pos::Open)
                            || n.is(Pos::Adverb)
                    })
                    && !next.is_some_and(|n| time(scene, n.head))
            }
            ChunkKind::Verb {
                form: VerbForm::Infinitive,
                ..
            } => true,
            ChunkKind::Verb {
                form: VerbForm::Ing,
                ..
            } => {
                chunks[end - 1].is_noun()
                    || chunks[end - 1].is(Pos::Preposition)
                    || chunks[end - 1].is(Pos::Adverb)
            }
            ChunkKind::Noun => {
                chunks[end - 1].is(Pos::Preposition)
                    || chunks[end - 1].is_verb()
                    || chunks[end - 1].is(Pos::Open)
                    || chunks[end - 1].is(Pos::Adverb)
            }
            ChunkKind::Other(Pos::Open | Pos::Close) => true,
            ChunkKind::Other(Pos::Adverb) => {
                next.is_some_and(|n| n.form() == Some(VerbForm::Ing)) && !chunks[end - 1].is_noun()
            }
            _ => false,
        };
        if !goes_on || words > WIDEST {
            break;
        }
        end += 1;
    }
    while end > at + 1
        && (chunks[end - 1].is(Pos::Preposition)
            || chunks[end - 1].is(Pos::Adverb)
            || chunks[end - 1].is(Pos::Open)
            || chunks[end - 1].is(Pos::Close))
    {
        end -= 1;
    }
    end
}

fn time(scene: &Scene, token: usize) -> bool {
    let word = scene.layers.lower(token);
    crate::annotate::lexicon::words::classes_of(word).has("time")
        || matches!(
            word,
            "week"
                | "year"
                | "month"
                | "day"
                | "statement"
                | "interview"
                | "tweet"
                | "speech"
                | "years"
                | "weeks"
                | "days"
        )
}

/// Tokens of the chunks `from..to`.
pub fn tokens(scene: &Scene, from: usize, to: usize) -> Range<usize> {
    match (
        scene.chunks.get(from),
        to.checked_sub(1).and_then(|t| scene.chunks.get(t)),
    ) {
        (Some(a), Some(b)) if to > from => a.tokens.start..b.tokens.end,
        _ => 0..0,
    }
}

/// Adds a frame for a target.
pub fn emit(
    scene: &Scene,
    state: &State,
    target: Range<usize>,
    inverse: Option<Range<usize>>,
    found: &mut Found,
) {
    let mut target = target;
    let layers = scene.layers;
    while target.start < target.end
        && matches!(layers.tags[target.start].pos, Pos::Open | Pos::Close)
    {
        target.start += 1;
    }
    let entity = layers
        .mentions_in(target.clone())
        .find(|p| {
            p.tokens.end == target.end
                && (p.tokens.start == target.start
                    || plain_start(scene, target.start, p.tokens.start))
        })
        .filter(|p| p.form != crate::model::MentionForm::Demonym)
        .map(|p| p.entity);
    let own = entity.is_some() && entity == state.holder.party.entity();
    let pronoun = target.len() == 1 && layers.tags[target.start].pos == Pos::Pronoun;
    if target.is_empty() || own || pronoun && entity.is_none() || empty(scene, &target) {
        return;
    }
    push(scene, state, target, (entity, inverse), found);
}

/// Adds a frame of what was gathered, toward `target`: an entity, or an issue and its inverse.
pub(super) fn push(
    scene: &Scene,
    state: &State,
    target: Range<usize>,
    (entity, inverse): (Option<EntityId>, Option<Range<usize>>),
    found: &mut Found,
) {
    let mut evidence = state.evidence.clone();
    evidence.sort_by_key(|e| e.start);
    found.frames.push(Frame {
        sentence: scene.sentence,
        holder: state.holder.party,
        holder_tokens: state.holder.tokens.clone(),
        target,
        entity,
        inverse,
        polarity: if state.sign > 0 {
            Polarity::For
        } else {
            Polarity::Against
        },
        strength: state.strength.clamp(1, 3),
        evidence,
        via: state.holder.via.clone(),
        rule: state.rule.clone().into(),
        confidence: state.confidence,
    });
}

/// Whether only an article, a title or adjectives stand between `from` and the mention.
fn plain_start(scene: &Scene, from: usize, to: usize) -> bool {
    to > from
        && to - from <= 6
        && (from..to).all(|t| {
            !matches!(
                scene.layers.tags[t].pos,
                Pos::Preposition | Pos::Verb | Pos::PossessiveMark | Pos::To | Pos::Auxiliary
            )
        })
}

/// Whether a target says nothing: "it", "the matter", a time.
fn empty(scene: &Scene, target: &Range<usize>) -> bool {
    let number = |t: usize| {
        scene
            .layers
            .lower(t)
            .chars()
            .all(|c| c.is_ascii_digit() || "/.-,%".contains(c))
    };
    if target.clone().all(number) {
        return true;
    }
    let content = target.clone().filter(|t| {
        matches!(
            scene.layers.tags[*t].pos,
            Pos::Noun | Pos::Proper | Pos::Verb | Pos::Adjective | Pos::Number
        ) && !matches!(
            scene.layers.lower(*t),
            "thing"
                | "things"
                | "matter"
                | "way"
                | "lot"
                | "question"
                | "questions"
                | "part"
                | "action"
                | "time"
        ) && !time(scene, *t)
    });
    content.count() == 0
}

/// Goes down into the complement at chunk `at`. Gives up where it cannot tell.
pub fn descend(scene: &Scene, state: &State, at: usize, depth: usize, found: &mut Found) {
    let mut at = at;
    while scene
        .chunks
        .get(at)
        .is_some_and(|c| c.is(Pos::Open) || c.is(Pos::Adverb))
    {
        at += 1;
    }
    let Some(chunk) = scene.chunks.get(at) else {
        return;
    };
    if depth > 5 {
        return;
    }
    match chunk.kind {
        ChunkKind::Noun => noun(scene, state, at, depth, found),
        ChunkKind::Verb {
            form: VerbForm::Infinitive | VerbForm::Ing,
            ..
        } => verb(scene, state, at, depth, found),
        ChunkKind::Other(Pos::Adjective) => {
            // "seeking clear guarantees" where the noun was lost: nothing to say.
        }
        _ => {}
    }
    coordinate(scene, state, at, depth, found);
}

/// A second member of the same kind after "and": it takes the sign of their common governor.
fn coordinate(scene: &Scene, state: &State, at: usize, depth: usize, found: &mut Found) {
    let chunks = scene.chunks;
    let end = extent(scene, at);
    let mut next = end;
    if chunks.get(next).is_some_and(|c| c.is(Pos::Comma))
        && chunks.get(next + 1).is_some_and(|c| c.is(Pos::Conjunction))
    {
        next += 1;
    }
    if !chunks.get(next).is_some_and(|c| c.is(Pos::Conjunction))
        || !matches!(scene.word(next), "and" | "or" | "nor")
    {
        return;
    }
    next += 1;
    while chunks
        .get(next)
        .is_some_and(|c| c.is(Pos::Adverb) || c.is(Pos::Open))
    {
        next += 1;
    }
    let Some(second) = chunks.get(next) else {
        return;
    };
    let fits = match chunks[at].kind {
        ChunkKind::Noun => {
            second.is_noun()
                && !chunks
                    .get(next + 1)
                    .is_some_and(|c| c.form() == Some(VerbForm::Finite))
        }
        _ => second.form().is_some() && second.form() == chunks[at].form(),
    };
    if fits {
        let mut state = state.clone();
        state.confidence -= 0.03;
        descend(scene, &state, next, depth + 1, found);
        found.taken.push(next);
    }
}

fn noun(scene: &Scene, state: &State, at: usize, depth: usize, found: &mut Found) {
    let chunks = scene.chunks;
    let chunk = &chunks[at];
    let end = extent(scene, at);
    let whole = tokens(scene, at, end);
    let head = chunk.head;
    let mut inner = None;
    for entry in readings(Part::Noun, scene.layers.lemma(head)) {
        // "a refusal by NATO countries to bring": the agent may stand between.
        let mut next = at + 1;
        if chunks.get(next).is_some_and(|c| c.is(Pos::Preposition))
            && matches!(scene.word(next), "by" | "from")
            && !entry.takes(scene.word(next))
        {
            next += 2;
        }
        let Some(follows) = chunks.get(next) else {
            continue;
        };
        let preposition = follows.is(Pos::Preposition) && entry.takes(scene.word(next));
        let infinitive = follows.form() == Some(VerbForm::Infinitive) && entry.takes("inf");
        if preposition || infinitive {
            let start = if preposition { next + 1 } else { next };
            inner = Some((entry, start));
            break;
        }
    }
    match inner {
        Some((entry, start)) => {
            let words = head..chunks[start - 1].tokens.end.max(head + 1);
            let words = if words.len() > 3 {
                head..head + 1
            } else {
                words
            };
            let next = state.deeper(entry, words, scene.layers.lemma(head));
            let end = extent(scene, start).max(end);
            let inverse = (entry.sign < 0).then(|| tokens(scene, start, extent(scene, start)));
            // Between two positive links nothing new is wanted: only what is turned gets a name.
            if inverse.is_some() {
                emit(scene, state, tokens(scene, at, end), inverse, found);
            }
            found.taken.push(start);
            descend(scene, &next, start, depth + 1, found);
        }
        None => emit(scene, state, whole, None, found),
    }
}

/// Whether the noun phrase at `at` turns the sign of what follows it: "an end to the conflict".
fn turns(scene: &Scene, at: usize) -> bool {
    let follows = scene.chunks.get(at + 1).filter(|c| c.is(Pos::Preposition));
    scene.chunks.get(at).is_some_and(|chunk| {
        readings(Part::Noun, scene.layers.lemma(chunk.head))
            .iter()
            .any(|e| follows.is_some() && e.takes(scene.word(at + 1)))
    })
}

fn verb(scene: &Scene, state: &State, at: usize, depth: usize, found: &mut Found) {
    let chunks = scene.chunks;
    let chunk = &chunks[at];
    found.taken.push(at);
    let lemma = scene.layers.lemma(chunk.head);
    let end = extent(scene, at);
    let whole = tokens(scene, at, end);
    let mut object = at + 1;
    while chunks
        .get(object)
        .is_some_and(|c| c.is(Pos::Adverb) || c.is(Pos::Open))
    {
        object += 1;
    }
    let negated = matches!(chunk.kind, ChunkKind::Verb { negated: true, .. });
    let mut state = state.clone();
    if negated {
        state.sign = -state.sign;
    }
    let entries = readings(Part::Verb, lemma);
    for entry in entries {
        let Some(next) = chunks.get(object) else {
            break;
        };
        let preposition = next.is(Pos::Preposition) && entry.takes(scene.word(object));
        let takes = next.is_noun() && entry.takes("obj")
            || next.form() == Some(VerbForm::Infinitive) && entry.takes("inf")
            || next.form() == Some(VerbForm::Ing) && entry.takes("ing")
            || preposition;
        if !takes {
            continue;
        }
        let start = object + usize::from(preposition);
        let deeper = state.deeper(entry, chunk.head..chunk.head + 1, lemma);
        // "bar Ukraine from joining": the target is the joining, with the one who would join.
        let from = chunks
            .get(object + 1)
            .is_some_and(|c| c.is(Pos::Preposition))
            && scene.word(object + 1) == "from"
            && entry.takes("from")
            && next.is_noun();
        let inner = tokens(scene, start, extent(scene, start));
        if entry.sign < 0 {
            emit(scene, &state, whole.clone(), Some(inner.clone()), found);
        }
        // "ensuring any agreement aligns with X": what the clause says is wanted.
        let clause = extent(scene, start);
        if matches!(lemma, "ensure" | "guarantee")
            && chunks
                .get(clause)
                .and_then(super::super::syntax::Chunk::form)
                == Some(VerbForm::Finite)
        {
            let skip = usize::from(
                chunks
                    .get(clause + 1)
                    .is_some_and(|c| c.is(Pos::Preposition)),
            );
            descend(scene, &deeper, clause + 1 + skip, depth + 1, found);
            return;
        }
        let deed = entry.sign > 0 && entry.class == Class::Act;
        if from {
            // "bar Ukraine from membership" is about the membership.
            let thing = chunks
                .get(object + 2)
                .is_some_and(super::super::syntax::Chunk::is_noun);
            let target = if thing {
                tokens(scene, object + 2, extent(scene, object + 2))
            } else {
                inner
            };
            emit(scene, &deeper, target, None, found);
        } else if !deed || turns(scene, start) {
            descend(scene, &deeper, start, depth + 1, found);
        } else {
            emit(scene, &state, whole, None, found);
        }
        return;
    }
    // "urging them to reconsider", "tried to speak": without its object the verb says too little.
    let bare = entries.iter().any(|e| e.sign < 0);
    if !bare && (!state.weak || depth != 0) {
        emit(scene, &state, whole, None, found);
    }
}
