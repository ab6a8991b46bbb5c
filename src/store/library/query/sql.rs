//! [`Query`] → the condition of a query in SQL with its values. What the reader typed is only ever a
//! value, never a part of the SQL.
//!
//! A search of the text drives the whole, since its index gives the latest articles first by itself.
//! Without one the first term that names something does: what it finds is gathered as a set of numbers
//! of articles. What many articles have (a side of a stance) and what is not to be found is looked up
//! article by article, the latest first, so that a page is full after a few.

use rusqlite::types::Value;

use super::{Expr, Query, Side, days_since_1970};
use crate::model::Polarity;
use crate::model::library::Flag;
use crate::store::library::add::polarity_number;
use crate::store::library::schema::DAY_BITS;

/// A condition over `article`, and over `full_text` where words are searched.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::store::library) struct Sql {
    /// What is searched in the full text, in the language of FTS5.
    pub words: Option<String>,
    /// The rest.
    pub condition: String,
    /// Its values, in order.
    pub values: Vec<Value>,
}

/// The condition of a query.
pub(in crate::store::library) fn sql(query: &Query) -> Sql {
    let mut terms: Vec<&Expr> = match &query.expr {
        None => Vec::new(),
        Some(Expr::And(all)) => all.iter().collect(),
        Some(one) => vec![one],
    };
    let words = words(&mut terms);
    let mut build = Build {
        // A plus keeps the index from being asked once for each number of a set, and with two sets
        // once for each pair of them.
        id: if words.is_some() {
            "+full_text.rowid"
        } else {
            "+article.id"
        },
        driver: words.is_none(),
        row: if words.is_some() {
            "full_text.rowid"
        } else {
            "article.id"
        },
        values: Vec::new(),
    };
    let mut condition = build.all(&terms);
    if !terms.iter().any(|t| names_archived(t)) {
        condition = format!("article.archived = 0 AND {condition}");
    }
    Sql {
        words,
        condition,
        values: build.values,
    }
}

/// Takes the terms that are all search of the text out of `terms`, as one search.
fn words(terms: &mut Vec<&Expr>) -> Option<String> {
    let positive: Vec<String> = terms.iter().filter_map(|t| match_of(t)).collect();
    if positive.is_empty() {
        return None;
    }
    let negative: Vec<String> = terms
        .iter()
        .filter_map(|t| match t {
            Expr::Not(inner) => match_of(inner),
            _ => None,
        })
        .collect();
    terms.retain(|t| match t {
        Expr::Not(inner) => match_of(inner).is_none(),
        other => match_of(other).is_none(),
    });
    let mut out = positive.join(" AND ");
    if !negative.is_empty() {
        out = format!("({out}) NOT ({})", negative.join(" OR "));
    }
    Some(out)
}

/// A term as a search of FTS5, if it is one through and through.
fn match_of(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Words { text, prefix } => Some(format!(
            "{}{}",
            quoted(text),
            if *prefix { "*" } else { "" }
        )),
        Expr::Title(text) => Some(match text.strip_suffix('*') {
            Some(start) => format!("title : {}*", quoted(start)),
            None => format!("title : {}", quoted(text)),
        }),
        Expr::And(all) => joined(all, " AND "),
        Expr::Or(all) => joined(all, " OR "),
        _ => None,
    }
}

fn joined(all: &[Expr], with: &str) -> Option<String> {
    let parts: Option<Vec<String>> = all.iter().map(match_of).collect();
    parts.map(|parts| format!("({})", parts.join(with)))
}

/// Words as a phrase of FTS5.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\"").replace('\0', " "))
}

/// Text of which nothing means anything to `LIKE`.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn names_archived(expr: &Expr) -> bool {
    match expr {
        Expr::Is(Flag::Archived, _) => true,
        Expr::Not(inner) => names_archived(inner),
        Expr::And(all) | Expr::Or(all) => all.iter().any(names_archived),
        _ => false,
    }
}

