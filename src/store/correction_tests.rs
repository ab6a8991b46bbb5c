//! Tests of the correction file: what is saved is found again, by hand edited files, changed texts,
//! two programs at once, broken files, arbitrary bytes.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::corrections::Corrections;
use super::sidecar::Sidecar;
use super::tests::{TEXT, document};
use crate::base::{EntityKind, Span};
use crate::model::{Anchor, Claim, Correction, Document, Named, Place, Polarity, Verdict};

fn store() -> (tempfile::TempDir, Corrections, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("deep/corrections");
    let store = Corrections::new(&root);
    (folder, store, root)
}

fn file(root: &Path) -> PathBuf {
    let entries = fs::read_dir(root).unwrap().map(|e| e.unwrap().path());
    let mut files = entries.filter(|p| p.extension().is_some_and(|e| e == "toml"));
    let one = files.next().unwrap();
    assert_eq!(files.next(), None);
    one
}

fn place(document: &Document, words: &str) -> Place {
    let at = document.text.find(words).unwrap();
    Place {
        anchor: Anchor::new(&document.text, Span::new(at, at + words.len())),
        orphan: false,
    }
}

fn claim() -> Claim {
    Claim {
        holder: "the minister".to_owned(),
        target: "the \"plan\" = #1".to_owned(),
        polarity: Polarity::Against,
    }
}

fn stance(document: &Document, words: &str, now: Verdict) -> Correction {
    Correction::Stance {
        place: place(document, words),
        was: claim(),
        now,
    }
}

fn named(document: &Document, words: &str) -> Named {
    Named {
        name: words.to_owned(),
        place: place(document, words),
    }
}

fn one_of_each(document: &Document) -> Vec<Correction> {
    vec![
        Correction::Kind {
            entity: named(document, "minister"),
            kind: EntityKind::Group,
        },
        Correction::Merge {
            entity: named(document, "owner"),
            into: named(document, "Nobody"),
        },
        Correction::Split {
            mention: named(document, "them"),
        },
        stance(document, "said no", Verdict::Rejected),
        stance(document, "said yes", Verdict::Accepted),
        stance(
            document,
            "asked why",
            Verdict::Changed {
                holder: Some("Nobody".to_owned()),
                target: None,
                polarity: Some(Polarity::Conditional),
            },
        ),
    ]
}

