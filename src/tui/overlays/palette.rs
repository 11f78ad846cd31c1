//! F2: every action by name; what cannot be done now says why when it is chosen.
use super::picker::Picker;
use crate::text::width::pad_right;
use crate::tui::chord::Chord;
use crate::tui::cx::Cx;
use crate::tui::pane::{Flow, Layer};

/// Sends the chosen action's id back through `App`, as if its key had been pressed.
pub fn palette(cx: &Cx<'_>, layer: &'static str, ids: Vec<&'static str>) -> Box<dyn Layer> {
    let items = ids.iter().map(|id| {
        let keys: Vec<_> = cx.keymap.chords(layer, id).iter().map(Chord::label).collect();
        format!("{} {}", pad_right(cx.locale.word(&format!("action.{id}")), 36), keys.join(" "))
    });
    let items = items.collect();
    let then = move |_: &mut Cx<'_>, place: usize| Ok(ids.get(place).map_or(Flow::Close, |id| Flow::Act(id)));
    Picker::ask(cx.locale.word("palette.title").to_owned(), items, 0, Box::new(then))
}
