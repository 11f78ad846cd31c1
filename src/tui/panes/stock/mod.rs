//! The stock of blank forms: what there is, and the ledger of one item.
mod actions;
mod draw;
mod forms;

use crate::model::{Code, Refusal, StockItem};
use crate::ops::stock::{Balance, Listed, balances, ledger};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

pub const NOTHING_SELECTED: Code = Code("stock.nothing_selected");

pub struct Stock {
    item: StockItem,
    balances: Vec<(StockItem, Balance)>,
    /// Of this site and the item, newest first.
    lines: Vec<Listed>,
    table: Table,
}

impl Stock {
    fn selected(&self) -> Result<&Listed, Refusal> {
        let at = self.table.selected().ok_or_else(|| Refusal::new(NOTHING_SELECTED))?;
        self.lines.get(at).ok_or_else(|| Refusal::new(NOTHING_SELECTED))
    }

    fn now(&self) -> Balance {
        self.balances.iter().find(|(item, _)| *item == self.item).map(|(_, now)| *now).unwrap_or_default()
    }
}

impl Pane for Stock {
    type About = ();
    const ID: &'static str = "stock";
    const WATCHES: Changes = Changes::any(&["batch", "stock_movement"]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;
    const IS_PAGE: bool = true;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let table = Table::new(draw::columns(cx.locale));
        let mut pane = Stock { item: StockItem::Certificate, balances: Vec::new(), lines: Vec::new(), table };
        pane.reload(cx)?;
        Ok(pane)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let holder = cx.site.row()?.code;
        self.balances = balances(cx.site)?;
        let own = |l: &Listed| l.row.holder == holder && l.row.item == self.item;
        self.lines = ledger(cx.site)?.into_iter().filter(own).rev().collect();
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
