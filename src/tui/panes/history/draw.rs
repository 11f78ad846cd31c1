//! The history pane's screen.
use super::History;
use crate::ops::history::Logged;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Pane, Seen};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

pub fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let word = |key: &str| cx.locale.word(key).to_owned();
    vec![
        Column::new(word("column.operation"), Width::Fixed(7)).right(),
        Column::new(word("column.when"), Width::Fixed(11)).priority(1),
        Column::new(word("column.operator"), Width::Fill(8)),
        Column::new(word("column.kind"), Width::Fill(16)),
        Column::new(word("column.whom"), Width::Fill(8)),
        Column::new(word("column.undo"), Width::Fixed(13)),
        Column::new(word("column.reason"), Width::Fill(12)).priority(3),
    ]
}

pub fn draw(pane: &History, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let top = Rect { height: 1, ..area };
    filter_line(pane, canvas, top, cx);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if pane.lines.is_empty() {
        let text = match pane.is_filtered() {
            true => cx.say("history.nothing_found", &[("key", &cx.key(History::ID, "history.clear"))]),
            false => cx.word("history.empty"),
        };
        canvas.paragraph(Rect { x: body.x + 2, width: body.width.saturating_sub(4), ..body }, &text, Role::Dim);
        return;
    }
    pane.table.draw(canvas, body, &|row, column| {
        pane.lines.get(row).map_or_else(|| (String::new(), Role::Text), |line| cell(line, column, cx))
    });
}

fn cell(line: &Logged, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let role = if line.undone_by.is_some() { Role::Dim } else { Role::Text };
    let text = match column {
        0 => line.operation.to_string(),
        // Without the year, which the report has.
        1 => line.at.minute().get(5..).unwrap_or_default().to_owned(),
        2 => line.operator.clone(),
        3 => cx.word(&line.word()),
        4 => line.subject.clone().unwrap_or_else(|| cx.say("history.rows", &[("rows", &line.rows.to_string())])),
        5 => undo(line, cx),
        _ => line.reason.clone().unwrap_or_default(),
    };
    (text, role)
}

/// Undone, or an undo itself: in words, so that colour is never the only sign.
fn undo(line: &Logged, cx: &Seen<'_>) -> String {
    match (line.undoes, line.undone_by) {
        (_, Some(by)) => cx.say("history.undone_by", &[("op", &by.to_string())]),
        (Some(of), None) => cx.say("history.undoes", &[("op", &of.to_string())]),
        (None, None) => String::new(),
    }
}

fn filter_line(pane: &History, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    if pane.finding {
        let label = format!(" {}  ", cx.word("history.find"));
        let x = canvas.text_in(line, &label, Role::Key).min(line.right().saturating_sub(20));
        let width = line.right().saturating_sub(x).min(40);
        pane.find.draw(canvas, Rect { x, width, ..line });
        return;
    }
    let chosen = pane.chosen.borrow();
    let kind = chosen.kind.as_ref().map(|k| cx.word(&format!("kind.{k}")));
    let typed = Some(pane.find.text().to_owned()).filter(|t| !t.is_empty());
    let parts: Vec<String> = [chosen.operator.clone(), kind, typed].into_iter().flatten().collect();
    let (text, role) = match parts.is_empty() {
        true => (cx.word("history.all"), Role::Dim),
        false => (parts.join(" + "), Role::Warn),
    };
    canvas.text_in(line, &format!(" {}", cx.say("history.filter", &[("text", &text)])), role);
}
