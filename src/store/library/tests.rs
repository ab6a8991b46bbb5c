//! The library on a disk: what goes in comes out, queries find what they say, and no accident loses
//! what was in it.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use rusqlite::Connection;

use super::*;
use crate::base::{EntityId, SentenceId, Span, StanceId, moment};
use crate::model::library::{ArticleId, Feed, Flag, Item, Sort};
use crate::model::{
    Annotated, Block, BlockKind, Document, Entity, EntityKind, Mention, MentionForm, Metadata,
    Party, Polarity, Sentence, Stance, Target,
};

/// An article whose names are `people`, with stances between them.
fn article(
    title: &str,
    outlet: &str,
    day: &str,
    text: &str,
    people: &[&str],
    stances: &[(&str, &str, Polarity)],
) -> Annotated {
    let text = format!("{title}\n{text}");
    let block = |kind, from, to| Block {
        kind,
        span: Span::new(from, to),
    };
    let document = Arc::new(Document {
        id: format!(
            "{:016x}",
            text.len() as u64 * 7919 + text.bytes().map(u64::from).sum::<u64>()
        ),
        blocks: vec![
            block(BlockKind::Title, 0, title.len()),
            block(BlockKind::Paragraph, title.len() + 1, text.len()),
        ],
        meta: Metadata {
            title: Some(title.to_owned()),
            authors: vec!["Ada Lind".to_owned()],
            published: day.parse::<Date>().ok(),
            published_at: None,
            outlet: Some(outlet.to_owned()),
            uri: Some(format!("/news/{title}.txt")),
            language: Some("en".to_owned()),
            topics: Vec::new(),
        },
        text: text.into(),
        details: Vec::new(),
    });
    let mut out = Annotated::bare(Arc::clone(&document));
    let span_of = |name: &str| {
        let at = document.text.find(name).unwrap();
        Span::new(at, at + name.len())
    };
    out.sentences = vec![Sentence {
        span: Span::new(title.len() + 1, document.text.len()),
        block: crate::base::BlockId::at(1),
    }];
    for (n, name) in people.iter().enumerate() {
        out.entities.push(Entity {
            id: EntityId::at(n),
            name: (*name).to_owned(),
            kind: EntityKind::Person,
            aliases: name
                .split(' ')
                .next_back()
                .map(str::to_owned)
                .into_iter()
                .collect(),
            role: None,
            speaks_for: None,
            mentions: vec![Mention {
                span: span_of(name),
                form: MentionForm::Name,
                conll: None,
                rule: "test".into(),
                confidence: 1.0,
            }],
            rule: "test".into(),
            confidence: 1.0,
        });
    }
    let id_of = |name: &str| EntityId::at(people.iter().position(|p| *p == name).unwrap());
    for (n, (holder, target, polarity)) in stances.iter().enumerate() {
        out.stances.push(Stance {
            id: StanceId::at(n),
            sentence: SentenceId::at(0),
            holder: Party::Entity(id_of(holder)),
            holder_span: None,
            target: Target::Entity(id_of(target)),
            target_span: span_of(target),
            polarity: *polarity,
            strength: 2,
            evidence: vec![span_of(holder)],
            via: Vec::new(),
            rule: "test".into(),
            confidence: 0.9,
        });
    }
    assert_eq!(out.fault(), None);
    out
}

fn three() -> Vec<Annotated> {
    use Polarity::{Against, Conditional, For};
    vec![
        article(
            "Harbour vote",
            "The Harbour Post",
            "2025-03-01",
            "Mira Solberg rejects the Tidal Pact, which Otto Brandt welcomes. Café owners waited.",
            &["Mira Solberg", "Otto Brandt", "Tidal Pact"],
            &[
                ("Mira Solberg", "Tidal Pact", Against),
                ("Otto Brandt", "Tidal Pact", For),
            ],
        ),
        article(
            "Pact signed",
            "Northern Wire",
            "2025-03-04",
            "Mira Solberg praises Otto Brandt. Otto Brandt attacks the Tidal Pact.",
            &["Mira Solberg", "Otto Brandt", "Tidal Pact"],
            &[
                ("Mira Solberg", "Otto Brandt", For),
                ("Otto Brandt", "Tidal Pact", Against),
            ],
        ),
        article(
            "Ferry strike",
            "Northern Wire",
            "2025-02-11",
            "Ines Vale would accept the Tidal Pact. The ferry stayed in the harbour.",
            &["Ines Vale", "Tidal Pact"],
            &[("Ines Vale", "Tidal Pact", Conditional)],
        ),
    ]
}