/// Whether it speaks of nothing but a stance, and so of that of the terms beside it. What stands
/// side by side in parentheses has one of its own.
fn is_of_stance(expr: &Expr) -> bool {
    match expr {
        Expr::Stance(_) => true,
        Expr::Not(inner) => match &**inner {
            Expr::And(all) => all.iter().all(is_of_stance),
            inner => is_of_stance(inner),
        },
        Expr::Or(all) => all.iter().all(|e| match e {
            Expr::And(all) => all.iter().all(is_of_stance),
            e => is_of_stance(e),
        }),
        _ => false,
    }
}

struct Build {
    id: &'static str,
    /// Whether a set of articles may still become what is walked over.
    driver: bool,
    row: &'static str,
    values: Vec<Value>,
}

/// Whether so few stances are like this that all of them can be gathered.
fn is_narrow(expr: &Expr) -> bool {
    match expr {
        Expr::Stance(Side::Polarity(polarity)) => *polarity == Polarity::Conditional,
        Expr::Stance(_) => true,
        Expr::And(all) => all.iter().any(is_narrow),
        Expr::Or(all) => all.iter().all(is_narrow),
        _ => false,
    }
}

impl Build {
    /// The number of the article before a set of them.
    fn of_set(&mut self) -> &'static str {
        if std::mem::take(&mut self.driver) {
            self.row
        } else {
            self.id
        }
    }

    /// Runs `work` where no set may be walked over: within a choice or a negation.
    fn inside<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let driver = std::mem::take(&mut self.driver);
        let out = work(self);
        self.driver = driver;
        out
    }

    /// An article with a stance of which all of this holds.
    fn stance(&mut self, terms: &[&Expr]) -> String {
        let narrow = terms.iter().any(|t| is_narrow(t));
        let id = if narrow { self.of_set() } else { self.id };
        let rows: Vec<String> = terms.iter().map(|t| self.row(t)).collect();
        let row = rows.join(" AND ");
        if narrow {
            format!("{id} IN (SELECT article FROM stance WHERE {row})")
        } else {
            format!("EXISTS (SELECT 1 FROM stance WHERE stance.article = {id} AND {row})")
        }
    }

    /// All of these, the parts of a stance among them as one.
    fn all(&mut self, terms: &[&Expr]) -> String {
        let (stance, rest): (Vec<&Expr>, Vec<&Expr>) =
            terms.iter().copied().partition(|t| is_of_stance(t));
        let mut parts = Vec::new();
        if stance.iter().any(|t| !matches!(t, Expr::Not(_))) {
            parts.push(self.stance(&stance));
        } else {
            // Nothing but "not": no stance of the article is like that.
            for term in stance {
                if let Expr::Not(inner) = term {
                    let any = self.inside(|b| b.stance(&[inner]));
                    parts.push(format!("NOT ({any})"));
                }
            }
        }
        for term in rest {
            parts.push(self.one(term));
        }
        if parts.is_empty() {
            return "1".to_owned();
        }
        parts.join(" AND ")
    }

    /// A condition on one row of `stance`.
    fn row(&mut self, expr: &Expr) -> String {
        match expr {
            Expr::Stance(Side::Holder(name)) => format!("holder IN ({})", self.names(name)),
            Expr::Stance(Side::Target(name)) => format!("target IN ({})", self.names(name)),
            Expr::Stance(Side::Polarity(polarity)) => self.polarity(*polarity),
            Expr::Not(inner) => format!("NOT ({})", self.row(inner)),
            Expr::And(all) => {
                let rows: Vec<String> = all.iter().map(|e| self.row(e)).collect();
                format!("({})", rows.join(" AND "))
            }
            Expr::Or(all) => {
                let rows: Vec<String> = all.iter().map(|e| self.row(e)).collect();
                format!("({})", rows.join(" OR "))
            }
            _ => "1".to_owned(),
        }
    }

    fn polarity(&mut self, polarity: Polarity) -> String {
        self.values.push(polarity_number(polarity).into());
        // Half of all stances are on one side: the plus leaves the search to the names beside it.
        let plus = match polarity {
            Polarity::Conditional => "",
            Polarity::For | Polarity::Against => "+",
        };
        format!("{plus}polarity = ?")
    }

    /// The numbers of the names that have this in them as whole words, and of those who are called
    /// so.
    fn names(&mut self, name: &str) -> String {
        let phrase = match name.strip_suffix('*') {
            Some(start) => format!("{}*", quoted(start)),
            None => quoted(name),
        };
        self.values.push(phrase.clone().into());
        self.values.push(phrase.into());
        "SELECT rowid FROM name_text WHERE name_text MATCH ? UNION
         SELECT main FROM alias WHERE name IN (SELECT rowid FROM name_text WHERE name_text MATCH ?)"
            .to_owned()
    }

    /// Has this in it.
    fn like(&mut self, text: &str) -> &'static str {
        self.values.push(format!("%{}%", escaped(text)).into());
        "LIKE ? ESCAPE '\\'"
    }

    /// Starts with this.
    fn starts(&mut self, text: &str) -> &'static str {
        self.values.push(format!("{}%", escaped(text)).into());
        "LIKE ? ESCAPE '\\'"
    }

    fn one(&mut self, expr: &Expr) -> String {
        let id = self.id;
        match expr {
            Expr::Words { .. } | Expr::Title(_) => {
                self.values.push(match_of(expr).unwrap_or_default().into());
                format!("{id} IN (SELECT rowid FROM full_text WHERE full_text MATCH ?)")
            }
            Expr::Is(flag, on) => {
                let column = match flag {
                    Flag::Unread => "unread",
                    Flag::Starred => "starred",
                    Flag::Archived => "archived",
                };
                format!("article.{column} = {}", u8::from(*on))
            }
            Expr::Entity(name) => {
                let id = self.of_set();
                let names = self.names(name);
                format!("{id} IN (SELECT article FROM mention WHERE name IN ({names}))")
            }
            Expr::Stance(_) => self.stance(&[expr]),
            Expr::Outlet(name) => {
                let id = self.of_set();
                let like = self.like(name);
                format!(
                    "{id} IN (SELECT id FROM article WHERE outlet IN
                      (SELECT name FROM outlet WHERE name {like}))"
                )
            }
            Expr::Author(name) => {
                let id = self.of_set();
                let like = self.like(name);
                format!("{id} IN (SELECT article FROM author WHERE name {like})")
            }
            Expr::Feed(name) => {
                let id = self.of_set();
                let (title, url) = (self.like(name), self.like(name));
                format!(
                    "{id} IN (SELECT id FROM article WHERE feed IN
                      (SELECT id FROM feed WHERE title {title} OR url {url}))"
                )
            }
            Expr::Tag(name) => {
                let id = self.of_set();
                let is = if let Some(start) = name.strip_suffix('*') {
                    self.starts(start)
                } else {
                    self.values.push(name.clone().into());
                    "= ?"
                };
                format!("{id} IN (SELECT article FROM tag WHERE name {is})")
            }
            Expr::After(day) | Expr::Before(day) => {
                let first = i64::from(days_since_1970(*day)) << DAY_BITS;
                self.values.push(first.into());
                let sign = if matches!(expr, Expr::After(_)) {
                    ">="
                } else {
                    "<"
                };
                format!("{} {sign} ?", self.row)
            }
            Expr::Not(inner) => {
                let inner = self.inside(|b| b.one(inner));
                format!("NOT ({inner})")
            }
            Expr::And(all) => {
                let all: Vec<&Expr> = all.iter().collect();
                format!("({})", self.all(&all))
            }
            Expr::Or(any) => {
                let any: Vec<String> = self.inside(|b| any.iter().map(|e| b.one(e)).collect());
                format!("({})", any.join(" OR "))
            }
        }
    }
}
