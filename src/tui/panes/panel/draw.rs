//! Drawing the panels.
use super::Panel;
use super::sitting::Sitting;
use crate::model::Stamp;
use crate::ops::panel::{Candidate, Next, Sheet, Summary};
use crate::text::Locale;
use crate::text::panel::next;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::{Ink, bar};
use crate::tui::widgets::{Column, Table, Width};
use ratatui::layout::Rect;

/// Cells of a progress bar.
const BAR: usize = 16;

pub fn list_columns(locale: &Locale) -> Vec<Column> {
    let word = |key: &str| locale.word(key).to_owned();
    vec![
        Column::new(word("column.name"), Width::Fill(12)),
        Column::new(word("panel.column.kind"), Width::Fixed(9)),
        Column::new(word("panel.column.members"), Width::Fixed(7)).right().priority(2),
        Column::new(word("panel.column.candidates"), Width::Fixed(10)).right().priority(2),
        Column::new(word("panel.column.sheets"), Width::Fixed(8)).right(),
        Column::new(word("panel.column.wide"), Width::Fixed(6)).right(),
        Column::new(word("panel.column.unsigned"), Width::Fixed(8)).right(),
        Column::new(word("panel.column.next"), Width::Fixed(10)),
    ]
}

pub fn draw(pane: &Panel, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    match &pane.sitting {
        Some(sitting) => draw_sitting(pane, sitting, canvas, area, cx),
        None => list(pane, canvas, area, cx),
    }
}

fn list(pane: &Panel, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let waiting = pane.waiting.to_string();
    let (draw, form) = (cx.key("panel", "panel.draw"), cx.key("panel", "panel.form"));
    let (enter, experts) = (cx.key("panel", "panel.enter"), cx.key("panel", "panel.experts"));
    let line = if pane.waiting > 0 { "panel.waiting" } else { "panel.none_waiting" };
    let args =
        [("waiting", waiting.as_str()), ("draw", &draw), ("form", &form), ("enter", &enter), ("experts", &experts)];
    canvas.text_in(area, &cx.say(line, &args), Role::Title);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if pane.panels.is_empty() {
        canvas.paragraph(body, &cx.say("panel.empty", &args), Role::Dim);
        return;
    }
    pane.list.draw(canvas, body, &|row, column| match pane.panels.get(row) {
        Some(panel) => list_cell(panel, column, cx),
        None => (String::new(), Role::Text),
    });
}

fn list_cell(panel: &Summary, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let some = |n: usize| if n == 0 { String::new() } else { n.to_string() };
    match column {
        0 => (panel.name.clone(), Role::Text),
        1 => (cx.word(&format!("panel.kind.{}", panel.subject.code())), Role::Text),
        2 => (panel.members.to_string(), Role::Text),
        3 => (panel.candidates.to_string(), Role::Text),
        4 => (format!("{}/{}", panel.sheets, panel.expected), Role::Text),
        5 => (some(panel.wide), Role::Warn),
        6 => (some(panel.unsigned), Role::Text),
        _ => {
            let role = if panel.next == Next::Done { Role::Good } else { Role::Title };
            (cx.word(&format!("panel.step.{}", panel.next.code())), role)
        }
    }
}

fn draw_sitting(pane: &Panel, sitting: &Sitting, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let foot = 4.min(area.height);
    let at = |y: u16| Rect { y, height: 1, ..area };
    head(sitting, canvas, at(area.y), cx);
    let role = if sitting.view.next == Next::Done { Role::Good } else { Role::Warn };
    canvas.text_in(at(area.y + 1), &next(cx.locale, &sitting.view, &next_key(sitting.view.next, cx)), role);
    let grid = Rect { y: area.y + 2, height: area.height.saturating_sub(foot + 2), ..area };
    draw_grid(sitting, &sitting.grid, canvas, (grid, cx));
    let top = area.bottom().saturating_sub(foot);
    canvas.rule(at(top), Role::Border);
    let Some(candidate) = sitting.candidate() else { return };
    let level = cx.word(&candidate.level.key());
    let card =
        [candidate.name.as_str(), &level, &candidate.occupation_name, candidate.ticket.as_deref().unwrap_or("-")];
    canvas.text_in(at(top + 1), &card.join("  "), Role::Title);
    let employer = candidate.employer.as_deref().unwrap_or("-");
    let x = canvas.text_in(at(top + 2), employer, Role::Text) + 2;
    let rest = Rect { x, width: area.right().saturating_sub(x), ..at(top + 2) };
    canvas.text_in(rest, &clock_line(sitting, candidate, cx), Role::Dim);
    entry(pane, sitting, canvas, (at(top + 3), cx));
}

/// The panel, its state, its chair, and how many sheets are in.
fn head(sitting: &Sitting, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let view = &sitting.view;
    let state = cx.word(&format!("panel_state.{}", view.panel.state.code()));
    let chair = view.members.iter().find(|m| m.chair).map(|m| m.name.as_str()).unwrap_or_default();
    let (sheets, expected) = (view.sheets.to_string(), view.expected.to_string());
    let args = [
        ("panel", view.panel.name.as_str()),
        ("state", &state),
        ("chair", chair),
        ("sheets", &sheets),
        ("expected", &expected),
    ];
    let x = canvas.text_in(line, &cx.say("panel.head", &args), Role::Title) + 1;
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let drawn = bar(count(view.sheets), count(view.expected), BAR, Ink::for_canvas(canvas));
    canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, &drawn, Role::Bar);
}

