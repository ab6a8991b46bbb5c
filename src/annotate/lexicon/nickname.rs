//! Given names and the short forms they go by: Bob is Robert, Bill is William.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{parts, rows};

/// The full names of every short form.
static FULL: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut out: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    for row in rows(include_str!("../../../assets/lexicons/nicknames.tsv")) {
        let Some(&full) = row.first() else { continue };
        for short in parts(row.get(1)) {
            out.entry(short).or_default().push(full);
        }
    }
    out
});

/// Whether two given names in lower case can be one person's: the same, a short form and its full
/// name, two short forms of one name, or an initial and a name.
pub fn alike(one: &str, other: &str) -> bool {
    let initial = |short: &str, long: &str| {
        let bare = short.trim_end_matches('.');
        bare.chars().count() == 1 && long.starts_with(bare)
    };
    let full = |name: &str| FULL.get(name).map_or(&[][..], Vec::as_slice);
    one == other
        || initial(one, other)
        || initial(other, one)
        || full(one).contains(&other)
        || full(other).contains(&one)
        || full(one).iter().any(|name| full(other).contains(name))
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn short_forms_and_initials_are_alike_and_other_names_are_not() {
        assert!(alike("bob", "robert") && alike("robert", "bobby") && alike("bob", "bobby"));
        assert!(alike("r.", "robert") && alike("robert", "r"));
        assert!(!alike("bob", "william") && !alike("robert", "roberta"));
    }
}
