//! What was handed in: the policy's checklist with each file, what is wrong with it, and who judged it.
mod actions;
mod draw;
mod topics;

use crate::model::ApplicationId;
use crate::ops::materials::{Checklist, Item, Piece, checklist};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;
use std::cell::RefCell;
use std::rc::Rc;

pub struct Materials {
    application: ApplicationId,
    list: Checklist,
    /// A line for each file of an item, or one for an item without any: places in the list.
    lines: Vec<(usize, Option<usize>)>,
    table: Table,
    /// The path typed last, so that a mended folder is checked again without typing it.
    path: Rc<RefCell<String>>,
}

impl Materials {
    fn item(&self, line: usize) -> Option<(&Item, Option<&Piece>)> {
        let (item, piece) = *self.lines.get(line)?;
        let item = self.list.items.get(item)?;
        Some((item, piece.and_then(|at| item.pieces.get(at))))
    }

    fn selected(&self) -> Option<(&Item, Option<&Piece>)> {
        self.item(self.table.selected()?)
    }
}

impl Pane for Materials {
    type About = ApplicationId;
    const ID: &'static str = "dossier.materials";
    const WATCHES: Changes = Changes::any(&["application", "material"]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, application: ApplicationId) -> Result<Self> {
        let list = checklist(cx.site, application)?;
        let table = Table::new(draw::columns(cx.locale));
        let mut pane = Materials { application, list, lines: Vec::new(), table, path: Rc::default() };
        pane.reload(cx)?;
        Ok(pane)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.list = checklist(cx.site, self.application)?;
        let pieces = |(at, item): (usize, &Item)| match item.pieces.len() {
            0 => vec![(at, None)],
            count => (0..count).map(|piece| (at, Some(piece))).collect(),
        };
        self.lines = self.list.items.iter().enumerate().flat_map(pieces).collect();
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
