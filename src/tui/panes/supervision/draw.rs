//! How the page looks: its parts, what needs somebody, and the list.
use super::{Part, Supervision};
use crate::ops::complaints::Line;
use crate::ops::{InspectionResult, InspectionRow};
use crate::text::Locale;
use crate::text::supervision::{complaint_cells, draw_cells, inspection_cells};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

pub fn columns(part: Part, locale: &Locale) -> Vec<Column> {
    let word = |key: &str| locale.word(key).to_owned();
    match part {
        Part::Draws | Part::Inspections => vec![
            Column::new(word("column.supervision_kind"), Width::Fixed(10)),
            Column::new(word("column.case_number"), Width::Fixed(4)).right(),
            Column::new(word("column.day"), Width::Fixed(10)),
            Column::new(word("column.drawn_object"), Width::Fill(10)),
            Column::new(word("column.inspection_result"), Width::Fill(24)),
            Column::new(word("column.published"), Width::Fixed(10)),
        ],
        Part::Complaints => vec![
            Column::new(word("column.case_number"), Width::Fixed(4)).right(),
            Column::new(word("column.day"), Width::Fixed(10)),
            Column::new(word("column.state"), Width::Fixed(9)),
            Column::new(word("column.countdown"), Width::Fixed(16)),
            Column::new(word("column.handler"), Width::Fixed(10)),
            Column::new(word("column.matter"), Width::Fill(14)),
        ],
    }
}

pub fn draw(page: &Supervision, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let row = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
    parts(page, canvas, row(0), cx);
    let (text, role) = needs(page, cx);
    canvas.text_in(row(1), &text, role);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    if page.table().rows() == 0 {
        let key = cx.key("supervision", "supervision.new");
        let text = match page.part {
            Part::Draws => cx.say("supervision.empty_draws", &[("key", &key)]),
            Part::Inspections => cx.say("supervision.empty_inspections", &[("key", &key)]),
            Part::Complaints => cx.say("supervision.empty_complaints", &[("key", &key)]),
        };
        canvas.paragraph(Rect { height: body.height.saturating_sub(1), ..row(3) }, &text, Role::Text);
        return;
    }
    page.table().draw(canvas, body, &|row, column| {
        let (cells, role) = match page.part {
            Part::Draws => (page.draws.get(row).map(|d| draw_cells(cx.locale, d)), Role::Text),
            Part::Inspections => {
                let one = page.inspections.get(row);
                (one.map(|i| inspection_cells(cx.locale, i)), one.map_or(Role::Text, tone))
            }
            Part::Complaints => {
                let line = page.complaints.get(row);
                (line.map(|l| complaint_cells(cx.locale, l)), line.map_or(Role::Text, urgency))
            }
        };
        (cells.and_then(|c| c.get(column).cloned()).unwrap_or_default(), role)
    });
}

fn tone(one: &InspectionRow) -> Role {
    match one.result {
        InspectionResult::Serious => Role::Refused,
        InspectionResult::ToMend if one.mended_on.is_none() => Role::Warn,
        InspectionResult::ToMend | InspectionResult::Sound => Role::Text,
    }
}

fn urgency(line: &Line) -> Role {
    match line.due {
        Some(_) if line.late => Role::Refused,
        Some(_) => Role::Warn,
        None => Role::Text,
    }
}

/// The parts with their counts; the open one stands in brackets.
fn parts(page: &Supervision, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let mut x = line.x;
    for part in Part::ALL {
        let count = match part {
            Part::Draws => page.draws.len(),
            Part::Inspections => page.inspections.len(),
            Part::Complaints => page.complaints.len(),
        };
        let text = format!("{} {count}", cx.word(&format!("supervision_part.{}", part.code())));
        let (text, role) =
            if part == page.part { (format!("[{text}]"), Role::TabActive) } else { (format!(" {text} "), Role::Tab) };
        x = canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, &text, role) + 1;
    }
}

/// What waits for somebody: sessions without a record, late complaints.
fn needs(page: &Supervision, cx: &Seen<'_>) -> (String, Role) {
    let late = page.complaints.iter().filter(|l| l.late && l.due.is_some()).count();
    if late > 0 {
        return (cx.say("supervision.late_complaints", &[("count", &late.to_string())]), Role::Refused);
    }
    let names: Vec<_> = page.uncovered.iter().map(|u| u.session.as_str()).collect();
    match names.is_empty() {
        true => (cx.word("supervision.all_covered"), Role::Dim),
        false => (cx.say("supervision.sessions_open", &[("sessions", &names.join(" "))]), Role::Warn),
    }
}
