//! Corrections: what they do to the layers, in the views, by key, after undo and after a restart;
//! and asking about words.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod common;

use std::sync::Arc;

use byline::base::{EntityKind, Span};
use byline::config::Depth;
use byline::model::{
    Anchor, Annotated, Claim, Correction, Named, Party, Place, Polarity, Verdict, correct,
    evidence_hull,
};
use byline::ui::Event;
use common::screen::{Screen, annotated, sample};
use proptest::prelude::*;

const ARTICLE: &str = "Harbour talks\n\n\
    Mayor Ida Holm rejected the harbour plan on Monday. Oslo supports the harbour plan. \
    Holm warned against the tunnel.\n\n\
    Greenpeace praised Holm. She said the harbour plan was \"a mistake\".\n";

fn article() -> Arc<Annotated> {
    let article = annotated(ARTICLE);
    assert!(article.stances.len() >= 3, "{:#?}", article.stances);
    article
}

fn place(annotated: &Annotated, span: Span) -> Place {
    Place {
        anchor: Anchor::new(&annotated.document.text, span),
        orphan: false,
    }
}

fn of(annotated: &Annotated, n: usize, now: Verdict) -> Correction {
    let stance = &annotated.stances[n];
    Correction::Stance {
        place: place(annotated, evidence_hull(stance)),
        was: Claim::of(stance.id, annotated).unwrap(),
        now,
    }
}

fn named(annotated: &Annotated, name: &str) -> Named {
    let entity = annotated.entities.iter().find(|e| e.name == name);
    let entity = entity.unwrap_or_else(|| panic!("{name}: {:#?}", annotated.entities));
    Named {
        name: name.to_owned(),
        place: place(annotated, entity.mentions[0].span),
    }
}

fn changed(polarity: Polarity) -> Verdict {
    Verdict::Changed {
        holder: None,
        target: None,
        polarity: Some(polarity),
    }
}

fn claims(annotated: &Annotated) -> Vec<String> {
    let ids = annotated.stances.iter().map(|s| s.id);
    ids.map(|id| Claim::of(id, annotated).unwrap().to_string())
        .collect()
}

fn all(screen: &mut Screen) -> String {
    screen.rows().join("\n")
}

#[test]
fn a_rejected_stance_is_gone_and_the_rest_is_as_it_was() {
    let raw = article();
    let now = correct(&raw, &[of(&raw, 0, Verdict::Rejected)]);
    assert_eq!(now.fault(), None);
    assert_eq!(claims(&now), claims(&raw)[1..]);
    assert_eq!(now.corrected.rejected, 1);
    assert!(now.corrected.stances.is_empty() && now.corrected.waiting.is_empty());
    // Found twice in the same words, it goes as a whole.
    let mut twice = (*raw).clone();
    twice.stances.insert(0, raw.stances[0].clone());
    for (n, stance) in twice.stances.iter_mut().enumerate() {
        stance.id.0 = n as u32;
    }
    let now = correct(&twice, &[of(&raw, 0, Verdict::Rejected)]);
    assert_eq!(claims(&now), claims(&raw)[1..]);
    // Without corrections nothing changes.
    assert_eq!(correct(&raw, &[]), *raw);
}

#[test]
fn an_accepted_stance_is_the_readers_and_sure() {
    let raw = article();
    let now = correct(&raw, &[of(&raw, 1, Verdict::Accepted)]);
    let stance = &now.stances[1];
    assert_eq!((stance.rule.as_ref(), stance.confidence), ("reader", 1.0));
    assert_eq!(claims(&now), claims(&raw));
    let known = now.corrected.stance(stance.id).unwrap();
    assert_eq!(known.was, Claim::of(stance.id, &now));
    assert!(known.made.contains(&*raw.stances[1].rule), "{}", known.made);
}

