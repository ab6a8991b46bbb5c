//! From TOML text to a validated [`Config`]: built-in defaults, the chosen theme, the reader's
//! file over both. Every mistake becomes one error with file, line, column and remedy.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::base::{EntityKind, Error, Kinds, Result, Role, Showing};
use crate::config::command::{Command, Context};
use crate::config::key;
use crate::config::keymap::Keymap;
use crate::config::settings::{
    ANNOTATOR_TIMEOUT, COMMENTS_WIDTH, ColourMode, ENTITIES_WIDTH, External, FETCH_TIMEOUT,
    Fetching, KEY_TIMEOUT, MEASURE, Settings, Signs,
};
use crate::config::theme::{Look, Theme};

const KEYMAP: &str = include_str!("../../assets/keymap.toml");
const DARK: &str = include_str!("../../assets/themes/dark.toml");
const LIGHT: &str = include_str!("../../assets/themes/light.toml");

/// Everything a reader can configure, validated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Settings.
    pub settings: Settings,
    /// The theme chosen by `settings.theme`, with the reader's looks over it.
    pub theme: Theme,
    /// Keys.
    pub keymap: Keymap,
}

/// What a configuration file may hold.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    theme: Option<Spanned<String>>,
    colour: Option<ColourMode>,
    signs: Option<Signs>,
    measure: Option<Spanned<i64>>,
    entities_width: Option<Spanned<Width>>,
    comments_width: Option<Spanned<Width>>,
    mouse: Option<bool>,
    window_title: Option<bool>,
    key_timeout: Option<Spanned<i64>>,
    export_command: Option<String>,
    marks: MarksTable,
    fetch: FetchTable,
    feeds: FeedsTable,
    annotator: Option<AnnotatorTable>,
    keys: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<String>>>,
    look: BTreeMap<Spanned<String>, Look>,
}

/// A number of columns, or `"auto"`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Width {
    Columns(i64),
    Word(String),
}

/// `[marks]`: names of kinds.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct MarksTable {
    hide: Option<Vec<Spanned<String>>>,
    unlisted: Option<Vec<Spanned<String>>>,
}

/// `[fetch]`: times in milliseconds.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct FetchTable {
    connect_timeout: Option<Spanned<i64>>,
    timeout: Option<Spanned<i64>>,
}

/// `[feeds]`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct FeedsTable {
    full_text: Option<bool>,
}

/// `[annotator]`: a program of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnnotatorTable {
    command: Spanned<Vec<String>>,
    timeout: Option<Spanned<i64>>,
}

/// What a theme file may hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    /// The built-in theme it changes.
    base: Option<Spanned<String>>,
    #[serde(default)]
    look: BTreeMap<Spanned<String>, Look>,
}

/// A TOML text and the name under which errors speak of it.
struct Source<'a> {
    name: &'a str,
    text: &'a str,
}

