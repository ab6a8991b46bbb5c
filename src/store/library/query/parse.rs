//! Text → [`Query`], or what is wrong with it and where.

use jiff::civil::{Date, date};

use super::{Expr, FLAGS, KEYS, Query, Side};
use crate::model::Polarity;
use crate::model::library::{QueryFault, Sort};

/// Parentheses and `not` within each other, at most.
const DEEPEST: usize = 50;

type Parsed<T> = Result<T, QueryFault>;

/// Reads a query.
///
/// # Errors
/// A mistake in it, with its column and what was expected.
pub fn parse(text: &str) -> Parsed<Query> {
    let tokens = tokens(text)?;
    let end = text.chars().count() + 1;
    let mut parser = Parser {
        tokens,
        at: 0,
        end,
        depth: 0,
        sort: None,
    };
    let expr = if parser.tokens.is_empty() {
        None
    } else {
        parser.either()?
    };
    if let Some(token) = parser.tokens.get(parser.at) {
        return Err(fault(
            token.column,
            "expected the end or another word, found \")\" without a \"(\" before it".to_owned(),
        ));
    }
    Ok(Query {
        expr,
        sort: parser.sort,
    })
}

fn fault(column: usize, cause: String) -> QueryFault {
    QueryFault { column, cause }
}

#[derive(Debug, Clone, PartialEq)]
struct Token {
    column: usize,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Open,
    Close,
    Minus,
    Word(String),
    Phrase(String),
    /// A key, its value, the column of the value, whether it stood in quotation marks.
    Field(&'static str, String, usize),
}

/// Reads the characters from `at`; gives the words.
fn tokens(text: &str) -> Parsed<Vec<Token>> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let column = at + 1;
        let kind = match c {
            c if c.is_whitespace() => {
                at += 1;
                continue;
            }
            '(' => {
                at += 1;
                Kind::Open
            }
            ')' => {
                at += 1;
                Kind::Close
            }
            '-' | '−' if chars.get(at + 1).is_some_and(|c| !c.is_whitespace()) => {
                at += 1;
                Kind::Minus
            }
            c if is_mark(c) => Kind::Phrase(quoted(&chars, &mut at)?),
            _ => word(&chars, &mut at)?,
        };
        out.push(Token { column, kind });
    }
    Ok(out)
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// Words in quotation marks, from the first mark on.
fn quoted(chars: &[char], at: &mut usize) -> Parsed<String> {
    let column = *at + 1;
    let rest = &chars[*at + 1..];
    let Some(length) = rest.iter().position(|c| is_mark(*c)) else {
        return Err(fault(
            column,
            "expected another \" that ends what begins here, found the end".to_owned(),
        ));
    };
    *at += length + 2;
    let text: String = rest[..length].iter().collect();
    if !text.chars().any(char::is_alphanumeric) {
        return Err(fault(
            column,
            "expected words between the quotation marks, found none".to_owned(),
        ));
    }
    Ok(text.trim().to_owned())
}

/// A run of characters without a space: a word, or a key with its value.
fn word(chars: &[char], at: &mut usize) -> Parsed<Kind> {
    let start = *at;
    let ends = |c: &char| c.is_whitespace() || matches!(c, '(' | ')') || is_mark(*c);
    let letters = chars[start..]
        .iter()
        .take_while(|c| c.is_alphabetic())
        .count();
    let colon = start + letters;
    if letters > 0 && chars.get(colon) == Some(&':') && chars.get(colon + 1) != Some(&'/') {
        let name: String = chars[start..colon].iter().collect();
        let Some(&(key, expected, _)) = KEYS.iter().find(|k| k.0 == name.to_lowercase()) else {
            return Err(unknown_key(&name, start + 1));
        };
        *at = colon + 1;
        let column = *at + 1;
        let value = match chars.get(*at) {
            Some(c) if is_mark(*c) => quoted(chars, at)?,
            None => return Err(nothing_after(key, expected, column, "the end")),
            Some(c) if c.is_whitespace() => {
                return Err(nothing_after(key, expected, column, "a space"));
            }
            Some(c) if ends(c) => {
                return Err(nothing_after(key, expected, column, &format!("\"{c}\"")));
            }
            Some(_) => {
                let length = chars[*at..].iter().take_while(|c| !ends(c)).count();
                let value = chars[*at..*at + length].iter().collect();
                *at += length;
                value
            }
        };
        return Ok(Kind::Field(key, value, column));
    }
    let length = chars[start..]
        .iter()
        .take_while(|c| !ends(c))
        .count()
        .max(1);
    *at += length;
    Ok(Kind::Word(chars[start..start + length].iter().collect()))
}