#[test]
fn holder_target_and_side_are_put_in_the_place_of_the_old() {
    let raw = article();
    let verdict = Verdict::Changed {
        holder: Some("Greenpeace".to_owned()),
        target: Some("Norway".to_owned()),
        polarity: Some(Polarity::Conditional),
    };
    let now = correct(&raw, &[of(&raw, 0, verdict)]);
    assert_eq!(now.fault(), None);
    assert_eq!(claims(&now)[0], "Greenpeace → Norway: conditional");
    assert_eq!(now.stances[0].target_span.of(&now.document.text), "Oslo");
    let known = now.corrected.stance(now.stances[0].id).unwrap();
    assert_eq!(known.was.as_ref().unwrap().to_string(), claims(&raw)[0]);
    // A name that is nobody's waits, and the stance stays as it was.
    let nobody = Verdict::Changed {
        holder: Some("Zorro".to_owned()),
        target: None,
        polarity: None,
    };
    let now = correct(&raw, &[of(&raw, 0, nobody)]);
    assert_eq!(claims(&now), claims(&raw));
    assert_eq!(now.corrected.waiting, [0]);
}

#[test]
fn a_correction_is_for_its_own_stance_alone() {
    let raw = article();
    // The same words, but another holder and another side: nothing is rejected.
    let mut other = of(&raw, 0, Verdict::Rejected);
    if let Correction::Stance { was, .. } = &mut other {
        was.holder = "Oslo".to_owned();
        was.target = "the tunnel".to_owned();
    }
    let now = correct(&raw, &[other]);
    assert_eq!(claims(&now), claims(&raw));
    assert_eq!(now.corrected.waiting, [0]);
    // Words that are gone wait, too.
    let mut lost = of(&raw, 0, Verdict::Rejected);
    lost.places_mut()[0].orphan = true;
    assert_eq!(correct(&raw, &[lost]).corrected.waiting, [0]);
}

#[test]
fn what_was_confirmed_stays_though_the_annotator_does_not_find_it_any_more() {
    let raw = article();
    let mut poorer = (*raw).clone();
    poorer.stances.remove(0);
    for (n, stance) in poorer.stances.iter_mut().enumerate() {
        stance.id.0 = n as u32;
    }
    let list = [
        of(&raw, 0, changed(Polarity::For)),
        of(&raw, 1, Verdict::Rejected),
    ];
    let now = correct(&poorer, &list);
    assert_eq!(now.fault(), None);
    assert_eq!(now.stances[0].polarity, Polarity::For);
    assert_eq!(now.stances[0].rule, "reader");
    assert_eq!(now.stances.len(), raw.stances.len() - 1);
    assert_eq!(now.corrected.stance(now.stances[0].id).unwrap().was, None);
    // What was rejected and is not found needs nothing.
    let gone = correct(&poorer, &[of(&raw, 0, Verdict::Rejected)]);
    assert_eq!(claims(&gone), claims(&poorer));
}

#[test]
fn entities_change_kind_merge_and_split() {
    let raw = article();
    let kind = Correction::Kind {
        entity: named(&raw, "Greenpeace"),
        kind: EntityKind::Group,
    };
    let now = correct(&raw, &[kind]);
    let entity = now.entities.iter().find(|e| e.name == "Greenpeace");
    assert_eq!(entity.unwrap().kind, EntityKind::Group);
    assert_eq!(entity.unwrap().rule, "reader");

    let merge = Correction::Merge {
        entity: named(&raw, "Greenpeace"),
        into: named(&raw, "Ida Holm"),
    };
    let now = correct(&raw, std::slice::from_ref(&merge));
    assert_eq!(now.fault(), None);
    assert_eq!(now.entities.len(), raw.entities.len() - 1);
    let holm = now.entities.iter().find(|e| e.name == "Ida Holm").unwrap();
    assert!(holm.aliases.contains(&"Greenpeace".to_owned()));
    let stance = raw.stances.iter().position(|s| {
        s.holder
            .entity()
            .is_some_and(|e| raw.entities[e.index()].name == "Greenpeace")
    });
    assert_eq!(now.stances[stance.unwrap()].holder, Party::Entity(holm.id));
    // Laid on what is merged already it finds nothing more to do.
    assert_eq!(correct(&now, &[merge]).corrected.waiting, [0]);

    // "Holm" of the third sentence is somebody else.
    let text = &raw.document.text;
    let at = text.match_indices("Holm").nth(1).unwrap().0;
    let split = Correction::Split {
        mention: Named {
            name: "Ida Holm".to_owned(),
            place: place(&raw, Span::new(at, at + 4)),
        },
    };
    let now = correct(&raw, &[split]);
    assert_eq!(now.fault(), None);
    let other = now.entities.last().unwrap();
    assert_eq!((other.name.as_str(), other.mentions.len()), ("Holm", 1));
    let tunnel = now
        .stances
        .iter()
        .find(|s| s.holder_span == Some(Span::new(at, at + 4)));
    assert_eq!(tunnel.unwrap().holder, Party::Entity(other.id));
}

