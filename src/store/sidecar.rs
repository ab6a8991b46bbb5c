//! The text of a correction file: TOML that a person can read and edit. Reading is all or nothing,
//! with one error that names the line; writing changes only the entries that changed, so that
//! remarks and order of the rest stay as they are. Calls `record`, `model`.

use std::path::Path;

use toml_edit::{
    Array, ArrayOfTables, Document, DocumentMut, InlineTable, Item, Table, TableLike, Value,
};

use super::record::{Article, safe};
use crate::base::text::{one_line, printable};
use crate::base::{EntityKind, Error, Result, Span};
use crate::model::{Anchor, Claim, Correction, Named, Place, Polarity, Verdict};

/// What to do about a file that cannot be read.
const REMEDY: &str = "mend it or move it away; nothing is written to it until then";

/// Words as the file gives them, before they are looked for in the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Quoted {
    /// First and one past the last Unicode scalar value, where they are given.
    pub position: Option<(usize, usize)>,
}

/// An entry: a correction whose places are not looked for yet, with the positions they had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The correction; every place an orphan.
    pub correction: Correction,
    /// Positions of its places, in the order of [`Correction::places_mut`].
    pub positions: Vec<Quoted>,
}

/// A correction file.
#[derive(Debug, Clone)]
pub(super) struct Sidecar {
    /// Whose corrections these are.
    pub article: Article,
    /// Entities first, then stances, each in the order of the file.
    pub entries: Vec<Entry>,
    text: DocumentMut,
}

/// Reads values of one file.
struct Reader<'a> {
    name: &'a str,
    text: &'a str,
}