fn filled(folder: &Path) -> (Library, Vec<ArticleId>) {
    let library = Library::open(folder).unwrap();
    let articles = three();
    let entries: Vec<Entry<'_>> = articles.iter().map(|a| Entry::new(a, Some("m"))).collect();
    let ids = library
        .add(&entries)
        .unwrap()
        .into_iter()
        .map(|added| match added {
            Added::New(id) => id,
            other => panic!("{other:?}"),
        })
        .collect();
    (library, ids)
}

fn titles(library: &Library, query: &str) -> Vec<String> {
    let query = query::parse(query).unwrap();
    let request = Request {
        sort: query.sort.unwrap_or_default(),
        ..Request::default()
    };
    let found: Vec<Item> = library.list(&query, &request).unwrap();
    assert_eq!(library.count(&query).unwrap(), found.len());
    found.into_iter().map(|i| i.title).collect()
}

#[test]
fn what_goes_in_comes_out_with_its_layers() {
    let folder = tempfile::tempdir().unwrap();
    let (library, ids) = filled(folder.path());
    for (annotated, &id) in three().iter().zip(&ids) {
        let stored = library.stored(id).unwrap().unwrap();
        assert_eq!(*stored.annotated, *annotated);
        assert_eq!(stored.maker.as_deref(), Some("m"));
        let item = library.get(id).unwrap().unwrap();
        assert_eq!(Some(item.title), annotated.document.meta.title);
        assert_eq!(item.published, annotated.document.meta.published);
        assert_eq!(item.authors, ["Ada Lind"]);
        assert!(item.unread && !item.starred && !item.archived);
    }
    assert_eq!(library.stored(1).unwrap(), None);
}

/// An article of this moment.
fn published(title: &str, at: &str) -> Annotated {
    let mut one = article(title, "Wire", &at[..10], "The ferry waits.", &[], &[]);
    let mut document = Document::clone(&one.document);
    document.meta.published_at = moment::read(at);
    one.document = Arc::new(document);
    one
}

#[test]
fn articles_are_in_the_order_of_their_moments_whatever_the_zone() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(folder.path()).unwrap();
    let articles = [
        published("late in the west", "2025-03-04T23:30:00-05:00"),
        published("night in London", "2025-03-05T01:00:00+00:00"),
        published("a day and no more", "2025-03-05"),
        published("morning in Tokyo", "2025-03-05T07:00:00+09:00"),
        published("the same second", "2025-03-05T01:00:00+00:00"),
    ];
    let entries: Vec<Entry<'_>> = articles.iter().map(|a| Entry::new(a, Some("m"))).collect();
    library.add(&entries).unwrap();
    let order = [
        "late in the west",
        "the same second",
        "night in London",
        "a day and no more",
        "morning in Tokyo",
    ];
    assert_eq!(titles(&library, ""), order);
    // The day that is shown, and by which is searched, is that of the order.
    let found = library
        .list(&query::parse("").unwrap(), &Request::default())
        .unwrap();
    let days: Vec<String> = found.iter().map(|item| item.day().to_string()).collect();
    let (fourth, fifth) = ("2025-03-04", "2025-03-05");
    assert_eq!(days, [fifth, fifth, fifth, fifth, fourth]);
    assert_eq!(titles(&library, "after:2025-03-05"), order[..4]);
    // What is told of an article is what its source said.
    let told: Vec<String> = found.iter().map(Item::when).collect();
    assert_eq!(told[0], "2025-03-04 23:30 -05:00");
    assert_eq!(told[3], "2025-03-05");
    // And it is the same article when it comes again.
    let again = library.add(&entries).unwrap();
    let same = |added: &Added| matches!(added, Added::Same(_));
    assert!(again.iter().all(same), "{again:?}");
}

#[test]
fn more_articles_of_one_second_than_it_has_numbers_are_all_kept() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(folder.path()).unwrap();
    let last = "2025-03-04T23:59:59Z";
    let articles: Vec<Annotated> = (0..300)
        .map(|n| published(&format!("Ferry {n}"), last))
        .collect();
    let entries: Vec<Entry<'_>> = articles.iter().map(|a| Entry::new(a, Some("m"))).collect();
    library.add(&entries).unwrap();
    let of_the_day = query::parse("after:2025-03-04 before:2025-03-05").unwrap();
    assert_eq!(library.count(&of_the_day).unwrap(), 300);
}