proptest! {
    #[test]
    fn no_corrections_break_the_layers(
        picks in prop::collection::vec((0_usize..40, 0_usize..40, 0_usize..8), 0..8),
    ) {
        let raw = sample();
        let text = &raw.document.text;
        let entity = |n: usize| {
            let entity = &raw.entities[n % raw.entities.len()];
            let mention = &entity.mentions[n % entity.mentions.len()];
            Named { name: entity.name.clone(), place: place(&raw, mention.span) }
        };
        let list: Vec<Correction> = picks.iter().map(|(a, b, act)| match act {
            0 => Correction::Kind { entity: entity(*a), kind: EntityKind::Work },
            1 | 2 => Correction::Merge { entity: entity(*a), into: entity(*b) },
            3 | 4 => Correction::Split { mention: entity(*a) },
            5 => of(&raw, a % raw.stances.len(), Verdict::Rejected),
            6 => of(&raw, a % raw.stances.len(), Verdict::Accepted),
            _ => of(&raw, a % raw.stances.len(), Verdict::Changed {
                holder: Some(raw.entities[b % raw.entities.len()].name.clone()),
                target: Some(raw.entities[a % raw.entities.len()].name.clone()),
                polarity: Some(Polarity::Conditional),
            }),
        }).collect();
        let now = correct(&raw, &list);
        prop_assert_eq!(now.fault(), None);
        prop_assert_eq!(&now.document.text, text);
        // On layers that others made, and on its own outcome, it breaks nothing either.
        let bare = Annotated::bare(Arc::clone(&raw.document));
        prop_assert_eq!(correct(&bare, &list).fault(), None);
        prop_assert_eq!(correct(&now, &list).fault(), None);
    }
}

/// The sample with its first stance turned, its second confirmed and its third rejected.
fn corrected(size: (u16, u16), depth: Depth) -> Screen {
    let mut screen = Screen::new(vec![sample()], size, depth);
    screen.keys("L c p j c a j c r g g").pause();
    screen
}

#[test]
fn the_ledger_with_corrected_rows() {
    for size in [(120, 40), (80, 24)] {
        for (look, depth) in [("", Depth::Truecolor), ("-mono", Depth::Mono)] {
            let (width, height) = size;
            let name = format!("ledger-corrected-{width}x{height}{look}");
            insta::assert_snapshot!(name, corrected(size, depth).dump());
        }
    }
}

#[test]
fn each_key_corrects_the_row_of_the_ledger_and_is_undone() {
    let raw = sample();
    let mut screen = Screen::sample(120, 40);
    let fresh = all(screen.keys("L"));
    screen.keys("c r");
    assert!(screen.status().contains("rejected, u brings it back"));
    assert!(screen.status().ends_with(", saved"), "{}", screen.status());
    let count = raw.stances.len();
    assert!(all(&mut screen).contains(&format!("Stances {}", count - 1)));
    assert_eq!(screen.desk.saved.lock().unwrap().corrections.len(), 1);
    // What moved up is chosen, and rejected next.
    screen.keys("c r u");
    assert!(all(&mut screen).contains(&format!("Stances {}", count - 1)));
    screen.keys("u");
    let body = |text: &str| text.lines().take(38).collect::<Vec<_>>().join("\n");
    assert_eq!(body(&all(&mut screen)), body(&fresh));
    assert!(screen.desk.saved.lock().unwrap().corrections.is_empty());
    screen.keys("ctrl-r");
    assert!(all(&mut screen).contains(&format!("Stances {}", count - 1)));
    screen.keys("u");
    // Round all three sides, and it is as byline says again.
    screen.keys("c p c p c p");
    assert!(screen.desk.saved.lock().unwrap().corrections.is_empty());
    // Holder and target are chosen from lists that are searched.
    screen.keys("c h");
    assert!(all(&mut screen).contains("Who holds it?"));
    screen.keys("/").text("izvestia").keys("enter enter");
    assert!(
        all(&mut screen).contains("corrected by you, was Russia"),
        "{}",
        all(&mut screen)
    );
    screen.keys("c t /").text("keir").keys("enter enter");
    let shown = all(&mut screen);
    assert!(
        shown.contains("Izvestia") && shown.contains("Starmer"),
        "{shown}"
    );
    // One stance has one correction, and `cd` takes it back.
    assert_eq!(screen.desk.saved.lock().unwrap().corrections.len(), 1);
    screen.keys("c d");
    assert_eq!(body(&all(&mut screen)), body(&fresh));
}

