//! Which pieces of a page are the article. Two extractors and the page's own data vote; what the
//! elements around a piece say of themselves, how much of it is links, and where it stands between
//! the pieces that all agree on weigh with them. Calls `outside` and `junk`.

use dom_query::Document;

use super::junk::{heads_comments, is_junk};
use super::meta::{Meta, letters};
use super::outside::{self, Rows, Taken};
use super::pieces::{Kind, Piece};
use super::place::Place;

/// Share of a piece's words that an extractor must have taken for a vote.
const TAKEN: f32 = 0.6;
/// Elements deeper than this are not given to the extractors, whose recursion they could exhaust.
const DEEPEST: usize = 200;
/// More pieces than this are no article; the extractors are spared.
const MOST: usize = 50_000;
/// Score from which a piece is kept.
const KEPT: f32 = 1.0;
/// A fact that holds for more than this share of what all agree on tells nothing on this page.
const COMMON: f32 = 0.25;
/// Characters of agreed text that are enough to be an article beside what is hidden or by readers.
const ALONE: usize = 100;
/// Pieces in a row without a vote that part two groups of what all agree on.
const GAP: usize = 12;
/// Most characters of a line beneath the heading of another story.
const TEASER: usize = 200;
/// Least and most characters of a standfirst.
const LEAD: (usize, usize) = (40, 500);
/// Words below which the choice is not trusted.
const FEW: usize = 25;
/// Words from which the body in the page's data is taken seriously.
const TOLD: usize = 60;

/// The opinions on a page.
struct Votes {
    trafilatura: Taken,
    readability: Taken,
    /// The body as the page's data have it.
    told: Taken,
}

/// The pieces that are the article, in order. `meta` is what the page says of itself.
pub(super) fn body(
    document: &Document,
    html: &str,
    pieces: &[Piece],
    deepest: usize,
    meta: &Meta,
) -> Vec<usize> {
    let told = meta.body.as_deref();
    let fits = deepest <= DEEPEST && pieces.len() <= MOST;
    let one = fits.then(|| outside::trafilatura(html)).flatten();
    let other = fits.then(|| outside::readability(document)).flatten();
    let mut votes = Votes {
        trafilatura: one.unwrap_or_default(),
        readability: other.unwrap_or_default(),
        told: Taken::of_lines(told.into_iter().flat_map(str::lines)),
    };
    // Where one has no opinion the other speaks for both.
    if votes.trafilatura.words == 0 {
        votes.trafilatura = votes.readability.clone();
    } else if votes.readability.words == 0 {
        votes.readability = votes.trafilatura.clone();
    }
    let mut chosen = choose(pieces, &votes);
    // A heading at the end heads what was left out.
    let heading = |n: &&usize| matches!(pieces[**n].kind, Kind::Heading(_));
    while chosen.len() > 1 && chosen.last().as_ref().is_some_and(heading) {
        chosen.pop();
    }
    if words(pieces, &chosen) >= FEW {
        return chosen;
    }
    // A very short page, or one that the extractors make nothing of.
    let taken = |n: &usize| {
        let rows = Rows::of(&pieces[*n].text);
        votes
            .trafilatura
            .share(&rows)
            .max(votes.readability.share(&rows))
            >= TAKEN
    };
    let plain = |n: &usize| {
        let place = pieces[*n].place;
        !(is_junk(&pieces[*n]) || place.hidden || place.nav || place.footer || place.comments)
    };
    let either: Vec<usize> = (0..pieces.len()).filter(taken).filter(plain).collect();
    let running = |n: &usize| {
        let place = pieces[*n].place;
        pieces[*n].link_share() < 0.5 && !(place.form || place.share || place.related || place.ad)
    };
    let all = (0..pieces.len()).filter(plain).filter(running);
    let all: Vec<usize> = if fits { Vec::new() } else { all.collect() };
    let chosen = [chosen, either, all]
        .into_iter()
        .max_by_key(|list| (words(pieces, list) >= FEW, words(pieces, list)))
        .unwrap_or_default();
    if words(pieces, &chosen) >= FEW {
        return chosen;
    }
    let hidden = hidden(pieces);
    if words(pieces, &hidden) >= TOLD {
        hidden
    } else {
        chosen
    }
}

