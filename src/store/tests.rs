//! Tests of the whole room: what is saved is found again, changed texts, two programs at once,
//! foreign lines, faults.

use std::fs;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::base::Span;
use crate::base::text::ceil_boundary;
use crate::model::{Block, BlockKind, Colour, Metadata};

pub(super) const TEXT: &str = "The minister 😀 said no. A cafe\u{301} owner said yes to the plan. \
The minister said maybe, and went home. Nobody asked why the plan had failed so often. \
It was a long day for all of them.";

pub(super) fn document(text: &str) -> Document {
    let digest = Sha256::digest(text.as_bytes());
    Document {
        id: digest
            .iter()
            .take(8)
            .map(|b| char::from(b'a' + b % 6))
            .collect(),
        text: text.into(),
        blocks: vec![Block {
            kind: BlockKind::Paragraph,
            span: Span::new(0, text.len()),
        }],
        meta: Metadata {
            title: Some("The plan".to_owned()),
            uri: Some("/news/plan.txt".to_owned()),
            published: "2025-03-17".parse().ok(),
            ..Metadata::default()
        },
        details: vec![],
    }
}

fn mark(document: &Document, words: &str) -> Highlight {
    let at = document.text.find(words).unwrap();
    let anchor = Anchor::new(&document.text, Span::new(at, at + words.len()));
    let created = Timestamp::from_second(1_742_205_660).unwrap();
    Highlight {
        id: fresh_id(created, &anchor),
        anchor,
        colour: Colour::Green,
        tags: vec!["one".to_owned()],
        note: Some("a note\nof two lines".to_owned()),
        created,
        orphan: false,
    }
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().join("deep/er"));
    (folder, store)
}

/// Saves highlights of `words` in `old` and loads them in `new`.
fn again(old: &str, words: &[&str], new: &str) -> Vec<Highlight> {
    let (_folder, store) = store();
    let old = document(old);
    let marks: Vec<Highlight> = words.iter().map(|w| mark(&old, w)).collect();
    store.save(&old, &[], &marks).unwrap();
    store.load(&document(new)).unwrap()
}

const SAMPLE: &str = include_str!("../../assets/sample.txt");

/// A piece of the sample before its boilerplate, which says the same words twice.
fn piece(from: usize, length: usize) -> (&'static str, Span) {
    let from = from.min(SAMPLE.find("Like this article").unwrap() - length);
    let from = ceil_boundary(SAMPLE, from);
    let to = ceil_boundary(SAMPLE, from + length);
    (SAMPLE, Span::new(from, to))
}

/// The highlight of `span` in `old`, looked for in `new`.
fn place(old: &Document, span: Span, new: &Document) -> Highlight {
    let mut one = mark(old, "");
    one.anchor = Anchor::new(&old.text, span);
    let record = record::Record::new(&one, &Article::of(old), old);
    anchor::Finder::new(new).place(&record)
}

fn only_file(store: &Store) -> std::path::PathBuf {
    let files = files::files_in(store.root(), "jsonl").unwrap();
    assert_eq!(files.len(), 1);
    files.into_iter().next().unwrap()
}

#[test]
fn what_is_saved_is_loaded() {
    let (_folder, store) = store();
    let document = document(TEXT);
    assert_eq!(store.find(&document).unwrap(), Found::default());
    let marks = vec![
        mark(&document, "minister 😀 said"),
        mark(&document, "cafe\u{301} owner"),
    ];
    assert_eq!(store.save(&document, &[], &marks).unwrap(), marks);
    assert_eq!(store.load(&document).unwrap(), marks);
    assert_eq!(store.find(&document).unwrap().by, Some(Match::Text));
}

