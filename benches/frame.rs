//! What a frame costs: the first one, and one row of scrolling at the top and at the end of a
//! long article. `cargo bench --bench frame`.

#![allow(
    clippy::expect_used,
    reason = "a bench that cannot start has nothing to say"
)]

use std::path::Path;
use std::sync::Arc;

use byline::base::Result;
use byline::config::{self, Depth};
use byline::ingest::{self, Source};
use byline::model::{Annotated, Document, Highlight, Work};
use byline::ui::{App, Desk, Event, Exported, FormatInfo, Opened};
use criterion::{Criterion, criterion_group, criterion_main};
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

struct OneArticle(Arc<Annotated>);

impl Desk for OneArticle {
    fn count(&self) -> usize {
        1
    }

    fn open(&self, _: usize) -> Result<Opened> {
        Ok(Opened {
            document: Arc::clone(&self.0.document),
            layers: Some(Arc::clone(&self.0)),
            work: Work::default(),
            warning: None,
        })
    }

    fn annotate(&self, document: &Arc<Document>) -> Annotated {
        Annotated::bare(Arc::clone(document))
    }

    fn save(&self, _: &Document, _: &Work, now: &Work) -> Result<Work> {
        Ok(now.clone())
    }

    fn formats(&self) -> Vec<FormatInfo> {
        Vec::new()
    }

    fn export(&self, _: &str, _: &Annotated, _: &[Highlight]) -> Result<Exported> {
        Ok(Exported::default())
    }

    fn pipe(&self, _: &str, _: &[u8]) -> Result<String> {
        Ok(String::new())
    }

    fn write(&self, _: &Path, _: &[u8], _: bool) -> Result<bool> {
        Ok(true)
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }
}

const SAMPLE: &str = include_str!("../assets/sample.txt");

fn article(text: &str) -> Arc<OneArticle> {
    let source = Source {
        name: "bench".to_owned(),
        uri: None,
    };
    let loaded = ingest::load(text.as_bytes(), &source).expect("the sample opens");
    Arc::new(OneArticle(Arc::new(byline::annotate::annotate(
        &loaded.document,
    ))))
}

/// The sample's body over and over, about a megabyte of it.
fn long() -> Arc<OneArticle> {
    let (head, rest) = SAMPLE
        .split_once("Brief\n")
        .expect("the sample has a brief");
    let (body, tail) = rest.split_once("Topics").expect("the sample has topics");
    let copies = 1_000_000 / body.len() + 1;
    article(&format!("{head}{}Topics{tail}", body.repeat(copies)))
}

fn app(desk: &Arc<OneArticle>) -> App {
    let config = config::load(None, false, Some("dark"), false).expect("the defaults are valid");
    let opened = desk.open(0).expect("it is in memory");
    App::new(
        Arc::clone(desk) as Arc<dyn Desk>,
        config,
        Depth::Truecolor,
        opened,
    )
}

fn press(app: &mut App, code: KeyCode) {
    let _ = app.update(Event::Input(Input::Key(KeyEvent::new(
        code,
        KeyModifiers::NONE,
    ))));
}

fn terminal() -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(120, 40)).expect("a buffer of cells")
}

fn draw(terminal: &mut Terminal<TestBackend>, app: &mut App) {
    terminal
        .draw(|frame| app.draw(frame.buffer_mut()))
        .expect("a buffer of cells");
}

fn frames(c: &mut Criterion) {
    let sample = article(SAMPLE);
    c.bench_function("first frame, 600 words, 120x40", |b| {
        b.iter(|| {
            let (mut terminal, mut app) = (terminal(), app(&sample));
            draw(&mut terminal, &mut app);
        });
    });
    let long = long();
    c.bench_function("first frame, 1 MB, 120x40", |b| {
        b.iter(|| {
            let (mut terminal, mut app) = (terminal(), app(&long));
            draw(&mut terminal, &mut app);
        });
    });
    for (name, place) in [("top", KeyCode::Home), ("end", KeyCode::End)] {
        let (mut terminal, mut app) = (terminal(), app(&long));
        draw(&mut terminal, &mut app);
        press(&mut app, place);
        draw(&mut terminal, &mut app);
        let mut up = place == KeyCode::End;
        c.bench_function(
            &format!("one row scrolled at the {name} of 1 MB, 120x40"),
            |b| {
                b.iter(|| {
                    press(&mut app, if up { KeyCode::Up } else { KeyCode::Down });
                    up = !up;
                    draw(&mut terminal, &mut app);
                });
            },
        );
    }
}

criterion_group!(benches, frames);
criterion_main!(benches);