fn draw_grid(sitting: &Sitting, grid: &Table, canvas: &mut Canvas<'_, '_>, (area, cx): (Rect, &Seen<'_>)) {
    let members = sitting.view.members.len();
    grid.draw(canvas, area, &|row, column| {
        let Some(candidate) = sitting.view.candidates.get(row) else { return (String::new(), Role::Text) };
        match column {
            0 => (candidate.ticket.clone().unwrap_or_default(), Role::Text),
            1 => (candidate.name.clone(), Role::Text),
            2 => (cx.word(&format!("results.level.{}", candidate.level.digit())), Role::Text),
            n if n < members + 3 => {
                let here = grid.selected() == Some(row) && sitting.member == n - 3;
                let (text, role) = sheet(candidate.sheets.get(n - 3).copied().unwrap_or(Sheet::Out), cx);
                (if here { format!("[{text}]") } else { text }, role)
            }
            n if n == members + 3 => took(candidate, sitting.view.min_minutes, cx.now),
            n if n == members + 4 => {
                let points = candidate.mark.or(candidate.ruling.map(|r| r.points));
                (points.map(|p| p.to_string()).unwrap_or_default(), Role::Text)
            }
            _ => note(candidate, cx),
        }
    });
}

fn sheet(sheet: Sheet, cx: &Seen<'_>) -> (String, Role) {
    match sheet {
        Sheet::Out => (cx.word("panel.sheet.out"), Role::Dim),
        Sheet::Recused => (cx.word("panel.sheet.recused"), Role::Dim),
        Sheet::NotAsked => (cx.word("panel.sheet.not_asked"), Role::Dim),
        Sheet::In => (cx.word("panel.sheet.in"), Role::Good),
        Sheet::Shown(points) => (points.to_string(), Role::Text),
    }
}

fn note(candidate: &Candidate, cx: &Seen<'_>) -> (String, Role) {
    let word = |key: &str, role| (cx.word(key), role);
    match (candidate.asks, candidate.ruling) {
        _ if candidate.withdrawn => word("panel.withdrawn", Role::Dim),
        _ if candidate.void => word("panel.void", Role::Dim),
        _ if candidate.absent => word("panel.absent", Role::Dim),
        _ if candidate.replaced => word("panel.replaced", Role::Dim),
        (Some(_), _) if candidate.decided => word("panel.decided", Role::Text),
        (Some(_), _) => word("panel.undecided", Role::Warn),
        (None, Some(ruling)) if ruling.wide => {
            (cx.say("panel.wide_by", &[("spread", &ruling.spread.to_string())]), Role::Warn)
        }
        _ if candidate.wide => word("panel.wide", Role::Warn),
        _ => (String::new(), Role::Text),
    }
}

/// Minutes of the judging: done, or running with a mark; a warning while they are fewer than the rule asks.
fn took(candidate: &Candidate, least: u16, now: Stamp) -> (String, Role) {
    let Some(began) = candidate.began_at else { return (String::new(), Role::Text) };
    let minutes = candidate.ended_at.unwrap_or(now).minutes_since(began);
    let role = if minutes < i64::from(least) { Role::Warn } else { Role::Good };
    match candidate.ended_at {
        Some(_) if candidate.short => (format!("{minutes}!"), Role::Warn),
        Some(_) => (minutes.to_string(), Role::Text),
        None => (format!("{minutes}>"), role),
    }
}

/// When the candidate's judging began and ended, and what to press.
fn clock_line(sitting: &Sitting, candidate: &Candidate, cx: &Seen<'_>) -> String {
    let (key, least) = (cx.key("panel", "panel.time"), sitting.view.min_minutes.to_string());
    let clock = |at: Option<Stamp>| at.map(Stamp::clock).unwrap_or_default();
    let (began, ended) = (clock(candidate.began_at), clock(candidate.ended_at));
    let until = candidate.ended_at.unwrap_or(cx.now);
    let took = candidate.began_at.map_or(0, |at| until.minutes_since(at)).to_string();
    let state = match (candidate.began_at, candidate.ended_at) {
        _ if !sitting.is_open() && candidate.began_at.is_none() => return String::new(),
        (None, _) => "before",
        (Some(_), None) => "running",
        (Some(_), Some(_)) => "over",
    };
    let args =
        [("key", key.as_str()), ("least", &least), ("began", &began), ("ended", &ended), ("took", took.as_str())];
    cx.say(&format!("panel.clock.{state}"), &args)
}

/// What to press for the next step.
fn next_key(next: Next, cx: &Seen<'_>) -> String {
    let action = match next {
        Next::Recuse => "panel.recuse",
        Next::Judge => "panel.sheet",
        Next::Quorum => "panel.replace",
        Next::Time => "panel.time",
        Next::Rule => "panel.rule",
        Next::Sign => "panel.sign",
        Next::Seal => "panel.seal",
        Next::Done => "panel.reopen",
    };
    cx.key("panel", action)
}

/// Where the points are typed, or why they are not.
fn entry(pane: &Panel, sitting: &Sitting, canvas: &mut Canvas<'_, '_>, (line, cx): (Rect, &Seen<'_>)) {
    if !sitting.is_open() {
        return;
    }
    if !pane.scores {
        canvas.text_in(line, &cx.word("panel.only_reviewers"), Role::Dim);
        return;
    }
    let Some(member) = sitting.view.members.get(sitting.member) else { return };
    let unit = if member.unit.is_empty() { "-" } else { &member.unit };
    let args = [("member", member.name.as_str()), ("unit", unit)];
    let x = canvas.text_in(line, &cx.say("panel.entry", &args), Role::Text) + 1;
    sitting.field.draw(canvas, Rect { x, width: 8.min(line.right().saturating_sub(x)), ..line });
}
