//! How far score entry is: bags with who types them, typists with their pace, so that a tired one is seen.
mod actions;
mod draw;

use crate::model::{Code, Refusal};
use crate::ops::entry::{self, BagProgress, TypistProgress};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

pub const NO_BAG_CHOSEN: Code = Code("progress.no_bag_chosen");

pub struct Progress {
    bags: Vec<BagProgress>,
    table: Table,
    typists: Vec<TypistProgress>,
    typist_table: Table,
}

impl Progress {
    fn bag(&self) -> Result<&BagProgress, Refusal> {
        let row = self.table.selected().and_then(|row| self.bags.get(row));
        row.ok_or_else(|| Refusal::new(NO_BAG_CHOSEN))
    }

    fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        let chosen = self.bag().map(|bag| (bag.pile.session, bag.pile.room)).ok();
        self.bags = entry::bag_progress(cx.site)?;
        self.table.set_rows(self.bags.len());
        let place = self.bags.iter().position(|bag| Some((bag.pile.session, bag.pile.room)) == chosen);
        self.table.select(place.unwrap_or(0));
        self.typists = entry::typist_progress(cx.site)?;
        // The tired one comes first.
        self.typists.sort_by_key(|typist| typist.report.signs.is_empty());
        self.typist_table.set_rows(self.typists.len());
        Ok(())
    }
}

impl Pane for Progress {
    type About = ();
    const ID: &'static str = "progress";
    const WATCHES: Changes = Changes::any(&[
        "batch",
        "session",
        "room",
        "placement",
        "application",
        "script_bag",
        "entry",
        "entry_claim",
        "control_total",
        "mark",
        "mark_lock",
        "panel_candidate",
    ]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;
    const IS_PAGE: bool = true;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let mut pane = Progress {
            bags: Vec::new(),
            table: Table::new(draw::bag_columns(cx.locale)),
            typists: Vec::new(),
            typist_table: Table::new(draw::typist_columns(cx.locale)),
        };
        pane.read(cx)?;
        Ok(pane)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.read(cx)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}
