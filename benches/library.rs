//! A library of 100,000 articles: how long until the first frame, how long a search takes, how fast
//! articles are put in, how much memory the reader has.
//!
//! `cargo bench --bench library -- [ARTICLES] [FOLDER] [PART]`; a folder is kept and used again, and
//! a part is `search`, `start` or `add`: without one, all are measured. The articles
//! are made here: sentences of our own about made-up people, after the length of the sample article.
//! The first thousand are written as files and put in by the program itself, with its annotator; the
//! others are put in with the names and stances that their sentences were made from.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for us"
)]

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use byline::base::{BlockId, EntityId, QuoteId, SentenceId, Span, StanceId};
use byline::model::library::Sort;
use byline::model::{
    Annotated, Block, BlockKind, Document, Entity, EntityKind, Mention, MentionForm, Metadata,
    Party, Polarity, Quote, QuoteKind, Sentence, Stance, Target,
};
use byline::store::library::{Entry, Library, Request, query};
use jiff::civil::date;

const ADDED: usize = 1000;
const BATCH: usize = 500;

const FIRST: &[&str] = &[
    "Mira", "Otto", "Ines", "Paul", "Yara", "Nils", "Vera", "Hugo", "Lena", "Omar", "Tess", "Igor",
    "Ada", "Bruno", "Clara", "Dario", "Edda", "Felix", "Greta", "Henk",
];
const LAST: &[&str] = &[
    "Solberg",
    "Brandt",
    "Vale",
    "Okafor",
    "Lindqvist",
    "Haddad",
    "Moreau",
    "Petrov",
    "Ferrara",
    "Nakamura",
    "Oyelaran",
    "Castell",
    "Dvorak",
    "Eriksen",
    "Fontaine",
    "Grosz",
    "Hallberg",
    "Ibarra",
];
const GROUPS: &[(&str, EntityKind)] = &[
    ("Harbour Council", EntityKind::Organization),
    ("Northern Fishing Union", EntityKind::Organization),
    ("Ministry of Transport", EntityKind::Organization),
    ("Coastal Alliance", EntityKind::Organization),
    ("Port Authority", EntityKind::Organization),
    ("Tidal Pact", EntityKind::Work),
    ("Ferry Act", EntityKind::Work),
    ("Lighthouse Fund", EntityKind::Organization),
    ("Vestmark", EntityKind::Place),
    ("Ostrava Bay", EntityKind::Place),
];
const OUTLETS: &[&str] = &[
    "The Harbour Post",
    "Northern Wire",
    "Vestmark Gazette",
    "Evening Pilot",
    "Coast and Country",
    "The Ledger",
    "Island Radio",
    "Morning Signal",
];
const FOR: &[&str] = &["welcomed", "praised", "backed", "defended", "endorsed"];
const AGAINST: &[&str] = &[
    "rejected",
    "condemned",
    "opposed",
    "attacked",
    "warned against",
];

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    fn of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.roll(list.len())]
    }
}

/// Words that follow each other in the sample article.
struct Chain {
    words: Vec<String>,
    next: std::collections::BTreeMap<(String, String), Vec<usize>>,
}

impl Chain {
    fn new(text: &str) -> Self {
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let mut next = std::collections::BTreeMap::<_, Vec<usize>>::new();
        for n in 2..words.len() {
            let pair = (words[n - 2].clone(), words[n - 1].clone());
            next.entry(pair).or_default().push(n);
        }
        Self { words, next }
    }

    /// A sentence of about `length` words. Rare made-up words give the text the vocabulary of news.
    fn sentence(&self, dice: &mut Dice, length: usize) -> String {
        let mut at = dice.roll(self.words.len() - 3) + 1;
        let mut out = String::new();
        for _ in 0..length {
            if !out.is_empty() {
                out.push(' ');
            }
            if dice.roll(12) == 0 {
                let (a, b) = (dice.roll(300), dice.roll(300));
                out.push_str(&format!("{}{}", syllables(a), syllables(b)));
            } else {
                out.push_str(self.words[at].trim_matches(|c: char| !c.is_alphanumeric()));
            }
            let pair = (self.words[at - 1].clone(), self.words[at].clone());
            at = match self.next.get(&pair) {
                Some(ways) if dice.roll(5) > 0 => ways[dice.roll(ways.len())],
                _ => dice.roll(self.words.len() - 3) + 1,
            };
        }
        out.push('.');
        out
    }
}

fn syllables(n: usize) -> String {
    let (c, v) = ("bdfgklmnprstvz".as_bytes(), "aeiou".as_bytes());
    let letters = [c[n % 14], v[n / 14 % 5], c[n / 70 % 14]];
    String::from_utf8_lossy(&letters).into_owned()
}