/// The sentences that wait for a script to show them, on a page where nothing else is.
fn hidden(pieces: &[Piece]) -> Vec<usize> {
    let fits = |n: &usize| {
        let (piece, p) = (&pieces[*n], pieces[*n].place);
        let elsewhere = p.nav || p.footer || p.comments || p.related || p.form || p.begging;
        p.hidden
            && !(elsewhere || p.apart || p.ad || p.share || p.wall)
            && piece.length() >= 80
            && piece.link_share() < 0.3
            && !is_junk(piece)
    };
    (0..pieces.len()).filter(fits).collect()
}

/// The standfirst between the headline and the article, which extractors leave out. `kept` is the
/// article.
pub(super) fn standfirst(pieces: &[Piece], kept: &[usize], meta: &Meta) -> Option<usize> {
    let first = *kept.first()?;
    let headline = pieces[..first]
        .iter()
        .rposition(|p| p.kind == Kind::Heading(1))?;
    let described = meta.description.as_deref().map(letters).unwrap_or_default();
    (headline + 1..first).find(|&n| {
        let (piece, p) = (&pieces[n], pieces[n].place);
        let elsewhere = p.nav || p.footer || p.comments || p.related || p.form || p.begging;
        let said = p.lead || (!described.is_empty() && letters(&piece.text) == described);
        said && !(elsewhere || p.hidden || p.apart || p.ad || p.share || p.caption || p.author)
            && (LEAD.0..=LEAD.1).contains(&piece.length())
            && piece.link_share() < 0.3
            && !is_junk(piece)
    })
}

fn words(pieces: &[Piece], chosen: &[usize]) -> usize {
    chosen
        .iter()
        .map(|&n| outside::count(&pieces[n].text))
        .sum()
}

/// What is known of a piece while it is judged.
struct Weighed {
    one: bool,
    other: bool,
    told: bool,
    junk: bool,
}

fn choose(pieces: &[Piece], votes: &Votes) -> Vec<usize> {
    let weighed: Vec<Weighed> = pieces
        .iter()
        .map(|p| {
            let rows = Rows::of(&p.text);
            let one = votes.trafilatura.share(&rows) >= TAKEN;
            let other = votes.readability.share(&rows) >= TAKEN;
            let told = votes.told.share(&rows) >= TAKEN;
            Weighed {
                one,
                other,
                told,
                junk: (one || other || told) && is_junk(p),
            }
        })
        .collect();
    let agreed: Vec<usize> = (0..pieces.len())
        .filter(|&n| {
            let (p, w) = (&pieces[n], &weighed[n]);
            w.one && w.other && !w.junk && p.length() >= 50 && p.link_share() < 0.5
        })
        .collect();
    let common = common(pieces, &agreed);
    let core: Vec<usize> = agreed
        .iter()
        .copied()
        .filter(|&n| {
            let place = common.without(pieces[n].place);
            !(place.hidden
                || place.apart
                || place.comments
                || place.related
                || place.nav
                || place.footer
                || place.caption
                || place.author
                || place.begging
                || place.ad)
        })
        .collect();
    let (mut first, mut last) = extent(pieces, &weighed, &core);
    // What readers wrote begins under its heading, if most of what is agreed on stands above.
    let mut headings = (0..pieces.len()).filter(|&n| heads_comments(&pieces[n]));
    let comments = headings.find(|&at| {
        let above = core
            .iter()
            .filter(|&&n| n < at)
            .map(|&n| pieces[n].length());
        above.sum::<usize>() >= ALONE
    });
    if let (Some(at), Some(end)) = (comments, last)
        && at < end
    {
        last = core.iter().copied().rfind(|&n| n < at);
    }
    // A heading right above belongs to what it heads.
    let heads = |n: &usize| {
        let w = &weighed[*n];
        matches!(pieces[*n].kind, Kind::Heading(2..)) && (w.one || w.other)
    };
    if let Some(above) = first.and_then(|n| n.checked_sub(1)).filter(heads) {
        first = Some(above);
    }
    let teasers = teasers(pieces, &core);
    // The data count only if they speak of the same text.
    let told = votes.told.words >= TOLD && {
        let words = |n: &usize| pieces[*n].length();
        let all: usize = core.iter().map(words).sum();
        let shared: usize = core.iter().filter(|n| weighed[**n].told).map(words).sum();
        shared * 2 >= all
    };
    (0..pieces.len())
        .filter(|&n| {
            let (p, w) = (&pieces[n], &weighed[n]);
            if p.place.note && !p.place.hidden {
                return true;
            }
            if w.junk || !(w.one || w.other || (told && w.told)) {
                return false;
            }
            let mut score = f32::from(u8::from(w.one)) * 1.2 + f32::from(u8::from(w.other)) * 1.2;
            if told {
                // The data leave headings out.
                let heading = matches!(p.kind, Kind::Heading(_));
                score += match (w.told, heading) {
                    (true, _) => 1.2,
                    (false, true) => 0.0,
                    (false, false) => -0.5,
                };
            }
            score += place_weight(common.without(p.place)) + own_weight(p);
            if teasers.contains(&n) {
                score -= 2.6;
            }
            score += match (first, last) {
                (Some(first), _) if n < first => {
                    if p.place.lead {
                        -0.3
                    } else {
                        -0.6
                    }
                }
                _ if comments.is_some_and(|at| n >= at) => -2.6,
                (_, Some(last)) if n > last => -1.2,
                (Some(_), Some(_)) => 0.3,
                _ => 0.0,
            };
            score >= KEPT
        })
        .collect()
}

