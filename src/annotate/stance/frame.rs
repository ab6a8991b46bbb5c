//! Frames of stance verbs, adjectives and nouns: from the word that shows a stance to its holder
//! and its complement.

use super::descend::{State, descend, emit, extent, tokens};
use super::holder::{self, Holder};
use super::{Found, Scene};
use crate::annotate::lexicon::stance::{Class, Entry, Part, readings};
use crate::annotate::lexicon::words;
use crate::annotate::syntax::{ChunkKind, Pos, VerbForm, subject};
use crate::model::Party;

/// Deeds that show a will by themselves, without a wish around them.
pub(super) const DEEDS: [&str; 46] = [
    "ban",
    "bar",
    "veto",
    "outlaw",
    "prohibit",
    "forbid",
    "block",
    "sign",
    "ratify",
    "approve",
    "override",
    "repeal",
    "boycott",
    "sponsor",
    "co-sponsor",
    "promote",
    "abolish",
    "pass",
    "overturn",
    "adopt",
    "thwart",
    "sabotage",
    "exclude",
    "shun",
    "snub",
    "oust",
    "expel",
    "suspend",
    "rescind",
    "revoke",
    "scrap",
    "disinvite",
    "ditch",
    "defund",
    "blacklist",
    "filibuster",
    "derail",
    "disrupt",
    "obstruct",
    "punish",
    "torpedo",
    "skip",
    "sit",
    "nominate",
    "enact",
    "bankroll",
];

/// Verbs that only carry the noun that shows the stance: "expressed willingness to".
pub(super) const CARRIERS: [&str; 51] = [
    "express",
    "voice",
    "show",
    "reiterate",
    "signal",
    "announce",
    "have",
    "make",
    "give",
    "offer",
    "file",
    "issue",
    "maintain",
    "hold",
    "declare",
    "state",
    "repeat",
    "submit",
    "launch",
    "lead",
    "raise",
    "face",
    "promise",
    "put",
    "take",
    "mount",
    "cast",
    "wage",
    "deliver",
    "share",
    "harbor",
    "lodge",
    "register",
    "unleash",
    "fire",
    "hurl",
    "direct",
    "renew",
    "stress",
    "feel",
    "retain",
    "continue",
    "spearhead",
    "join",
    "open",
    "begin",
    "pursue",
    "embark",
    "throw",
    "lend",
    "provide",
];

/// Frames of the verb groups of a sentence.
pub fn verbs(scene: &Scene, found: &mut Found) {
    for at in 0..scene.chunks.len() {
        if found.taken.contains(&at) {
            continue;
        }
        let ChunkKind::Verb {
            form,
            negated,
            passive,
            copula,
            modal,
        } = scene.chunks[at].kind
        else {
            continue;
        };
        if form == VerbForm::Infinitive
            || form == VerbForm::Ing && scene.comment
            || conditional(scene, at)
            || scene.asks()
        {
            continue;
        }
        if copula || matches!(scene.lemma(at), "feel" | "look" | "get" | "grow" | "sound") {
            adjective(scene, at, negated, found);
            if copula {
                continue;
            }
        }
        if passive {
            by_agent(scene, at, negated, found);
            continue;
        }
        verb(scene, at, negated, modal, found);
    }
}

/// Whether the verb group stands in an if- or unless-clause.
fn conditional(scene: &Scene, at: usize) -> bool {
    (0..at)
        .rev()
        .take_while(|i| !scene.chunks[*i].is(Pos::Comma) && !scene.chunks[*i].is(Pos::Sign))
        .any(|i| matches!(scene.word(i), "if" | "unless" | "whether"))
}

/// The chunk after the adverbs that follow `at`.
fn next(scene: &Scene, at: usize) -> usize {
    let mut next = at + 1;
    while scene.chunks.get(next).is_some_and(|c| c.is(Pos::Adverb)) {
        next += 1;
    }
    next
}