impl Source<'_> {
    /// An error at byte `at` of the text.
    fn fault(&self, at: usize, cause: impl Into<String>) -> Error {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Error::new(self.name, cause).at(line, Some(column))
    }

    fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        toml::from_str(self.text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start);
            let cause = crate::base::text::one_line(e.message());
            self.fault(at, cause)
                .remedy("`byline config print` shows every setting with its default")
        })
    }

    /// A number within bounds.
    fn bounded<N>(&self, name: &str, at: usize, n: i64, bounds: (N, N)) -> Result<N>
    where
        N: TryFrom<i64> + PartialOrd + std::fmt::Display,
    {
        N::try_from(n)
            .ok()
            .filter(|n| (&bounds.0..=&bounds.1).contains(&n))
            .ok_or_else(|| {
                self.fault(at, format!("{name} = {n} is out of bounds"))
                    .remedy(format!("choose {} to {}", bounds.0, bounds.1))
            })
    }

    fn fetching(&self, fetching: &mut Fetching, table: &FetchTable) -> Result<()> {
        for (name, value, slot) in [
            (
                "connect_timeout",
                &table.connect_timeout,
                &mut fetching.connect_timeout,
            ),
            ("timeout", &table.timeout, &mut fetching.timeout),
        ] {
            if let Some(value) = value {
                *slot = self.bounded(name, value.span().start, *value.get_ref(), FETCH_TIMEOUT)?;
            }
        }
        Ok(())
    }

    /// The width of a side pane; `None` where it follows the window.
    fn width(&self, name: &str, value: &Spanned<Width>, bounds: (u16, u16)) -> Result<Option<u16>> {
        let at = value.span().start;
        match value.get_ref() {
            Width::Columns(n) => self.bounded(name, at, *n, bounds).map(Some),
            Width::Word(word) if word == "auto" => Ok(None),
            Width::Word(word) => Err(self
                .fault(at, format!("{name} = {word:?} is no width"))
                .remedy(format!("choose auto, or {} to {}", bounds.0, bounds.1))),
        }
    }

    fn marks(&self, kinds: &mut Kinds, table: &MarksTable) -> Result<()> {
        // What is hidden is so whether or not it is named in the other list, too.
        for (names, showing) in [
            (&table.unlisted, Showing::Marked),
            (&table.hide, Showing::Hidden),
        ] {
            let Some(names) = names else { continue };
            for kind in kinds.that_are(showing).collect::<Vec<_>>() {
                kinds.set(kind, Showing::Listed);
            }
            for name in names {
                let wrong = name.get_ref();
                let kind = EntityKind::from_name(wrong).ok_or_else(|| {
                    let all = EntityKind::ALL.map(EntityKind::name);
                    let remedy = near(wrong, all.into_iter())
                        .unwrap_or_else(|| format!("choose of {}", all.join(", ")));
                    let cause = format!("there is no kind {wrong:?}");
                    self.fault(name.span().start, cause).remedy(remedy)
                })?;
                kinds.set(kind, showing);
            }
        }
        Ok(())
    }

    fn looks(&self, theme: &mut Theme, looks: &BTreeMap<Spanned<String>, Look>) -> Result<()> {
        for (name, look) in looks {
            let role = Role::ALL.iter().find(|r| r.name() == name.get_ref());
            let role = role.ok_or_else(|| {
                let names = Role::ALL.iter().map(|r| r.name());
                self.fault(
                    name.span().start,
                    format!("there is no role {:?}", name.get_ref()),
                )
                .remedy(suggestion(name.get_ref(), names))
            })?;
            theme.set(*role, *look);
        }
        Ok(())
    }

    fn keys(
        &self,
        keymap: &mut Keymap,
        tables: &BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<String>>>,
    ) -> Result<()> {
        for (name, table) in tables {
            let context = Context::from_name(name.get_ref()).ok_or_else(|| {
                let names = Context::ALL.iter().map(|c| c.name());
                self.fault(
                    name.span().start,
                    format!("there is no context {:?}", name.get_ref()),
                )
                .remedy(suggestion(name.get_ref(), names))
            })?;
            let mut seen: BTreeMap<Vec<key::Key>, &str> = BTreeMap::new();
            for (keys, command) in table {
                let sequence = key::sequence(keys.get_ref()).map_err(|what| {
                    self.fault(keys.span().start, what)
                        .remedy("write keys as \"j\", \"ctrl-d\", \"alt-o\", \"pgdn\" or \"g g\"")
                })?;
                if let Some(other) = seen.insert(sequence.clone(), keys.get_ref()) {
                    let cause = format!("{:?} is bound twice, also as {other:?}", keys.get_ref());
                    return Err(self
                        .fault(keys.span().start, cause)
                        .remedy("remove one of them"));
                }
                let command = match command.get_ref().as_str() {
                    "none" => None,
                    other => Some(Command::from_name(other).ok_or_else(|| {
                        let names = Command::ALL.iter().map(|c| c.name());
                        self.fault(
                            command.span().start,
                            format!("there is no command {other:?}"),
                        )
                        .remedy(suggestion(other, names))
                    })?),
                };
                keymap.bind(context, sequence, command);
            }
        }
        Ok(())
    }
}

