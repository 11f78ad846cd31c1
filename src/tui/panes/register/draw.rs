//! How the page looks: counts by stage, what to do next, the list.
use super::Register;
use crate::model::Stage;
use crate::text::{Locale, register as words};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

pub fn columns(locale: &Locale) -> Vec<Column> {
    let word = |key: &str| locale.word(key).to_owned();
    vec![
        Column::new(word("column.number"), Width::Fixed(22)),
        Column::new(word("column.person"), Width::Fixed(10)),
        Column::new(word("column.level"), Width::Fixed(14)).priority(2),
        Column::new(word("column.certificate_stage"), Width::Fixed(14)),
        Column::new(word("column.day"), Width::Fixed(10)).priority(1),
        Column::new(word("column.taker"), Width::Fill(12)),
    ]
}

pub fn draw(pane: &Register, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let row = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
    let of = |stage: Stage| pane.counts.of(stage).to_string();
    let args = [
        ("all", pane.counts.all().to_string()),
        ("to_make", of(Stage::ToMake)),
        ("made", of(Stage::Made)),
        ("notified", of(Stage::Notified)),
        ("collected", of(Stage::Collected)),
        ("posted", of(Stage::Posted)),
        ("void", of(Stage::Void)),
    ];
    let args = args.each_ref().map(|(n, v)| (*n, v.as_str()));
    let used = canvas.paragraph(Rect { height: 2, ..row(0) }, &cx.say("register.counts", &args), Role::Title);
    let (text, role) = next(pane, cx);
    canvas.text_in(row(used), &text, role);
    filter_line(pane, canvas, row(used + 1), cx);
    let top = used + 2;
    let body = Rect { y: area.y + top, height: area.height.saturating_sub(top), ..area };
    if pane.lines.is_empty() {
        let text = if pane.counts.all() == 0 {
            cx.word("register.empty")
        } else {
            cx.say("register.nothing_found", &[("key", &cx.key("register", "register.clear"))])
        };
        canvas.paragraph(Rect { height: body.height, y: body.y, ..row(0) }, &text, Role::Dim);
        return;
    }
    pane.table.draw(canvas, body, &|line, column| {
        let Some(l) = pane.lines.get(line) else { return (String::new(), Role::Text) };
        let cells = words::line_cells(cx.locale, l);
        (cells.get(column).cloned().unwrap_or_default(), tone(l.stage, l.returned.is_some()))
    });
}

fn tone(stage: Stage, returned: bool) -> Role {
    match stage {
        Stage::Void => Role::Dim,
        Stage::Collected | Stage::Posted => Role::Good,
        _ if returned => Role::Warn,
        _ => Role::Text,
    }
}

/// What to press next.
fn next(pane: &Register, cx: &Seen<'_>) -> (String, Role) {
    let key = |action: &str| cx.key("register", action);
    let count = |n: i64| n.to_string();
    let (make, made) = (pane.counts.of(Stage::ToMake), pane.counts.of(Stage::Made));
    let waiting = made + pane.counts.of(Stage::Notified);
    if make > 0 {
        let args = [("count", count(make)), ("key", key("register.make"))];
        return (cx.say("register.press_make", &args.each_ref().map(|(n, v)| (*n, v.as_str()))), Role::Info);
    }
    if made > 0 {
        let args = [("count", count(made)), ("key", key("register.notify"))];
        return (cx.say("register.press_notify", &args.each_ref().map(|(n, v)| (*n, v.as_str()))), Role::Info);
    }
    if waiting > 0 {
        let args = [("count", count(waiting)), ("collect", key("register.collect")), ("post", key("register.post"))];
        return (cx.say("register.press_collect", &args.each_ref().map(|(n, v)| (*n, v.as_str()))), Role::Info);
    }
    match pane.counts.all() {
        0 => (String::new(), Role::Dim),
        _ => (cx.word("register.all_out"), Role::Good),
    }
}

fn filter_line(pane: &Register, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let stage = match pane.stage {
        Some(stage) => words::stage(cx.locale, stage),
        None => cx.word("register.all"),
    };
    let mut x = canvas.text_in(line, &format!("{}   ", cx.say("register.filter", &[("stage", &stage)])), Role::Dim);
    if pane.finding {
        x = canvas.text(x, line.y, &format!("{}: ", cx.word("register.finding")), Role::Key);
        let width = line.right().saturating_sub(x).min(40);
        pane.find.draw(canvas, Rect { x, width, ..line });
    } else if !pane.find.is_empty() {
        canvas.text(x, line.y, &cx.say("register.found", &[("text", pane.find.text())]), Role::Warn);
    }
}