#[test]
fn a_rejected_stance_is_in_no_view_and_no_mark() {
    let mut screen = Screen::sample(120, 40);
    let status = screen.keys("] s").status();
    let words = status.split("— ").nth(1).unwrap().to_owned();
    screen.keys("c r");
    for keys in ["L", "M", "g q"] {
        let mut plain = Screen::sample(120, 40);
        let (before, after) = (all(plain.keys(keys)), all(screen.keys(keys)));
        assert_ne!(before, after, "{keys}");
        screen.keys("q");
    }
    screen.keys("g g").pause();
    screen.keys("esc esc ] s");
    assert!(!screen.status().ends_with(&words), "{}", screen.status());
}

#[test]
fn the_explanation_says_what_it_was() {
    for (width, height) in [(120, 40), (80, 24)] {
        let mut screen = Screen::sample(width, height);
        screen.keys("] s c p g K");
        let shown = all(&mut screen).replace('\n', " ");
        assert!(shown.contains("Corrected by you: was Russia → "), "{shown}");
        assert!(shown.contains("Before that made by: "), "{shown}");
        // The explanation on top is of the stance as it is now.
        screen.keys("c d");
        let shown = all(&mut screen);
        assert!(
            !shown.contains("Corrected by you") && shown.contains("Made by: "),
            "{shown}"
        );
        screen.keys("c a");
        assert!(all(&mut screen).contains("Confirmed by you; made by: "));
        screen.keys("c r");
        assert!(!all(&mut screen).contains("Confirmed by you"));
    }
}

#[test]
fn the_list_of_entities_is_corrected_by_key() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("g e / ").text("izvestia").keys("enter c k");
    assert!(all(&mut screen).contains("What is Izvestia?"));
    screen.keys("/").text("work").keys("enter enter");
    assert!(
        screen.status().contains("Izvestia is now of kind work"),
        "{}",
        screen.status()
    );
    screen.keys("esc");
    assert!(all(&mut screen).contains("Works 1"));
    screen.keys("c d");
    assert!(!all(&mut screen).contains("Works 1"));
    // Merged, a name counts with the other; undone, it stands for itself.
    screen
        .keys("/")
        .text("kingdom")
        .keys("enter c m /")
        .text("united states")
        .keys("enter enter");
    assert!(
        screen
            .status()
            .contains("United Kingdom is now United States")
    );
    screen.keys("esc");
    assert!(!all(&mut screen).contains("United Kingdom"));
    screen.keys("u");
    assert!(all(&mut screen).contains("United Kingdom"));
    // A mention is split off where it stands.
    screen.keys("g a ] e ] e ] e c s");
    let status = screen.status();
    assert!(status.contains("this mention is no longer of"), "{status}");
    screen.keys("c l");
    assert!(all(&mut screen).contains("Your corrections"));
    assert!(all(&mut screen).contains(" is not "));
    screen.keys("c d");
    assert!(all(&mut screen).contains("Nothing yet"));
    assert!(screen.desk.saved.lock().unwrap().corrections.is_empty());
}

#[test]
fn better_layers_are_corrected_again() {
    let article = sample();
    let mut screen = Screen::sample(120, 40);
    screen.keys("L c r");
    let shown = all(&mut screen);
    screen.event(Event::Annotated {
        opening: 0,
        result: Ok(Arc::clone(&article)),
    });
    assert_eq!(all(&mut screen).lines().nth(1), shown.lines().nth(1));
    // The layers that came in are as they were.
    assert_eq!(*article, *sample());
}