/// "did you mean …?", or where to find what can be had.
fn suggestion<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> String {
    near(wrong, names).unwrap_or_else(|| "`byline config print` shows what there is".to_owned())
}

/// "did you mean …?", if a name is near.
fn near<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let (distance, name) = names
        .map(|n| (strsim::damerau_levenshtein(wrong, n), n))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= wrong.len().max(3) / 2).then(|| format!("did you mean {name:?}?"))
}

/// The built-in configuration, with the dark theme.
///
/// # Errors
/// Never in a released program: a test parses every built-in file.
pub fn built_in() -> Result<Config> {
    let mut config = Config {
        settings: Settings::default(),
        theme: built_in_theme("dark")?,
        keymap: Keymap::default(),
    };
    let source = Source {
        name: "built-in keymap.toml",
        text: KEYMAP,
    };
    source.keys(&mut config.keymap, &source.parse::<File>()?.keys)?;
    Ok(config)
}

fn built_in_theme(name: &str) -> Result<Theme> {
    let text = if name == "light" { LIGHT } else { DARK };
    let source = Source {
        name: if name == "light" {
            "built-in light.toml"
        } else {
            "built-in dark.toml"
        },
        text,
    };
    let mut theme = Theme::plain(name);
    source.looks(&mut theme, &source.parse::<ThemeFile>()?.look)?;
    Ok(theme)
}

/// Reads and validates the configuration.
///
/// `file` is overlaid on the defaults where it exists; a missing file is no mistake unless
/// `required`. `theme` (from the command line) wins over the file's choice. `light` tells what
/// `auto` means.
///
/// # Errors
/// The first mistake, with file, line, column and remedy.
pub fn load(
    file: Option<&Path>,
    required: bool,
    theme: Option<&str>,
    light: bool,
) -> Result<Config> {
    let mut config = built_in()?;
    let shown = file.map(|f| f.display().to_string()).unwrap_or_default();
    let text = match file.map(std::fs::read_to_string) {
        None => String::new(),
        Some(Ok(text)) => text,
        Some(Err(e)) if e.kind() == std::io::ErrorKind::NotFound && !required => String::new(),
        // Without a readable home there is nothing to overlay; the defaults are a fine answer.
        Some(Err(e)) if !required && e.kind() != std::io::ErrorKind::InvalidData => String::new(),
        Some(Err(e)) => return Err(Error::io(shown, "read", &e)),
    };
    let source = Source {
        name: &shown,
        text: text.strip_prefix('\u{feff}').unwrap_or(&text),
    };
    let raw: File = source.parse()?;

    let settings = &mut config.settings;
    settings.colour = raw.colour.unwrap_or(settings.colour);
    settings.signs = raw.signs.unwrap_or(settings.signs);
    settings.mouse = raw.mouse.unwrap_or(settings.mouse);
    settings.export_command = raw.export_command.clone().unwrap_or_default();
    settings.window_title = raw.window_title.unwrap_or(settings.window_title);
    for (name, value, slot, bounds) in [
        ("measure", &raw.measure, &mut settings.measure, MEASURE),
        (
            "key_timeout",
            &raw.key_timeout,
            &mut settings.key_timeout,
            KEY_TIMEOUT,
        ),
    ] {
        if let Some(value) = value {
            *slot = source.bounded(name, value.span().start, *value.get_ref(), bounds)?;
        }
    }
    if let Some(width) = &raw.entities_width {
        settings.entities_width = source.width("entities_width", width, ENTITIES_WIDTH)?;
    }
    if let Some(width) = &raw.comments_width {
        settings.comments_width = source.width("comments_width", width, COMMENTS_WIDTH)?;
    }
    source.marks(&mut settings.kinds, &raw.marks)?;
    source.fetching(&mut settings.fetch, &raw.fetch)?;
    let full_text = &mut settings.feeds.full_text;
    *full_text = raw.feeds.full_text.unwrap_or(*full_text);
    if let Some(table) = &raw.annotator {
        let command = table.command.get_ref().clone();
        if command.first().is_none_or(String::is_empty) {
            return Err(source
                .fault(table.command.span().start, "command names no program")
                .remedy("write command = [\"program\", \"argument\"]"));
        }
        let timeout = match &table.timeout {
            Some(n) => {
                source.bounded("timeout", n.span().start, *n.get_ref(), ANNOTATOR_TIMEOUT)?
            }
            None => 60,
        };
        settings.annotator = Some(External { command, timeout });
    }
    source.keys(&mut config.keymap, &raw.keys)?;

    let (chosen, at) = match (theme, &raw.theme) {
        (Some(name), _) => (name.to_owned(), None),
        (None, Some(name)) => (name.get_ref().clone(), Some(name.span().start)),
        (None, None) => (config.settings.theme.clone(), None),
    };
    config.theme = match chosen.as_str() {
        "auto" => built_in_theme(if light { "light" } else { "dark" })?,
        "dark" | "light" => built_in_theme(&chosen)?,
        name => {
            let folder = file.and_then(Path::parent).unwrap_or(Path::new("."));
            named_theme(folder, name).map_err(|e| match at {
                Some(at) if e.line.is_none() => source.fault(at, e.to_string()),
                _ => e,
            })?
        }
    };
    config.settings.theme = chosen;
    source.looks(&mut config.theme, &raw.look)?;
    Ok(config)
}

