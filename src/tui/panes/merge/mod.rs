//! Differences between sites (合并冲突): both sides of each, and which one stands.
mod actions;
mod draw;

use crate::model::{Code, Refusal};
use crate::ops::exchange::site::conflicts::{self, Kept};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

pub const NONE_SELECTED: Code = Code("merge.none_selected");

pub struct Merge {
    all: Vec<Kept>,
    table: Table,
}

impl Merge {
    fn chosen(&self) -> Result<&Kept, Refusal> {
        let at = self.table.selected();
        at.and_then(|at| self.all.get(at)).ok_or_else(|| Refusal::new(NONE_SELECTED))
    }
}

impl Pane for Merge {
    type About = ();
    const ID: &'static str = "merge";
    const WATCHES: Changes = Changes::any(&["batch", "merge_conflict", "entry", "script_bag"]);
    const IS_PAGE: bool = true;
    #[rustfmt::skip]
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "merge.show", show: Show::Hint, ready: |p, _| p.chosen().map(|_| ()), run: actions::show },
        Action { id: "merge.here", show: Show::Hint, ready: actions::open, run: actions::here },
        Action { id: "merge.there", show: Show::Hint, ready: actions::open, run: actions::there },
        Action { id: "merge.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let mut page = Merge { all: Vec::new(), table: Table::new(draw::columns(cx.locale)) };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let id = self.chosen().map(|kept| kept.id).ok();
        self.all = conflicts::all(cx.site)?;
        self.table.set_rows(self.all.len());
        if let Some(at) = self.all.iter().position(|kept| Some(kept.id) == id) {
            self.table.select(at);
        }
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}