fn nothing_after(key: &str, expected: &str, column: usize, found: &str) -> QueryFault {
    fault(
        column,
        format!("expected {expected} right after \"{key}:\", found {found}"),
    )
}

fn unknown_key(name: &str, column: usize) -> QueryFault {
    let near = KEYS
        .iter()
        .map(|k| (strsim::damerau_levenshtein(k.0, &name.to_lowercase()), k.0))
        .min()
        .filter(|(distance, _)| *distance <= 2);
    let hint = match near {
        Some((_, key)) => format!("did you mean \"{key}:\"?"),
        None => "put it in quotation marks to search for it".to_owned(),
    };
    fault(column, format!("expected a key, found \"{name}:\"; {hint}"))
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    /// Column after the last character.
    end: usize,
    depth: usize,
    sort: Option<Sort>,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn column(&self) -> usize {
        self.peek().map_or(self.end, |t| t.column)
    }

    /// Whether the next token is this word, outside quotation marks.
    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token { kind: Kind::Word(w), .. }) if w.eq_ignore_ascii_case(word))
    }

    /// Alternatives. `None` if only an order was asked for.
    fn either(&mut self) -> Parsed<Option<Expr>> {
        let first = self.all()?;
        if !self.is_word("or") {
            return Ok(first);
        }
        let mut any: Vec<Expr> = first.into_iter().collect();
        while self.is_word("or") {
            let column = self.column();
            if any.is_empty() {
                return Err(fault(
                    column,
                    "expected something to choose from before \"or\"".to_owned(),
                ));
            }
            self.at += 1;
            any.extend(self.all()?);
        }
        Ok(Some(Expr::Or(any)))
    }

    /// Terms side by side. `None` if only an order was asked for.
    fn all(&mut self) -> Parsed<Option<Expr>> {
        let mut all = Vec::new();
        let start = self.at;
        loop {
            if self.is_word("and") && self.at > start {
                self.at += 1;
                if self.peek().is_none_or(|t| t.kind == Kind::Close) || self.is_word("or") {
                    return Err(self.expected("a word or a key after \"and\""));
                }
                continue;
            }
            match self.peek().map(|t| &t.kind) {
                None | Some(Kind::Close) => break,
                Some(_) if self.is_word("or") => break,
                Some(_) => all.extend(self.one()?),
            }
        }
        if self.at == start {
            return Err(self.expected("a word or a key like \"outlet:\""));
        }
        Ok(match all.len() {
            0 => None,
            1 => all.pop(),
            _ => Some(Expr::And(all)),
        })
    }

    fn expected(&self, what: &str) -> QueryFault {
        let found = match self.peek().map(|t| &t.kind) {
            None => "the end".to_owned(),
            Some(Kind::Open) => "\"(\"".to_owned(),
            Some(Kind::Close) => "\")\"".to_owned(),
            Some(Kind::Minus) => "\"-\"".to_owned(),
            Some(Kind::Word(w)) => format!("\"{w}\""),
            Some(Kind::Phrase(p)) => format!("\"{p}\""),
            Some(Kind::Field(key, ..)) => format!("\"{key}:\""),
        };
        fault(self.column(), format!("expected {what}, found {found}"))
    }

    /// One term. `None` for an order.
    fn one(&mut self) -> Parsed<Option<Expr>> {
        let Some(token) = self.peek().cloned() else {
            return Err(self.expected("a word or a key"));
        };
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(fault(
                token.column,
                format!("expected at most {DEEPEST} parentheses within each other"),
            ));
        }
        let negated = token.kind == Kind::Minus || self.is_word("not");
        self.at += 1;
        let out = if negated {
            if self.peek().is_none_or(|t| t.kind == Kind::Close) || self.is_word("or") {
                return Err(self.expected("what is not to be found"));
            }
            let column = self.column();
            match self.one()? {
                Some(expr) => Some(Expr::Not(Box::new(expr))),
                None => {
                    return Err(fault(
                        column,
                        "expected a condition, found \"sort:\"".to_owned(),
                    ));
                }
            }
        } else {
            match token.kind {
                Kind::Open => {
                    let inner = self.either()?;
                    if self.peek().is_none_or(|t| t.kind != Kind::Close) {
                        return Err(fault(
                            token.column,
                            "expected a \")\" for the \"(\" here, found the end".to_owned(),
                        ));
                    }
                    self.at += 1;
                    // Terms in parentheses stay together: they speak of one stance.
                    inner.map(|inner| match inner {
                        Expr::Or(_) | Expr::And(_) => inner,
                        one => Expr::And(vec![one]),
                    })
                }
                Kind::Field(key, value, column) => self.field(key, value, column)?,
                Kind::Phrase(text) => Some(match text.strip_suffix('*') {
                    Some(start) => Expr::Words {
                        text: start.to_owned(),
                        prefix: true,
                    },
                    None => Expr::Words {
                        text,
                        prefix: false,
                    },
                }),
                Kind::Word(word) => Some(bare(&word, token.column)?),
                Kind::Close | Kind::Minus => return Err(self.expected("a word or a key")),
            }
        };
        self.depth -= 1;
        Ok(out)
    }

    fn field(&mut self, key: &str, value: String, column: usize) -> Parsed<Option<Expr>> {
        let lower = value.to_lowercase();
        let wrong =
            |expected: &str| fault(column, format!("expected {expected}, found \"{value}\""));
        let named = |value: &str| -> Parsed<String> {
            if value.chars().any(char::is_alphanumeric) {
                Ok(value.to_owned())
            } else {
                Err(wrong("a name with letters or digits"))
            }
        };
        Ok(Some(match key {
            "entity" => Expr::Entity(named(&value)?),
            "holder" => Expr::Stance(Side::Holder(named(&value)?)),
            "target" => Expr::Stance(Side::Target(named(&value)?)),
            "stance" => {
                let polarity = Polarity::from_name(&lower);
                Expr::Stance(Side::Polarity(
                    polarity.ok_or_else(|| wrong("for, against or conditional"))?,
                ))
            }
            "outlet" => Expr::Outlet(value),
            "author" => Expr::Author(value),
            "feed" => Expr::Feed(value),
            "title" => Expr::Title(named(&value)?),
            "tag" => Expr::Tag(value),
            "after" | "before" => {
                let day = day(&value).ok_or_else(|| wrong("a date like 2025-03-01"))?;
                if key == "after" {
                    Expr::After(day)
                } else {
                    Expr::Before(day)
                }
            }
            _ => {
                let sort = Sort::from_name(&lower)
                    .ok_or_else(|| wrong("newest, oldest, outlet, title or best"))?;
                if self.depth > 1 {
                    return Err(fault(
                        column,
                        "expected \"sort:\" outside of parentheses".to_owned(),
                    ));
                }
                self.sort = Some(sort);
                return Ok(None);
            }
        }))
    }
}

