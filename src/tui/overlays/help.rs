//! F1: every key that works here and what it does, made from the same tables that dispatch the keys.
use super::report::Report;
use crate::text::width::pad_right;
use crate::tui::chord::Chord;
use crate::tui::cx::Cx;
use crate::tui::pane::{Layer, Listed};

/// Keys of a layer first, then those that work everywhere.
pub fn help(cx: &Cx<'_>, layer: &'static str, own: &[Listed], global: &[&'static str]) -> Box<dyn Layer> {
    let line = |id: &str| {
        let keys: Vec<_> = cx.keymap.chords(layer, id).iter().map(Chord::label).collect();
        let keys = if keys.is_empty() { cx.locale.word("help.palette_only").to_owned() } else { keys.join(" ") };
        format!("  {} {}", pad_right(&keys, 22), cx.locale.word(&format!("action.{id}")))
    };
    let mut lines = vec![cx.locale.word(&format!("pane.{layer}")).to_owned()];
    let about = format!("about.{layer}");
    if cx.locale.has(&about) {
        lines.extend(cx.locale.word(&about).lines().map(|l| format!("  {l}")));
    }
    lines.extend(own.iter().map(|l| line(l.id)));
    lines.push(String::new());
    lines.push(cx.locale.word("help.everywhere").to_owned());
    lines.extend(global.iter().map(|id| line(id)));
    Report::show(cx.locale.word("help.title").to_owned(), lines)
}
