//! The page of tickets: who has which number, what is void, the sheets, and the window for printing them.
mod actions;
mod draw;

use crate::ops::tickets::{self, TicketCounts, TicketLine, TicketState, Window};
use crate::ops::{Changes, Result};
use crate::text::explain;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen, Show, always};
use crate::tui::widgets::field::{Accept, Field};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

/// Lines read at first, and each time the selection comes near the end.
const STEP: usize = 200;
const AHEAD: usize = 40;

pub struct Tickets {
    counts: TicketCounts,
    window: Window,
    lines: Vec<TicketLine>,
    /// How many lines were asked for.
    asked: usize,
    table: Table,
    find: Field,
    finding: bool,
    state: Option<TicketState>,
    /// What became of the number typed, when it is a void one.
    replaced: Option<String>,
}

impl Tickets {
    fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.replaced = None;
        if self.find.text().trim().is_empty() {
            self.lines = tickets::page(cx.site, self.state, self.asked)?;
        } else {
            self.lines = tickets::find(cx.site, self.find.text())?;
            self.lines.retain(|line| self.state.is_none_or(|state| state == line.state()));
            let old = tickets::replaced(cx.site, self.find.text())?;
            self.replaced = old.map(|old| explain(cx.locale, &old.refusal().into()).message);
        }
        self.table.set_rows(self.lines.len());
        Ok(())
    }

    fn selected(&self) -> Option<&TicketLine> {
        self.lines.get(self.table.selected()?)
    }
}

impl Pane for Tickets {
    type About = ();
    const ID: &'static str = "tickets";
    const WATCHES: Changes = Changes::any(&["batch", "application", "session", "placement", "ticket", "void_ticket"]);
    const IS_PAGE: bool = true;
    #[rustfmt::skip]
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "tickets.print", show: Show::Hint, ready: actions::has_number, run: actions::print },
        Action { id: "tickets.print_all", show: Show::Hint, ready: actions::somebody, run: actions::print_all },
        Action { id: "tickets.void", show: Show::Hint, ready: actions::has_number, run: actions::void },
        Action { id: "tickets.reissue", show: Show::Hint, ready: actions::had_number, run: actions::reissue },
        Action { id: "tickets.issue", show: Show::Hint, ready: actions::somebody_waits, run: actions::issue },
        Action { id: "tickets.find", show: Show::Hint, ready: always, run: actions::find },
        Action { id: "tickets.state", show: Show::Hint, ready: always, run: actions::state },
        Action { id: "tickets.close", show: Show::Hint, ready: always, run: actions::close },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let mut page = Tickets {
            counts: TicketCounts::default(),
            window: Window::Free,
            lines: Vec::new(),
            asked: STEP,
            table: Table::new(draw::columns(cx)),
            find: Field::new(Accept::Any, 40),
            finding: false,
            state: None,
            replaced: None,
        };
        page.reload(cx)?;
        Ok(page)
    }

    fn person(&self) -> Option<crate::model::ApplicationId> {
        self.selected().map(|line| line.application)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.counts = tickets::counts(cx.site)?;
        self.window = tickets::window(cx.site)?;
        self.read(cx)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.finding.then_some(&mut self.find)
    }

    fn edited(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.table.select(0);
        self.read(cx)
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }

    fn moved(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let wanted = self.table.selected().unwrap_or(0) + AHEAD;
        if self.find.is_empty() && self.lines.len() >= self.asked && wanted > self.lines.len() {
            self.asked += STEP;
            self.read(cx)?;
        }
        Ok(())
    }
}
