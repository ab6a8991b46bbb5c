//! Keys and their notation: `j`, `G`, `ctrl-d`, `alt-o`, `shift-tab`, `space`, `pgdn`, `f1`.
//! A binding is one or more of them separated by spaces: `g g`, `] e`.

use std::fmt;
use std::str::FromStr;

/// A key without modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character; capitals stand for themselves, without the shift modifier.
    Char(char),
    /// Function key F1 to F12.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

const NAMES: &[(&str, Code)] = &[
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("del", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
];

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The key.
    pub code: Code,
    /// Control is held.
    pub ctrl: bool,
    /// Alt is held.
    pub alt: bool,
    /// Shift is held; never set for characters.
    pub shift: bool,
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// A character without modifiers.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with control.
    pub const fn ctrl(c: char) -> Self {
        Self {
            code: Code::Char(c),
            ctrl: true,
            alt: false,
            shift: false,
        }
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut key = Key::plain(Code::Esc);
        let mut rest = text;
        loop {
            // "ctrl--" is control with the minus key, so a prefix needs something behind it.
            let found = [("ctrl-", 0), ("alt-", 1), ("shift-", 2)]
                .into_iter()
                .find(|(p, _)| rest.len() > p.len() && rest.starts_with(p));
            let Some((prefix, which)) = found else { break };
            match which {
                0 => key.ctrl = true,
                1 => key.alt = true,
                _ => key.shift = true,
            }
            rest = &rest[prefix.len()..];
        }
        let mut chars = rest.chars();
        key.code = match (chars.next(), chars.as_str()) {
            (Some(c), "") if !c.is_control() && c != ' ' => Code::Char(c),
            _ => match NAMES.iter().find(|(name, _)| *name == rest) {
                Some((_, code)) => *code,
                None => match rest.strip_prefix('f').and_then(|n| n.parse::<u8>().ok()) {
                    Some(n) if (1..=12).contains(&n) => Code::F(n),
                    _ => return Err(format!("{text:?} is no key")),
                },
            },
        };
        if key.shift && matches!(key.code, Code::Char(_)) {
            return Err(format!(
                "{text:?}: write the capital letter instead of shift"
            ));
        }
        Ok(key)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (self.ctrl, "ctrl-"),
            (self.alt, "alt-"),
            (self.shift, "shift-"),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.code {
            Code::F(n) => write!(f, "f{n}"),
            code => match (NAMES.iter().find(|(_, c)| *c == code), code) {
                (Some((name, _)), _) => f.write_str(name),
                (None, Code::Char(c)) => write!(f, "{c}"),
                _ => Ok(()),
            },
        }
    }
}

/// Parses a binding: keys separated by spaces.
///
/// # Errors
/// In words, naming the part that is no key.
pub fn sequence(text: &str) -> Result<Vec<Key>, String> {
    let keys: Vec<Key> = text
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Err("a binding needs at least one key".to_owned());
    }
    Ok(keys)
}

/// A binding in the form help shows: `gg`, `]e`, `^D`, `Tab`, `PgDn`.
pub fn show(keys: &[Key]) -> String {
    let mut out = String::new();
    for key in keys {
        let plain = Key {
            ctrl: false,
            alt: false,
            shift: false,
            ..*key
        };
        let name = match key.code {
            Code::Char(' ') => "Space".to_owned(),
            Code::Char(c) if key.ctrl => c.to_uppercase().to_string(),
            Code::Char(c) => c.to_string(),
            Code::PageUp => "PgUp".to_owned(),
            Code::PageDown => "PgDn".to_owned(),
            _ => {
                let name = plain.to_string();
                let (first, rest) = name.split_at(1);
                format!("{}{rest}", first.to_uppercase())
            }
        };
        if key.alt {
            out.push_str("Alt-");
        }
        if key.shift {
            out.push_str("Shift-");
        }
        if key.ctrl {
            out.push('^');
        }
        out.push_str(&name);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notation_is_read_and_written_alike() {
        for text in [
            "j",
            "G",
            "ctrl-d",
            "alt-o",
            "shift-tab",
            "space",
            "pgdn",
            "f1",
            "-",
            "ctrl--",
        ] {
            let key: Key = text.parse().unwrap();
            assert_eq!(key.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "hyper-x", "f13", "ctrl-", "shift-a", "jj"] {
            assert!(text.parse::<Key>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn help_shows_the_usual_form() {
        let shown = |t: &str| show(&sequence(t).unwrap());
        assert_eq!(shown("g g"), "gg");
        assert_eq!(shown("ctrl-d"), "^D");
        assert_eq!(shown("shift-tab"), "Shift-Tab");
        assert_eq!(shown("space"), "Space");
    }
}