/// Where the article begins and ends: the group of agreed pieces with most text, and the groups
/// beside it that are not small.
fn extent(pieces: &[Piece], weighed: &[Weighed], core: &[usize]) -> (Option<usize>, Option<usize>) {
    let mut groups: Vec<(usize, usize, usize)> = Vec::new();
    for &n in core {
        let length = pieces[n].length();
        let silent = |from: usize| {
            weighed[from + 1..n]
                .iter()
                .filter(|w| !w.one && !w.other)
                .count()
        };
        match groups.last_mut() {
            Some((_, end, sum)) if silent(*end) < GAP => {
                *end = n;
                *sum += length;
            }
            _ => groups.push((n, n, length)),
        }
    }
    let most = groups.iter().map(|g| g.2).max().unwrap_or(0);
    let large = || groups.iter().filter(|g| g.2 * 8 >= most);
    (large().map(|g| g.0).min(), large().map(|g| g.1).max())
}

/// A row of other stories below the article: headings that are links, each with a line or nothing
/// beneath. The places of the pieces from the first to the last.
fn teasers(pieces: &[Piece], core: &[usize]) -> std::ops::Range<usize> {
    let leads = |n: usize| {
        let piece = &pieces[n];
        matches!(piece.kind, Kind::Heading(_)) && piece.length() >= 15 && piece.link_share() > 0.9
    };
    let mut run = (0, 0, 0);
    for n in (0..pieces.len()).filter(|&n| leads(n)) {
        let beneath = pieces[run.1..n].iter().skip(1);
        let (number, longest) = (n - run.1, beneath.map(Piece::length).max().unwrap_or(0));
        run = match run {
            (first, _, many) if many > 0 && number <= 3 && longest <= TEASER => {
                (first, n, many + 1)
            }
            (.., many) if many >= 3 => break,
            _ => (n, n, 1),
        };
    }
    let above = core.iter().filter(|&&n| n < run.0);
    let above: usize = above.map(|&n| pieces[n].length()).sum();
    if run.2 >= 3 && above >= 2 * ALONE {
        let end = run.1 + 1;
        let last = pieces.get(end).is_some_and(|p| p.length() <= TEASER);
        run.0..end + usize::from(last)
    } else {
        0..0
    }
}

/// Facts that hold for so much of the agreed text that they tell nothing.
struct Common(Place);

