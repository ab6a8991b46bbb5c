//! Config: TOML → validated settings, theme and keymap, and the one table of commands that keys,
//! help and command line share. Defaults are built in; a reader's file overlays them field by
//! field; a mistake is an error with file, line and remedy.
//!
//! May call `base`. No terminal types; the environment comes in as a function.

pub mod command;
pub mod key;
pub mod keymap;
pub mod load;
pub mod paths;
pub mod settings;
pub mod theme;

pub use command::{Command, Context, Group};
pub use key::{Code, Key};
pub use keymap::Keymap;
pub use load::{Config, load, print};
pub use settings::{ColourMode, External, Settings, Signs};
pub use theme::{Ansi, Attributes, Depth, Ink, Look, Theme};
