//! When the body in a page's data stands for the article: the page shows nothing of it, or only the
//! beginning. Calls `outside`.

use super::SHORT;
use super::meta::Meta;
use super::outside::{Rows, Taken};
use super::pieces::Piece;
use super::words;

/// Times as many words as the page shows, from which the data may hold more of the article.
const MORE: f32 = 1.3;
/// Share of what is chosen that the data must hold to be the same article.
const SAME: f32 = 0.6;
/// Share of the data's body that stands somewhere on the page, from which the page shows it all.
const SHOWN: f32 = 0.75;

/// The paragraphs of the body in the data, if they are to stand for what was chosen.
pub(super) fn instead(meta: &Meta, pieces: &[Piece], chosen: &[&Piece]) -> Option<Vec<Piece>> {
    let told: Vec<Piece> = meta.body.as_deref()?.lines().map(Piece::told).collect();
    let told: Vec<Piece> = told.into_iter().filter(|p| !p.text.is_empty()).collect();
    let all: Vec<&Piece> = told.iter().collect();
    let (data, page) = (words(&all), words(chosen));
    if page < SHORT && data > 2 * page {
        return Some(told);
    }
    if (data as f32) < MORE * page as f32 {
        return None;
    }
    let part_of = |part: &[&Piece], whole: &mut dyn Iterator<Item = &Piece>| {
        let whole = Taken::of_lines(whole.map(|p| p.text.as_str()));
        let found = part.iter().map(|p| {
            let rows = Rows::of(&p.text);
            whole.share(&rows) * rows.words as f32
        });
        found.sum::<f32>() / words(part).max(1) as f32
    };
    let same = part_of(chosen, &mut told.iter()) >= SAME;
    let shown = part_of(&all, &mut pieces.iter()) >= SHOWN;
    (same && !shown).then_some(told)
}
