//! F2: every action and every page by name; what cannot be done now says why when it is chosen.
use super::picker::Picker;
use crate::text::width::pad_right;
use crate::tui::chord::Chord;
use crate::tui::cx::Cx;
use crate::tui::pane::{Flow, Layer};

/// Cells of the name beside the keys.
const NAME: usize = 36;

/// Sends the chosen action's id back through `App`, as if its key had been pressed; pages follow, by their id.
pub fn palette(
    cx: &Cx<'_>,
    layer: &'static str,
    ids: Vec<&'static str>,
    pages: impl Iterator<Item = &'static str>,
) -> Box<dyn Layer> {
    let keys = |id: &str| cx.keymap.chords(layer, id).iter().map(Chord::label).collect::<Vec<_>>().join(" ");
    let action = |id: &&str| format!("{} {}", pad_right(cx.locale.word(&format!("action.{id}")), NAME), keys(id));
    let to_pages = keys("app.pages");
    let page = |id: &&str| {
        let name = cx.locale.say("palette.page", &[("page", cx.locale.word(&format!("pane.{id}")))]);
        format!("{} {to_pages}", pad_right(&name, NAME))
    };
    let pages: Vec<&'static str> = pages.collect();
    let items = ids.iter().map(action).chain(pages.iter().map(page)).collect();
    let then = move |_: &mut Cx<'_>, place: usize| {
        let page = place.checked_sub(ids.len()).and_then(|at| pages.get(at));
        Ok(match (ids.get(place), page) {
            (Some(id), _) => Flow::Act(id),
            (None, Some(id)) => Flow::Page(id),
            (None, None) => Flow::Close,
        })
    };
    Picker::ask(cx.locale.word("palette.title").to_owned(), items, 0, Box::new(then))
}
