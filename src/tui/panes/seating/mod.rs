//! The seating pane.
use crate::ops::Changes;
use crate::ops::Result;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use ratatui::layout::Rect;

pub struct Seating;

impl Pane for Seating {
    const ID: &'static str = "seating";
    const WATCHES: Changes = Changes::ALL;
    const ACTIONS: &'static [Action<Self>] = &[];
    fn open(_cx: &mut Cx<'_>) -> Result<Self> {
        Ok(Seating)
    }
    fn reload(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }
    fn draw(&self, _canvas: &mut Canvas<'_, '_>, _area: Rect, _cx: &Seen<'_>) {}
}
