//! Tokens: words, numbers, quotation marks and other signs of the prose blocks. Knows spelling,
//! not grammar.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::layers::{Layer, Layers};
use super::lexicon::words;
use super::pipeline::Stage;
use super::sentence::LONGEST;
use crate::base::{BlockId, Span};
use crate::model::{Document, Sentence};

/// What a token is by its spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with hyphens, full stops of abbreviations and digits.
    Word,
    /// Starts with a digit.
    Number,
    /// Opening quotation mark.
    Open,
    /// Closing quotation mark.
    Close,
    /// Possessive `'s` or `'`.
    Possessive,
    /// Any other sign.
    Sign,
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Lower case, with `'` for typographic apostrophes.
    pub lower: Arc<str>,
    /// Whether its first letter is upper case.
    pub capital: bool,
    /// Whether it has at least two letters and all are upper case.
    pub all_caps: bool,
}

impl Token {
    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether it is this sign.
    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == TokenKind::Sign && &*self.lower == sign
    }
}

/// The stage.
pub struct Tokens;

impl Stage for Tokens {
    fn name(&self) -> &'static str {
        "tokens"
    }
    fn requires(&self) -> &'static [Layer] {
        &[]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Tokens]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let mut pool = BTreeSet::new();
        for block in document.blocks.iter().filter(|b| b.kind.is_prose()) {
            let text = document.slice(block.span);
            Reader::new(text, block.span.from(), &mut pool, &mut layers.tokens).read();
        }
    }
}

/// The stage for a text whose words are given, one list a block, each block being one sentence.
pub struct Given(pub Vec<Vec<Span>>);

impl Stage for Given {
    fn name(&self) -> &'static str {
        "given words"
    }
    fn requires(&self) -> &'static [Layer] {
        &[]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Tokens, Layer::Sentences]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let mut pool = BTreeSet::new();
        for (n, words) in self.0.iter().enumerate() {
            let start = layers.tokens.len();
            let mut reader = Reader::new(&document.text, 0, &mut pool, &mut layers.tokens);
            for word in words {
                reader.given(*word);
            }
            let end = layers.tokens.len();
            // Later stages may look at all pairs of words of a sentence.
            for from in (start..end).step_by(LONGEST) {
                let tokens = from..end.min(from + LONGEST);
                layers.sentences.push(Sentence {
                    span: layers.span(&tokens),
                    block: BlockId::at(n),
                });
                layers.sentence_tokens.push(tokens);
            }
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    base: usize,
    /// A straight double mark is open.
    double_open: bool,
    /// A curly double mark is open.
    curly_open: bool,
    single_open: bool,
    pool: &'a mut BTreeSet<Arc<str>>,
    out: &'a mut Vec<Token>,
}

impl<'a> Reader<'a> {
    fn new(
        text: &'a str,
        base: usize,
        pool: &'a mut BTreeSet<Arc<str>>,
        out: &'a mut Vec<Token>,
    ) -> Self {
        Self {
            text,
            base,
            double_open: false,
            curly_open: false,
            single_open: false,
            pool,
            out,
        }
    }

    /// Takes a word as it was cut by somebody else.
    fn given(&mut self, word: Span) {
        let raw = word.of(self.text);
        let mut chars = raw.chars();
        let first = chars.next().unwrap_or(' ');
        let after = self.char_at(word.to());
        let kind = match raw {
            "“" | "„" | "«" | "``" | "‘" | "`" => TokenKind::Open,
            "”" | "»" | "''" => TokenKind::Close,
            "\"" => {
                self.double_open = !self.double_open;
                if self.double_open {
                    TokenKind::Open
                } else {
                    TokenKind::Close
                }
            }
            "'s" | "’s" | "'S" | "’S" => TokenKind::Possessive,
            "'" | "’" if after.is_some_and(char::is_whitespace) => TokenKind::Possessive,
            _ if first.is_numeric() => TokenKind::Number,
            _ if raw.chars().any(is_letter) => TokenKind::Word,
            _ => TokenKind::Sign,
        };
        self.push(word.from(), word.to(), kind);
    }