/// A theme from a file in the `themes` folder beside the configuration.
fn named_theme(folder: &Path, name: &str) -> Result<Theme> {
    if name.contains(['/', '\\']) || name.starts_with('.') {
        return Err(Error::new("theme", format!("{name:?} is no theme name"))
            .remedy("name a file in the themes folder, without .toml"));
    }
    let path = folder.join("themes").join(format!("{name}.toml"));
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(&path).map_err(|e| {
        Error::new(
            "theme",
            format!("there is no theme {name:?} ({shown}: {e})"),
        )
        .remedy("choose auto, dark or light, or make that file")
    })?;
    let source = Source {
        name: &shown,
        text: &text,
    };
    let raw: ThemeFile = source.parse()?;
    let base = raw.base.as_ref().map_or("dark", |b| b.get_ref().as_str());
    if !matches!(base, "dark" | "light") {
        let at = raw.base.as_ref().map_or(0, |b| b.span().start);
        return Err(source
            .fault(at, format!("base = {base:?} is no built-in theme"))
            .remedy("choose dark or light"));
    }
    let mut theme = built_in_theme(base)?;
    name.clone_into(&mut theme.name);
    source.looks(&mut theme, &raw.look)?;
    Ok(theme)
}

/// `[annotator]` as it stands, or how it would be written.
fn annotator(external: Option<&External>) -> String {
    let about = "# a program that reads a document on standard input and prints its layers";
    match external {
        None => format!(
            "# [annotator]              {about}\n\
             # command = [\"program\"]\n\
             # timeout = 60             # seconds for one article\n"
        ),
        Some(own) => {
            let command: Vec<toml::Value> = own
                .command
                .iter()
                .cloned()
                .map(toml::Value::String)
                .collect();
            let command = toml::Value::Array(command);
            format!(
                "[annotator]                {about}\ncommand = {command}\ntimeout = {}\n",
                own.timeout
            )
        }
    }
}

