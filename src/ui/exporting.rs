//! The export menu at work: which part of the article, what it will be, and where it goes — to a
//! file, to the clipboard, to a command.

use std::path::Path;

use crate::base::Result;
use crate::base::text::{one_line, printable};
use crate::model::Filter;
use crate::ui::app::{App, Effect, Layer};
use crate::ui::desk::{Exported, FormatInfo};
use crate::ui::popup::{About, Choice};
use crate::ui::prompt::{Prompt, Purpose};
use crate::ui::sheets;

impl App {
    /// Opens the menu.
    pub(super) fn open_export(&mut self, filter: Filter) {
        let session = &self.session;
        let marks = session.highlights.iter().filter(|h| filter.takes(h));
        let popup = sheets::export(self.desk.formats(), filter.clone(), marks.count());
        self.layers.push(Layer::Popup(popup));
    }

    /// What the popup on top would export: a format and a part of the article.
    fn export_chosen(&self) -> Option<(FormatInfo, Filter)> {
        let Some(Layer::Popup(popup)) = self.layers.last() else {
            return None;
        };
        match (popup.about(), popup.choice()) {
            (About::Export(filter), Some(Choice::Format(format))) => {
                Some((format.clone(), filter.clone()))
            }
            (About::Preview(format, filter), _) => Some((format.clone(), filter.clone())),
            _ => None,
        }
    }

    /// A letter typed in the menu or a preview; `None` if it means nothing special there.
    pub(super) fn export_key(&mut self, letter: char) -> Option<Vec<Effect>> {
        let preview = matches!(
            self.layers.last(),
            Some(Layer::Popup(popup)) if matches!(popup.about(), About::Preview(..))
        );
        if letter == 'f' && !preview {
            let Some(Layer::Popup(popup)) = self.layers.last() else {
                return None;
            };
            let About::Export(filter) = popup.about() else {
                return None;
            };
            let prompt = Prompt::new(Purpose::ExportFilter, &filter.to_string());
            self.layers.push(Layer::Prompt(prompt));
            return Some(Vec::new());
        }
        let (format, filter) = self.export_chosen()?;
        match letter {
            'c' => {
                self.close_export();
                Some(self.copy_export(format.name, &filter))
            }
            '|' => {
                let configured = self.config.settings.export_command.clone();
                let purpose = Purpose::Pipe {
                    format: format.name,
                    filter,
                };
                self.close_export();
                self.layers
                    .push(Layer::Prompt(Prompt::new(purpose, &configured)));
                Some(Vec::new())
            }
            'p' | ' ' if !preview => {
                if let Some(made) = self.exported(format.name, &filter) {
                    let popup = sheets::preview(format, filter, &made);
                    self.layers.push(Layer::Popup(popup));
                }
                Some(Vec::new())
            }
            'w' if preview => {
                self.ask_path(format);
                Some(Vec::new())
            }
            _ => None,
        }
    }

    /// Closes the menu and the preview over it.
    fn close_export(&mut self) {
        let is_export = |layer: &Layer| match layer {
            Layer::Popup(popup) => {
                matches!(popup.about(), About::Export(_) | About::Preview(..))
            }
            _ => false,
        };
        while self.layers.last().is_some_and(is_export) {
            self.layers.pop();
        }
    }

    /// Asks for the path of an export.
    pub(super) fn ask_path(&mut self, format: FormatInfo) {
        let filter = self.export_chosen().map(|(_, filter)| filter);
        self.close_export();
        let path = self.export_path(format.extension);
        let purpose = Purpose::Path {
            format: format.name,
            filter: filter.unwrap_or_default(),
        };
        self.layers.push(Layer::Prompt(Prompt::new(purpose, &path)));
    }

    /// Takes another part of the article.
    pub(super) fn filter_export(&mut self, words: &str) -> Vec<Effect> {
        match Filter::parse(words) {
            Ok(filter) => {
                self.close_export();
                self.open_export(filter);
            }
            Err(e) => self.fail(&e),
        }
        Vec::new()
    }