/// Where the target starts, if the complement at `at` fits the entry.
fn fits(scene: &Scene, entry: &Entry, at: usize) -> Option<usize> {
    let chunk = scene.chunks.get(at)?;
    let quoted = usize::from(chunk.is(Pos::Open));
    let chunk = scene.chunks.get(at + quoted)?;
    if chunk.is(Pos::Preposition) {
        // "called on Congress to act"
        let addressee = at + quoted + 1;
        let asked = scene.chunks.get(addressee).is_some_and(|c| c.is_noun())
            && entry.takes(&format!("{}-inf", scene.word(at + quoted)));
        if asked {
            let open = usize::from(scene.chunks.get(addressee + 1)?.is(Pos::Open));
            let deed = addressee + 1 + open;
            return (scene.chunks.get(deed)?.form() == Some(VerbForm::Infinitive)).then_some(deed);
        }
        return entry
            .takes(scene.word(at + quoted))
            .then_some(at + quoted + 1);
    }
    if chunk.is_noun() {
        // "urged them to reconsider", "wants Congress to act"
        let infinitive = scene
            .chunks
            .get(at + quoted + 1)
            .is_some_and(|c| c.form() == Some(VerbForm::Infinitive));
        if infinitive && entry.takes("objinf") {
            return Some(at + quoted + 1);
        }
        return entry.takes("obj").then_some(at + quoted);
    }
    match chunk.form() {
        Some(VerbForm::Infinitive) => entry.takes("inf").then_some(at + quoted),
        Some(VerbForm::Ing) => entry.takes("ing").then_some(at + quoted),
        _ => None,
    }
}

pub(super) fn confidence(class: Class) -> f32 {
    match class {
        Class::Want | Class::Judge => 0.85,
        Class::Threat | Class::Agree | Class::Refuse => 0.82,
        Class::Feel => 0.8,
        Class::Try => 0.78,
        Class::Act => 0.72,
    }
}

/// Whether a stance verb with this complement takes no side: who declines to comment, and who denies
/// involvement, which says what is so and not what is good.
pub(super) fn neutral(verb: &str, complement: &str) -> bool {
    match verb {
        "decline" | "refuse" => matches!(
            complement,
            "comment"
                | "say"
                | "discuss"
                | "respond"
                | "elaborate"
                | "answer"
                | "speculate"
                | "identify"
                | "specify"
        ),
        "suspend" | "skip" | "punish" => matches!(
            complement,
            "campaign" | "bid" | "candidacy" | "operation" | "service" | "town"
        ),
        "like" | "love" => matches!(complement, "say" | "think" | "know" | "call" | "be"),
        "deny" | "dispute" => matches!(
            complement,
            "involvement" | "wrongdoing" | "knowledge" | "responsibility" | "role" | "link" | "tie"
        ),
        _ => false,
    }
}

fn verb(scene: &Scene, at: usize, negated: bool, modal: Option<usize>, found: &mut Found) {
    let lemma = scene.lemma(at);
    let after = next(scene, at);
    if CARRIERS.contains(&lemma) && scene.chunks.get(after).is_some_and(|c| c.is_noun()) {
        carried(scene, at, after, negated, found);
    }
    for entry in readings(Part::Verb, lemma) {
        if entry.class == Class::Act && !DEEDS.contains(&lemma) {
            continue;
        }
        let Some(start) = fits(scene, entry, after) else {
            continue;
        };
        if neutral(lemma, scene.lemma(start)) {
            return;
        }
        let owner = if lemma == "need" {
            // "the victims need their day in court" inside a quotation is the speaker's wish.
            holder::speaker(scene, scene.chunks[at].head)
        } else {
            holder::of_verb(scene, at)
        };
        let Some(holder) = owner else { return };
        if evaluated_as(scene, lemma, start) {
            return;
        }
        let hedge = modal.is_some_and(|m| {
            matches!(
                scene.layers.lower(m),
                "may" | "might" | "could" | "would" | "can"
            )
        });
        let mut confidence = confidence(entry.class);
        if negated {
            confidence -= 0.08;
            if matches!(entry.class, Class::Act | Class::Try | Class::Threat) {
                return;
            }
        }
        let perfect = scene.chunks[at]
            .tokens
            .clone()
            .any(|t| scene.layers.lower(t) == "have");
        if entry.class == Class::Act
            && (hedge && perfect
                || modal.is_some_and(|m| {
                    matches!(scene.layers.lower(m), "may" | "might" | "could" | "can")
                }))
        {
            return;
        }
        let mut words = scene.chunks[at].head..scene.chunks[at].head + 1;
        if start > 0 && scene.chunks[start - 1].is(Pos::Preposition) {
            words.end = scene.chunks[start - 1].tokens.end;
        }
        let state = State {
            holder,
            sign: if negated { -entry.sign } else { entry.sign },
            strength: if hedge { 1 } else { entry.strength },
            evidence: vec![words],
            rule: lemma.to_owned(),
            confidence,
            weak: entry.class == Class::Try,
        };
        if named_alone(scene, entry, start) {
            emit(scene, &state, tokens(scene, start, start + 1), None, found);
            return;
        }
        descend(scene, &state, start, 0, found);
        return;
    }
}

