//! The results pane.
use crate::ops::Changes;
use crate::ops::Result;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use ratatui::layout::Rect;

pub struct Results;

impl Pane for Results {
    const ID: &'static str = "results";
    const WATCHES: Changes = Changes::ALL;
    const ACTIONS: &'static [Action<Self>] = &[];
    fn open(_cx: &mut Cx<'_>) -> Result<Self> {
        Ok(Results)
    }
    fn reload(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }
    fn draw(&self, _canvas: &mut Canvas<'_, '_>, _area: Rect, _cx: &Seen<'_>) {}
}