#[test]
fn a_line_is_a_web_annotation_that_counts_code_points() {
    let (_folder, store) = store();
    let document = document(TEXT);
    store
        .save(&document, &[], &[mark(&document, "cafe\u{301} owner")])
        .unwrap();
    let text = fs::read_to_string(only_file(&store)).unwrap();
    let value: serde_json::Value = serde_json::from_str(text.trim_end()).unwrap();
    let (start, end) = (
        &value["target"]["selector"][1]["start"],
        &value["target"]["selector"][1]["end"],
    );
    let chars: Vec<char> = TEXT.chars().collect();
    let words: String = chars[start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize]
        .iter()
        .collect();
    assert_eq!(words, "cafe\u{301} owner");
    assert_eq!(value["target"]["selector"][0]["exact"], words.as_str());
    assert_eq!(value["target"]["source"], "/news/plan.txt");
    assert_eq!(value["type"], "Annotation");
    let purposes: Vec<&str> = value["body"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| b["purpose"].as_str().unwrap())
        .collect();
    assert_eq!(purposes, ["classifying", "tagging", "commenting"]);
}

#[test]
fn highlights_follow_their_words_when_text_is_added_or_changed() {
    let moved = again(
        TEXT,
        &["yes to the plan", "said maybe"],
        &format!("A new first paragraph.\n{TEXT}"),
    );
    assert!(moved.iter().all(|h| !h.orphan), "{moved:#?}");
    assert_eq!(moved[0].anchor.exact, "yes to the plan");

    let changed = TEXT.replace(
        "why the plan had failed so often",
        "why that plan has failed so often",
    );
    let found = again(TEXT, &["asked why the plan had failed so often"], &changed);
    assert_eq!(
        found[0].anchor.exact,
        "asked why that plan has failed so often"
    );
}

#[test]
fn a_deleted_passage_makes_an_orphan_and_never_a_look_alike() {
    let sentence = "The council rejected the plan.";
    let two = format!(
        "On Monday it rained in the north of the country. {sentence} Then everybody went home early. \
         On Friday the sun shone over the harbour. {sentence} Nobody was surprised by that."
    );
    let found = again(&two, &[sentence], &two);
    assert_eq!(found[0].anchor.span.from(), two.find(sentence).unwrap());

    let without_first = two.replacen(sentence, "", 1);
    let found = again(&two, &[sentence], &without_first);
    assert!(found[0].orphan, "{found:#?}");
    assert_eq!(found[0].anchor.exact, sentence);
    let gone = again(
        TEXT,
        &["said maybe"],
        "Something else entirely. It was about another thing.",
    );
    assert!(gone.iter().all(|h| h.orphan));
}

/// What became of a mark on `words` (their `nth` place) when `old` became `new`.
fn moved(old: &str, words: &str, nth: usize, new: &str) -> Highlight {
    let before = document(old);
    let at = old.match_indices(words).nth(nth).unwrap().0;
    place(&before, Span::new(at, at + words.len()), &document(new))
}

#[test]
fn a_look_alike_never_takes_the_place_of_a_deleted_original() {
    let votes = |names: &[&str]| -> String {
        let line = |name: &&str| format!("The council of {name} voted yes on Monday.");
        let lines: Vec<String> = names.iter().map(line).collect();
        format!(
            "It was a long week.\n{}\nThen came the weekend.",
            lines.join("\n")
        )
    };
    let all = votes(&["Ada", "Ida", "Uda"]);
    for (gone, left) in [
        ("Ada", ["Ida", "Uda"]),
        ("Ida", ["Ada", "Uda"]),
        ("Uda", ["Ada", "Ida"]),
    ] {
        let words = format!("The council of {gone} voted yes on Monday.");
        let now = moved(&all, &words, 0, &votes(&left));
        assert!(now.orphan, "{gone} went to {:?}", now.anchor);
        assert_eq!(now.anchor.exact, words, "listed with its old text");
        // The same where it is alone with one look-alike.
        let now = moved(&votes(&[gone, left[0]]), &words, 0, &votes(&[left[0]]));
        assert!(now.orphan, "{gone} went to {:?}", now.anchor);
    }
    // Nor where they differ later than the context tells, or where more than the original goes.
    let days = |days: &[&str]| -> String {
        let line = |day: &&str| {
            format!("The council of the old harbour town voted for the new bridge on {day}.")
        };
        let lines: Vec<String> = days.iter().map(line).collect();
        format!(
            "It was a long week.\n{}\nThen came the weekend.",
            lines.join("\n")
        )
    };
    let words = "The council of the old harbour town voted for the new bridge on Monday.";
    let left = days(&["Tuesday", "Friday"]);
    let now = moved(&days(&["Monday", "Tuesday", "Friday"]), words, 0, &left);
    assert!(now.orphan, "{:?}", now.anchor);
    let between = "Monday.\nA long paragraph about quite another thing.\n";
    let apart = days(&["Monday", "Friday"]).replace("Monday.\n", between);
    let now = moved(&apart, words, 0, &days(&["Friday"]));
    assert!(now.orphan, "{:?}", now.anchor);
    // While all stand where they stood, each is found.
    let words = "The council of Ida voted yes on Monday.";
    let now = moved(&all, words, 0, &format!("New.\n{all}"));
    assert_eq!(now.anchor.exact, words);
}

