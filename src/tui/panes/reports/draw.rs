//! How the page looks: its parts, what the open one says in all, its rows.
use super::{Reports, Rows};
use crate::ops::reports::{Outlook, SubsidyState};
use crate::text::Locale;
use crate::text::reports::Part;
use crate::text::width::wrap;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::{Ink, bar};
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

const BAR: u16 = 12;

/// Cells of each column, in the order of [`Part::columns`].
fn widths(part: Part) -> &'static [Width] {
    use Width::{Fill, Fixed};
    match part {
        Part::Departments => &[Fixed(5), Fill(16), Fixed(7), Fixed(7), Fixed(7), Fixed(5), Fill(14)],
        Part::People => &[Fill(12), Fixed(8), Fixed(18), Fill(6), Fixed(16), Fill(12)],
        Part::Ledger => &[Fixed(4), Fixed(10), Fixed(14), Fixed(12), Fill(20), Fixed(6), Fixed(10)],
        Part::Snapshots => &[Fixed(10), Fill(14), Fixed(7), Fixed(7), Fixed(6), Fixed(7), Fixed(6), Fixed(7)],
        Part::Subsidy => &[Fixed(8), Fixed(5), Fixed(22), Fixed(8), Fixed(8), Fixed(10), Fill(17)],
        Part::Enterprises => &[Fixed(5), Fill(20), Fill(10), Fixed(9), Fixed(11), Fixed(6), Fixed(12)],
        Part::Plan => &[Fill(14), Fill(14), Fixed(13), Fixed(7), Fixed(8), Fixed(6), Fixed(10), Fixed(6)],
    }
}

/// What goes first where the screen is narrow.
fn priority(part: Part, column: usize) -> u8 {
    match (part, column) {
        (Part::People, 2) | (Part::Ledger, 3 | 6) | (Part::Plan, 6) => 1,
        (Part::Subsidy, 3) | (Part::Enterprises, 4) => 2,
        _ => 0,
    }
}

pub fn columns(part: Part, locale: &Locale) -> Vec<Column> {
    let one = |(at, (key, width)): (usize, (&&'static str, &Width))| {
        let column = |key: &str| Column::new(locale.word(key), *width).priority(priority(part, at));
        match key.strip_prefix('>') {
            Some(key) => column(key).right(),
            None => column(key),
        }
    };
    let mut all: Vec<_> = part.columns().iter().zip(widths(part)).enumerate().map(one).collect();
    if part == Part::Departments {
        all.push(Column::new("", Width::Fixed(BAR)).priority(3));
    }
    all
}

pub fn draw(page: &Reports, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let row = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
    parts(page, canvas, row(0), cx);
    let lines: Vec<_> = page.summary.iter().flat_map(|line| wrap(line, usize::from(row(0).width))).collect();
    let mut y = 1;
    for (line, at) in lines.iter().zip(1u16..) {
        canvas.text_in(row(at), line, tone(page, usize::from(at) - 1));
        y = at + 1;
    }
    let body = Rect { y: area.y + y, height: area.height.saturating_sub(y), ..area };
    if page.rows.len() == 0 {
        canvas.paragraph(
            Rect { height: body.height.saturating_sub(1), ..row(y + 1) },
            &empty(page.part, cx),
            Role::Text,
        );
        return;
    }
    let ink = Ink::for_canvas(canvas);
    page.table.draw(canvas, body, &|row, column| {
        let cells = page.rows.cells(cx.locale, row);
        match (&page.rows, cells.into_iter().nth(column)) {
            (_, Some(cell)) => (cell, role(&page.rows, row, column)),
            (Rows::Departments(all), None) => {
                let figures = all.get(row).map(|d| d.figures).unwrap_or_default();
                (bar(figures.holders, figures.on_duty, usize::from(BAR), ink), role(&page.rows, row, 6))
            }
            _ => (String::new(), Role::Text),
        }
    });
}

/// The parts; the open one stands in brackets.
fn parts(page: &Reports, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let mut x = line.x;
    for part in Part::ALL {
        let text = cx.word(&format!("reports_part.{}", part.code()));
        let (text, role) =
            if part == page.part { (format!("[{text}]"), Role::TabActive) } else { (format!(" {text} "), Role::Tab) };
        x = canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, &text, role) + 1;
    }
}

/// Of a line of the summary: the rate is what the part is about.
fn tone(page: &Reports, line: usize) -> Role {
    if line == 0 && matches!(page.part, Part::Departments | Part::People) { Role::Title } else { Role::Text }
}

fn role(rows: &Rows, row: usize, column: usize) -> Role {
    match rows {
        Rows::Departments(all) if column == 6 => match all.get(row).and_then(|d| d.outlook) {
            Some(Outlook::Reached) => Role::Good,
            Some(Outlook::WithPassed | Outlook::WithSitting) => Role::Warn,
            Some(Outlook::OutOfReach) => Role::Refused,
            None => Role::Text,
        },
        Rows::People(all) => match all.get(row) {
            Some(p) if !p.on_duty => Role::Dim,
            Some(p) if p.holding.holds() => Role::Text,
            _ if column == 4 => Role::Warn,
            _ => Role::Text,
        },
        Rows::Snapshots(all) if all.get(row).is_some_and(|s| s.department.is_none()) => Role::Title,
        Rows::Subsidy(all) if column == 6 => match all.get(row).map(|l| l.state) {
            Some(SubsidyState::Claimable) => Role::Good,
            Some(SubsidyState::Refused) => Role::Refused,
            _ => Role::Dim,
        },
        Rows::Enterprises(_) if column == 6 => Role::Warn,
        _ => Role::Text,
    }
}

fn empty(part: Part, cx: &Seen<'_>) -> String {
    let key = |action: &str| cx.key("reports", action);
    match part {
        Part::Departments | Part::People => {
            let (import, new) = (key("reports.import"), key("reports.new"));
            cx.say("reports.empty_people", &[("import", &import), ("new", &new)])
        }
        Part::Ledger => cx.say("reports.empty_ledger", &[("new", &key("reports.new"))]),
        Part::Snapshots => cx.say("reports.empty_snapshots", &[("snapshot", &key("reports.snapshot"))]),
        Part::Subsidy => cx.word("reports.empty_subsidy"),
        Part::Enterprises => cx.word("reports.empty_enterprises"),
        Part::Plan => cx.word("reports.empty_plan"),
    }
}
