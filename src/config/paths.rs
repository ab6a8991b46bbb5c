//! Where the configuration lies. The environment comes in as a function, so that every case can
//! be tested.

use std::path::PathBuf;

use etcetera::BaseStrategy;

/// The configuration file: what was named on the command line, else `BYLINE_CONFIG`, else
/// `byline/config.toml` in the platform's configuration folder. `None` without a home folder.
pub fn config_file(
    named: Option<PathBuf>,
    var: impl Fn(&str) -> Option<String>,
) -> Option<PathBuf> {
    named
        .or_else(|| {
            var("BYLINE_CONFIG")
                .filter(|v| !v.is_empty())
                .map(PathBuf::from)
        })
        .or_else(|| Some(base(&var)?.config_dir().join("byline").join("config.toml")))
}

/// The platform's folders. A missing `HOME` is an answer, not a look-up in the user database.
fn base(var: &impl Fn(&str) -> Option<String>) -> Option<impl BaseStrategy> {
    let home = var("HOME").filter(|h| !h.is_empty());
    if home.is_none() && !cfg!(windows) {
        return None;
    }
    etcetera::choose_base_strategy().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_wins_over_the_environment() {
        let var = |k: &str| (k == "BYLINE_CONFIG").then(|| "/e/c.toml".to_owned());
        assert_eq!(config_file(None, var), Some(PathBuf::from("/e/c.toml")));
        assert_eq!(
            config_file(Some("/n.toml".into()), var),
            Some(PathBuf::from("/n.toml"))
        );
    }

    #[test]
    fn without_a_home_there_is_no_place() {
        assert_eq!(config_file(None, |_| None), None);
    }
}
