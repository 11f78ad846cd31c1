//! How the board looks: a line of counts, then the dates in order; a word says how each stands, not only a colour.
use super::Milestones;
use crate::ops::milestones::{Item, Standing};
use crate::text::Locale;
use crate::text::milestones::{countdown, evidence, name};
use crate::text::width::width;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

pub fn columns(locale: &Locale) -> Vec<Column> {
    let word = |key: &str| locale.word(key).to_owned();
    let widest = Standing::ALL.iter().map(|s| width(locale.word(&format!("milestone_standing.{}", s.code()))));
    let standing = u16::try_from(widest.max().unwrap_or(0)).unwrap_or(8);
    vec![
        Column::new(word("column.due"), Width::Fixed(10)),
        Column::new(word("column.standing"), Width::Fixed(standing)),
        Column::new(word("column.countdown"), Width::Fixed(16)),
        Column::new(word("column.what"), Width::Fill(22)),
        Column::new(word("column.shown_by"), Width::Fill(12)).priority(1),
    ]
}

pub fn draw(page: &Milestones, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let row = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
    let count = |s: Standing| page.board.items.iter().filter(|i| i.standing == s).count().to_string();
    let args = [("day", page.board.today.to_string()), ("due", count(Standing::Due)), ("done", count(Standing::Done))];
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let end = canvas.text_in(row(0), &cx.say("milestones.title", &args), Role::Title);
    if page.board.late > 0 {
        let text = cx.say("milestones.late_count", &[("count", &page.board.late.to_string())]);
        let rest = Rect { x: end + 2, width: area.right().saturating_sub(end + 2), ..row(0) };
        canvas.text_in(rest, &text, Role::Warn);
    }
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if page.board.items.is_empty() {
        let text = cx.say("milestones.empty", &[("key", &cx.key("milestones", "milestones.add"))]);
        canvas.paragraph(Rect { height: body.height.saturating_sub(1), ..row(2) }, &text, Role::Text);
        return;
    }
    page.table.draw(canvas, body, &|row, column| match page.board.items.get(row) {
        Some(item) => cell(item, column, cx),
        None => (String::new(), Role::Text),
    });
}

pub fn role(standing: Standing) -> Role {
    match standing {
        Standing::Late => Role::Refused,
        Standing::Due => Role::Warn,
        Standing::NotYet => Role::Text,
        Standing::Undated => Role::Dim,
        Standing::Done => Role::Good,
    }
}

fn cell(item: &Item, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let quiet = if item.standing == Standing::Done { Role::Dim } else { Role::Text };
    match column {
        0 => (item.due.map(|d| d.to_string()).unwrap_or_default(), quiet),
        1 => (cx.word(&format!("milestone_standing.{}", item.standing.code())), role(item.standing)),
        2 => (countdown(cx.locale, item), role(item.standing)),
        3 => (name(cx.locale, item), quiet),
        _ => (evidence(cx.locale, item), quiet),
    }
}
