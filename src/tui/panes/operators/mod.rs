//! Operators: who there is, with which duties, and how they sign on.
mod actions;
mod draw;
mod forms;

use crate::model::{Code, Refusal};
use crate::ops::upkeep::{Known, known};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

pub const NOTHING_SELECTED: Code = Code("operator.nothing_selected");

pub struct Operators {
    lines: Vec<Known>,
    table: Table,
}

impl Operators {
    fn selected(&self) -> Result<&Known, Refusal> {
        let at = self.table.selected().ok_or_else(|| Refusal::new(NOTHING_SELECTED))?;
        self.lines.get(at).ok_or_else(|| Refusal::new(NOTHING_SELECTED))
    }
}

impl Pane for Operators {
    type About = ();
    const ID: &'static str = "operators";
    const WATCHES: Changes = Changes::any(&["operator", "operator_key", "pin_failure", "pin_rule"]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;
    const IS_PAGE: bool = true;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let mut pane = Operators { lines: Vec::new(), table: Table::new(draw::columns(cx.locale)) };
        pane.reload(cx)?;
        Ok(pane)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.lines = known(cx.site)?;
        self.table.set_rows(self.lines.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}