    fn read(&mut self) {
        let mut at = 0;
        while let Some(c) = self.char_at(at) {
            if c.is_whitespace() || c == '\u{200b}' || c == '\u{ad}' {
                at += c.len_utf8();
            } else if is_letter(c) {
                at = self.word(at);
            } else {
                at = self.sign(at, c);
            }
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    fn push(&mut self, from: usize, to: usize, kind: TokenKind) {
        let raw = self.text.get(from..to).unwrap_or("");
        let lower: String = raw
            .chars()
            .flat_map(char::to_lowercase)
            .map(|c| if is_apostrophe(c) { '\'' } else { c })
            .collect();
        let lower = if let Some(known) = self.pool.get(lower.as_str()) {
            Arc::clone(known)
        } else {
            let new: Arc<str> = lower.into();
            self.pool.insert(Arc::clone(&new));
            new
        };
        let letters = raw.chars().filter(|c| c.is_alphabetic()).count();
        self.out.push(Token {
            span: Span::new(self.base + from, self.base + to),
            kind,
            lower,
            capital: raw.chars().next().is_some_and(char::is_uppercase),
            all_caps: letters >= 2 && !raw.chars().any(char::is_lowercase),
        });
    }

    /// Reads a word or number that starts at `at`; returns the byte after it.
    fn word(&mut self, at: usize) -> usize {
        let mut end = at;
        while let Some(c) = self.char_at(end) {
            let next = end + c.len_utf8();
            let follows = self.char_at(next);
            let previous = self.before(end);
            let inside = match c {
                c if is_letter(c) => true,
                '-' | '‐' | '‑' | '&' => end > at && follows.is_some_and(is_letter),
                '.' | ',' | ':' => {
                    end > at
                        && previous.is_some_and(|p| p.is_ascii_digit())
                        && follows.is_some_and(|f| f.is_ascii_digit())
                        || c == '.' && self.dotted(at, end, follows)
                }
                '/' => {
                    previous.is_some_and(|p| p.is_ascii_digit())
                        && follows.is_some_and(|f| f.is_ascii_digit())
                }
                c if is_apostrophe(c) => {
                    // O'Brien, N'Djamena, Qur'an: a name goes on over its apostrophe.
                    follows.is_some_and(char::is_uppercase)
                        && previous.is_some_and(char::is_uppercase)
                        && end - at <= 2
                }
                _ => false,
            };
            if !inside {
                break;
            }
            end = next;
        }
        let end = self.abbreviation(at, end.max(at + self.char_at(at).map_or(1, char::len_utf8)));
        let raw = self.text.get(at..end).unwrap_or("");
        let number = raw.chars().next().is_some_and(|c| c.is_numeric());
        // "don't" becomes do + n't, as the closed classes have it.
        let rest = self.text.get(end..).unwrap_or("");
        let mut after = rest.chars();
        if after.next().is_some_and(is_apostrophe)
            && after.next().is_some_and(|c| c == 't' || c == 'T')
            && !after.next().is_some_and(is_letter)
            && raw.len() > 1
            && raw.ends_with(['n', 'N'])
        {
            let quote = rest.chars().next().map_or(1, char::len_utf8);
            self.push(at, end - 1, TokenKind::Word);
            self.push(end - 1, end + quote + 1, TokenKind::Word);
            return end + quote + 1;
        }
        self.push(
            at,
            end,
            if number {
                TokenKind::Number
            } else {
                TokenKind::Word
            },
        );
        self.clitic(end)
    }

    /// Reads `'s`, `'re`, `'ll` … after a word.
    fn clitic(&mut self, at: usize) -> usize {
        let Some(mark) = self.char_at(at).filter(|c| is_apostrophe(*c)) else {
            return at;
        };
        let from = at + mark.len_utf8();
        let rest = self.text.get(from..).unwrap_or("");
        let letters: usize = rest
            .chars()
            .take(3)
            .take_while(|c| c.is_ascii_alphabetic())
            .map(char::len_utf8)
            .sum();
        let tail = rest.get(..letters).unwrap_or("").to_ascii_lowercase();
        match tail.as_str() {
            "s" => self.push(at, from + 1, TokenKind::Possessive),
            "re" | "ve" | "ll" | "m" | "d" => self.push(at, from + letters, TokenKind::Word),
            // The plural possessive: victims' families.
            "" if !self.single_open && matches!(self.before(at), Some('s' | 'S')) => {
                self.push(at, from, TokenKind::Possessive);
                return from;
            }
            _ => return at,
        }
        from + letters
    }

    /// Whether the full stop at `at` of the word that starts at `start` belongs to it: U.S.,
    /// R-Ky., N.Y.
    fn dotted(&self, start: usize, at: usize, follows: Option<char>) -> bool {
        let so_far = self.text.get(start..at).unwrap_or("");
        let last: usize = so_far.rsplit('.').next().map_or(0, |p| p.chars().count());
        last == 1
            && (follows.is_some_and(char::is_alphabetic)
                || so_far.contains('.')
                || so_far.chars().next().is_some_and(char::is_uppercase))
            && so_far.chars().all(|c| c.is_alphabetic() || c == '.')
    }

    /// Takes in the full stop after an abbreviation that is written with one.
    fn abbreviation(&self, at: usize, end: usize) -> usize {
        if self.char_at(end) != Some('.') {
            return end;
        }
        let raw = self.text.get(at..=end).unwrap_or("");
        let state = raw.contains('-') && raw.len() <= 8 && raw.starts_with(['R', 'D', 'I']);
        let known = raw.len() <= 8 && words::abbreviation(&raw.to_lowercase()).is_some();
        if known || state { end + 1 } else { end }
    }

    /// Reads one sign, or a quotation mark whose side is found from its neighbours.
    fn sign(&mut self, at: usize, c: char) -> usize {
        // Two apostrophes are a double mark in the texts of some agencies.
        let twin = self.text.get(at..).is_some_and(|t| {
            ["''", "‘‘", "’’", "``"]
                .iter()
                .any(|twin| t.starts_with(twin))
        });
        let c = if twin { '"' } else { c };
        let end = if twin {
            at + self
                .text
                .get(at..)
                .map_or(0, |t| t.chars().take(2).map(char::len_utf8).sum())
        } else {
            at + c.len_utf8()
        };
        let before = self.before(at);
        let after = self.char_at(end);
        let opens = before.is_none_or(|b| b.is_whitespace() || "([{—–-/“‘\"'".contains(b));
        let kind = match c {
            // Marks that were typed the wrong way round.
            '“' if self.curly_open && !opens && !after.is_some_and(is_letter) => self.close(c),
            '”' if !self.curly_open && opens && after.is_some_and(is_letter) => {
                self.curly_open = true;
                TokenKind::Open
            }
            '“' | '„' | '«' => {
                self.curly_open = true;
                TokenKind::Open
            }
            '”' | '»' => self.close(c),
            '"' => {
                let any = self.double_open || self.curly_open && !opens;
                if any && !(opens && after.is_some_and(is_letter)) {
                    self.close(c)
                } else {
                    self.double_open = true;
                    TokenKind::Open
                }
            }
            '‘' | '\'' if opens && after.is_some_and(is_letter) && self.closes_later(end) => {
                self.single_open = true;
                TokenKind::Open
            }
            '’' | '\'' if self.single_open && !after.is_some_and(is_letter) => {
                self.single_open = false;
                TokenKind::Close
            }
            c if is_apostrophe(c) => {
                let (from, out) = (at, self.clitic(at));
                if out > from {
                    return out;
                }
                TokenKind::Sign
            }
            _ => TokenKind::Sign,
        };
        let mut end = end;
        if c == '.' {
            while self.char_at(end) == Some('.') {
                end += 1;
            }
        }
        self.push(at, end, kind);
        end
    }

    /// Closes the double mark that is open, of its own form where both are.
    fn close(&mut self, mark: char) -> TokenKind {
        let open = if mark == '"' {
            (&mut self.double_open, &mut self.curly_open)
        } else {
            (&mut self.curly_open, &mut self.double_open)
        };
        if *open.0 {
            *open.0 = false;
        } else {
            *open.1 = false;
        }
        TokenKind::Close
    }

    /// Whether a single quotation mark closes what opens before `from`, within reach.
    fn closes_later(&self, from: usize) -> bool {
        const REACH: usize = 300;
        let mut previous = ' ';
        let mut chars = self
            .text
            .get(from..)
            .unwrap_or("")
            .chars()
            .take(REACH)
            .peekable();
        while let Some(c) = chars.next() {
            if matches!(c, '’' | '\'') && !previous.is_whitespace() {
                let next = chars.peek().copied().unwrap_or(' ');
                if !is_letter(next) && previous != 's'
                    || !is_letter(next) && ",.;:!?".contains(next)
                {
                    return true;
                }
                if !is_letter(next)
                    && previous == 's'
                    && !chars.clone().any(|c| matches!(c, '’' | '\''))
                {
                    return true;
                }
            }
            previous = c;
        }
        false
    }
}

/// Whether a character goes on a word: letters, digits, marks that combine.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c as u32, 0x300..=0x36f | 0x1ab0..=0x1aff | 0x20d0..=0x20ff)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::testing;

    fn words(text: &str) -> Vec<String> {
        let document = testing::paragraph(text);
        let mut layers = Layers::default();
        Tokens.run(&document, &mut layers);
        layers
            .tokens
            .iter()
            .map(|t| t.span.of(text).to_owned())
            .collect()
    }

    #[test]
    fn abbreviations_keep_their_stops_and_sentences_do_not() {
        assert_eq!(
            words("Mr. Lee left the U.S. at 5.30 for $1,000."),
            [
                "Mr.", "Lee", "left", "the", "U.S.", "at", "5.30", "for", "$", "1,000", "."
            ]
        );
    }

    #[test]
    fn possessives_and_contractions_are_split() {
        assert_eq!(
            words("Russia’s plan isn't O'Brien's, they're"),
            [
                "Russia", "’s", "plan", "is", "n't", "O'Brien", "'s", ",", "they", "'re"
            ]
        );
    }

    #[test]
    fn single_quotation_marks_are_told_from_apostrophes() {
        use TokenKind::{Close, Open, Possessive};
        let document =
            testing::paragraph("Demands 'Ironclad' ban in voters' name, ‘so-called’ ban");
        let mut layers = Layers::default();
        Tokens.run(&document, &mut layers);
        let kinds: Vec<_> = layers
            .tokens
            .iter()
            .filter(|t| !t.is_word() && t.kind != TokenKind::Sign)
            .map(|t| t.kind)
            .collect();
        assert_eq!(kinds, [Open, Close, Possessive, Open, Close]);
    }

    #[test]
    fn emoji_and_combining_marks_stay_whole() {
        assert_eq!(
            words("Zoe\u{301} 👍🏽 said"),
            ["Zoe\u{301}", "👍", "🏽", "said"]
        );
    }
}