/// What a text is made of.
struct Made {
    title: String,
    outlet: &'static str,
    author: String,
    day: jiff::civil::Date,
    text: String,
    entities: Vec<(String, EntityKind, Vec<Span>)>,
    /// Holder, target, side, where the verb stands.
    stances: Vec<(usize, usize, Polarity, Span)>,
    quotes: Vec<(usize, Span)>,
}

fn made(chain: &Chain, number: usize) -> Made {
    let mut dice =
        Dice(0x9e37_79b9_7f4a_7c15 ^ (number as u64 + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
    let mut entities: Vec<(String, EntityKind, Vec<Span>)> = Vec::new();
    for _ in 0..4 {
        let name = format!("{} {}", dice.of(FIRST), dice.of(LAST));
        if entities.iter().all(|e| e.0 != name) {
            entities.push((name, EntityKind::Person, Vec::new()));
        }
    }
    let people = entities.len();
    for _ in 0..3 {
        let (name, kind) = GROUPS[dice.roll(GROUPS.len())];
        if entities.iter().all(|e| e.0 != name) {
            entities.push((name.to_owned(), kind, Vec::new()));
        }
    }
    let title = format!("{} and the {}", entities[0].0, entities[people].0);
    let title = format!(
        "{title}: {}",
        chain.sentence(&mut dice, 4).trim_end_matches('.')
    );
    let mut text = format!("{title}\n");
    let (mut stances, mut quotes) = (Vec::new(), Vec::new());
    while text.len() < 3600 {
        let holder = dice.roll(people);
        let target = people + dice.roll(entities.len() - people);
        let (side, verb) = if dice.roll(2) == 0 {
            (Polarity::For, dice.of(FOR))
        } else {
            (Polarity::Against, dice.of(AGAINST))
        };
        let put = |text: &mut String, words: &str| {
            let from = text.len();
            text.push_str(words);
            Span::new(from, text.len())
        };
        let name = entities[holder].0.clone();
        let at = put(&mut text, &name);
        entities[holder].2.push(at);
        text.push(' ');
        let verb = put(&mut text, verb);
        text.push_str(" the ");
        let name = entities[target].0.clone();
        let at = put(&mut text, &name);
        entities[target].2.push(at);
        text.push_str(". ");
        stances.push((holder, target, side, verb));
        let said = format!("“{}”", chain.sentence(&mut dice, 9));
        let said = put(&mut text, &said);
        quotes.push((holder, said));
        text.push_str(" said ");
        let name = entities[holder].0.clone();
        let at = put(&mut text, &name);
        entities[holder].2.push(at);
        text.push_str(". ");
        for _ in 0..4 {
            let length = 10 + dice.roll(14);
            text.push_str(&chain.sentence(&mut dice, length));
            text.push(' ');
        }
        while text.ends_with(' ') {
            text.pop();
        }
        text.push('\n');
    }
    entities.retain(|e| !e.2.is_empty());
    // Those who were left out are at the end of neither list: people come first, groups last.
    let text = text.trim_end().to_owned();
    Made {
        title,
        outlet: OUTLETS[dice.roll(OUTLETS.len())],
        author: format!("{} {}", dice.of(FIRST), dice.of(LAST)),
        day: date(2015, 1, 1)
            .checked_add(jiff::Span::new().days((number % 3650) as i64))
            .unwrap(),
        text,
        entities,
        stances,
        quotes,
    }
}

/// A made text with its layers.
fn annotated(chain: &Chain, number: usize) -> Annotated {
    let made = made(chain, number);
    let mut blocks = Vec::new();
    let mut from = 0;
    for line in made.text.split('\n') {
        let kind = if from == 0 {
            BlockKind::Title
        } else {
            BlockKind::Paragraph
        };
        let span = Span::new(from, from + line.len());
        blocks.push(Block { kind, span });
        from += line.len() + 1;
    }
    let document = Arc::new(Document {
        id: format!("{number:016x}"),
        text: made.text.into(),
        blocks: blocks.clone(),
        meta: Metadata {
            title: Some(made.title),
            authors: vec![made.author],
            published: Some(made.day),
            published_at: None,
            outlet: Some(made.outlet.to_owned()),
            uri: Some(format!("https://news.example/{number}")),
            language: Some("en".to_owned()),
            topics: Vec::new(),
        },
        details: Vec::new(),
    });
    let mut out = Annotated::bare(document);
    out.sentences = blocks
        .iter()
        .enumerate()
        .map(|(n, block)| Sentence {
            span: block.span,
            block: BlockId::at(n),
        })
        .collect();
    let named: Vec<String> = made.entities.iter().map(|e| e.0.clone()).collect();
    for (n, (name, kind, mut spans)) in made.entities.into_iter().enumerate() {
        spans.sort();
        let mention = |span| Mention {
            span,
            form: MentionForm::Name,
            conll: None,
            rule: "made".into(),
            confidence: 1.0,
        };
        out.entities.push(Entity {
            id: EntityId::at(n),
            aliases: name
                .split(' ')
                .next_back()
                .map(str::to_owned)
                .into_iter()
                .collect(),
            name,
            kind,
            role: None,
            speaks_for: None,
            mentions: spans.into_iter().map(mention).collect(),
            rule: "made".into(),
            confidence: 1.0,
        });
    }
    let count = named.len();
    for (holder, target, polarity, verb) in made.stances {
        if holder >= count || target >= count {
            continue;
        }
        let sentence = out
            .sentences
            .partition_point(|s| s.span.from() <= verb.from())
            - 1;
        out.stances.push(Stance {
            id: StanceId::at(out.stances.len()),
            sentence: SentenceId::at(sentence),
            holder: Party::Entity(EntityId::at(holder)),
            holder_span: None,
            target: Target::Entity(EntityId::at(target)),
            target_span: verb,
            polarity,
            strength: 2,
            evidence: vec![verb],
            via: Vec::new(),
            rule: "made".into(),
            confidence: 0.9,
        });
    }
    for (speaker, span) in made.quotes {
        out.quotes.push(Quote {
            id: QuoteId::at(out.quotes.len()),
            span,
            cue: None,
            speaker: if speaker < count {
                Party::Entity(EntityId::at(speaker))
            } else {
                Party::Unknown
            },
            speaker_span: None,
            kind: QuoteKind::Direct,
            continues: None,
            via: Vec::new(),
            rule: "made".into(),
            confidence: 0.9,
        });
    }
    out
}

fn main() {
    let mut args = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let count: usize = args.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let temporary = tempfile::tempdir().unwrap();
    let folder = args
        .next()
        .map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let part = args.next();
    let wanted = |name: &str| part.as_deref().is_none_or(|part| part == name);
    let chain = Chain::new(include_str!("../assets/sample.txt"));

    fill(&chain, &folder, count);
    let size = std::fs::metadata(Library::file_in(&folder)).unwrap().len();
    println!("library: {count} articles, {} MB", size >> 20);
    if wanted("search") {
        search(&folder);
    }
    if wanted("start") {
        start(&folder);
    }
    if wanted("add") {
        add_files(&chain, &folder);
    }
}

fn fill(chain: &Chain, folder: &Path, count: usize) {
    let library = Library::open(folder).unwrap();
    let there = library.counts().unwrap().listed;
    if there >= count {
        return;
    }
    let began = Instant::now();
    for first in (there..count).step_by(BATCH) {
        let articles: Vec<Annotated> = (first..(first + BATCH).min(count))
            .map(|n| annotated(chain, n))
            .collect();
        let entries: Vec<Entry<'_>> = articles
            .iter()
            .map(|a| Entry::new(a, Some("made")))
            .collect();
        library.add(&entries).unwrap();
        if first % 10_000 == 0 {
            eprintln!("{first} of {count}, {:.0} s", began.elapsed().as_secs_f64());
        }
    }
    let took = began.elapsed().as_secs_f64();
    println!(
        "filling: {} articles in {took:.1} s, {:.0} a second",
        count - there,
        (count - there) as f64 / took
    );
}

/// A thousand files, put in by the program itself.
fn add_files(chain: &Chain, folder: &Path) {
    let files = tempfile::tempdir().unwrap();
    for n in 0..ADDED {
        let made = made(chain, 10_000_000 + n);
        let text = format!(
            "{}\n\nBy {}\n{}\n\n{}\n",
            made.title,
            made.author,
            made.day,
            made.text.split_once('\n').unwrap().1.replace('\n', "\n\n")
        );
        std::fs::write(files.path().join(format!("{n}.txt")), text).unwrap();
    }
    for model in ["none", ""] {
        // The second time the model reads what the rules read before.
        let began = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_byline"));
        command.arg("--data").arg(folder);
        if !model.is_empty() {
            command.args(["--model", model]);
        }
        let done = command
            .args(["library", "add"])
            .arg(files.path())
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        let took = began.elapsed().as_secs_f64();
        let what = if model.is_empty() {
            "with the model"
        } else {
            "by rules"
        };
        println!("add {ADDED} files {what}: {took:.1} s");
    }
}

/// Queries as they are typed, newest first, and then ranked.
fn search(folder: &Path) {
    let library = Library::open(folder).unwrap();
    let queries = [
        "russia",
        "peace",
        "ban",
        "moscow",
        "the",
        "negotiations",
        "guarantee",
        "zaltob",
        "war",
        "\"peace deal\"",
        "\"permanent ban\"",
        "neg*",
        "uk*",
        "russia -moscow",
        "peace or war",
        "entity:\"Mira Solberg\"",
        "entity:brandt",
        "holder:solberg",
        "holder:\"Otto Brandt\"",
        "target:\"Tidal Pact\"",
        "target:\"Tidal Pact\" stance:against",
        "holder:\"Ines Vale\" target:\"Ferry Act\" stance:for",
        "holder:moreau target:council stance:against outlet:wire after:2020-01-01",
        "stance:against",
        "outlet:ledger",
        "outlet:post russia",
        "author:petrov",
        "unread",
        "starred",
        "unread peace",
        "after:2024-01-01",
        "before:2015-06-01",
        "title:harbour",
        "title:act peace",
        "tag:x",
        "archived",
        "-stance:for",
        "entity:vestmark guarantee",
        "holder:haddad peace",
        "(holder:castell stance:for) (holder:dvorak stance:against)",
    ];
    for (sort, name) in [(Sort::Newest, "as typed"), (Sort::Best, "ranked")] {
        let mut times: Vec<(Duration, &str)> = Vec::new();
        for round in 0..6 {
            for text in queries {
                let began = Instant::now();
                let query = query::parse(text).unwrap();
                let request = Request {
                    sort: if query.words().is_empty() {
                        Sort::Newest
                    } else {
                        sort
                    },
                    offset: 0,
                    limit: 200,
                    snippets: false,
                };
                library.list(&query, &request).unwrap();
                let took = began.elapsed();
                if round > 0 {
                    times.push((took, text));
                }
            }
        }
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].0;
        for text in queries {
            let own: Vec<f64> = times
                .iter()
                .filter(|(_, t)| *t == text)
                .map(|(t, _)| ms(*t))
                .collect();
            println!("  {:8.1} ms  {text}", own[own.len() / 2]);
        }
        println!(
            "search {name}: median {:.1} ms, p95 {:.1} ms, longest {:.1} ms ({})",
            ms(at(0.5)),
            ms(at(0.95)),
            ms(at(1.0)),
            times.last().unwrap().1
        );
    }
    let began = Instant::now();
    library.dossier("Mira Solberg").unwrap();
    println!("dossier: {:.1} ms", ms(began.elapsed()));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The reader in a terminal: until its first frame, and the memory it has after some paging.
fn start(folder: &Path) {
    let mut times = Vec::new();
    let mut memory = 0;
    for _ in 0..9 {
        let pair = portable_pty::native_pty_system()
            .openpty(portable_pty::PtySize {
                rows: 40,
                cols: 120,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_byline"));
        command.args(["--data", &folder.display().to_string()]);
        command.env("TERM", "xterm-256color");
        let mut reader = pair.master.try_clone_reader().unwrap();
        let mut writer = pair.master.take_writer().unwrap();
        let began = Instant::now();
        let mut child = pair.slave.spawn_command(command).unwrap();
        let mut screen = vt100::Parser::new(cells(40), cells(120), 0);
        until(&mut *reader, &mut screen, "newest");
        times.push(began.elapsed());
        for keys in ["GG", "gg", "/", "peace", "\r"] {
            std::io::Write::write_all(&mut writer, keys.as_bytes()).unwrap();
        }
        until(&mut *reader, &mut screen, "best");
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", child.process_id().unwrap()));
        let line = status.unwrap_or_default();
        let line = line
            .lines()
            .find_map(|l| l.strip_prefix("VmHWM:").map(str::to_owned));
        let kilobytes = line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<usize>().ok());
        memory = memory.max(kilobytes.unwrap_or(0));
        std::io::Write::write_all(&mut writer, b"Q").unwrap();
        child.wait().unwrap();
    }
    times.sort();
    println!(
        "start to first frame: median {:.0} ms, longest {:.0} ms; memory at most {} MB",
        ms(times[times.len() / 2]),
        ms(times[times.len() - 1]),
        memory >> 10
    );
}

fn cells(count: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(count).unwrap()
}

/// Reads until `text` is on the screen. What is written are the cells that changed, so the words may
/// never come in one piece.
fn until(reader: &mut dyn Read, screen: &mut vt100::Parser, text: &str) {
    let mut buffer = [0; 4096];
    while !screen.screen().contents().contains(text) {
        let read = reader.read(&mut buffer).unwrap();
        assert!(
            read > 0,
            "the program ended: {}",
            screen.screen().contents()
        );
        screen.process(&buffer[..read]);
    }
}
