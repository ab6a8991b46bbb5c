//! Themes: what each role looks like at each colour depth. A theme names a value for every depth;
//! colours are never approximated at run time. No terminal types.

use serde::Deserialize;

use crate::base::Role;

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// None: attributes alone.
    Mono,
    /// The sixteen of the terminal's palette.
    Ansi,
    /// The 256-colour palette.
    Indexed,
    /// 24 bits.
    Truecolor,
}

impl Depth {
    /// What the environment says the terminal has. `var` looks a variable up.
    ///
    /// `NO_COLOR` (not empty) wins; then `COLORTERM`, then the name of the terminal.
    pub fn from_env(var: impl Fn(&str) -> Option<String>) -> Self {
        if var("NO_COLOR").is_some_and(|v| !v.is_empty()) {
            return Self::Mono;
        }
        if var("COLORTERM").is_some_and(|v| v == "truecolor" || v == "24bit") {
            return Self::Truecolor;
        }
        match var("TERM").as_deref() {
            None | Some("" | "dumb") => Self::Mono,
            Some(term) if term.ends_with("-direct") => Self::Truecolor,
            Some(term) if term.contains("256color") => Self::Indexed,
            Some(term) if term.starts_with("vt") || term.ends_with("-m") => Self::Mono,
            Some(_) => Self::Ansi,
        }
    }
}

/// The sixteen colours of a terminal's palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Ansi {
    Black,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
    White,
    BrightBlack,
    BrightRed,
    BrightGreen,
    BrightYellow,
    BrightBlue,
    BrightMagenta,
    BrightCyan,
    BrightWhite,
}

/// One colour at every depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink {
    /// 24-bit value.
    pub rgb: (u8, u8, u8),
    /// Index in the 256-colour palette.
    pub indexed: u8,
    /// Colour of the terminal's own palette; `None` is its default colour.
    pub ansi: Option<Ansi>,
}

#[derive(Deserialize)]
#[serde(
    expecting = "a colour is [\"#rrggbb\", 0-255, \"name\"], with a name such as \
                     \"bright-blue\" or \"default\""
)]
struct RawInk(String, u8, String);

impl<'de> Deserialize<'de> for Ink {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let RawInk(hex, indexed, name) = RawInk::deserialize(from)?;
        let digits = hex
            .strip_prefix('#')
            .filter(|d| d.len() == 6 && d.is_ascii());
        let value = digits.and_then(|d| u32::from_str_radix(d, 16).ok());
        let value = value.ok_or_else(|| {
            D::Error::custom(format!("{hex:?} is no colour: write it as \"#rrggbb\""))
        })?;
        let ansi = if name == "default" {
            None
        } else {
            let de = serde::de::value::StrDeserializer::<D::Error>::new(&name);
            Some(Ansi::deserialize(de)?)
        };
        let [_, r, g, b] = value.to_be_bytes();
        Ok(Self {
            rgb: (r, g, b),
            indexed,
            ansi,
        })
    }
}

/// Attributes of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "Vec<Attribute>")]
#[allow(
    missing_docs,
    clippy::struct_excessive_bools,
    reason = "the names say it"
)]
pub struct Attributes {
    pub bold: bool,
    pub dim: bool,
    pub italic: bool,
    pub underline: bool,
    pub reverse: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Attribute {
    Bold,
    Dim,
    Italic,
    Underline,
    Reverse,
}

impl From<Vec<Attribute>> for Attributes {
    fn from(list: Vec<Attribute>) -> Self {
        let mut set = Self::default();
        for attribute in list {
            match attribute {
                Attribute::Bold => set.bold = true,
                Attribute::Dim => set.dim = true,
                Attribute::Italic => set.italic = true,
                Attribute::Underline => set.underline = true,
                Attribute::Reverse => set.reverse = true,
            }
        }
        set
    }
}

/// What a role looks like. What is missing is left as the roles painted before it made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// Colour of the letters.
    pub fg: Option<Ink>,
    /// Colour behind them.
    pub bg: Option<Ink>,
    /// Attributes where there is colour.
    #[serde(default)]
    pub attr: Attributes,
    /// Attributes where there is none; as `attr` if missing.
    pub mono: Option<Attributes>,
}

impl Look {
    /// The attributes at a depth.
    pub fn attributes(&self, depth: Depth) -> Attributes {
        match (depth, self.mono) {
            (Depth::Mono, Some(mono)) => mono,
            _ => self.attr,
        }
    }
}

/// A look for every role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Looks by role, in the order of [`Role::ALL`].
    looks: Vec<Look>,
}

impl Theme {
    /// A theme in which every role is plain.
    pub fn plain(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            looks: vec![Look::default(); Role::ALL.len()],
        }
    }

    /// The look of a role.
    pub fn look(&self, role: Role) -> Look {
        self.looks.get(role as usize).copied().unwrap_or_default()
    }

    /// Gives a role another look.
    pub fn set(&mut self, role: Role, look: Look) {
        if let Some(slot) = self.looks.get_mut(role as usize) {
            *slot = look;
        }
    }

    /// Whether the terminal says that its background is light: the last field of `COLORFGBG`.
    pub fn light_background(var: impl Fn(&str) -> Option<String>) -> bool {
        let value = var("COLORFGBG").unwrap_or_default();
        matches!(value.rsplit(';').next(), Some("7" | "15"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(vars: &[(&str, &str)]) -> Depth {
        Depth::from_env(|k| {
            vars.iter()
                .find(|(n, _)| *n == k)
                .map(|(_, v)| (*v).to_owned())
        })
    }

    #[test]
    fn colour_depth_follows_the_environment() {
        assert_eq!(depth(&[("TERM", "xterm")]), Depth::Ansi);
        assert_eq!(depth(&[("TERM", "xterm-256color")]), Depth::Indexed);
        assert_eq!(
            depth(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]),
            Depth::Truecolor
        );
        assert_eq!(depth(&[("TERM", "dumb")]), Depth::Mono);
        assert_eq!(depth(&[]), Depth::Mono);
        let all = [
            ("NO_COLOR", "1"),
            ("COLORTERM", "truecolor"),
            ("TERM", "xterm-256color"),
        ];
        assert_eq!(depth(&all), Depth::Mono);
        assert_eq!(depth(&[("NO_COLOR", ""), ("TERM", "xterm")]), Depth::Ansi);
    }
}
