//! The certificates pane: the register, numbering, the issuer's list, printing, revocation, the upload sheet.
mod actions;
mod draw;
mod issued;
mod looks;

use crate::ops::Changes;
use crate::ops::certificates::{self, Certified, Counts, Filter};
use crate::ops::{CertificateState, Result};
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

pub struct Certificates {
    counts: Counts,
    lines: Vec<Certified>,
    /// Whether the register goes on after the last line read.
    more: bool,
    table: Table,
    find: Field,
    finding: bool,
    state: Option<CertificateState>,
    /// The issuer's list that was named last.
    list: Rc<RefCell<String>>,
}

impl Certificates {
    fn filter(&self, cx: &Cx<'_>) -> Result<Filter> {
        certificates::filter_for(cx.site, self.find.text(), Filter { state: self.state, ..Filter::default() })
    }

    /// Reads at least so many lines.
    fn read(&mut self, cx: &Cx<'_>, least: usize) -> Result<()> {
        let filter = self.filter(cx)?;
        let mut lines: Vec<Certified> = Vec::new();
        self.more = true;
        while self.more && lines.len() < least {
            let page = certificates::page(cx.site, &filter, lines.last().map_or("", |c| c.number.as_str()))?;
            self.more = page.len() == certificates::PAGE;
            lines.extend(page);
        }
        self.table.set_rows(lines.len());
        self.lines = lines;
        Ok(())
    }

    fn selected(&self) -> Option<&Certified> {
        self.lines.get(self.table.selected()?)
    }
}

impl Pane for Certificates {
    type About = ();
    const ID: &'static str = "certificates";
    const WATCHES: Changes = Changes::any(&["site", "batch", "application", "ticket", "mark", "certificate"]);
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "certificates.open", show: Show::Hint, ready: actions::something_selected, run: looks::open },
        Action { id: "certificates.number", show: Show::Hint, ready: actions::may_number, run: actions::number },
        Action { id: "certificates.import", show: Show::Hint, ready: always, run: issued::ask },
        Action { id: "certificates.print", show: Show::Hint, ready: actions::may_print, run: looks::print },
        Action { id: "certificates.segments", show: Show::Help, ready: always, run: looks::segments },
        Action { id: "certificates.find", show: Show::Hint, ready: always, run: actions::find },
        Action { id: "certificates.clear", show: Show::Help, ready: always, run: actions::clear },
        Action { id: "certificates.state", show: Show::Hint, ready: always, run: actions::state },
        Action { id: "certificates.revoke", show: Show::Hint, ready: actions::may_revoke, run: actions::revoke },
        Action {
            id: "certificates.correct",
            show: Show::Hint,
            ready: actions::something_selected,
            run: actions::correct,
        },
        Action { id: "certificates.export", show: Show::Hint, ready: always, run: actions::export },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let mut pane = Certificates {
            counts: Counts::default(),
            lines: Vec::new(),
            more: false,
            table: Table::new(draw::columns(cx)),
            find: Field::new(Accept::Any, 40),
            finding: false,
            state: None,
            list: Rc::default(),
        };
        pane.reload(cx)?;
        Ok(pane)
    }

    fn person(&self) -> Option<crate::model::ApplicationId> {
        self.selected().map(|line| line.application)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.counts = certificates::counts(cx.site)?;
        self.read(cx, self.lines.len().max(1))
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.finding.then_some(&mut self.find)
    }

    fn edited(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.table.select(0);
        self.read(cx, 1)
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }

    fn moved(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let wanted = self.table.selected().unwrap_or(0) + AHEAD;
        if self.more && wanted > self.lines.len() {
            self.read(cx, self.lines.len() + certificates::PAGE)?;
        }
        Ok(())
    }
}
