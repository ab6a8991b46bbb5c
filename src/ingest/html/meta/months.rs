//! Days as lines of text give them in many languages: `17. März 2025`, `17 de marzo de 2025`,
//! `2025年3月17日`, `17.03.2025`. A day that can be read in two ways is none. Calls `junk` for letters
//! without accents.

use jiff::civil::Date;

use crate::ingest::html::junk::plain_letters;

/// Beginnings of the names of months, folded; short ones count as whole words only.
const MONTHS: [&str; 12] = [
    "january januar janvier janv enero ene gennaio gen janeiro styczn ledna leden ιανουαρ ιαν ocak январ \
     янв janner tammikuu ianuar януари jan sijecn",
    "february februar fevrier febrero febbraio fevereiro lutego luty unor φεβρουαρ φεβ subat феврал фев feb \
     fev fevr helmikuu veljac",
    "march marz maerz mars marzo marco maart marca marzec brezna brezen μαρτιο μαρ mart март мар mar \
     maaliskuu martie ozujk",
    "april avril abril kwietn kwiecien dubna duben απριλ απρ nisan апрел апр apr avr abr huhtikuu \
     travnja",
    "mai mayo maggio maio mei maja maj kvetna kveten μαιο μαιου mayıs мая маи may mag mag toukokuu \
     svibnja",
    "juni juin junio giugno junho czerwca czerwiec cervna cerven ιουνι haziran июня июнь июн jun \
     giu june kesakuu lipnja iunie",
    "juli juillet juil julio luglio julho lipca lipiec cervence cervenec ιουλι temmuz июля июль июл jul \
     lug july heinakuu iulie srpnja",
    "august aout agosto sierpn sierpien srpna srpen αυγουστ αυγ agustos август авг aug ago elokuu kolovoza",
    "september septembre septiembre settembre setembro wrzesn wrzesien zari σεπτεμβρ σεπ eylul \
     сентябр сен sep sept set syyskuu septembr rujna",
    "oktober octobre octubre ottobre outubro october pazdziern rijna rijen οκτωβρ οκτ ekim октябр окт \
     okt oct ott out lokakuu octombr",
    "november novembre noviembre novembro listopad νοεμβρ νοε kasım ноябр ноя nov marraskuu noiembr studenog",
    "december decembre diciembre dicembre dezembro dezember grudn grudzien prosince prosinec δεκεμβρ \
     δεκ aralık декабр дек dec dez dic joulukuu prosinca",
];

/// The month that a folded word names, from 1.
fn month(word: &str) -> Option<i8> {
    let names = |list: &'static str| {
        let fits = list
            .split_whitespace()
            .filter(|stem| word == *stem || (stem.chars().count() >= 4 && word.starts_with(stem)));
        fits.map(str::len).max()
    };
    let found = (1..)
        .zip(MONTHS)
        .filter_map(|(n, list)| Some((names(list)?, n)));
    found.max().map(|(_, n)| n)
}

/// The first day that a short line names. `english` says whether the month may stand before the day
/// in `3/4/2025`.
pub(super) fn day_in(line: &str, english: bool) -> Option<Date> {
    let folded = plain_letters(line);
    let words: Vec<&str> = parts(&folded);
    let number = |word: &str| word.parse::<i16>().ok();
    let year = |word: &str| {
        let fits = word.len() == 4;
        number(word).filter(|y| fits && (1900..=2200).contains(y))
    };
    (0..words.len()).find_map(|at| {
        let rest: Vec<&str> = words[at..]
            .iter()
            .copied()
            .filter(|w| !["de", "del", "th", "st", "nd", "rd", "er"].contains(w))
            .take(5)
            .collect();
        let [first, second, third, ..] = rest[..] else {
            return None;
        };
        let small = |word: &str| {
            number(word)
                .filter(|n| (1..=31).contains(n))
                .map(|n| n as i8)
        };
        if let (Some(day), Some(month), Some(year)) = (small(first), month(second), year(third)) {
            return Date::new(year, month, day).ok();
        }
        if let (Some(month), Some(day), Some(year)) = (month(first), small(second), year(third)) {
            return Date::new(year, month, day).ok();
        }
        if let (Some(year), "年", Some(month), Some(&"月")) =
            (year(first), second, small(third), rest.get(3))
        {
            return Date::new(year, month, small(rest.get(4)?)?).ok();
        }
        let (one, two, year) = (small(first)?, small(second)?, year(third)?);
        let sign = folded.contains(&format!("{first}.{second}.{third}"));
        let slash = folded.contains(&format!("{first}/{second}/{third}"));
        match (sign, slash) {
            (true, _) => Date::new(year, two, one).ok(),
            (_, true) if one > 12 || !english => Date::new(year, two, one).ok(),
            (_, true) if two > 12 => Date::new(year, one, two).ok(),
            _ => None,
        }
    })
}

/// Runs of figures, runs of letters, and the signs for year, month and day.
fn parts(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        '年' | '月' | '日' => 3,
        c if c.is_ascii_digit() => 1,
        c if c.is_alphabetic() => 2,
        _ => 0,
    };
    let mut out = Vec::new();
    let (mut start, mut last) = (0, 0);
    for (at, c) in text.char_indices() {
        let now = kind(c);
        if now != last || now == 3 {
            if last > 0 {
                out.push(&text[start..at]);
            }
            (start, last) = (at, now);
        }
    }
    if last > 0 {
        out.push(&text[start..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_read_in_many_languages() {
        for line in [
            "17. März 2025, 09:41 Uhr",
            "Stand: 17.03.2025 09:41 Uhr",
            "Publié le 17 mars 2025 à 9h41",
            "17 de marzo de 2025",
            "17/03/2025 09h41",
            "17 maart 2025",
            "17 marca 2025",
            "17. března 2025",
            "17 Μαρτίου 2025",
            "17 Mart 2025",
            "17 марта 2025 г.",
            "2025年3月17日",
            "Posted on 17th March 2025",
            "Posted on March 17, 2025 by Mara",
        ] {
            let day = day_in(line, true).map(|d| d.to_string());
            assert_eq!(day.as_deref(), Some("2025-03-17"), "{line}");
        }
        assert_eq!(day_in("3/4/2025", true), None);
        assert_eq!(
            day_in("3/4/2025", false).map(|d| d.to_string()).as_deref(),
            Some("2025-04-03")
        );
        for line in [
            "",
            "17 bridges 2025",
            "Rooms 3, 4 and 2025",
            "31.02.2025",
            "1.2.3",
        ] {
            assert_eq!(day_in(line, false), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_line_can_be_looked_at(line in "\\PC{0,60}", english: bool) {
            let _ = day_in(&line, english);
        }
    }
}