/// The configuration in force, as TOML that can be read back: settings, then keys by context.
/// Looks are shown as the files they come from, since a theme is a file of its own.
pub fn print(config: &Config) -> String {
    let s = &config.settings;
    let columns = |width: Option<u16>| width.map_or("\"auto\"".to_owned(), |w| w.to_string());
    let kinds = |showing| {
        let names: Vec<&str> = s.kinds.that_are(showing).map(EntityKind::name).collect();
        format!("{names:?}")
    };
    let mut out = format!(
        "# Byline's configuration as it stands. Save what you want to change as config.toml\n\
         # (`byline config path` says where); what you leave out keeps its default.\n\n\
         theme = {:?}            # auto, dark, light, or NAME of themes/NAME.toml\n\
         colour = {:?}           # auto, none, 16, 256, truecolor\n\
         signs = {:?}         # unicode, ascii\n\
         measure = {}               # widest line of the article, in columns\n\
         entities_width = {}    # of the entity pane, in columns, or \"auto\": with the window\n\
         comments_width = {}    # of the comment pane\n\
         mouse = {}               # wheel, click, drag\n\
         window_title = {}        # the headline as the window's title\n\
         key_timeout = {}          # milliseconds that g, y and the like wait for a second key\n\
         export_command = {:?}      # what | in the export menu begins with, such as a clipboard program\n\
         \n[marks]                    # person organization place group event work other date money percent quantity\n\
         hide = {}                 # kinds that are neither marked in the text nor listed\n\
         unlisted = {} # marked, but not listed\n\
         \n[fetch]                    # pages and feeds\n\
         connect_timeout = {}    # milliseconds until there must be a connection\n\
         timeout = {}            # milliseconds until all of it must be here\n\
         \n[feeds]\n\
         full_text = {}          # fetch the page where a feed holds a summary alone\n\
         \n{}",
        s.theme,
        s.colour.name(),
        s.signs.name(),
        s.measure,
        columns(s.entities_width),
        columns(s.comments_width),
        s.mouse,
        s.window_title,
        s.key_timeout,
        s.export_command,
        kinds(Showing::Hidden),
        kinds(Showing::Marked),
        s.fetch.connect_timeout,
        s.fetch.timeout,
        s.feeds.full_text,
        annotator(s.annotator.as_ref()),
    );
    let mut last = None;
    for (context, keys, command) in config.keymap.iter() {
        if last != Some(context) {
            out.push_str(&format!(
                "\n[keys.{}]    # {}\n",
                context.name(),
                context.title()
            ));
            last = Some(context);
        }
        let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
        let keys = toml::Value::String(keys.join(" "));
        let (name, doc) = command.map_or(("none", ""), |c| (c.name(), c.doc()));
        let line = format!("{keys} = {name:?}");
        out.push_str(&format!("{line:<36} # {doc}\n"));
    }
    out.push_str("\n# Looks: [look] takes any role of this theme, in the same form.\n");
    let theme = if config.theme.name == "light" {
        LIGHT
    } else {
        DARK
    };
    for line in theme.lines() {
        out.push_str(if line.is_empty() { "#" } else { "# " });
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load_text(text: &str) -> Result<Config> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, text).unwrap();
        load(Some(&path), true, None, false).map_err(|mut e| {
            let folder = format!("{}/", folder.path().display());
            e.subject = e.subject.replace(&folder, "");
            e.cause = e.cause.replace(&folder, "");
            e
        })
    }

    fn message(text: &str) -> String {
        load_text(text).unwrap_err().to_string()
    }

    #[test]
    fn the_built_in_files_are_valid_and_complete() {
        let config = built_in().unwrap();
        for &command in Command::ALL {
            let bound = config.keymap.keys_of(command);
            assert!(!bound.is_empty(), "{} has no key", command.name());
        }
        for name in ["dark", "light"] {
            let theme = built_in_theme(name).unwrap();
            for &role in Role::ALL {
                let plain = theme.look(role) == Look::default();
                assert!(
                    plain == (role == Role::Text),
                    "{name}: {} has no look",
                    role.name()
                );
            }
        }
    }

    #[test]
    fn what_is_printed_is_read_back() {
        let config = built_in().unwrap();
        let mut again = load_text(&print(&config)).unwrap();
        again.settings.theme = config.settings.theme.clone();
        assert_eq!(again, config);
    }

    #[test]
    fn a_partial_file_overlays_the_defaults() {
        let config =
            load_text("measure = 66\n[keys.article]\n\"ctrl-n\" = \"next-mention\"\n").unwrap();
        assert_eq!(config.settings.measure, 66);
        assert_eq!(
            config.settings.comments_width,
            Settings::default().comments_width
        );
        let keys = key::sequence("ctrl-n").unwrap();
        assert_eq!(
            config.keymap.lookup(Context::Article, &keys).command,
            Some(Command::NextMention)
        );
        assert_eq!(
            config
                .keymap
                .lookup(Context::Article, &[key::Key::char('j')])
                .command,
            Some(Command::Down)
        );
    }

    #[test]
    fn kinds_are_hidden_and_unlisted() {
        let config = load_text(
            "entities_width = 40\n[marks]\nhide = [\"money\", \"place\"]\nunlisted = [\"work\"]\n",
        )
        .unwrap();
        let seen = |kind| config.settings.kinds.of(kind);
        assert_eq!(config.settings.entities_width, Some(40));
        assert_eq!(seen(EntityKind::Money), Showing::Hidden);
        assert_eq!(seen(EntityKind::Place), Showing::Hidden);
        assert_eq!(seen(EntityKind::Work), Showing::Marked);
        assert_eq!(seen(EntityKind::Date), Showing::Listed);
        assert_eq!(
            load_text(&print(&config)).unwrap().settings.kinds,
            config.settings.kinds
        );
    }

    #[test]
    fn mistakes_name_file_line_and_remedy() {
        insta::assert_snapshot!(
            [
                "measure = 7",
                "mesure = 70",
                "colour = \"green\"",
                "mouse = \"yes\"",
                "measure = ",
                "theme = \"nosuch\"",
                "theme = \"../x\"",
                "[keys.article]\n\"]e\" = \"next-mention\"",
                "[keys.article]\n\"ctrl-n\" = \"next-mentoin\"",
                "[keys.artikle]\n\"j\" = \"down\"",
                "[keys.any]\n\"pgdn\" = \"down\"\n\"  pgdn\" = \"up\"",
                "entities_width = 400",
                "comments_width = \"wide\"",
                "[marks]\nhide = [\"place\", \"peple\"]",
                "[marks]\nunlisted = [\"plce\"]",
                "[marks]\nshow = []",
                "[fetch]\ntimeout = 10",
                "[fetch]\ntimout = 1000",
                "[look]\npersn = {}",
                "[look]\nperson = { fg = \"blue\" }",
                "[look]\nperson = { fg = [\"#12\", 1, \"blue\"] }",
                "[look]\nperson = { fg = [\"#123456\", 1, \"bleu\"] }",
                "[look]\nperson = { attr = [\"blink\"] }",
            ]
            .map(message)
            .join("\n")
        );
    }

    #[test]
    fn colours_have_contrast_on_their_background() {
        // WCAG 2.1, contrast ratio of relative luminances; 4.5 is its bar for running text.
        let luminance = |(r, g, b): (u8, u8, u8)| {
            let linear = |c: u8| {
                let c = f64::from(c) / 255.0;
                if c <= 0.040_45 {
                    c / 12.92
                } else {
                    ((c + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
        };
        for (name, ground) in [("dark", (0x1e, 0x1e, 0x1e)), ("light", (0xff, 0xff, 0xff))] {
            let theme = built_in_theme(name).unwrap();
            for &role in Role::ALL {
                let look = theme.look(role);
                let Some(fg) = look.fg else { continue };
                let bg = look.bg.map_or(ground, |b| b.rgb);
                let (a, b) = (luminance(fg.rgb), luminance(bg));
                let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                let bar = if role == Role::Border { 3.0 } else { 4.5 };
                assert!(
                    ratio >= bar,
                    "{name}: {} has contrast {ratio:.1}",
                    role.name()
                );
            }
        }
    }
}
