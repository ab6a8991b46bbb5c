//! From roles to terminal attributes: the theme at the depth of this terminal.

use ratatui::style::{Color, Modifier, Style};

use crate::base::{Role, RoleSet};
use crate::config::{Ansi, Depth, Ink, Theme};

/// The looks of all roles, as ratatui styles.
#[derive(Debug, Clone)]
pub struct Styles {
    patches: Vec<Style>,
}

impl Styles {
    /// The styles of `theme` at `depth`.
    pub fn new(theme: &Theme, depth: Depth) -> Self {
        let patches = Role::ALL
            .iter()
            .map(|&role| {
                let look = theme.look(role);
                let attributes = look.attributes(depth);
                let mut modifier = Modifier::empty();
                for (on, flag) in [
                    (attributes.bold, Modifier::BOLD),
                    (attributes.dim, Modifier::DIM),
                    (attributes.italic, Modifier::ITALIC),
                    (attributes.underline, Modifier::UNDERLINED),
                    (attributes.reverse, Modifier::REVERSED),
                ] {
                    modifier.set(flag, on);
                }
                let style = Style::new().add_modifier(modifier);
                if depth == Depth::Mono {
                    return style;
                }
                Style {
                    fg: look.fg.map(|i| ink(i, depth)),
                    bg: look.bg.map(|i| ink(i, depth)),
                    ..style
                }
            })
            .collect();
        Self { patches }
    }

    /// The style of a run with these roles: each painted over the one before.
    pub fn of(&self, roles: impl Into<RoleSet>) -> Style {
        let roles = roles.into();
        roles.iter().fold(Style::new(), |style, role| {
            self.patches
                .get(role as usize)
                .map_or(style, |patch| style.patch(*patch))
        })
    }
}

fn ink(ink: Ink, depth: Depth) -> Color {
    match depth {
        Depth::Mono => Color::Reset,
        Depth::Truecolor => Color::Rgb(ink.rgb.0, ink.rgb.1, ink.rgb.2),
        Depth::Indexed => Color::Indexed(ink.indexed),
        Depth::Ansi => ink.ansi.map_or(Color::Reset, |a| match a {
            Ansi::Black => Color::Black,
            Ansi::Red => Color::Red,
            Ansi::Green => Color::Green,
            Ansi::Yellow => Color::Yellow,
            Ansi::Blue => Color::Blue,
            Ansi::Magenta => Color::Magenta,
            Ansi::Cyan => Color::Cyan,
            Ansi::White => Color::Gray,
            Ansi::BrightBlack => Color::DarkGray,
            Ansi::BrightRed => Color::LightRed,
            Ansi::BrightGreen => Color::LightGreen,
            Ansi::BrightYellow => Color::LightYellow,
            Ansi::BrightBlue => Color::LightBlue,
            Ansi::BrightMagenta => Color::LightMagenta,
            Ansi::BrightCyan => Color::LightCyan,
            Ansi::BrightWhite => Color::White,
        }),
    }
}