#[test]
fn without_anything_to_correct_the_keys_say_so() {
    let article = annotated("A headline\n\nNothing much was there.\n");
    let mut screen = Screen::new(vec![article], (80, 24), Depth::Truecolor);
    for keys in ["a", "r", "p", "h", "t", "k", "m", "s", "d"] {
        let status = screen.keys("c").keys(keys).status();
        assert!(status.contains("here"), "{keys}: {status}");
    }
    assert!(screen.keys("S").status().contains("select words with v"));
    screen.keys("c l");
    assert!(all(&mut screen).contains("Nothing yet"));
}

#[test]
fn a_failed_save_keeps_the_correction_on_the_screen() {
    let config = byline::config::load(None, false, Some("dark"), false).unwrap();
    let article = vec![sample()];
    let mut screen = Screen::configured(article, (120, 40), Depth::Truecolor, config, true);
    screen.keys("L c p");
    assert!(
        screen.status().contains("disk is full"),
        "{}",
        screen.status()
    );
    assert!(all(&mut screen).contains("corrected by you, was for"));
}

#[test]
fn any_words_are_asked_about() {
    for (width, height) in [(120, 40), (80, 24)] {
        for (name, keys) in [
            ("issue", "] s S"),
            ("none", "/ I z v e s t i a enter v e S"),
            ("entity", "g e / u k r a i n e enter S"),
        ] {
            let mut screen = Screen::sample(width, height);
            let dump = screen.keys(keys).dump();
            assert!(dump.contains(" toward “"), "{dump}");
            insta::assert_snapshot!(format!("ask-{name}-{width}x{height}"), dump);
        }
    }
}

#[test]
fn an_answer_leads_to_the_evidence_and_back_and_is_corrected() {
    let mut screen = Screen::sample(80, 24);
    screen.keys("] s S");
    let shown = all(&mut screen);
    assert!(shown.contains("stances toward"), "{shown}");
    screen.keys("j enter");
    assert!(!all(&mut screen).contains("toward “"));
    assert!(screen.status().contains(" → "), "{}", screen.status());
    screen.keys("ctrl-o");
    assert!(all(&mut screen).contains("stances toward"));
    screen.keys("c r");
    assert_ne!(all(&mut screen), shown);
    assert!(all(&mut screen).contains("toward “"));
    screen.keys("u S");
    assert!(!all(&mut screen).contains("toward “"));
    // From a row of the ledger, about its target.
    let mut screen = Screen::sample(120, 40);
    screen.keys("L j S");
    assert!(all(&mut screen).contains("toward “"));
}

#[test]
fn each_popup_says_the_same_at_every_size_without_colour_and_in_ascii() {
    for keys in [
        "] s S",
        "] s c h",
        "] s c t",
        "] e c k",
        "] e c m",
        "] s c a c l",
    ] {
        for size in [(200, 50), (120, 40), (80, 24), (40, 12)] {
            let mut colour = Screen::new(vec![sample()], size, Depth::Truecolor);
            let mut plain = Screen::new(vec![sample()], size, Depth::Mono);
            assert_eq!(colour.keys(keys).rows(), plain.keys(keys).rows());
            assert!(all(&mut colour).contains("q closes"), "{keys} at {size:?}");
            let mut config = byline::config::load(None, false, Some("dark"), false).unwrap();
            config.settings.signs = byline::config::Signs::Ascii;
            let mut ascii = Screen::configured(vec![sample()], size, Depth::Mono, config, false);
            let shown = all(ascii.keys(keys));
            let strange = |c: &char| !c.is_ascii() && !"’“”‘…—↪→·".contains(*c);
            assert_eq!(
                shown.chars().find(strange),
                None,
                "{keys} at {size:?}: {shown}"
            );
            // Leaving them changes nothing.
            colour.keys("q");
            assert!(!all(&mut colour).contains("q closes"));
        }
    }
}

#[test]
fn a_sentence_of_the_comment_is_asked_about() {
    let mut screen = Screen::sample(120, 40);
    // What the cursor left in the article is not asked about.
    screen.keys("] s g c S");
    let shown = all(&mut screen);
    assert!(shown.contains("toward “Russia demanding"), "{shown}");
}