/// A word without a key: a flag, or a word of the text.
fn bare(word: &str, column: usize) -> Parsed<Expr> {
    if let Some(&(_, flag, on)) = FLAGS.iter().find(|f| f.0.eq_ignore_ascii_case(word)) {
        return Ok(Expr::Is(flag, on));
    }
    let (text, prefix) = match word.strip_suffix('*') {
        Some(start) => (start, true),
        None => (word, false),
    };
    if !text.chars().any(char::is_alphanumeric) {
        return Err(fault(
            column,
            format!("expected a word with letters or digits, found \"{word}\""),
        ));
    }
    Ok(Expr::Words {
        text: text.to_owned(),
        prefix,
    })
}

/// A day: `2025`, `2025-03` or `2025-03-01`, the first day of it.
fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, most: usize| -> Option<i16> {
        let fine = (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fine.then(|| part.parse().ok()).flatten()
    };
    let year = digits(parts.first()?, 4).filter(|_| parts[0].len() == 4)?;
    let month = parts.get(1).map_or(Some(1), |m| digits(m, 2))?;
    let day = parts.get(2).map_or(Some(1), |d| digits(d, 2))?;
    if parts.len() > 3 || year == 0 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    Date::new(year, month as i8, day as i8)
        .ok()
        .filter(|d| *d >= date(1, 1, 1))
}