#[test]
fn a_library_from_before_moments_is_read_on() {
    let folder = tempfile::tempdir().unwrap();
    let (library, ids) = filled(folder.path());
    drop(library);
    let connection = Connection::open(Library::file_in(folder.path())).unwrap();
    connection
        .execute("ALTER TABLE article DROP COLUMN published_at", [])
        .unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    drop(connection);
    let library = Library::open(folder.path()).unwrap();
    let item = library.get(ids[1]).unwrap().unwrap();
    assert_eq!(item.when(), "2025-03-04");
    assert_eq!(
        library
            .add(&[Entry::new(&published("New", "2025-03-05T01:00:00Z"), None)])
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn queries_find_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    let (library, ids) = filled(folder.path());
    library.flag(&ids[..1], Flag::Starred, true).unwrap();
    library.flag(&ids[1..2], Flag::Unread, false).unwrap();
    library.tag(&ids[2..], "Sea", true).unwrap();
    let (vote, signed, strike) = ("Harbour vote", "Pact signed", "Ferry strike");
    let table: &[(&str, &[&str])] = &[
        ("", &[signed, vote, strike]),
        ("sort:oldest", &[strike, vote, signed]),
        ("sort:title", &[strike, vote, signed]),
        ("sort:outlet", &[signed, strike, vote]),
        ("harbour", &[vote, strike]),
        ("cafe", &[vote]),
        ("\"the ferry\"", &[strike]),
        ("\"ferry the\"", &[]),
        ("harb*", &[vote, strike]),
        ("harbour -ferry", &[vote]),
        ("-harbour", &[signed]),
        ("ferry or praises", &[signed, strike]),
        ("title:harbour", &[vote]),
        ("entity:\"Mira Solberg\"", &[signed, vote]),
        ("entity:solberg", &[signed, vote]),
        ("entity:Nobody", &[]),
        ("-entity:solberg", &[strike]),
        ("outlet:northern", &[signed, strike]),
        ("-outlet:northern", &[vote]),
        ("author:lind", &[signed, vote, strike]),
        ("author:%", &[]),
        ("after:2025-03-01", &[signed, vote]),
        ("before:2025-03-01", &[strike]),
        ("after:2025-03-02 before:2025-03-05", &[signed]),
        ("after:2025-03 harbour", &[vote]),
        ("unread", &[vote, strike]),
        ("read", &[signed]),
        ("starred", &[vote]),
        ("not starred", &[signed, strike]),
        ("tag:sea", &[strike]),
        ("archived", &[]),
        // One stance is all of it.
        (
            "holder:Solberg target:\"Tidal Pact\" stance:against",
            &[vote],
        ),
        ("holder:Solberg target:\"Tidal Pact\" stance:for", &[]),
        ("holder:Brandt target:\"Tidal Pact\" stance:for", &[vote]),
        ("holder:Solberg stance:for", &[signed]),
        ("stance:conditional", &[strike]),
        (
            "target:\"Tidal Pact\" (stance:for or stance:conditional)",
            &[vote, strike],
        ),
        ("target:\"Tidal Pact\" -stance:against", &[vote, strike]),
        ("target:\"Tidal Pact\" -holder:Brandt", &[vote, strike]),
        ("-stance:against", &[strike]),
        // Parentheses: a stance of their own.
        (
            "(holder:Solberg stance:for) (holder:Brandt stance:against)",
            &[signed],
        ),
        ("(holder:Solberg) (stance:conditional)", &[]),
        ("harbour stance:for", &[vote]),
        ("harbour (stance:for or ferry)", &[vote, strike]),
    ];
    for (query, expected) in table {
        assert_eq!(titles(&library, query), *expected, "{query:?}");
    }
    library.flag(&ids[..1], Flag::Archived, true).unwrap();
    assert_eq!(titles(&library, "harbour"), [strike]);
    assert_eq!(titles(&library, "archived"), [vote]);
    assert_eq!(
        titles(&library, "harbour (archived or unread)"),
        [vote, strike]
    );
}

#[test]
fn hits_are_ranked_and_shown_with_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let (library, _) = filled(folder.path());
    let query = query::parse("harbour").unwrap();
    let request = Request {
        sort: Sort::Best,
        snippets: true,
        ..Request::default()
    };
    let found = library.list(&query, &request).unwrap();
    assert_eq!(found[0].title, "Harbour vote", "the headline weighs more");
    let snippet = found[1].snippet.as_deref().unwrap();
    assert!(snippet.contains("\u{2}harbour\u{3}"), "{snippet:?}");
}

