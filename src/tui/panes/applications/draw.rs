//! How applications look: a line of counts, the search, the list.
use super::Applications;
use crate::model::identity;
use crate::ops::ApplicationState;
use crate::ops::applications::{Line, Sieve, Standing, found_count};
use crate::text::Locale;
use crate::text::milestones::headline;
use crate::text::width::width;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

/// A body lower than this keeps its lines for the list.
const DATED: u16 = 14;

/// All of them fit 80 cells, and the texts get what a wider screen has left.
pub fn columns(locale: &Locale) -> Vec<Column> {
    let word = |key: &str| locale.word(key).to_owned();
    let fees = Standing::ALL.map(Standing::key);
    let fee = fees.into_iter().chain(["column.paid"]).map(|key| width(locale.word(key))).max().unwrap_or(0);
    let states = ["waits_first", "waits_second", "returned", "approved", "rejected", "excluded", "withdrawn"];
    let state = states.iter().map(|s| width(locale.word(&format!("progress.{s}")))).max().unwrap_or(0);
    vec![
        Column::new(word("column.person"), Width::Fill(10)),
        Column::new(word("column.occupation"), Width::Fill(10)).priority(2),
        Column::new(word("column.level"), Width::Fixed(5)).priority(1),
        Column::new(word("column.employer"), Width::Fill(7)).priority(4),
        Column::new(word("column.id_number"), Width::Fixed(18)).priority(3),
        Column::new(word("column.state"), Width::Fixed(u16::try_from(state).unwrap_or(8))),
        Column::new(word("column.paid"), Width::Fixed(u16::try_from(fee).unwrap_or(8))),
        Column::new(word("column.ticket"), Width::Fixed(14)).priority(5),
    ]
}

pub fn draw(pane: &Applications, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let line = |y: u16| Rect::new(area.x + 1, area.y + y, area.width.saturating_sub(2), 1);
    if pane.book.lines.is_empty() && pane.found.is_none() && pane.shown == Sieve::All {
        let (import, new) = (cx.key("applications", "applications.import"), cx.key("applications", "applications.new"));
        let text = cx.say("applications.empty", &[("key", &import), ("new", &new)]);
        canvas.paragraph(
            Rect::new(area.x + 1, area.y + 1, area.width.saturating_sub(2), area.height.saturating_sub(1)),
            &text,
            Role::Text,
        );
        if area.height >= DATED {
            dates(pane, canvas, line(area.height.saturating_sub(1)), cx);
        }
        return;
    }
    canvas.text_in(line(0), &heading(pane, cx), Role::Title);
    search(pane, canvas, line(1), cx);
    let dated = pane.dates.is_some() && area.height >= DATED;
    if dated {
        dates(pane, canvas, line(2), cx);
    }
    let used = if dated { 3 } else { 2 };
    let body = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
    if pane.lines().is_empty() {
        let text = match pane.field.text().is_empty() {
            true => cx.say("reviews.filter_nobody", &[("key", &cx.key("applications", "applications.filter"))]),
            false => cx.say("applications.none_found", &[("text", pane.field.text())]),
        };
        canvas.paragraph(Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body }, &text, Role::Warn);
        return;
    }
    pane.table.draw(canvas, body, &|row, column| {
        pane.lines().get(row).map_or_else(blank, |l| cell(l, column, pane.steps, cx))
    });
}

/// The next date and how many are late, with the key of the board.
fn dates(pane: &Applications, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let Some(dates) = &pane.dates else { return };
    let mut rest = line;
    if dates.late > 0 {
        let text = cx.say("milestones.late_count", &[("count", &dates.late.to_string())]);
        let end = canvas.text_in(rest, &text, Role::Warn) + 2;
        rest = Rect { x: end, width: line.right().saturating_sub(end), ..line };
    }
    let key = cx.key("applications", "applications.milestones");
    let text = format!("{}  {}", headline(cx.locale, dates), cx.say("milestones.open_key", &[("key", &key)]));
    canvas.text_in(rest, text.trim_start(), Role::Text);
}

fn blank() -> (String, Role) {
    (String::new(), Role::Text)
}

fn heading(pane: &Applications, cx: &Seen<'_>) -> String {
    let tally = pane.tally;
    let (all, unpaid, withdrawn) = (tally.all.to_string(), tally.unpaid.to_string(), tally.withdrawn.to_string());
    if tally.more {
        return cx.say("applications.tally_more", &[("all", &all)]);
    }
    let text = cx.say("applications.tally", &[("all", &all), ("unpaid", &unpaid), ("withdrawn", &withdrawn)]);
    let text = match tally.excluded {
        0 => text,
        count => format!("{text}{}", cx.say("payment.tally_excluded", &[("count", &count.to_string())])),
    };
    match &pane.found {
        Some(found) => format!("{text}   {}", cx.say("applications.found", &[("count", &found_count(found))])),
        None => text,
    }
}

fn search(pane: &Applications, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    if !pane.typing && pane.found.is_none() && pane.shown != Sieve::All {
        let (state, key) = (sieve_word(pane.shown, cx), cx.key("applications", "applications.filter"));
        canvas.text_in(line, &cx.say("reviews.filter_shown", &[("state", &state), ("key", &key)]), Role::Title);
        return;
    }
    if !pane.typing && pane.found.is_none() {
        let key = cx.key("applications", "applications.search");
        canvas.text_in(line, &cx.say("applications.search_hint", &[("key", &key)]), Role::Dim);
        return;
    }
    let label = cx.word("applications.search");
    canvas.text_in(line, &label, Role::Text);
    let used = u16::try_from(width(&label) + 1).unwrap_or(0);
    let field = Rect { x: line.x + used, width: line.width.saturating_sub(used).min(42), ..line };
    if pane.typing {
        pane.field.draw(canvas, field);
    } else {
        pane.field.draw_idle(canvas, field);
    }
}

fn cell(line: &Line, column: usize, steps: usize, cx: &Seen<'_>) -> (String, Role) {
    let standing = line.standing();
    let role = match standing {
        Standing::Paid => Role::Text,
        Standing::Unpaid => Role::Warn,
        Standing::Withdrawn | Standing::Excluded | Standing::Rejected => Role::Dim,
    };
    let progress = match line.state {
        ApplicationState::Approved => Role::Good,
        ApplicationState::Returned | ApplicationState::Rejected => Role::Warn,
        _ if !line.state.is_live() => Role::Dim,
        _ => Role::Text,
    };
    let quiet = if line.state.is_live() { Role::Text } else { Role::Dim };
    match column {
        0 => (line.name.clone(), quiet),
        1 => (line.occupation_name.clone(), quiet),
        2 => (cx.word(&format!("level_brief.{}", line.level.digit())), quiet),
        3 => (line.employer.clone().unwrap_or_default(), quiet),
        4 => (identity::mask(&line.id_number), quiet),
        5 => (cx.word(line.progress_key(steps)), progress),
        6 => (cx.word(standing.key()), role),
        _ => (line.ticket.clone().unwrap_or_default(), quiet),
    }
}

fn sieve_word(sieve: Sieve, cx: &Seen<'_>) -> String {
    match sieve {
        Sieve::All => cx.word("reviews.filter_all"),
        other => cx.word(&format!("progress.{}", other.code())),
    }
}
