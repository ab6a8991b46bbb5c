//! Which articles of the library tell the same story as another: those of the days around it that
//! name the same people and things, the rare names counting most.

use jiff::civil::Date;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::Library;
use super::query::days_since_1970;
use super::schema::DAY_BITS;
use crate::base::Result;
use crate::model::Annotated;
use crate::model::library::ArticleId;

/// Days before and after that belong to a story.
const DAYS: i32 = 4;
/// Names of the article that are looked for.
const NAMES: usize = 24;
/// Share of the weight of its names that another article must have.
const SHARE: f64 = 0.35;

impl Library {
    /// Articles that tell the same story, the most alike first. The one with the same text and
    /// address is left out.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn same_story(&self, annotated: &Annotated, limit: usize) -> Result<Vec<ArticleId>> {
        let document = &annotated.document;
        let day = document.meta.published;
        let mut named: Vec<(usize, &str)> = annotated
            .entities
            .iter()
            .filter(|e| !e.kind.is_light())
            .map(|e| (e.mentions.len(), e.name.as_str()))
            .collect();
        named.sort_by_key(|(count, name)| (std::cmp::Reverse(*count), *name));
        named.truncate(NAMES);
        if named.len() < 2 {
            return Ok(Vec::new());
        }
        let (from, to) = day.map_or((i64::MIN, i64::MAX), around);
        let uri = document.meta.uri.clone().unwrap_or_default();
        self.read("look for the same story", |c| {
            // A name that many articles have says little.
            let mut known: Vec<(i64, f64)> = Vec::new();
            for (count, name) in &named {
                let row = c
                    .prepare_cached(
                        "SELECT id, (SELECT count(*) FROM (SELECT 1 FROM mention
                           WHERE mention.name = name.id LIMIT 5000)) FROM name WHERE text = ?1",
                    )?
                    .query_map([name], |row| {
                        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
                    })?
                    .next()
                    .transpose()?;
                let (id, articles) = row.unwrap_or((-1, 0));
                let weight = (1.0 + *count as f64).ln() / (2.0 + articles as f64).ln();
                known.push((id, weight));
            }
            let all: f64 = known.iter().map(|k| k.1).sum();
            let weights: Vec<&str> = known.iter().map(|_| "(?, ?)").collect();
            let sql = format!(
                "WITH wanted(name, weight) AS (VALUES {})
                 SELECT mention.article, sum(weight) AS score FROM wanted
                 JOIN mention ON mention.name = wanted.name AND mention.article BETWEEN ? AND ?
                 JOIN article ON article.id = mention.article
                 WHERE NOT (article.hash = ? AND coalesce(article.uri, '') = ?)
                 GROUP BY mention.article HAVING score >= ?
                 ORDER BY score DESC, mention.article DESC LIMIT ?",
                weights.join(", ")
            );
            let mut values: Vec<Value> = Vec::new();
            for (id, weight) in known {
                values.push(id.into());
                values.push(weight.into());
            }
            values.push(from.into());
            values.push(to.into());
            values.push(document.id.clone().into());
            values.push(uri.into());
            values.push((all * SHARE).into());
            values.push((limit as i64).into());
            c.prepare_cached(&sql)?
                .query_map(params_from_iter(values), |row| row.get(0))?
                .collect()
        })
    }
}

/// The numbers of articles of the days around a day.
fn around(day: Date) -> (i64, i64) {
    let day = days_since_1970(day);
    let first = |day: i32| i64::from(day) << DAY_BITS;
    (first(day - DAYS), first(day + DAYS + 1) - 1)
}
