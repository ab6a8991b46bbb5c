//! From key presses to commands: counts, and bindings of several keys.

use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::config::key;
use crate::config::{Code, Command, Context, Key, Keymap};

/// Our key for a key press of the terminal; `None` for what is bound nowhere: releases, lone
/// modifiers, media keys.
pub fn decode(event: &KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let known = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
    if !known.contains(event.modifiers) {
        return None;
    }
    let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        KeyCode::Char(c) => {
            shift = false;
            Code::Char(c)
        }
        KeyCode::BackTab => {
            // Some terminals report it with modifiers that no keyboard sends.
            if event
                .modifiers
                .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
            {
                return None;
            }
            shift = true;
            Code::Tab
        }
        KeyCode::F(n) => Code::F(n),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    };
    Some(Key {
        code,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
        shift,
    })
}

/// What a key press came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A command, with its count if one was typed.
    Run(Command, Option<usize>),
    /// A command that was waiting for a second key, and a key that starts something new.
    RunThen(Command, Option<usize>, Key),
    /// The beginning of something longer.
    Waiting,
    /// Nothing that is bound.
    Unbound,
}

/// Keys typed so far.
#[derive(Debug, Default)]
pub struct Pending {
    keys: Vec<Key>,
    count: Option<usize>,
    since: Option<Instant>,
}

impl Pending {
    /// Largest count; a longer number is a slip of the hand.
    const MOST: usize = 1_000_000;

    /// Takes a key.
    pub fn press(&mut self, key: Key, keymap: &Keymap, context: Context, now: Instant) -> Outcome {
        if self.keys.is_empty()
            && !key.ctrl
            && !key.alt
            && let Code::Char(c) = key.code
        {
            let digit = c.to_digit(10).filter(|d| *d > 0 || self.count.is_some());
            if let Some(digit) = digit {
                let count = self.count.unwrap_or(0) * 10 + digit as usize;
                self.count = Some(count.min(Self::MOST));
                return Outcome::Waiting;
            }
        }
        self.keys.push(key);
        let found = keymap.lookup(context, &self.keys);
        match (found.command, found.prefix) {
            (_, true) => {
                self.since = Some(now);
                Outcome::Waiting
            }
            (Some(command), false) => {
                let count = self.count;
                self.clear();
                Outcome::Run(command, count)
            }
            (None, false) => {
                let count = self.count;
                let earlier = self
                    .keys
                    .split_last()
                    .map_or(&[][..], |(_, rest)| rest)
                    .to_vec();
                self.clear();
                if earlier.is_empty() {
                    // A count without a command is given up like an unfinished binding.
                    return if count.is_some() {
                        Outcome::Waiting
                    } else {
                        Outcome::Unbound
                    };
                }
                // What was waiting was meant if another key follows; Escape gives it up.
                match keymap.lookup(context, &earlier).command {
                    Some(command) if key.code != Code::Esc => Outcome::RunThen(command, count, key),
                    _ => Outcome::Waiting,
                }
            }
        }
    }

    /// When a waiting binding that is a command by itself is to run.
    pub fn deadline(&self, keymap: &Keymap, context: Context, wait: Duration) -> Option<Instant> {
        let since = self.since?;
        keymap.lookup(context, &self.keys).command?;
        Some(since + wait)
    }

    /// The command that waited long enough.
    pub fn expire(&mut self, keymap: &Keymap, context: Context) -> Outcome {
        let command = keymap.lookup(context, &self.keys).command;
        let count = self.count;
        self.clear();
        command.map_or(Outcome::Unbound, |c| Outcome::Run(c, count))
    }

    /// Forgets what was typed.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What was typed so far, for the status line.
    pub fn shown(&self) -> String {
        let count = self.count.map(|c| c.to_string()).unwrap_or_default();
        format!("{count}{}", key::show(&self.keys))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::load::built_in;

    fn type_in(text: &str) -> (Pending, Outcome) {
        let keymap = built_in().unwrap().keymap;
        let mut pending = Pending::default();
        let mut last = Outcome::Unbound;
        for key in key::sequence(text).unwrap() {
            last = pending.press(key, &keymap, Context::Article, Instant::now());
        }
        (pending, last)
    }

    #[test]
    fn counts_and_bindings_of_two_keys() {
        assert_eq!(type_in("1 2 j").1, Outcome::Run(Command::Down, Some(12)));
        assert_eq!(type_in("] e").1, Outcome::Run(Command::NextMention, None));
        assert_eq!(
            type_in("3 ] s").1,
            Outcome::Run(Command::NextStance, Some(3))
        );
        assert_eq!(type_in("5 0 %").1, Outcome::Run(Command::Percent, Some(50)));
    }

    #[test]
    fn a_waiting_binding_runs_by_itself_or_before_the_next_key() {
        let keymap = built_in().unwrap().keymap;
        let (mut pending, last) = type_in("g");
        assert_eq!(last, Outcome::Waiting);
        assert!(
            pending
                .deadline(&keymap, Context::Article, Duration::ZERO)
                .is_some()
        );
        let expired = pending.expire(&keymap, Context::Article);
        assert_eq!(expired, Outcome::Run(Command::Top, None));
        let j = Key::char('j');
        assert_eq!(type_in("g j").1, Outcome::RunThen(Command::Top, None, j));
        assert_eq!(type_in("g esc").1, Outcome::Waiting);
        assert_eq!(type_in("z j").1, Outcome::Waiting);
    }

    #[test]
    fn what_no_keyboard_sends_is_no_key() {
        let back_tab = KeyEvent::new(KeyCode::BackTab, KeyModifiers::ALT);
        assert_eq!(decode(&back_tab), None);
        let media = KeyEvent::new(KeyCode::CapsLock, KeyModifiers::NONE);
        assert_eq!(decode(&media), None);
    }
}