impl Reader<'_> {
    fn fault(&self, span: Option<std::ops::Range<usize>>, cause: impl Into<String>) -> Error {
        let at = span.map_or(0, |s| s.start);
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Error::new(self.name, cause)
            .at(line, Some(column))
            .remedy(REMEDY)
    }

    /// Only these keys may stand in a table.
    fn known(&self, table: &dyn TableLike, keys: &[&str]) -> Result<()> {
        let mut found = table.iter().map(|(key, _)| key);
        let Some(key) = found.find(|key| !keys.contains(key)) else {
            return Ok(());
        };
        let span = table.key(key).and_then(toml_edit::Key::span);
        let cause = format!(
            "there is no key {key:?} here; the keys are {}",
            keys.join(", ")
        );
        Err(self.fault(span, cause))
    }

    fn string(&self, item: &Item, key: &str) -> Result<String> {
        let text = item.as_str();
        let text = text.ok_or_else(|| self.fault(item.span(), format!("{key} must be text")))?;
        Ok(safe(text))
    }

    fn optional(&self, table: &dyn TableLike, key: &str) -> Result<Option<String>> {
        let item = table.get(key);
        item.map(|item| self.string(item, key)).transpose()
    }

    fn required(
        &self,
        table: &dyn TableLike,
        key: &str,
        whole: Option<std::ops::Range<usize>>,
    ) -> Result<String> {
        let text = self.optional(table, key)?.filter(|t| !t.trim().is_empty());
        text.ok_or_else(|| self.fault(whole, format!("{key} = \"…\" is missing")))
    }

    fn polarity(&self, item: &Item) -> Result<Polarity> {
        let name = self.string(item, "polarity")?;
        Polarity::from_name(&name).ok_or_else(|| {
            let cause =
                format!("there is no polarity {name:?}; choose for, against or conditional");
            self.fault(item.span(), cause)
        })
    }

    fn place(
        &self,
        table: &dyn TableLike,
        whole: Option<std::ops::Range<usize>>,
    ) -> Result<(Place, Quoted)> {
        let anchor = Anchor {
            span: Span::default(),
            exact: self.exactly(table, "words", whole)?,
            prefix: self.context(table, "before")?,
            suffix: self.context(table, "after")?,
        };
        let position = match table.get("at") {
            None => None,
            Some(item) => Some(self.position(item)?),
        };
        let place = Place {
            anchor,
            orphan: true,
        };
        Ok((place, Quoted { position }))
    }

    /// Words of the text are compared as they are.
    fn exactly(
        &self,
        table: &dyn TableLike,
        key: &str,
        whole: Option<std::ops::Range<usize>>,
    ) -> Result<String> {
        self.required(table, key, whole)?;
        self.context(table, key)
    }

    fn context(&self, table: &dyn TableLike, key: &str) -> Result<String> {
        self.optional(table, key)?;
        let text = table.get(key).and_then(Item::as_str);
        Ok(text.unwrap_or_default().to_owned())
    }

    fn position(&self, item: &Item) -> Result<(usize, usize)> {
        let numbers = item.as_array().map(|array| {
            let numbers = array.iter().map(|n| usize::try_from(n.as_integer()?).ok());
            numbers.collect::<Option<Vec<usize>>>()
        });
        match numbers.flatten().as_deref() {
            Some(&[start, end]) if start <= end => Ok((start, end)),
            _ => Err(self.fault(item.span(), "at must be [first, one past the last]")),
        }
    }

    fn stance(&self, table: &Table) -> Result<Entry> {
        self.known(
            table,
            &["words", "before", "after", "at", "was", "now", "note"],
        )?;
        let whole = table.span();
        let (place, position) = self.place(table, whole.clone())?;
        let was = table.get("was").and_then(Item::as_table_like);
        let was = was.ok_or_else(|| {
            let cause = "was = { holder = \"…\", target = \"…\", polarity = \"…\" } is missing";
            self.fault(whole.clone(), cause)
        })?;
        self.known(was, &["holder", "target", "polarity"])?;
        let side = was.get("polarity");
        let side = side.ok_or_else(|| self.fault(whole.clone(), "was.polarity is missing"))?;
        let claim = Claim {
            holder: self.required(was, "holder", whole.clone())?,
            target: self.required(was, "target", whole.clone())?,
            polarity: self.polarity(side)?,
        };
        let choices = "\"accepted\", \"rejected\" or { holder, target, polarity }";
        let now = table.get("now");
        let now = now.ok_or_else(|| self.fault(whole, format!("now = {choices} is missing")))?;
        let now = match (now.as_str(), now.as_table_like()) {
            (Some("accepted"), _) => Verdict::Accepted,
            (Some("rejected"), _) => Verdict::Rejected,
            (_, Some(parts)) if !parts.is_empty() => {
                self.known(parts, &["holder", "target", "polarity"])?;
                let side = parts.get("polarity");
                Verdict::Changed {
                    holder: self.optional(parts, "holder")?,
                    target: self.optional(parts, "target")?,
                    polarity: side.map(|item| self.polarity(item)).transpose()?,
                }
            }
            _ => return Err(self.fault(now.span(), format!("now must be {choices}"))),
        };
        let correction = Correction::Stance {
            place,
            was: claim,
            now,
        };
        Ok(Entry {
            correction,
            positions: vec![position],
        })
    }

    fn named(
        &self,
        table: &dyn TableLike,
        whole: Option<std::ops::Range<usize>>,
    ) -> Result<(Named, Quoted)> {
        let (place, position) = self.place(table, whole.clone())?;
        let name = self.required(table, "name", whole)?;
        Ok((Named { name, place }, position))
    }

    fn entity(&self, table: &Table) -> Result<Entry> {
        let keys = [
            "name", "words", "before", "after", "at", "kind", "into", "split", "note",
        ];
        self.known(table, &keys)?;
        let whole = table.span();
        let (entity, position) = self.named(table, whole.clone())?;
        let acts = ["kind", "into", "split"].map(|key| table.get(key));
        let (correction, positions) = match acts {
            [Some(item), None, None] => {
                let name = self.string(item, "kind")?;
                let kind = EntityKind::from_name(&name).ok_or_else(|| {
                    let all = EntityKind::ALL.map(EntityKind::name).join(", ");
                    let cause = format!("there is no kind {name:?}; choose of {all}");
                    self.fault(item.span(), cause)
                })?;
                (Correction::Kind { entity, kind }, vec![position])
            }
            [None, Some(item), None] => {
                let table = item.as_table_like();
                let table = table.ok_or_else(|| {
                    self.fault(item.span(), "into must be { name = \"…\", words = \"…\" }")
                })?;
                self.known(table, &["name", "words", "before", "after", "at"])?;
                let (into, second) = self.named(table, item.span())?;
                (Correction::Merge { entity, into }, vec![position, second])
            }
            [None, None, Some(item)] if item.as_bool() == Some(true) => {
                (Correction::Split { mention: entity }, vec![position])
            }
            [None, None, Some(item)] => {
                return Err(self.fault(item.span(), "split can only be true"));
            }
            _ => {
                let cause = "exactly one of kind, into and split must stand here";
                return Err(self.fault(whole, cause));
            }
        };
        Ok(Entry {
            correction,
            positions,
        })
    }

    fn tables<'d>(&self, root: &'d Table, key: &str) -> Result<Vec<&'d Table>> {
        match root.get(key) {
            None => Ok(Vec::new()),
            Some(Item::ArrayOfTables(tables)) => Ok(tables.iter().collect()),
            Some(other) => {
                Err(self.fault(other.span(), format!("{key} must be written [[{key}]]")))
            }
        }
    }

    fn article(&self, root: &Table) -> Result<Article> {
        let Some(item) = root.get("article") else {
            return Ok(Article::default());
        };
        let table = item.as_table_like();
        let table = table.ok_or_else(|| self.fault(item.span(), "article must be a table"))?;
        self.known(table, &["id", "title", "published", "source"])?;
        Ok(Article {
            id: self.optional(table, "id")?.unwrap_or_default(),
            uri: self.optional(table, "source")?,
            title: self.optional(table, "title")?,
            published: self.optional(table, "published")?,
        })
    }
}