/// "accused X of doing", "praised X for": the one who is judged is the target, not the reason.
fn named_alone(scene: &Scene, entry: &Entry, start: usize) -> bool {
    let Some(chunk) = scene.chunks.get(start).filter(|c| c.is_noun()) else {
        return false;
    };
    let reason = scene
        .chunks
        .get(start + 1)
        .is_some_and(|c| c.form() == Some(VerbForm::Ing));
    if reason && words::is_valued("people", scene.word(start)) {
        return true;
    }
    entry.class == Class::Judge
        && scene
            .chunks
            .get(start + 1)
            .is_some_and(|c| c.is(Pos::Preposition))
        && matches!(
            scene.word(start + 1),
            "of" | "for" | "over" | "about" | "as" | "on"
        )
        && holder::mention_at(scene, chunk.tokens.clone(), chunk.head).is_some()
}

/// "described X as", "called X a disaster": judged by what follows, not by the verb.
fn evaluated_as(scene: &Scene, lemma: &str, _: usize) -> bool {
    matches!(lemma, "describe" | "call" | "label")
        && scene
            .chunks
            .iter()
            .any(|c| scene.layers.lower(c.head) == "as")
}

/// "expressed willingness to contribute troops": the noun has the frame, the verb the holder.
fn carried(scene: &Scene, at: usize, noun: usize, negated: bool, found: &mut Found) {
    let chunk = &scene.chunks[noun];
    let lemma = scene.layers.lemma(chunk.head);
    for entry in readings(Part::Noun, lemma) {
        let after = noun + 1;
        let Some(start) = after_noun(scene, entry, after) else {
            continue;
        };
        let Some(holder) = holder::of_verb(scene, at) else {
            return;
        };
        let state = State {
            holder,
            sign: if negated { -entry.sign } else { entry.sign },
            strength: entry.strength,
            evidence: vec![
                scene.chunks[at].head..scene.chunks[at].head + 1,
                chunk.head..chunk.head + 1,
            ],
            rule: format!("{}+{lemma}", scene.lemma(at)),
            confidence: confidence(entry.class),
            weak: entry.class == Class::Try,
        };
        found.taken.push(start);
        if named_alone(scene, entry, start) {
            emit(scene, &state, tokens(scene, start, start + 1), None, found);
            return;
        }
        descend(scene, &state, start, 0, found);
        return;
    }
}

/// Where the target starts after a stance noun.
fn after_noun(scene: &Scene, entry: &Entry, at: usize) -> Option<usize> {
    let chunk = scene.chunks.get(at)?;
    if chunk.is(Pos::Preposition) && entry.takes(scene.word(at)) {
        return Some(at + 1);
    }
    (chunk.form() == Some(VerbForm::Infinitive) && entry.takes("inf")).then_some(at)
}

