//! Balance and matrix, drawn as SVG: words given to each side of a thing, and holders × things.
//! Labels are text of the page, so that they wrap and keep their size on a small screen.

use std::fmt::Write as _;

use super::{escape, plural};
use crate::model::{Annotated, Polarity};
use crate::view::{Matrix, balances};

/// Half of the width of a bar's drawing.
const HALF: f64 = 100.0;

/// Words quoted for and against each thing.
pub(super) fn balance(out: &mut String, annotated: &Annotated) {
    let balances = balances(annotated);
    let most = balances
        .iter()
        .map(|b| b.words[1].max(b.words[0] + b.words[2]))
        .max()
        .unwrap_or(0);
    if most == 0 {
        return;
    }
    out.push_str(
        "<section class=\"balance\" id=\"balance\">\n<h2>Words given to each side</h2>\n\
         <p class=\"legend\"><span class=\"against\">▼ against</span>\
         <span class=\"for\">▲ for</span><span class=\"conditional\">◆ for, on a condition</span>\
         </p>\n",
    );
    for balance in balances {
        let [for_it, against, conditional] = balance.words;
        let wide = |words: usize| words as f64 / most as f64 * HALF;
        let bar = |class: &str, x: f64, words: usize| {
            if words == 0 {
                return String::new();
            }
            format!(
                "<rect class=\"{class}\" x=\"{x:.1}\" y=\"1\" width=\"{:.1}\" height=\"8\"/>",
                wide(words)
            )
        };
        let words = format!(
            "{} against, {} for, {} for on a condition",
            plural(against, "word", "words"),
            for_it,
            conditional
        );
        let _ = writeln!(
            out,
            "<div class=\"row\"><span class=\"thing\">{}</span><span class=\"left\">{}</span>\
             <svg viewBox=\"-100 0 200 10\" preserveAspectRatio=\"none\" role=\"img\" \
             aria-label=\"{words}\">{}{}{}<path class=\"axis\" d=\"M0 0V10\"/></svg>\
             <span class=\"right\">{}</span></div>",
            escape(annotated.target_name(balance.target)),
            if against > 0 {
                against.to_string()
            } else {
                String::new()
            },
            bar("against", -wide(against), against),
            bar("for", 0.0, for_it),
            bar("conditional", wide(for_it), conditional),
            if for_it + conditional > 0 {
                (for_it + conditional).to_string()
            } else {
                String::new()
            },
        );
    }
    out.push_str("</section>\n");
}

/// The sign of a side, drawn in a box of 12 by 12.
fn sign(polarity: Polarity, x: usize) -> String {
    let path = match polarity {
        Polarity::For => "M6 2 11 10.5H1Z",
        Polarity::Against => "M6 10 1 1.5H11Z",
        Polarity::Conditional => "M6 .8 11.2 6 6 11.2.8 6Z",
    };
    format!(
        "<path class=\"{}\" transform=\"translate({x} 0)\" d=\"{path}\"/>",
        polarity.name()
    )
}

/// Holders × things.
pub(super) fn matrix(out: &mut String, annotated: &Annotated) {
    let matrix = Matrix::new(annotated);
    if matrix.holders.len() < 2 && matrix.targets.len() < 2 {
        return;
    }
    out.push_str(
        "<section class=\"matrix\" id=\"matrix\">\n<h2>Who stands where</h2>\n\
         <div class=\"scroll\"><table>\n<thead><tr><td></td>",
    );
    for holder in &matrix.holders {
        let with = holder.with(annotated);
        let with = with.map_or_else(String::new, |with| format!(" title=\"{}\"", escape(&with)));
        let _ = write!(
            out,
            "<th scope=\"col\"{with}><span>{}</span></th>",
            escape(holder.name(annotated))
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (column, &target) in matrix.targets.iter().enumerate() {
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{}</th>",
            escape(annotated.target_name(target))
        );
        for row in 0..matrix.holders.len() {
            let counts = matrix.cells[row][column];
            let signs: Vec<(Polarity, usize)> = Polarity::ALL
                .into_iter()
                .zip(counts)
                .filter(|(_, count)| *count > 0)
                .collect();
            if signs.is_empty() {
                out.push_str("<td></td>");
                continue;
            }
            let said = matrix.cell(row, column, annotated);
            let wide = signs.len() * 14 - 2;
            let drawn: String = signs
                .iter()
                .enumerate()
                .map(|(n, (polarity, _))| sign(*polarity, n * 14))
                .collect();
            let total: usize = counts.iter().sum();
            let count = if total > signs.len() {
                format!("<sub>{total}</sub>")
            } else {
                String::new()
            };
            let _ = write!(
                out,
                "<td title=\"{0}\"><svg width=\"{wide}\" height=\"12\" viewBox=\"0 0 {wide} 12\" \
                 role=\"img\" aria-label=\"{0}\">{drawn}</svg>{count}</td>",
                escape(&said)
            );
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n</section>\n");
}
