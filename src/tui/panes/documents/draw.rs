//! How the page looks: its parts, how far everything is, the list, and the boxes of the chosen roster.
use super::{Chosen, Documents, Part};
use crate::text::Locale;
use crate::text::documents as words;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

/// Lines under the parts that say how far everything is.
const HEAD: u16 = 5;
/// Lines of the chosen line under the list.
const FOOT: u16 = 4;

pub fn columns(part: Part, locale: &Locale) -> Vec<Column> {
    let fixed = |key: &str, cells: u16| Column::new(locale.word(key).to_owned(), Width::Fixed(cells));
    let fill = |key: &str, cells: u16| Column::new(locale.word(key).to_owned(), Width::Fill(cells));
    match part {
        Part::Documents => vec![
            fixed("column.id", 4).right(),
            fixed("column.document_state", 10),
            fill("column.document_no", 22),
            fixed("column.dated", 10),
            fixed("column.document_people", 6).right(),
            fixed("column.document_struck", 6).right(),
        ],
        Part::Rosters => vec![
            fixed("column.id", 4).right(),
            fixed("column.roster_kind", 20),
            fill("column.roster_unit", 12),
            fixed("column.document_people", 6).right(),
            fixed("column.document_state", 10),
            fixed("column.roster_boxes", 6),
            fixed("column.roster_current", 14),
        ],
        Part::Uploads => vec![
            fixed("column.id", 4).right(),
            fixed("column.upload_kind", 10),
            fill("column.upload_layout", 12),
            fixed("column.document_people", 6).right(),
            fixed("column.upload_state", 15),
            fixed("column.submitted_on", 12),
            fixed("column.receipt_no", 10),
        ],
    }
}

pub fn draw(page: &Documents, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let row = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
    parts(page, canvas, row(0), cx);
    let mut y = 1;
    for (role, text) in head(page, cx) {
        let rest = Rect { height: (HEAD + 1).saturating_sub(y), ..row(y) };
        if rest.height > 0 {
            y += canvas.paragraph(rest, &text, role);
        }
    }
    let top = y.min(HEAD + 1);
    let body = Rect { y: area.y + top, height: area.height.saturating_sub(top), ..area };
    if page.table().rows() == 0 {
        if page.part == Part::Documents && !page.overview.given {
            return;
        }
        let key = cx.key("documents", "documents.new");
        let text = cx.say(&format!("documents.empty_{}", page.part.code()), &[("key", &key)]);
        let rest = Rect { height: body.height.saturating_sub(1), ..row(top + 1) };
        canvas.paragraph(rest, &text, Role::Text);
        return;
    }
    let list = Rect { height: body.height.saturating_sub(FOOT), ..body };
    page.table().draw(canvas, list, &|at, column| {
        let cells = match page.part {
            Part::Documents => page.documents.get(at).map(|d| words::document_cells(cx.locale, d)),
            Part::Rosters => page.rosters.get(at).map(|r| words::roster_cells(cx.locale, r, &page.units)),
            Part::Uploads => page.uploads.get(at).map(|u| words::upload_cells(cx.locale, u)),
        };
        (cells.and_then(|cells| cells.get(column).cloned()).unwrap_or_default(), Role::Text)
    });
    foot(page, canvas, Rect { y: list.bottom(), height: body.height - list.height, ..body }, cx);
}

/// How far everybody is, and what stands in the way first.
fn head(page: &Documents, cx: &Seen<'_>) -> Vec<(Role, String)> {
    match page.part {
        Part::Documents => {
            let mut all = words::overview_lines(cx.locale, &page.overview).into_iter();
            let mut lines: Vec<_> = all.next().map(|text| (Role::Title, text)).into_iter().collect();
            lines.extend(page.blocks.iter().map(|line| {
                let role = if line.open == 0 { Role::Good } else { Role::Warn };
                (role, words::block_line(cx.locale, line))
            }));
            lines.extend(all.next().map(|text| (Role::Warn, text)));
            lines
        }
        Part::Rosters => Vec::new(),
        Part::Uploads => vec![(Role::Title, words::upload_counts(cx.locale, &page.counts))],
    }
}

/// The chosen line told out.
fn foot(page: &Documents, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let lines: Vec<String> = match page.chosen() {
        Ok(Chosen::Document(d)) => {
            let mut lines = vec![d.row.title.clone()];
            lines.extend(words::record(cx.locale, d).into_iter().skip(1));
            lines
        }
        Ok(Chosen::Roster(r)) => r.boxes.iter().map(|one| words::box_line(cx.locale, one)).collect(),
        Ok(Chosen::Upload(u)) => words::upload_foot(cx.locale, u),
        Err(_) => Vec::new(),
    };
    if area.height == 0 {
        return;
    }
    canvas.rule(Rect { height: 1, ..area }, Role::Border);
    for (y, text) in (area.y + 1..area.bottom()).zip(&lines) {
        canvas.text_in(Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 }, text, Role::Text);
    }
}

/// The parts with their counts; the open one stands in brackets.
fn parts(page: &Documents, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let mut x = line.x;
    for part in Part::ALL {
        let count = match part {
            Part::Documents => page.documents.len(),
            Part::Rosters => page.rosters.len(),
            Part::Uploads => page.uploads.len(),
        };
        let text = format!("{} {count}", cx.word(&format!("document_part.{}", part.code())));
        let (text, role) =
            if part == page.part { (format!("[{text}]"), Role::TabActive) } else { (format!(" {text} "), Role::Tab) };
        x = canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, &text, role) + 1;
    }
}