/// "remains firm against", "appear open to", "are pleased with", "is frustrated that".
fn adjective(scene: &Scene, at: usize, negated: bool, found: &mut Found) {
    let word = next(scene, at);
    let Some(chunk) = scene.chunks.get(word) else {
        return;
    };
    let mut entries: Vec<(&Entry, usize)> = Vec::new();
    if chunk.is(Pos::Adjective) || chunk.is_verb() {
        let mut after = next(scene, word);
        if scene.word(after) == "than" && scene.word(after + 1) == "ever" {
            after += 2;
        }
        for entry in readings(Part::Adjective, scene.word(word)) {
            if let Some(start) = fits(scene, entry, after) {
                entries.push((entry, start));
            } else if scene
                .chunks
                .get(after)
                .is_some_and(|c| c.is(Pos::Subordinator))
                && scene.word(after) == "that"
                && entry.takes("that")
            {
                that_clause(scene, at, word, after + 1, entry, negated, found);
                return;
            }
        }
    }
    // "is firm against X", "are for X": the preposition takes the side.
    let side =
        (word..scene.chunks.len().min(word + 3)).find(|i| scene.chunks[*i].is(Pos::Preposition));
    if entries.is_empty()
        && let Some(side) = side.filter(|s| scene.word(*s) == "against")
        && let Some(entry) = readings(Part::Adjective, "against").first()
    {
        entries.push((entry, side + 1));
    }
    if entries.is_empty() && !negated {
        focused(scene, at, word, found);
    }
    let Some((entry, start)) = entries.first().copied() else {
        return;
    };
    let Some(holder) = holder::of_verb(scene, at) else {
        return;
    };
    let hedge = matches!(scene.lemma(at), "appear" | "seem");
    let state = State {
        holder,
        sign: if negated { -entry.sign } else { entry.sign },
        strength: if hedge { 1 } else { entry.strength },
        evidence: vec![scene.chunks[word].tokens.start..scene.chunks[start - 1].tokens.end],
        rule: format!("be+{}", scene.word(word)),
        confidence: confidence(entry.class) - if negated { 0.08 } else { 0.0 },
        weak: entry.class == Class::Try,
    };
    found.taken.push(start);
    descend(scene, &state, start, 0, found);
}

/// "his focus remains on ensuring", "their goal is to": the owner wants what follows.
fn focused(scene: &Scene, at: usize, next: usize, found: &mut Found) {
    let Some(subject) = subject(scene.chunks, at) else {
        return;
    };
    if !matches!(
        scene.lemma(subject),
        "focus" | "goal" | "aim" | "priority" | "objective" | "demand" | "wish"
    ) {
        return;
    }
    let Some(chunk) = scene.chunks.get(next) else {
        return;
    };
    let start = if chunk.is(Pos::Preposition) {
        next + 1
    } else {
        next
    };
    let fits = scene
        .chunks
        .get(start)
        .is_some_and(|c| matches!(c.form(), Some(VerbForm::Ing | VerbForm::Infinitive)));
    let Some(owner) = holder::possessor(scene, subject).filter(|p| holder::can_hold(scene, p))
    else {
        return;
    };
    if fits {
        let state = State {
            holder: Holder {
                party: Party::Entity(owner.entity),
                tokens: Some(owner.tokens.clone()),
                via: holder::relays(scene, owner.tokens.start, owner.entity),
            },
            sign: 1,
            strength: 2,
            evidence: vec![
                scene.chunks[subject].head..scene.chunks[subject].head + 1,
                scene.chunks[start].tokens.clone(),
            ],
            rule: format!("{}+is", scene.lemma(subject)),
            confidence: 0.8,
            weak: false,
        };
        descend(scene, &state, start, 0, found);
    }
}

/// The clause after "frustrated that", "worries that" is the target.
fn that_clause(
    scene: &Scene,
    at: usize,
    word: usize,
    start: usize,
    entry: &Entry,
    negated: bool,
    found: &mut Found,
) {
    let Some(holder) = holder::of_verb(scene, at) else {
        return;
    };
    let end = crate::annotate::syntax::complement_end(scene.chunks, start);
    let verb =
        (start..scene.chunks.len()).find(|i| scene.chunks[*i].form() == Some(VerbForm::Finite));
    let end = verb
        .map_or(end, |v| extent(scene, v))
        .min(scene.chunks.len());
    let state = State {
        holder,
        sign: if negated { -entry.sign } else { entry.sign },
        strength: entry.strength,
        evidence: vec![scene.chunks[word].tokens.clone()],
        rule: format!("be+{}+that", scene.word(word)),
        confidence: confidence(entry.class),
        weak: entry.class == Class::Try,
    };
    emit(scene, &state, tokens(scene, start, end), None, found);
}

