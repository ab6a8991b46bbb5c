//! CSV of Pocket (`title,url,time_added,tags,status`) and of Instapaper
//! (`URL,Title,Selection,Folder,Timestamp`, later with `Tags`).

use super::{Article, Found, second};

/// Reads an export, if its first line is one of theirs.
pub(super) fn read(text: &str) -> Option<Found> {
    let mut rows = rows(text).into_iter();
    let head: Vec<String> = rows
        .next()?
        .iter()
        .map(|c| c.trim().to_lowercase())
        .collect();
    let column = |name: &str| head.iter().position(|c| c == name);
    let (url, title) = (column("url")?, column("title")?);
    let instapaper = column("folder").is_some() || column("selection").is_some();
    let (added, tags) = (
        column("time_added").or_else(|| column("timestamp")),
        column("tags"),
    );
    let (status, folder) = (column("status"), column("folder"));
    let mut articles = Vec::new();
    for row in rows {
        let cell = |n: Option<usize>| n.and_then(|n| row.get(n)).map_or("", |c| c.trim());
        let address = cell(Some(url));
        if !address.contains("://") {
            continue;
        }
        let shelf = cell(folder);
        let mut labels: Vec<String> = cell(tags)
            .trim_matches(['[', ']'])
            .split(['|', ','])
            .map(|t| t.trim().trim_matches('"').to_owned())
            .filter(|t| !t.is_empty())
            .collect();
        let known = ["", "Unread", "Archive", "Starred"];
        if !known.contains(&shelf) {
            labels.push(shelf.to_owned());
        }
        let archived = cell(status).eq_ignore_ascii_case("archive") || shelf == "Archive";
        articles.push(Article {
            url: address.to_owned(),
            title: cell(Some(title)).to_owned(),
            added: second(cell(added)),
            tags: labels,
            read: archived,
            archived,
            starred: shelf == "Starred",
            ..Article::default()
        });
    }
    Some(Found {
        from: if instapaper { "Instapaper" } else { "Pocket" },
        feeds: Vec::new(),
        articles,
    })
}

/// The rows of a CSV text (RFC 4180): cells in quotation marks may hold commas, line ends, and marks
/// written twice.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut inside = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if inside && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if inside => inside = false,
            '"' if cell.is_empty() => inside = true,
            ',' if !inside => row.push(std::mem::take(&mut cell)),
            '\r' if !inside => {}
            '\n' if !inside => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}
