//! The annotator's word lists and tables, compiled once from the plain text files in
//! `assets/lexicons/`. Looking words up belongs here; deciding what a word means in its sentence
//! belongs to the stages. May call nothing but `std`.

pub mod deeds;
pub mod gazetteer;
pub mod nickname;
pub mod stance;
pub mod words;

/// The fields of every line of a table that is neither empty nor a comment.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::trim).collect())
}

/// The parts of a field that lists several names.
pub(crate) fn parts(field: Option<&&'static str>) -> impl Iterator<Item = &'static str> {
    field
        .copied()
        .unwrap_or("")
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_table_says_what_it_is_and_under_which_licence() {
        for text in [
            include_str!("../../../assets/lexicons/abbreviations.txt"),
            include_str!("../../../assets/lexicons/countries.tsv"),
            include_str!("../../../assets/lexicons/cues.tsv"),
            include_str!("../../../assets/lexicons/deeds.tsv"),
            include_str!("../../../assets/lexicons/first-names.txt"),
            include_str!("../../../assets/lexicons/function-words.tsv"),
            include_str!("../../../assets/lexicons/nicknames.tsv"),
            include_str!("../../../assets/lexicons/organizations.tsv"),
            include_str!("../../../assets/lexicons/places.tsv"),
            include_str!("../../../assets/lexicons/stance.tsv"),
            include_str!("../../../assets/lexicons/titles.txt"),
            include_str!("../../../assets/lexicons/valence.tsv"),
            include_str!("../../../assets/lexicons/verbs.txt"),
        ] {
            let header: String = text.lines().take_while(|l| l.starts_with('#')).collect();
            assert!(header.contains("Licence: MIT OR Apache-2.0"), "{header}");
        }
    }
}