    /// A file name for an export: the headline's words.
    fn export_path(&self, extension: &str) -> String {
        let title = self.session.document().display_title().to_lowercase();
        let mut words = title
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .take(8)
            .collect::<Vec<_>>()
            .join("-");
        if words.is_empty() {
            "article".clone_into(&mut words);
        }
        format!("{words}.{extension}")
    }

    fn exported(&mut self, format: &str, filter: &Filter) -> Option<Exported> {
        let session = &self.session;
        let made = if filter.is_empty() {
            let layers = &session.annotated;
            self.desk.export(format, layers, &session.highlights)
        } else {
            let (layers, marks) = filter.apply(&session.annotated, &session.highlights);
            self.desk.export(format, &layers, &marks)
        };
        match made {
            Ok(made) => Some(made),
            Err(e) => {
                self.fail(&e);
                None
            }
        }
    }

    /// Writes an export and the files that belong beside it.
    pub(super) fn write_export(
        &mut self,
        format: &'static str,
        filter: &Filter,
        path: &str,
        force: bool,
    ) -> Vec<Effect> {
        if path.is_empty() {
            self.say("no path, nothing written");
            return Vec::new();
        }
        let Some(made) = self.exported(format, filter) else {
            return Vec::new();
        };
        let bytes = made.bytes.len();
        match self.write_all(Path::new(path), &made, force) {
            Ok(true) => {
                let endings = made.beside.iter().map(|(e, _)| format!(" and .{e}"));
                let names = made.shared.iter().map(|(name, _)| format!(" and {name}"));
                let beside: String = endings.chain(names).collect();
                self.say(format!("wrote {path}{beside} ({bytes} bytes)"));
            }
            Ok(false) => {
                let purpose = Purpose::Overwrite {
                    format,
                    filter: filter.clone(),
                    path: path.to_owned(),
                };
                self.layers.push(Layer::Prompt(Prompt::new(purpose, "")));
            }
            Err(e) => self.fail(&e),
        }
        Vec::new()
    }

    fn write_all(&self, path: &Path, made: &Exported, force: bool) -> Result<bool> {
        if !self.desk.write(path, &made.bytes, force)? {
            return Ok(false);
        }
        for (ending, bytes) in &made.beside {
            if !self
                .desk
                .write(&path.with_extension(ending), bytes, force)?
            {
                return Ok(false);
            }
        }
        // One that is there is somebody's own.
        for (name, bytes) in &made.shared {
            self.desk.write(&path.with_file_name(name), bytes, false)?;
        }
        Ok(true)
    }

    fn copy_export(&mut self, format: &str, filter: &Filter) -> Vec<Effect> {
        let Some(made) = self.exported(format, filter) else {
            return Vec::new();
        };
        self.copy(String::from_utf8_lossy(&made.bytes).into_owned(), format)
    }

    /// Gives an export to a command.
    pub(super) fn pipe_export(
        &mut self,
        format: &'static str,
        filter: &Filter,
        command: &str,
    ) -> Vec<Effect> {
        if command.is_empty() {
            self.say("no command, nothing done");
            return Vec::new();
        }
        let Some(made) = self.exported(format, filter) else {
            return Vec::new();
        };
        self.say(format!("{command}…"));
        vec![Effect::Pipe(command.to_owned(), made.bytes)]
    }

    /// A command that was given an export is done.
    pub(super) fn piped(&mut self, command: &str, result: Result<String>) -> Vec<Effect> {
        match result {
            Ok(said) => {
                let said = one_line(&printable(&said));
                let said = if said.is_empty() {
                    "done".to_owned()
                } else {
                    said
                };
                self.say(format!("{command}: {said}"));
            }
            Err(e) => self.fail(&e),
        }
        Vec::new()
    }
}