impl Sidecar {
    /// Reads a file.
    ///
    /// # Errors
    /// It is not UTF-8, not TOML, or says something that cannot be understood; with the line.
    pub fn read(path: &Path, bytes: &[u8]) -> Result<Self> {
        let name = path.display().to_string();
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let before = String::from_utf8_lossy(&bytes[..e.valid_up_to()]);
            let line = before.matches('\n').count() + 1;
            Error::new(&name, "is not UTF-8 text")
                .at(line, None)
                .remedy(REMEDY)
        })?;
        let reader = Reader { name: &name, text };
        let document = Document::parse(text)
            .map_err(|e| reader.fault(e.span(), one_line(&printable(e.message()))))?;
        let root = document.as_table();
        reader.known(root, &["article", "entity", "stance"])?;
        let article = reader.article(root)?;
        let mut entries = Vec::new();
        for table in reader.tables(root, "entity")? {
            entries.push(reader.entity(table)?);
        }
        for table in reader.tables(root, "stance")? {
            entries.push(reader.stance(table)?);
        }
        Ok(Self {
            article,
            entries,
            text: document.into_mut(),
        })
    }

    /// A file without corrections.
    pub fn new(article: &Article) -> Self {
        let mut table = Table::new();
        let mut fact = |key: &str, value: Option<&String>| {
            if let Some(value) = value {
                table.insert(key, Value::from(value.as_str()).into());
            }
        };
        fact("id", Some(&article.id));
        fact("title", article.title.as_ref());
        fact("published", article.published.as_ref());
        fact("source", article.uri.as_ref());
        table.decor_mut().set_prefix(
            "# What you corrected in this article. Byline lays it over what it finds: entities first,\n\
             # from top to bottom, then stances. Edit it as you like; what you take out is forgotten.\n\
             # now = \"accepted\", \"rejected\", or what is put in its place, as in\n\
             # now = { holder = \"the editor\", target = \"…\", polarity = \"conditional\" }\n\n",
        );
        let mut text = DocumentMut::new();
        text.insert("article", Item::Table(table));
        Self {
            article: article.clone(),
            entries: Vec::new(),
            text,
        }
    }

    /// Its bytes.
    pub fn write(&self) -> Vec<u8> {
        self.text.to_string().into_bytes()
    }

    /// Adds a correction at the end of its kind.
    pub fn push(&mut self, entry: Entry) {
        let (key, table) = table_of(&entry);
        let item = self.text.entry(key);
        let tables = item.or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        if let Item::ArrayOfTables(tables) = tables {
            tables.push(table);
        }
        let at = match entry.correction {
            Correction::Stance { .. } => self.entries.len(),
            _ => self.entities(),
        };
        self.entries.insert(at, entry);
    }

    /// Forgets the correction at a position of `entries`.
    pub fn remove(&mut self, at: usize) {
        self.entries.remove(at);
        let (key, n) = self.place(at);
        if let Some(Item::ArrayOfTables(tables)) = self.text.get_mut(key) {
            tables.remove(n);
            if tables.is_empty() {
                self.text.remove(key);
            }
        }
    }

    /// Changes what is said of the same subject at a position of `entries`.
    pub fn change(&mut self, at: usize, correction: &Correction) {
        let Some(entry) = self.entries.get_mut(at) else {
            return;
        };
        let (item_key, value) = match (&mut entry.correction, correction) {
            (Correction::Stance { now, .. }, Correction::Stance { now: new, .. }) => {
                *now = new.clone();
                ("now", verdict(new))
            }
            (Correction::Kind { kind, .. }, Correction::Kind { kind: new, .. }) => {
                *kind = *new;
                ("kind", Value::from(new.name()))
            }
            _ => return,
        };
        let (key, n) = self.place(at);
        let tables = self
            .text
            .get_mut(key)
            .and_then(Item::as_array_of_tables_mut);
        let table = tables.and_then(|tables| tables.get_mut(n));
        if let Some(item) = table.and_then(|table| table.get_mut(item_key)) {
            *item = value.into();
        }
    }

    fn entities(&self) -> usize {
        let stance = |e: &Entry| matches!(e.correction, Correction::Stance { .. });
        let first = self.entries.iter().position(stance);
        first.unwrap_or(self.entries.len())
    }

    /// Table and position in it of the entry at a position that was or is in `entries`.
    fn place(&self, at: usize) -> (&'static str, usize) {
        let text = self.text.get("entity").and_then(Item::as_array_of_tables);
        let entities = text.map_or(0, ArrayOfTables::len);
        if at < entities {
            ("entity", at)
        } else {
            ("stance", at - entities)
        }
    }
}