#[test]
fn of_two_equal_paragraphs_the_deleted_one_is_gone() {
    let line = "The ministry declined to comment on the matter.";
    let text = |lines: usize| {
        format!(
            "First things first.\n{}Then the rest of it.",
            format!("{line}\n").repeat(lines)
        )
    };
    // Which of the two was deleted nobody can say.
    for nth in 0..2 {
        let now = moved(&text(2), line, nth, &text(1));
        assert!(now.orphan, "{:?}", now.anchor);
    }
    let added = format!("News on top.\n{}", text(2));
    for nth in 0..2 {
        let now = moved(&text(2), line, nth, &added);
        let places: Vec<usize> = added.match_indices(line).map(|m| m.0).collect();
        assert!(!now.orphan);
        assert_eq!(now.anchor.span.from(), places[nth]);
    }
}

#[test]
fn a_pull_quote_is_not_the_sentence_it_repeats() {
    let said = "Nobody asked the people who sleep here.";
    let body =
        format!("The chair was clear about it. {said} He then left the room without a word.");
    let with = format!("{said}\nThe meeting ran for hours, and few stayed.\n{body}");
    // The pull-quote goes: its mark is lost, the one in the text stays.
    let without = format!("The meeting ran for hours, and few stayed.\n{body}");
    assert!(moved(&with, said, 0, &without).orphan);
    let kept = moved(&with, said, 1, &without);
    assert_eq!(kept.anchor.span.from(), without.find(said).unwrap());
    // The sentence goes: its mark does not jump up to the pull-quote.
    let cut = with.replace(&format!("{said} He then"), "He then");
    assert!(moved(&with, said, 1, &cut).orphan);
}

#[test]
fn short_words_need_their_context() {
    let old = "In the end Linus agreed to the plan, and the others did so too.";
    assert!(
        moved(
            old,
            "Linus",
            0,
            "The chinese Linux plan was agreed to in the end."
        )
        .orphan
    );
    assert!(
        moved(
            old,
            "Linus",
            0,
            "A wholly other text that names Linus once."
        )
        .orphan
    );
    let now = moved(old, "Linus", 0, &format!("Late on Friday. {old}"));
    assert_eq!(now.anchor.exact, "Linus");
}

#[test]
fn typography_moves_nothing() {
    let old = "She said \"it's the cafe\u{301} - nothing else\", and left   the room at noon.";
    let new = "She said “it’s the caf\u{e9} – nothing else”, and left the room at noon.";
    let now = moved(
        old,
        "\"it's the cafe\u{301} - nothing else\", and left   the room",
        0,
        new,
    );
    assert_eq!(
        now.anchor.exact,
        "“it’s the caf\u{e9} – nothing else”, and left the room"
    );
    let hyphens = new.replace("nothing", "no\u{ad}thing");
    let now = moved(old, "the cafe\u{301} - nothing else", 0, &hyphens);
    assert_eq!(now.anchor.exact, "the caf\u{e9} – no\u{ad}thing else");
}

