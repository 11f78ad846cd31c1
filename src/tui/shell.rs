//! What frames every pane: breadcrumb and clock, tabs, the body, the message line, the key hints.
use super::app::App;
use super::canvas::Canvas;
use super::chord::Chord;
use super::cx::Tone;
use super::keeper;
use super::pane::{Layer, Seen, Show};
use super::panes::PANES;
use super::theme::Role;
use super::top_line;
use crate::text::width::width;
use ratatui::layout::Rect;

/// Below this the screen only says so; nothing typed is lost.
pub const SMALLEST: (u16, u16) = (60, 16);

pub fn draw(app: &mut App, canvas: &mut Canvas<'_, '_>) {
    let area = canvas.area();
    app.unseen = area.width < SMALLEST.0 || area.height < SMALLEST.1;
    if app.unseen {
        return too_small(app, canvas, area);
    }
    if let Some(lock) = &app.lock {
        return super::lock::draw(app, lock, canvas);
    }
    let rows = |y: u16, height: u16| Rect::new(area.x, area.y + y, area.width, height);
    let standing = keeper::standing(app);
    let banner = u16::from(standing.is_some());
    let body = rows(2 + banner, area.height - 4 - banner);
    top_line::draw(app, canvas, rows(0, 1));
    tab_line(app, canvas, rows(1, 1));
    if let Some(text) = &standing {
        keeper::banner(text, canvas, rows(2, 1));
    }
    let seen = app.seen();
    match app.panes.get(app.front).and_then(Option::as_ref) {
        Some(pane) => pane.draw(canvas, body, &seen),
        None => super::panes::Closed.draw(canvas, body, &seen),
    }
    for overlay in &app.overlays {
        overlay.draw(canvas, body, &seen);
    }
    message_line(app, canvas, rows(area.height - 2, 1));
    hint_line(app, canvas, rows(area.height - 1, 1));
}

fn too_small(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let size = |(w, h): (u16, u16)| format!("{w}x{h}");
    let text =
        app.locale.say("screen.too_small", &[("now", &size((area.width, area.height))), ("least", &size(SMALLEST))]);
    canvas.paragraph(area, &text, Role::Text);
}

fn tab_line(app: &App, canvas: &mut Canvas<'_, '_>, line: Rect) {
    let mut x = line.x;
    for (place, tab) in PANES.iter().enumerate() {
        let key =
            app.keymap.chords("", &format!("app.pane_{}", place + 1)).first().map(Chord::label).unwrap_or_default();
        let name = app.locale.word(tab_name(tab.id, line.width).as_str()).to_owned();
        let front = place == app.front;
        let text = if front { format!("[{key} {name}]") } else { format!(" {key} {name}") };
        let room = line.right().saturating_sub(x);
        x = canvas.text_in(Rect { x, width: room, ..line }, &text, if front { Role::TabActive } else { Role::Tab });
    }
}

/// Narrow screens get the short names.
fn tab_name(id: &str, cells: u16) -> String {
    if cells < 100 { format!("tab.{id}") } else { format!("pane.{id}") }
}

pub(super) fn message_line(app: &App, canvas: &mut Canvas<'_, '_>, line: Rect) {
    let Some(toast) = &app.toast else { return };
    // The mark says the tone without colour.
    let (mark, role) = match toast.tone {
        Tone::Good => ("+", Role::Good),
        Tone::Info => ("i", Role::Info),
        Tone::Warn => ("!", Role::Warn),
        Tone::Refused => ("x", Role::Refused),
    };
    canvas.line(line, &format!("{mark} {}", toast.text), role);
}

/// Keys of what can be done now, from the left; help, commands and quitting always keep their place on the right.
fn hint_line(app: &mut App, canvas: &mut Canvas<'_, '_>, line: Rect) {
    let (layer, typing) = app.with_top(|layer, _| (layer.id(), layer.is_typing()));
    let ids: Vec<_> = app.with_top(|layer, cx| {
        let hinted = layer.actions().into_iter().filter(|l| l.show == Show::Hint);
        hinted.map(|l| l.id).filter(|id| layer.ready(id, cx).is_ok()).collect()
    });
    let seen: Seen<'_> = app.seen();
    let standing: &[&str] =
        if app.overlays.iter().all(|layer| layer.is_page()) { &["app.help", "app.palette", "app.quit"] } else { &[] };
    let hint = |id: &str| {
        let mut keys = seen.keymap.chords(layer, id).into_iter().map(|c| c.label());
        let key = keys.find(|k| !typing || k.chars().count() > 1)?;
        Some((key, seen.word(&format!("hint_bar.{id}"))))
    };
    let cells = |(key, words): &(String, String)| u16::try_from(width(key) + width(words) + 3).unwrap_or(u16::MAX);
    let right: Vec<_> = standing.iter().filter_map(|id| hint(id)).collect();
    let room = line.width.saturating_sub(right.iter().map(&cells).sum());
    let mut x = line.x;
    let left = ids.into_iter().filter_map(hint).scan(0u16, |used, one| {
        *used = used.saturating_add(cells(&one));
        (*used <= room).then_some(one)
    });
    for (key, words) in left.chain(right.iter().cloned()) {
        x = canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, &key, Role::Key) + 1;
        x = canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, &words, Role::Hint) + 2;
    }
}
