//! Which keys start which command, in which context. Built-in bindings (`assets/keymap.toml`)
//! overlaid with the reader's.

use std::collections::BTreeMap;

use crate::config::command::{Command, Context};
use crate::config::key::{self, Key};

/// What a sequence of keys means so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lookup {
    /// The command that is bound to exactly these keys.
    pub command: Option<Command>,
    /// Whether more keys could make a longer binding.
    pub prefix: bool,
}

/// Bindings by context.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keymap {
    /// `None` takes away what a wider context binds.
    bindings: BTreeMap<(Context, Vec<Key>), Option<Command>>,
}

impl Keymap {
    /// Binds `keys` in `context`; `None` takes the binding away.
    pub fn bind(&mut self, context: Context, keys: Vec<Key>, command: Option<Command>) {
        self.bindings.insert((context, keys), command);
    }

    /// What `keys` mean in `context`: its own bindings first, then those that hold everywhere.
    pub fn lookup(&self, context: Context, keys: &[Key]) -> Lookup {
        let longer = |place: Context| {
            self.bindings
                .range((place, keys.to_vec())..)
                .take_while(|((c, k), _)| *c == place && k.starts_with(keys))
                .any(|((_, k), command)| k.len() > keys.len() && command.is_some())
        };
        // What a context binds runs at once, whatever longer bindings hold everywhere.
        if let Some(bound) = self.bindings.get(&(context, keys.to_vec())) {
            return Lookup {
                command: *bound,
                prefix: longer(context),
            };
        }
        let command = self
            .bindings
            .get(&(Context::Any, keys.to_vec()))
            .copied()
            .flatten();
        Lookup {
            command,
            prefix: longer(context) || longer(Context::Any),
        }
    }

    /// The bindings of one command, contexts in order, shortest first.
    pub fn keys_of(&self, command: Command) -> Vec<(Context, &[Key])> {
        let mut found: Vec<(Context, &[Key])> = self
            .bindings
            .iter()
            .filter(|(_, bound)| **bound == Some(command))
            .map(|((context, keys), _)| (*context, keys.as_slice()))
            .collect();
        found.sort_by_key(|(context, keys)| (*context, keys.len()));
        found
    }

    /// The keys to show for a command in a hint: the shortest to write, those of `context` first.
    pub fn hint(&self, context: Context, command: Command) -> Option<String> {
        let keys = self.keys_of(command);
        [context, Context::Any].into_iter().find_map(|place| {
            let here = keys.iter().filter(|(c, _)| *c == place);
            here.map(|(_, keys)| key::show(keys))
                .min_by_key(|shown| shown.chars().count())
        })
    }

    /// Every binding, in a stable order.
    pub fn iter(&self) -> impl Iterator<Item = (Context, &[Key], Option<Command>)> {
        self.bindings
            .iter()
            .map(|((c, k), command)| (*c, k.as_slice(), *command))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::load::built_in;

    fn look(context: Context, keys: &str) -> Lookup {
        built_in()
            .unwrap()
            .keymap
            .lookup(context, &key::sequence(keys).unwrap())
    }

    #[test]
    fn a_narrow_context_wins_over_everywhere() {
        assert_eq!(
            look(Context::Article, "h").command,
            Some(Command::FocusLeft)
        );
        assert_eq!(look(Context::Visual, "h").command, Some(Command::CharLeft));
    }

    #[test]
    fn a_prefix_may_be_bound_itself() {
        let g = look(Context::Article, "g");
        assert_eq!((g.command, g.prefix), (Some(Command::Top), true));
        let z = look(Context::Article, "z");
        assert_eq!((z.command, z.prefix), (None, true));
        let unknown = look(Context::Article, "ctrl-t");
        assert_eq!((unknown.command, unknown.prefix), (None, false));
    }

    #[test]
    fn taking_a_binding_away_hides_the_wider_one() {
        let mut map = built_in().unwrap().keymap;
        map.bind(Context::Article, key::sequence("x").unwrap(), None);
        assert_eq!(
            map.lookup(Context::Article, &[Key::char('x')]).command,
            None
        );
        assert_eq!(
            map.lookup(Context::Comments, &[Key::char('x')]).command,
            Some(Command::Export)
        );
    }
}