#[test]
fn an_ambiguous_place_is_an_orphan() {
    let line = "The same words stand here again and again, without any change at all. ";
    let old = format!("{}{}", line.repeat(4), "End.");
    let (_folder, store) = store();
    let before = document(&old);
    let at = old.match_indices("stand here").nth(1).unwrap().0;
    let mut one = mark(&before, "stand here");
    one.anchor = Anchor::new(&old, Span::new(at, at + 10));
    store.save(&before, &[], &[one.clone()]).unwrap();
    assert_eq!(store.load(&before).unwrap()[0].anchor, one.anchor);
    assert!(store.load(&document(&format!("New. {old}"))).unwrap()[0].orphan);
}

#[test]
fn an_article_is_recognised_by_address_then_by_title_and_date() {
    let (_folder, store) = store();
    let old = document(TEXT);
    store.save(&old, &[], &[mark(&old, "said maybe")]).unwrap();
    let mut new = document(&format!("{TEXT} More."));
    let found = store.find(&new).unwrap();
    assert_eq!(found.by, Some(Match::Address));
    assert!(
        found.notices[0].contains("recognised by its address"),
        "{:?}",
        found.notices
    );
    new.meta.uri = Some("/elsewhere.txt".to_owned());
    assert_eq!(store.find(&new).unwrap().by, Some(Match::TitleAndDate));
    new.meta.title = Some("Another plan".to_owned());
    assert_eq!(store.find(&new).unwrap().by, None);
    let mut other = document("A wholly different article at the old address.");
    other.meta.title = Some("Different".to_owned());
    assert_eq!(store.find(&other).unwrap().by, None);
}

#[test]
fn a_changed_article_keeps_one_file_and_its_first_anchors() {
    let (_folder, store) = store();
    let old = document(TEXT);
    let first = store.save(&old, &[], &[mark(&old, "said maybe")]).unwrap();
    let new = document(&format!("Fresh start. {TEXT}"));
    let before = store.load(&new).unwrap();
    let mut now = before.clone();
    now.push(mark(&new, "Fresh start"));
    assert_eq!(store.save(&new, &before, &now).unwrap().len(), 2);
    only_file(&store);
    assert_eq!(store.load(&old).unwrap()[0], first[0]);
}

#[test]
fn two_programs_lose_nothing_of_each_other() {
    let (_folder, store) = store();
    let document = document(TEXT);
    let start = store
        .save(
            &document,
            &[],
            &[mark(&document, "said no"), mark(&document, "said yes")],
        )
        .unwrap();

    // The other program adds one, deletes one and changes the note of the third.
    let mut theirs = vec![start[0].clone(), mark(&document, "long day")];
    theirs[0].note = Some("theirs".to_owned());
    store.save(&document, &start, &theirs).unwrap();

    // This one, which saw nothing of that, tags the first and adds another.
    let mut ours = start.clone();
    ours[0].tags.push("two".to_owned());
    ours.push(mark(&document, "went home"));
    let merged = store.save(&document, &start, &ours).unwrap();
    let words: Vec<&str> = merged.iter().map(|h| h.anchor.exact.as_str()).collect();
    assert_eq!(words, ["said no", "went home", "long day"]);
    assert_eq!(merged[0].note.as_deref(), Some("theirs"));
    assert_eq!(merged[0].tags, ["one", "two"]);

    // Both change one note: both stand.
    let mut ours = start.clone();
    ours[0].note = Some("ours".to_owned());
    let merged = store.save(&document, &start, &ours).unwrap();
    assert_eq!(merged[0].note.as_deref(), Some("theirs\nours"));
}

#[test]
fn one_id_given_twice_loses_neither() {
    let (_folder, store) = store();
    let document = document(TEXT);
    let (mut a, mut b) = (mark(&document, "said no"), mark(&document, "said yes"));
    a.id = "H1".to_owned();
    b.id = "H1".to_owned();
    store.save(&document, &[], &[a]).unwrap();
    let merged = store.save(&document, &[], &[b]).unwrap();
    let ids: Vec<&str> = merged.iter().map(|h| h.id.as_str()).collect();
    assert_eq!(ids, ["H1", "H1-2"]);
}

