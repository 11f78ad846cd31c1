//! The conditions of an application: all branches side by side, the one to stand on above, and the evidence behind it.
mod actions;
mod draw;
mod sheet;

use crate::model::ApplicationId;
use crate::ops::applications::by_id;
use crate::ops::eligibility::{Explanation, explain};
use crate::ops::{ApplicationRow, Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

pub struct Eligibility {
    application: ApplicationId,
    row: ApplicationRow,
    found: Explanation,
    /// The branches.
    table: Table,
}

impl Pane for Eligibility {
    type About = ApplicationId;
    const ID: &'static str = "dossier.eligibility";
    const WATCHES: Changes = Changes::any(&["application", "evidence", "certificate", "batch"]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, application: ApplicationId) -> Result<Self> {
        let (row, found) = (by_id(cx.site, application)?, explain(cx.site, application)?);
        let mut table = Table::new(draw::columns(cx.locale));
        table.set_rows(found.branches.len());
        table.select(found.chosen.unwrap_or(0));
        Ok(Eligibility { application, row, found, table })
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.row = by_id(cx.site, self.application)?;
        self.found = explain(cx.site, self.application)?;
        self.table.set_rows(self.found.branches.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}
