//! The history pane: the journal newest first, what each operation changed, and undo of the selected one.
mod actions;
mod draw;

use crate::ops::Changes;
use crate::ops::Result;
use crate::ops::history::{self, Filter, Logged};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen, Show, always};
use crate::tui::widgets::field::{Accept, Field};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;
use std::cell::RefCell;
use std::rc::Rc;

/// Lines before the end of what is read at which the next page is read.
const AHEAD: usize = 40;
/// Operations read when the pane opens or something changed; a screen holds fewer.
const FIRST: usize = 60;

/// What pickers choose; shared with them.
#[derive(Debug, Clone, Default, PartialEq)]
struct Chosen {
    operator: Option<String>,
    kind: Option<String>,
}

pub struct History {
    lines: Vec<Logged>,
    /// Whether the journal goes on before the last line read.
    more: bool,
    table: Table,
    find: Field,
    finding: bool,
    chosen: Rc<RefCell<Chosen>>,
    /// What the lines were read with.
    shown: Chosen,
}

impl History {
    fn filter(&self, cx: &Cx<'_>) -> Result<Filter> {
        let Chosen { operator, kind } = self.chosen.borrow().clone();
        history::filter_for(cx.site, self.find.text(), Filter { operator, kind, ..Filter::default() })
    }

    /// Reads from the newest on.
    fn restart(&mut self, cx: &Cx<'_>, count: usize) -> Result<()> {
        self.shown = self.chosen.borrow().clone();
        let lines = history::page(cx.site, &self.filter(cx)?, None, count)?;
        self.more = lines.len() == count;
        self.table.set_rows(lines.len());
        self.lines = lines;
        Ok(())
    }

    fn extend(&mut self, cx: &Cx<'_>) -> Result<()> {
        let before = self.lines.last().map(|l| l.operation);
        let page = history::page(cx.site, &self.filter(cx)?, before, history::PAGE)?;
        self.more = page.len() == history::PAGE;
        self.lines.extend(page);
        self.table.set_rows(self.lines.len());
        Ok(())
    }

    fn selected(&self) -> Option<&Logged> {
        self.lines.get(self.table.selected()?)
    }

    fn is_filtered(&self) -> bool {
        !self.find.is_empty() || *self.chosen.borrow() != Chosen::default()
    }
}

impl Pane for History {
    type About = ();
    const ID: &'static str = "history";
    const WATCHES: Changes = Changes::ALL;
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "history.open", show: Show::Hint, ready: actions::something_selected, run: actions::open },
        Action { id: "history.undo", show: Show::Hint, ready: actions::may_undo, run: actions::undo },
        Action { id: "history.find", show: Show::Hint, ready: always, run: actions::find },
        Action { id: "history.operator", show: Show::Hint, ready: always, run: actions::operator },
        Action { id: "history.kind", show: Show::Hint, ready: always, run: actions::kind },
        Action { id: "history.head", show: Show::Help, ready: always, run: actions::head },
        Action { id: "history.clear", show: Show::Hint, ready: always, run: actions::clear },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let mut pane = History {
            lines: Vec::new(),
            more: false,
            table: Table::new(draw::columns(cx)),
            find: Field::new(Accept::Any, 40),
            finding: false,
            chosen: Rc::default(),
            shown: Chosen::default(),
        };
        pane.restart(cx, FIRST)?;
        Ok(pane)
    }

    /// The selection stays on its operation while newer ones come in above it.
    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let at = self.table.selected().filter(|row| *row > 0).and(self.selected()).map(|l| l.operation);
        let newest = self.lines.first().map(|l| l.operation);
        self.restart(cx, self.lines.len().max(FIRST) + FIRST)?;
        if let Some(row) = at.and_then(|op| self.lines.iter().position(|l| l.operation == op)) {
            self.table.select(row);
        } else if newest.is_none() {
            self.table.select(0);
        }
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.finding.then_some(&mut self.find)
    }

    /// People are looked up when Enter is pressed: a search through a long journal takes a moment.
    fn edited(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }

    fn moved(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let wanted = self.table.selected().unwrap_or(0) + AHEAD;
        if self.more && wanted > self.lines.len() {
            self.extend(cx)?;
        }
        Ok(())
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if *self.chosen.borrow() == self.shown {
            return Ok(());
        }
        self.table.select(0);
        self.restart(cx, FIRST)
    }
}