#[test]
fn deleting_and_deleting_again_is_quiet() {
    let (_folder, store) = store();
    let document = document(TEXT);
    let start = store
        .save(&document, &[], &[mark(&document, "said no")])
        .unwrap();
    assert!(store.save(&document, &start, &[]).unwrap().is_empty());
    assert!(store.save(&document, &start, &[]).unwrap().is_empty());
    assert!(store.load(&document).unwrap().is_empty());
}

#[test]
fn a_note_with_control_characters_is_made_safe_and_can_be_deleted() {
    let (_folder, store) = store();
    let document = document(TEXT);
    let mut one = mark(&document, "said no");
    one.note = Some("a\ttab, an \u{1b}[31mescape\nand a line".to_owned());
    let marks = vec![one];
    let saved = store.save(&document, &[], &marks).unwrap();
    assert_eq!(
        saved[0].note.as_deref(),
        Some("a tab, an ␛[31mescape\nand a line")
    );
    assert_eq!(store.load(&document).unwrap(), saved);
    // What the caller still holds is the same highlight.
    assert!(store.save(&document, &marks, &[]).unwrap().is_empty());
}

#[test]
fn foreign_lines_and_fields_survive() {
    let (_folder, store) = store();
    let document = document(TEXT);
    let start = store
        .save(&document, &[], &[mark(&document, "said no")])
        .unwrap();
    let path = only_file(&store);
    let mut bytes = fs::read(&path).unwrap();
    let line = String::from_utf8(bytes.clone()).unwrap();
    bytes = line
        .replacen("{\"@context\"", "{\"x:mine\":[1,2],\"@context\"", 1)
        .replacen(
            "\"body\":[",
            "\"body\":[{\"type\":\"TextualBody\",\"purpose\":\"x:other\",\"value\":\"v\"},",
            1,
        )
        .into_bytes();
    bytes.extend_from_slice(b"not json at all\n\xff\xfe broken\n{\"id\":\"x\"}");
    fs::write(&path, &bytes).unwrap();
    let notices = store.find(&document).unwrap().notices;
    assert!(
        notices[0].contains("lines 2, 3, 4 cannot be read"),
        "{notices:?}"
    );

    let mut now = start.clone();
    now[0].colour = Colour::Red;
    now[0].note = None;
    let saved = store.save(&document, &start, &now).unwrap();
    assert_eq!(saved, now);
    let after = fs::read(&path).unwrap();
    let tail = b"not json at all\n\xff\xfe broken\n{\"id\":\"x\"}\n";
    assert!(after.ends_with(tail));
    let head = String::from_utf8(after[..after.len() - tail.len()].to_vec()).unwrap();
    assert!(
        head.contains("\"x:mine\":[1,2]") && head.contains("x:other"),
        "{head}"
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_one_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let document = document(TEXT);
    let error = Store::new(file.join("below"))
        .save(&document, &[], &[mark(&document, "said no")])
        .unwrap_err();
    assert!(error.to_string().contains("cannot be made"), "{error}");
}

#[test]
fn writing_a_file_replaces_only_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.md");
    write_atomic(&path, b"one", false).unwrap();
    let error = write_atomic(&path, b"two", false).unwrap_err();
    assert_eq!(error.exit_code(), 2);
    assert_eq!(fs::read(&path).unwrap(), b"one");
    write_atomic(&path, b"two", true).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(write_atomic(folder.path(), b"x", true).is_err());
    assert!(write_atomic(&folder.path().join("no/where"), b"x", true).is_err());
}

#[test]
fn what_a_killed_program_left_unfinished_is_cleared_away() {
    let (_folder, store) = store();
    let document = document(TEXT);
    fs::create_dir_all(store.root()).unwrap();
    let left = store.root().join(".byline-abc");
    fs::write(&left, "half").unwrap();
    store
        .save(&document, &[], &[mark(&document, "said no")])
        .unwrap();
    assert!(!left.exists());
}