#[test]
fn pages_hold_every_row_once() {
    let folder = tempfile::tempdir().unwrap();
    let (library, _) = filled(folder.path());
    let mut seen = Vec::new();
    for offset in 0..4 {
        let request = Request {
            offset,
            limit: 1,
            ..Request::default()
        };
        seen.extend(library.list(&Query::default(), &request).unwrap());
    }
    let titles: Vec<&str> = seen.iter().map(|i| i.title.as_str()).collect();
    assert_eq!(titles, ["Pact signed", "Harbour vote", "Ferry strike"]);
}

#[test]
fn an_article_that_changed_takes_the_place_of_the_old_and_keeps_what_the_reader_did() {
    let folder = tempfile::tempdir().unwrap();
    let (library, ids) = filled(folder.path());
    library.flag(&ids[..1], Flag::Starred, true).unwrap();
    library.flag(&ids[..1], Flag::Unread, false).unwrap();
    library.tag(&ids[..1], "sea", true).unwrap();
    let again = three();
    assert_eq!(
        library.add(&[Entry::new(&again[0], Some("m"))]).unwrap(),
        [Added::Same(ids[0])]
    );
    let changed = article(
        "Harbour vote",
        "The Harbour Post",
        "2025-03-02",
        "Mira Solberg has second thoughts about the lighthouse.",
        &["Mira Solberg"],
        &[],
    );
    let added = library.add(&[Entry::new(&changed, Some("m"))]).unwrap();
    let [Added::Changed(id)] = added[..] else {
        panic!("{added:?}");
    };
    let item = library.get(id).unwrap().unwrap();
    assert!(item.starred && item.unread, "another text is news");
    assert_eq!(item.tags, ["sea"]);
    assert_eq!(titles(&library, "welcomes"), [""; 0]);
    assert_eq!(titles(&library, "lighthouse"), ["Harbour vote"]);
    assert_eq!(titles(&library, "stance:for"), ["Pact signed"]);
    assert_eq!(library.check().unwrap().faults, [""; 0]);
}

#[test]
fn layers_that_are_found_later_leave_the_article_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(folder.path()).unwrap();
    let three = three();
    let bare: Vec<Entry<'_>> = three.iter().map(|a| Entry::new(a, None)).collect();
    let added = library.add(&bare).unwrap();
    let document = &three[0].document;
    let uri = document.meta.uri.as_deref().unwrap();
    assert!(library.lacks_layers(uri, &document.id).unwrap());
    let Added::New(id) = added[0] else {
        panic!("{added:?}")
    };
    library.flag(&[id], Flag::Unread, false).unwrap();
    let found = library
        .add(&[Entry::new(&three[0], Some("rules"))])
        .unwrap();
    assert_eq!(found, [Added::Changed(id)]);
    assert!(!library.lacks_layers(uri, &document.id).unwrap());
    assert!(!library.get(id).unwrap().unwrap().unread);
}

#[test]
fn an_entry_of_a_feed_that_was_deleted_does_not_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(folder.path()).unwrap();
    let feed = Feed {
        url: "https://news.example/feed".to_owned(),
        title: Some("Example\u{1b}[31m".to_owned()),
        tags: vec!["World News".to_owned()],
        ..Feed::default()
    };
    let (id, new) = library.add_feed(&feed).unwrap();
    assert!(new);
    assert_eq!(library.add_feed(&feed).unwrap(), (id, false));
    let articles = three();
    let entry = Entry {
        feed: Some(id),
        guid: Some("entry-1"),
        ..Entry::new(&articles[0], None)
    };
    let added = library.add(std::slice::from_ref(&entry)).unwrap();
    let [Added::New(article)] = added[..] else {
        panic!("{added:?}");
    };
    assert_eq!(titles(&library, "feed:example"), ["Harbour vote"]);
    let kept = library.feed(&feed.url).unwrap().unwrap();
    assert_eq!(kept.counts, (1, 1));
    assert_eq!(kept.title.as_deref(), Some("Example␛[31m"));
    assert_eq!(kept.tags, ["world-news"]);
    assert_eq!(library.remove(&[article]).unwrap(), 1);
    assert_eq!(library.add(&[entry]).unwrap(), [Added::Deleted]);
    let failed = Feed {
        error: Some("no answer".to_owned()),
        gone: true,
        interval: Some(3600),
        ..kept
    };
    assert!(library.update_feed(&failed).unwrap());
    let kept = library.feeds().unwrap().remove(0);
    assert_eq!(kept.error.as_deref(), Some("no answer"));
    assert!(kept.gone && kept.interval == Some(3600));
    assert!(library.remove_feed(id, true).unwrap());
    assert_eq!(library.feeds().unwrap(), []);
}

