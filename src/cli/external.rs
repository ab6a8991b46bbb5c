//! External annotators: any program that reads one document of ours on standard input and prints
//! one with layers on standard output. It may leave out `document` and `sentences`, which are then
//! those it was given. What it prints is laid beside our layers, under its name.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::args::OpenArgs;
use super::environment;
use crate::base::text::one_line;
use crate::base::{Error, Result};
use crate::config::{self, External as Settings, Theme};
use crate::export;
use crate::ingest;
use crate::model::merge::{Differences, Single, differences, merge};
use crate::model::{Annotated, contract};

/// Between two looks whether the program is done.
const PAUSE: Duration = Duration::from_millis(5);
/// Most bytes of an answer.
const LONGEST: u64 = ingest::LIMIT as u64 * 4;

/// A program that annotates.
#[derive(Debug, Clone)]
pub(super) struct External {
    settings: Settings,
    /// The name of the program, which is the provenance of what it finds.
    name: String,
}

impl External {
    /// The program that the configuration names, if it names one.
    ///
    /// # Errors
    /// The configuration has a mistake.
    pub fn configured(args: &OpenArgs) -> Result<Option<Self>> {
        let file = config::paths::config_file(args.config.clone(), environment);
        let light = Theme::light_background(environment);
        let config = config::load(file.as_deref(), args.config.is_some(), None, light)?;
        Ok(config.settings.annotator.map(Self::new))
    }

    /// The program of these settings.
    pub fn new(settings: Settings) -> Self {
        // `python3 assets/annotators/spacy_names.py` is known by its script.
        let script = settings.command.iter().find(|word| {
            let extension = Path::new(word).extension().and_then(|e| e.to_str());
            extension.is_some_and(|e| ["py", "sh", "js", "pl", "rb", "jl", "R"].contains(&e))
        });
        let path = script.unwrap_or(&settings.command[0]);
        let name = Path::new(path)
            .file_stem()
            .map(|n| n.to_string_lossy().into_owned());
        Self {
            name: name.unwrap_or_else(|| path.clone()),
            settings,
        }
    }

    /// Our layers and what the program finds beside them.
    ///
    /// # Errors
    /// See [`External::ask`].
    pub fn beside(&self, ours: &Annotated) -> Result<Annotated> {
        Ok(merge(ours, &self.ask(ours)?, &self.name))
    }

    /// Where our layers and those of the program differ.
    ///
    /// # Errors
    /// See [`External::ask`].
    pub fn differences(&self, ours: &Annotated) -> Result<Differences> {
        Ok(differences(ours, &self.ask(ours)?, &self.name))
    }

    /// The same as one line of JSON.
    ///
    /// # Errors
    /// See [`External::ask`].
    pub fn compare(&self, ours: &Annotated) -> Result<Vec<u8>> {
        let found = self.differences(ours)?;
        let at = crate::base::offset::Offsets::new(&ours.document.text);
        let list = |all: Vec<Single>| -> Vec<Value> {
            let one = |s: Single| {
                let (start, end) = at.range(s.span, crate::base::offset::Unit::Scalars);
                let words = s.span.of(&ours.document.text);
                serde_json::json!({"layer": s.layer, "start": start, "end": end, "text": words, "what": s.what})
            };
            all.into_iter().map(one).collect()
        };
        export::json_value(&serde_json::json!({
            "document": ours.document.id,
            "annotator": found.by,
            "both": found.both,
            "ours": list(found.ours),
            "theirs": list(found.theirs),
        }))
    }

    /// What the program finds in a document.
    ///
    /// # Errors
    /// It cannot be started, takes too long, fails, or prints what is no document of this text: the
    /// message names the program.
    pub fn ask(&self, ours: &Annotated) -> Result<Annotated> {
        let program = &self.settings.command[0];
        let fault = |cause: String| Error::new(program, cause);
        let mut child = Command::new(program)
            .args(&self.settings.command[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| {
                let remedy = "check `command` under [annotator] in the configuration";
                Error::io(program, "be started", &e).remedy(remedy)
            })?;
        let question = export::json_line(ours, &[], None)?;
        if let Some(mut input) = child.stdin.take() {
            thread::spawn(move || {
                // One that reads no further has its reasons; what it prints will tell.
                let _ = input.write_all(&question);
            });
        }
        let answer = collect(child.stdout.take());
        let complaint = collect(child.stderr.take());
        let limit = Duration::from_secs(u64::from(self.settings.timeout));
        let status =
            wait(&mut child, limit).map_err(|e| fault(format!("cannot be waited for: {e}")))?;
        let Some(status) = status else {
            let seconds = self.settings.timeout;
            return Err(fault(format!(
                "took longer than {seconds} seconds and was stopped"
            ))
            .remedy("give it a longer `timeout` under [annotator]"));
        };
        if !status.success() {
            let said = complaint.recv_timeout(limit).unwrap_or_default();
            let said = String::from_utf8_lossy(&said).into_owned();
            let last = said.lines().rev().map(one_line).find(|l| !l.is_empty());
            let said = last.map(|l| format!(": {l}")).unwrap_or_default();
            let code = status
                .code()
                .map_or("by a signal".to_owned(), |c| format!("with code {c}"));
            return Err(fault(format!("ended {code}{said}")));
        }
        let bytes = answer.recv_timeout(limit).unwrap_or_default();
        self.read(&bytes, ours)
    }

    fn read(&self, bytes: &[u8], ours: &Annotated) -> Result<Annotated> {
        let program = &self.settings.command[0];
        let fault = |cause: String| {
            Error::new(program, cause).remedy("it must print one document as byline's JSON")
        };
        let mut value: Value = serde_json::from_slice(bytes).map_err(|e| {
            fault(format!(
                "printed what is no JSON: {}",
                one_line(&e.to_string())
            ))
        })?;
        let own = serde_json::to_value(contract::write(ours, &[])).unwrap_or_default();
        let Value::Object(fields) = &mut value else {
            return Err(fault("printed JSON that is no document".to_owned()));
        };
        for name in ["byline", "document", "sentences"] {
            if !fields.contains_key(name) {
                fields.insert(name.to_owned(), own[name].clone());
            }
        }
        if value["document"]["text"] != own["document"]["text"] {
            return Err(fault("printed a document of another text".to_owned()));
        }
        ingest::make_safe(&mut value);
        let file = serde_json::from_value(value).map_err(|e| {
            fault(format!(
                "printed JSON that is no document: {}",
                one_line(&e.to_string())
            ))
        })?;
        let (theirs, _) = contract::read(file, program)
            .map_err(|e| fault(format!("printed what does not fit: {}", e.cause)))?;
        Ok(Annotated {
            document: Arc::clone(&ours.document),
            ..theirs
        })
    }
}

/// Reads to the end, on a thread of its own.
fn collect(from: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (done, waiting) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(from) = from {
            // What was read before a fault is what there is.
            let _ = from.take(LONGEST).read_to_end(&mut bytes);
        }
        let _ = done.send(bytes);
    });
    waiting
}

/// Waits for the end of a program; one that takes too long is stopped, and `None`.
fn wait(child: &mut Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if began.elapsed() >= limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(PAUSE);
    }
}