#[test]
fn hostile_ids_make_no_path() {
    let mut hostile = document(TEXT);
    for id in [
        "../../etc/passwd",
        "",
        "a/b",
        "\u{1b}[2J",
        "0123456789abcdeg",
    ] {
        hostile.id = id.to_owned();
        let name = file_name(&hostile);
        assert!(name.starts_with('x') && name.len() == 23, "{name}");
    }
}

proptest! {
    #[test]
    fn any_span_of_any_text_is_found_again(text in "[a-d 😀e\u{301}世\n\"\\\\]{1,60}", a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let document = document(&text);
        let edges: Vec<usize> = (0..=text.len()).filter(|&n| text.is_char_boundary(n)).collect();
        let (a, b) = (a.get(&edges), b.get(&edges));
        let span = Span::new(*a.min(b), *a.max(b));
        if span.is_empty() {
            return Ok(());
        }
        let mut one = mark(&document, "");
        one.anchor = Anchor::new(&text, span);
        let line = record::Record::new(&one, &Article::of(&document), &document).line();
        let lines = record::read(&record::write(&[line]));
        prop_assert_eq!(anchored(&lines, &document), vec![one]);
    }

    #[test]
    fn no_file_panics_and_every_line_of_it_is_kept(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let lines = record::read(&bytes);
        anchored(&lines, &document(TEXT));
        let mut whole = bytes.clone();
        if !whole.is_empty() && !whole.ends_with(b"\n") {
            whole.push(b'\n');
        }
        let kept = record::write(&lines);
        prop_assert!(kept == whole || whole == b"\n");
    }

    #[test]
    fn no_odd_annotation_panics(
        id in "\\PC{0,5}", exact in "(said|the|\\PC{0,6})", prefix in "\\PC{0,40}",
        start in any::<u64>(), end in 0_u64..300, body in "(null|1|\"x\"|\\[\\]|\\[1,\\{\\}\\]|\\{\"value\":7\\})",
    ) {
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        let value = serde_json::json!({"id": id, "body": body, "target": [{"selector": [
            {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix},
            {"type": "TextPositionSelector", "start": start % 300, "end": end}]}]});
        let mut lines = record::read(value.to_string().as_bytes());
        let document = Arc::new(document(TEXT));
        let before = anchored(&lines, &document);
        let mut now = before.clone();
        for highlight in &mut now {
            highlight.tags.push("t".to_owned());
        }
        merge::merge(&mut lines, &Article::of(&document), &document, &before, &now);
        prop_assert_eq!(anchored(&lines, &document).len(), before.len());
    }

    #[test]
    fn a_deleted_passage_of_the_sample_is_never_found_elsewhere(from in any::<prop::sample::Index>(), length in 4_usize..150) {
        let (text, span) = piece(from.index(SAMPLE.len()), length);
        let old = document(text);
        let cut = |at: usize, by: isize| ceil_boundary(text, at.saturating_add_signed(by));
        let shorter = format!("{}{}", &text[..cut(span.from(), -40)], &text[cut(span.to(), 40)..]);
        let found = place(&old, span, &document(&shorter));
        prop_assert!(found.orphan, "{:?} went to {}", span.of(text), found.anchor.span);
    }

    #[test]
    fn a_passage_of_the_sample_is_found_where_it_went(
        from in any::<prop::sample::Index>(), length in 4_usize..150, at in any::<prop::sample::Index>(),
    ) {
        let (text, span) = piece(from.index(SAMPLE.len()), length);
        let news = "A paragraph that was not there before.\n";
        let lines: Vec<usize> = text.match_indices('\n').map(|(n, _)| n + 1).collect();
        let at = *at.get(&lines);
        prop_assume!(!(span.from() < at && at < span.to()));
        let longer = format!("{}{news}{}", &text[..at], &text[at..]);
        let found = place(&document(text), span, &document(&longer));
        let moved = if at <= span.from() { news.len() } else { 0 };
        prop_assert!(!found.orphan, "{:?} was lost", span.of(text));
        prop_assert_eq!(found.anchor.span.from(), span.from() + moved);
    }
}