#[test]
fn what_is_typed_is_completed() {
    let folder = tempfile::tempdir().unwrap();
    let (library, ids) = filled(folder.path());
    library.tag(&ids, "sea", true).unwrap();
    let table: &[(&str, &str, &[&str])] = &[
        ("ho", "ho", &["holder:"]),
        ("unread (st", "st", &["stance:", "starred"]),
        ("-ta", "ta", &["target:", "tag:"]),
        ("holder:sol", "holder:sol", &["holder:\"Mira Solberg\""]),
        (
            "holder:\"mira so",
            "holder:\"mira so",
            &["holder:\"Mira Solberg\""],
        ),
        ("x stance:a", "stance:a", &["stance:against"]),
        ("tag:s", "tag:s", &["tag:sea"]),
        ("outlet:wire", "outlet:wire", &["outlet:\"Northern Wire\""]),
        ("sort:o", "sort:o", &["sort:oldest", "sort:outlet"]),
    ];
    for (text, replaced, expected) in table {
        let found = library.complete(text).unwrap();
        assert_eq!(&text[found.from..], *replaced, "{text:?}");
        assert_eq!(found.candidates, *expected, "{text:?}");
    }
}

#[test]
fn a_dossier_holds_both_sides_over_time() {
    let folder = tempfile::tempdir().unwrap();
    let (library, _) = filled(folder.path());
    for name in ["Otto Brandt", "otto brandt", "Brandt"] {
        let dossier = library.dossier(name).unwrap().unwrap();
        assert_eq!(dossier.name, "Otto Brandt");
        assert_eq!(dossier.articles, 2);
        let held: Vec<_> = dossier
            .held
            .iter()
            .map(|s| (s.day.to_string(), s.polarity))
            .collect();
        assert_eq!(
            held,
            [
                ("2025-03-04".to_owned(), Polarity::Against),
                ("2025-03-01".to_owned(), Polarity::For)
            ]
        );
        assert_eq!(dossier.received.len(), 1);
        assert_eq!(dossier.received[0].holder, "Mira Solberg");
        assert_eq!(dossier.beside[0], ("Mira Solberg".to_owned(), 2));
    }
    assert_eq!(library.dossier("Nobody").unwrap(), None);
}

#[test]
fn two_programs_write_one_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    drop(Library::open(&path).unwrap());
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let path = path.clone();
            std::thread::spawn(move || {
                let library = Library::open(&path).unwrap();
                for n in 0..12 {
                    let one = article(
                        &format!("Writer {writer} article {n}"),
                        "Wire",
                        "2025-03-01",
                        "Mira Solberg waits.",
                        &["Mira Solberg"],
                        &[],
                    );
                    library.add(&[Entry::new(&one, None)]).unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let library = Library::open(&path).unwrap();
    assert_eq!(library.counts().unwrap().listed, 48);
    assert_eq!(library.check().unwrap().faults, [""; 0]);
}

#[test]
fn a_damaged_library_is_set_aside_and_what_can_be_read_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (library, ids) = filled(folder.path());
    library.flag(&ids[..1], Flag::Starred, true).unwrap();
    library.tag(&ids[..1], "sea", true).unwrap();
    library.save_query("Pact", "entity:\"Tidal Pact\"").unwrap();
    let feed = Feed {
        url: "https://a.example/feed".to_owned(),
        etag: Some("\"7\"".to_owned()),
        last_modified: Some("Tue, 04 Mar 2025 10:00:00 GMT".to_owned()),
        ..Feed::default()
    };
    library.add_feed(&feed).unwrap();
    drop(library);
    let path = Library::file_in(folder.path());
    // One table is gone: the file opens, and is found to be broken by the check.
    let connection = Connection::open(&path).unwrap();
    let page: u64 = connection
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'stance'",
            [],
            |r| r.get(0),
        )
        .unwrap();
    let size: u64 = connection
        .query_row("PRAGMA page_size", [], |r| r.get(0))
        .unwrap();
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    drop(connection);
    let mut bytes = std::fs::read(&path).unwrap();
    let from = ((page - 1) * size) as usize;
    bytes[from..from + size as usize].fill(0x5a);
    std::fs::write(&path, bytes).unwrap();
    let library = Library::open(folder.path()).unwrap();
    assert!(!library.check().unwrap().faults.is_empty());
    let error = library.dossier("Otto Brandt").unwrap_err().to_string();
    assert!(
        error.contains("is damaged") && error.contains("library check"),
        "{error}"
    );
    let library = library.rebuild().unwrap();
    let notice = &library.notices()[0];
    assert!(notice.contains("3 articles could be read"), "{notice}");
    assert_eq!(library.check().unwrap().faults, [""; 0]);
    assert_eq!(titles(&library, "stance:for").len(), 2);
    assert_eq!(titles(&library, "starred tag:sea"), ["Harbour vote"]);
    assert_eq!(library.saved_queries().unwrap().len(), 1);
    let feeds = library.feeds().unwrap();
    assert_eq!(feeds.len(), 1);
    assert_eq!((&feeds[0].url, &feeds[0].etag), (&feed.url, &feed.etag));
    assert_eq!(feeds[0].last_modified, feed.last_modified);
    let kept = std::fs::read_dir(folder.path().join("backups"))
        .unwrap()
        .flatten();
    assert!(
        kept.into_iter()
            .any(|f| f.file_name().to_string_lossy().contains("damaged"))
    );
}