/// "promoted by Ann Lee": the agent holds it, the subject is the target.
fn by_agent(scene: &Scene, at: usize, negated: bool, found: &mut Found) {
    let lemma = scene.lemma(at);
    let Some(entry) = readings(Part::Verb, lemma)
        .iter()
        .find(|e| e.takes("obj") && (e.class != Class::Act || DEEDS.contains(&lemma)))
    else {
        return;
    };
    let by = next(scene, at);
    if scene.word(by) != "by" {
        return;
    }
    let Some(target) = subject(scene.chunks, at) else {
        return;
    };
    let mut agent = by + 1;
    while let Some(chunk) = scene.chunks.get(agent) {
        if !chunk.is_noun() {
            break;
        }
        if let Some(holder) = holder::of_noun(scene, agent) {
            let state = State {
                holder,
                sign: if negated { -entry.sign } else { entry.sign },
                strength: entry.strength,
                evidence: vec![scene.chunks[at].head..scene.chunks[at].head + 1],
                rule: format!("{lemma}+by"),
                confidence: confidence(entry.class).max(0.75),
                weak: entry.class == Class::Try,
            };
            emit(
                scene,
                &state,
                tokens(scene, target, target + 1),
                None,
                found,
            );
        }
        let more = scene
            .chunks
            .get(agent + 1)
            .is_some_and(|c| c.is(Pos::Conjunction));
        if !more {
            break;
        }
        agent += 2;
    }
}

/// Frames of stance nouns with an owner: "Russia's objections", "efforts by X to", "X's request to".
pub fn nouns(scene: &Scene, found: &mut Found) {
    for at in 0..scene.chunks.len() {
        let chunk = &scene.chunks[at];
        if !chunk.is_noun() {
            continue;
        }
        let lemma = scene.layers.lemma(chunk.head);
        let entries = readings(Part::Noun, lemma);
        if entries.is_empty() || conditional(scene, at) {
            continue;
        }
        let owner = holder::possessor(scene, at).filter(|p| holder::can_hold(scene, p));
        let by = scene
            .chunks
            .get(at + 1)
            .is_some_and(|c| c.is(Pos::Preposition))
            && matches!(scene.word(at + 1), "by" | "from" | "among");
        let (who, after) = if by {
            (holder::of_noun(scene, at + 2), at + 3)
        } else {
            let who = owner.map(|p| Holder {
                party: Party::Entity(p.entity),
                tokens: Some(p.tokens.clone()),
                via: holder::relays(scene, p.tokens.start, p.entity),
            });
            (who, at + 1)
        };
        let Some(who) = who else { continue };
        for entry in entries {
            if let Some(start) = after_noun(scene, entry, after) {
                let state = State {
                    holder: who,
                    sign: entry.sign,
                    strength: entry.strength,
                    evidence: vec![chunk.head..chunk.head + 1],
                    rule: format!("noun:{lemma}"),
                    confidence: confidence(entry.class),
                    weak: entry.class == Class::Try,
                };
                found.taken.push(start);
                descend(scene, &state, start, 0, found);
                break;
            }
            if concession(scene, at)
                && matches!(entry.class, Class::Judge | Class::Threat | Class::Refuse)
            {
                conceded(scene, at, entry, &who, found);
                break;
            }
        }
    }
}

/// Whether the noun phrase at `at` follows "despite" or "over".
fn concession(scene: &Scene, at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|p| matches!(scene.word(p), "despite" | "over" | "notwithstanding"))
}

/// "Despite Russia's objections, leaders appear open to X": Russia is against X.
fn conceded(scene: &Scene, at: usize, entry: &Entry, who: &Holder, found: &mut Found) {
    let main: Vec<_> = found
        .frames
        .iter()
        .filter(|f| f.holder != who.party && f.sentence == scene.sentence && f.entity.is_none())
        .take(1)
        .cloned()
        .collect();
    let head = scene.chunks[at].head;
    for mut frame in main {
        let favours = frame.polarity == crate::model::Polarity::For;
        frame.polarity = if favours == (entry.sign > 0) {
            crate::model::Polarity::For
        } else {
            crate::model::Polarity::Against
        };
        frame.holder = who.party;
        frame.holder_tokens.clone_from(&who.tokens);
        frame.via.clone_from(&who.via);
        frame.evidence = vec![head..head + 1];
        frame.strength = entry.strength;
        frame.rule = format!("despite+{}", scene.layers.lemma(head)).into();
        frame.confidence = 0.8;
        frame.inverse = None;
        found.frames.push(frame);
    }
}