fn common(pieces: &[Piece], agreed: &[usize]) -> Common {
    let all: usize = agreed.iter().map(|&n| pieces[n].length()).sum();
    let often = |fact: fn(&Place) -> bool| {
        let with = agreed.iter().filter(|&&n| fact(&pieces[n].place));
        let with: usize = with.map(|&n| pieces[n].length()).sum();
        all > 0 && with as f32 > COMMON * all as f32
    };
    // What is hidden, and what readers wrote, may well be more than the article.
    let mostly = |fact: fn(&Place) -> bool| {
        let without = agreed.iter().filter(|&&n| !fact(&pieces[n].place));
        let without: usize = without.map(|&n| pieces[n].length()).sum();
        all > 0 && without < ALONE
    };
    Common(Place {
        article: false,
        body: false,
        nav: often(|p| p.nav),
        aside: often(|p| p.aside),
        footer: often(|p| p.footer),
        header: often(|p| p.header),
        hidden: mostly(|p| p.hidden),
        caption: often(|p| p.caption),
        table: often(|p| p.table),
        quote: often(|p| p.quote),
        comments: mostly(|p| p.comments),
        share: often(|p| p.share),
        related: often(|p| p.related),
        ad: often(|p| p.ad),
        begging: often(|p| p.begging),
        author: often(|p| p.author),
        date: often(|p| p.date),
        topics: often(|p| p.topics),
        lead: often(|p| p.lead),
        form: often(|p| p.form),
        note: false,
        wall: often(|p| p.wall),
        apart: often(|p| p.apart),
    })
}

impl Common {
    /// `place` without the facts that tell nothing here.
    fn without(&self, place: Place) -> Place {
        let c = &self.0;
        Place {
            nav: place.nav && !c.nav,
            aside: place.aside && !c.aside,
            footer: place.footer && !c.footer,
            header: place.header && !c.header,
            hidden: place.hidden && !c.hidden,
            caption: place.caption && !c.caption,
            table: place.table && !c.table,
            quote: place.quote && !c.quote,
            comments: place.comments && !c.comments,
            share: place.share && !c.share,
            related: place.related && !c.related,
            ad: place.ad && !c.ad,
            begging: place.begging && !c.begging,
            author: place.author && !c.author,
            date: place.date && !c.date,
            topics: place.topics && !c.topics,
            lead: place.lead && !c.lead,
            form: place.form && !c.form,
            wall: place.wall && !c.wall,
            apart: place.apart && !c.apart,
            ..place
        }
    }
}

/// What the elements around a piece add to its score.
fn place_weight(place: Place) -> f32 {
    let facts = [
        (place.body, 0.4),
        (place.article, 0.1),
        (place.nav, -1.0),
        (place.aside, -0.5),
        (place.footer, -0.9),
        (place.header, -0.2),
        (place.hidden, -3.0),
        (place.caption, -1.8),
        (place.comments, -1.8),
        (place.share, -0.7),
        (place.related, -1.2),
        (place.ad, -0.8),
        (place.begging, -1.2),
        (place.author, -0.9),
        (place.date, -0.7),
        (place.topics, -1.0),
        (place.form, -0.8),
        (place.apart, -2.6),
        (place.note, 1.0),
    ];
    let holds = facts.iter().filter(|(holds, _)| *holds);
    holds.map(|(_, weight)| weight).sum()
}

/// What a piece itself adds to its score.
fn own_weight(piece: &Piece) -> f32 {
    let length = piece.length();
    let heading = matches!(piece.kind, Kind::Heading(_));
    let mut score = 0.0;
    let linked = piece.link_share();
    if linked > 0.9 {
        // A paragraph that is a link and nothing else leads to another story.
        score -= match piece.kind {
            Kind::Heading(_) => 0.4,
            Kind::Paragraph if length >= 30 => 2.2,
            _ => 1.0,
        };
    } else if linked > 0.5 {
        score -= 0.4;
    }
    if length >= 80 {
        score += 0.3;
    }
    if !heading && length < 25 {
        score -= 0.2;
    }
    let end = piece.text.trim_end_matches(['"', '”', '’', ')', '»', '\'']);
    if end.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟']) {
        score += 0.2;
    }
    score
}