#[test]
fn a_file_that_is_no_library_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        Library::file_in(folder.path()),
        b"not a database, but somebody's text".repeat(40),
    )
    .unwrap();
    let library = Library::open(folder.path()).unwrap();
    let notice = &library.notices()[0];
    assert!(notice.contains("nothing could be read"), "{notice}");
    assert!(library.is_empty().unwrap());
}

#[test]
fn a_library_of_a_later_version_is_read_and_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let (library, ids) = filled(folder.path());
    drop(library);
    let connection = Connection::open(Library::file_in(folder.path())).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let library = Library::open(folder.path()).unwrap();
    assert!(
        library.notices()[0].contains("version 99"),
        "{:?}",
        library.notices()
    );
    assert_eq!(titles(&library, "ferry"), ["Ferry strike"]);
    let error = library
        .flag(&ids, Flag::Starred, true)
        .unwrap_err()
        .to_string();
    assert!(error.contains("later byline"), "{error}");
}

#[test]
fn a_backup_is_a_library_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (library, _) = filled(folder.path());
    let copy = library.backup().unwrap();
    let other = tempfile::tempdir().unwrap();
    std::fs::copy(copy, Library::file_in(other.path())).unwrap();
    let library = Library::open(other.path()).unwrap();
    assert_eq!(titles(&library, "harbour").len(), 2);
    assert_eq!(library.check().unwrap().faults, [""; 0]);
}

#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (library, _) = filled(folder.path());
    {
        let connection = library.connection();
        let pages: i64 = connection
            .query_row("PRAGMA page_count", [], |r| r.get(0))
            .unwrap();
        connection
            .pragma_update(None, "max_page_count", pages)
            .unwrap();
    }
    let long = article(
        "Long",
        "Wire",
        "2025-03-01",
        &"Tide and time. ".repeat(20_000),
        &[],
        &[],
    );
    let error = library
        .add(&[Entry::new(&long, None)])
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("the disk is full") && error.contains("free some space"),
        "{error}"
    );
    assert_eq!(titles(&library, "").len(), 3);
    assert_eq!(library.check().unwrap().faults, [""; 0]);
}

#[test]
fn the_same_story_is_found_by_names_and_days() {
    let folder = tempfile::tempdir().unwrap();
    let (library, ids) = filled(folder.path());
    let articles = three();
    assert_eq!(library.same_story(&articles[0], 5).unwrap(), [ids[1]]);
    // Three weeks before, and of the names only the pact.
    assert_eq!(library.same_story(&articles[2], 5).unwrap(), [0; 0]);
}

#[test]
fn a_new_text_with_the_same_layers_counts_as_there_only_if_it_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (library, _) = filled(folder.path());
    let document = &three()[0].document;
    let uri = document.meta.uri.clone().unwrap();
    assert!(library.has(&uri, &document.id, Some("m")).unwrap());
    assert!(!library.has(&uri, &document.id, Some("n")).unwrap());
    assert!(!library.has(&uri, "other", Some("m")).unwrap());
}