#[test]
fn what_is_saved_is_loaded_and_reads_like_toml() {
    let (_folder, store, root) = store();
    let document = document(TEXT);
    assert_eq!(store.load(&document).unwrap(), []);
    let all = one_of_each(&document);
    assert_eq!(store.save(&document, &[], &all).unwrap(), all);
    assert_eq!(store.load(&document).unwrap(), all);
    let text = fs::read_to_string(file(&root)).unwrap();
    assert!(text.starts_with("# What you corrected"), "{text}");
    for line in [
        "now = \"rejected\"",
        "now = { holder = \"Nobody\", polarity = \"conditional\" }",
        "words = \"said no\"",
        "kind = \"group\"",
        "split = true",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[test]
fn what_is_taken_back_leaves_the_file_as_it_was_to_the_byte() {
    let (_folder, store, root) = store();
    let document = document(TEXT);
    let all = one_of_each(&document);
    for n in 0..all.len() {
        let without: Vec<Correction> = [&all[..n], &all[n + 1..]].concat();
        let now = store.save(&document, &store.load(&document).unwrap(), &without);
        let now = now.unwrap();
        let before = fs::read(file(&root)).unwrap();
        let more = [now.clone(), vec![all[n].clone()]].concat();
        let more = store.save(&document, &now, &more).unwrap();
        assert_ne!(fs::read(file(&root)).unwrap(), before);
        store.save(&document, &more, &now).unwrap();
        assert_eq!(fs::read(file(&root)).unwrap(), before, "{n}");
    }
}

#[test]
fn remarks_order_and_edits_by_hand_survive() {
    let (_folder, store, root) = store();
    let document = document(TEXT);
    let first = vec![stance(&document, "said no", Verdict::Rejected)];
    let first = store.save(&document, &[], &first).unwrap();
    let path = file(&root);
    let text = fs::read_to_string(&path).unwrap();
    // By hand: a remark, another verdict, a correction without context and position.
    let text = text.replace("now = \"rejected\"", "now = \"accepted\" # I read it again")
        + "\n# mine\n[[stance]]\nwords = \"went home\"\nnote = \"sure?\"\nnow = { polarity = \"for\" }\n\
           was = { holder = \"x\", target = \"y\", polarity = \"against\" }\n";
    fs::write(&path, &text).unwrap();
    let by_hand = store.load(&document).unwrap();
    assert_eq!(by_hand.len(), 2);
    // Words without context and position are found where they stand once.
    assert!(!by_hand[1].clone().places_mut()[0].orphan);
    assert!(matches!(
        &by_hand[0],
        Correction::Stance {
            now: Verdict::Accepted,
            ..
        }
    ));
    // The program knows the first only, and adds one.
    let more = stance(&document, "asked why", Verdict::Accepted);
    let now = [first.clone(), vec![more]].concat();
    let merged = store.save(&document, &first, &now).unwrap();
    assert_eq!(merged.len(), 3);
    let after = fs::read_to_string(&path).unwrap();
    assert!(after.starts_with(text.trim_end()), "{after}");
    // It takes back what was changed by hand: that holds.
    let kept = store.save(&document, &first, &now[1..]).unwrap();
    assert_eq!(kept.len(), 3);
    // It changes its mind about another: the remark stays.
    let mut changed = merged.clone();
    changed[0] = stance(&document, "said no", Verdict::Rejected);
    store.save(&document, &merged, &changed).unwrap();
    let after = fs::read_to_string(&path).unwrap();
    assert!(after.contains("now = \"rejected\""), "{after}");
    assert!(after.contains("# mine"), "{after}");
}

#[test]
fn a_broken_file_is_one_clear_message_and_is_never_written() {
    let (_folder, store, root) = store();
    let document = document(TEXT);
    let some = vec![stance(&document, "said no", Verdict::Rejected)];
    let some = store.save(&document, &[], &some).unwrap();
    let path = file(&root);
    let whole = fs::read_to_string(&path).unwrap();
    let line = whole.lines().position(|l| l.starts_with("now")).unwrap() + 1;
    for (broken, cause) in [
        (whole.replace("now = \"rejected\"", "now = rejected"), ""),
        (
            whole.replace("\"rejected\"", "\"perhaps\""),
            "now must be \"accepted\"",
        ),
        (
            whole.replace("now = \"rejected\"", "now = 3"),
            "now must be",
        ),
        (
            whole.replace("now = \"rejected\"", "now = { side = \"for\" }"),
            "no key \"side\"",
        ),
        (
            whole.replace("now = \"rejected\"", "now = { polarity = \"pro\" }"),
            "choose for, against",
        ),
    ] {
        fs::write(&path, &broken).unwrap();
        let error = store.load(&document).unwrap_err();
        let said = error.to_string();
        assert_eq!(said.lines().count(), 1);
        let place = format!("{}:{line}:", path.display());
        assert!(said.contains(&place) && said.contains(cause), "{said}");
        assert!(said.contains("nothing is written"), "{said}");
        let more = [some.clone(), one_of_each(&document)].concat();
        assert_eq!(store.save(&document, &some, &more).unwrap_err(), error);
        assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    }
    for (broken, cause) in [
        ("[[stance]]\nwords = \"said no\"\n", "was = "),
        ("[[stance]]\nwrods = \"x\"\n", "no key \"wrods\""),
        ("[stance]\nwords = \"x\"\n", "[[stance]]"),
        (
            "[[entity]]\nname = \"x\"\nwords = \"y\"\n",
            "exactly one of kind, into and split",
        ),
        (
            "[[entity]]\nname = \"x\"\nwords = \"y\"\nkind = \"cat\"\n",
            "choose of person",
        ),
        (
            "[[entity]]\nname = \"x\"\nwords = \"y\"\nat = [3, 1]\nsplit = true\n",
            "at must be",
        ),
        ("other = 1\n", "no key \"other\""),
        ("[[", ""),
    ] {
        fs::write(&path, broken).unwrap();
        let said = store.load(&document).unwrap_err().to_string();
        assert!(said.contains(cause), "{said}");
        assert!(store.save(&document, &[], &some).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    }
    fs::write(&path, b"a = 1\n\xff\n").unwrap();
    let said = store.load(&document).unwrap_err().to_string();
    assert!(said.contains(":2: is not UTF-8 text"), "{said}");
}

#[test]
fn corrections_follow_their_words_and_a_deleted_passage_makes_an_orphan() {
    let (_folder, store, root) = store();
    let old = document(TEXT);
    let all = one_of_each(&old);
    store.save(&old, &[], &all).unwrap();
    let new = document(&format!("A new first paragraph.\n{TEXT}"));
    let mut moved = store.load(&new).unwrap();
    assert_eq!(moved.len(), all.len());
    for correction in &mut moved {
        for place in correction.places_mut() {
            assert!(!place.orphan, "{place:?}");
            assert_eq!(place.anchor.span.of(&new.text), place.anchor.exact);
        }
    }
    // One file for both, and what is taken back in the new text is gone in the old.
    let fewer = moved[1..].to_vec();
    store.save(&new, &moved, &fewer).unwrap();
    file(&root);
    assert_eq!(store.load(&old).unwrap(), all[1..]);

    let gone = TEXT.replace("The minister 😀 said no. ", "");
    let mut left = store.load(&document(&gone)).unwrap();
    let lost: Vec<bool> = left
        .iter_mut()
        .map(|c| c.places_mut().iter().any(|p| p.orphan))
        .collect();
    assert!(lost.contains(&true) && lost.contains(&false), "{lost:?}");
}

#[test]
fn an_article_is_recognised_by_address_and_by_title_and_day_among_others() {
    let (_folder, store, root) = store();
    let old = document(TEXT);
    store.save(&old, &[], &one_of_each(&old)).unwrap();
    // Others lie beside it, one of them broken.
    for n in 0..3 {
        let mut other = document(&format!("Another text, of {n} words, said no."));
        other.meta.title = Some(format!("Other \"{n}\""));
        other.meta.uri = Some(format!("/other/{n}.txt"));
        let one = [stance(&other, "said no", Verdict::Rejected)];
        store.save(&other, &[], &one).unwrap();
    }
    fs::write(
        root.join("broken.toml"),
        "[article]\ntitle = \"The plan\"\nx",
    )
    .unwrap();
    let mut new = document(&format!("{TEXT} More."));
    assert_eq!(store.load(&new).unwrap().len(), 6);
    new.meta.uri = Some("/elsewhere.txt".to_owned());
    new.meta.title = Some("the  PLAN".to_owned());
    assert_eq!(store.load(&new).unwrap().len(), 6);
    new.meta.title = Some("Another plan".to_owned());
    assert_eq!(store.load(&new).unwrap(), []);
}

#[test]
fn two_programs_lose_nothing_of_each_other() {
    let (_folder, store, _) = store();
    let document = document(TEXT);
    let all = one_of_each(&document);
    store.save(&document, &[], &all[..2]).unwrap();
    let merged = store.save(&document, &[], &all[3..]).unwrap();
    assert_eq!(merged, [&all[..2], &all[3..]].concat());
    // The same once more is quiet.
    assert_eq!(store.save(&document, &[], &all[3..]).unwrap(), merged);
}

#[test]
fn hostile_text_of_a_file_is_made_safe() {
    let (_folder, store, root) = store();
    let document = document(TEXT);
    fs::create_dir_all(&root).unwrap();
    let path = root.join(format!("{}.toml", super::file_stem(&document)));
    let text = "[[stance]]\nwords = \"a\\u001b[2Jb\"\nnow = \"rejected\"\n\
                was = { holder = \"\\u001b[31mx\", target = \"y\\u202e\", polarity = \"for\" }\n";
    fs::write(&path, text).unwrap();
    let shown = format!("{:?}", store.load(&document).unwrap());
    assert!(
        !shown.contains('\u{1b}') && !shown.contains("u{1b}"),
        "{shown}"
    );
    assert!(!shown.contains("u{202e}"), "{shown}");
}

proptest! {
    #[test]
    fn no_bytes_panic_and_what_is_read_is_written_the_same(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(sidecar) = Sidecar::read(Path::new("x"), &bytes) {
            prop_assert_eq!(sidecar.write(), bytes);
        }
    }

    #[test]
    fn no_file_that_is_nearly_right_panics(
        key in "(words|before|was|now|at|kind|into|split|name|\\PC{0,4})",
        value in "(\"for\"|\"rejected\"|\\{ polarity = \"for\" \\}|\\[1, 2\\]|\\[9, \\{\\}\\]|true|3|\\[\\]|\"\\PC{0,6}\"|\\{\\})",
        table in "(\\[\\[stance\\]\\]|\\[\\[entity\\]\\]|\\[article\\]|\\[stance\\])",
        at in 0_usize..9,
    ) {
        let mut lines = vec![
            "[article]", "id = \"x\"", "[[stance]]", "words = \"said\"", "now = \"accepted\"",
            "was = { holder = \"a\", target = \"b\", polarity = \"for\" }", "[[entity]]",
            "name = \"a\"\nwords = \"b\"\nkind = \"person\"",
        ];
        let line = format!("{key} = {value}");
        lines.insert(at.min(lines.len()), &line);
        lines.push(&table);
        let text = lines.join("\n");
        match Sidecar::read(Path::new("x"), text.as_bytes()) {
            Ok(sidecar) => prop_assert_eq!(sidecar.write(), text.into_bytes()),
            Err(error) => prop_assert_eq!(error.to_string().lines().count(), 1),
        }
    }

    #[test]
    fn any_words_survive_the_file(text in "[a-d 😀e\u{301}世\n\"'\\\\#=\\]]{1,60}", name in "\\PC{1,12}", a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let (_folder, store, _) = store();
        let document = document(&text);
        let edges: Vec<usize> = (0..=text.len()).filter(|&n| text.is_char_boundary(n)).collect();
        let (a, b) = (a.get(&edges), b.get(&edges));
        let span = Span::new(*a.min(b), *a.max(b));
        prop_assume!(!span.of(&text).trim().is_empty() && !name.trim().is_empty());
        let one = Correction::Split {
            mention: Named {
                name: super::record::safe(&name),
                place: Place { anchor: Anchor::new(&text, span), orphan: false },
            },
        };
        let saved = store.save(&document, &[], std::slice::from_ref(&one)).unwrap();
        prop_assert_eq!(&saved[..], std::slice::from_ref(&one));
        prop_assert_eq!(store.load(&document).unwrap(), vec![one]);
    }
}