fn verdict(now: &Verdict) -> Value {
    match now {
        Verdict::Accepted => Value::from("accepted"),
        Verdict::Rejected => Value::from("rejected"),
        Verdict::Changed {
            holder,
            target,
            polarity,
        } => {
            let mut table = InlineTable::new();
            for (key, text) in [
                ("holder", holder.as_deref()),
                ("target", target.as_deref()),
                ("polarity", polarity.map(Polarity::name)),
            ] {
                if let Some(text) = text {
                    table.insert(key, text.into());
                }
            }
            Value::InlineTable(table)
        }
    }
}

fn put_place(table: &mut dyn TableLike, place: &Place, quoted: Option<&Quoted>) {
    let anchor = &place.anchor;
    for (key, text) in [
        ("words", &anchor.exact),
        ("before", &anchor.prefix),
        ("after", &anchor.suffix),
    ] {
        if !text.is_empty() {
            table.insert(key, Value::from(text.as_str()).into());
        }
    }
    if let Some((start, end)) = quoted.and_then(|q| q.position) {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let array: Array = [number(start), number(end)].into_iter().collect();
        table.insert("at", Value::Array(array).into());
    }
}

/// The table of an entry, and under which key it stands.
fn table_of(entry: &Entry) -> (&'static str, Table) {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    let mut positions = entry.positions.iter();
    let key = match &entry.correction {
        Correction::Stance { place, was, now } => {
            let mut claim = InlineTable::new();
            claim.insert("holder", was.holder.as_str().into());
            claim.insert("target", was.target.as_str().into());
            claim.insert("polarity", was.polarity.name().into());
            table.insert("was", Value::InlineTable(claim).into());
            table.insert("now", verdict(now).into());
            put_place(&mut table, place, positions.next());
            return ("stance", table);
        }
        Correction::Kind { entity, kind } => {
            table.insert("name", Value::from(entity.name.as_str()).into());
            table.insert("kind", Value::from(kind.name()).into());
            entity
        }
        Correction::Merge { entity, into } => {
            let mut second = InlineTable::new();
            second.insert("name", into.name.as_str().into());
            put_place(&mut second, &into.place, entry.positions.get(1));
            table.insert("name", Value::from(entity.name.as_str()).into());
            table.insert("into", Value::InlineTable(second).into());
            entity
        }
        Correction::Split { mention } => {
            table.insert("name", Value::from(mention.name.as_str()).into());
            table.insert("split", Value::from(true).into());
            mention
        }
    };
    put_place(&mut table, &key.place, positions.next());
    ("entity", table)
}
