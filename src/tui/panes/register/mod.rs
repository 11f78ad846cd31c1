//! Certificates on their way: a line for each, with its stage and who has it; every step by a short form.
mod actions;
mod draw;
mod forms;

use crate::model::{Code, Refusal, Stage};
use crate::ops::register::{self, Counts, Filter, Line};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::field::{Accept, Field};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

pub const NOTHING_SELECTED: Code = Code("register.nothing_selected");
/// Lines before the end of what is read at which the next page is read.
const AHEAD: usize = 40;

pub struct Register {
    counts: Counts,
    lines: Vec<Line>,
    /// Whether the list goes on after the last line read.
    more: bool,
    table: Table,
    find: Field,
    finding: bool,
    stage: Option<Stage>,
}

impl Register {
    fn selected(&self) -> Result<&Line, Refusal> {
        let at = self.table.selected().ok_or_else(|| Refusal::new(NOTHING_SELECTED))?;
        self.lines.get(at).ok_or_else(|| Refusal::new(NOTHING_SELECTED))
    }

    /// Reads at least so many lines.
    fn read(&mut self, cx: &Cx<'_>, least: usize) -> Result<()> {
        let filter = Filter { stage: self.stage, ..Filter::default() };
        let filter = register::filter_for(cx.site, self.find.text(), filter)?;
        let mut lines: Vec<Line> = Vec::new();
        self.more = true;
        while self.more && lines.len() < least {
            let page = register::page(cx.site, &filter, lines.last().map_or("", |l| l.number.as_str()))?;
            self.more = page.len() == register::PAGE;
            lines.extend(page);
        }
        self.table.set_rows(lines.len());
        self.lines = lines;
        Ok(())
    }
}

impl Pane for Register {
    type About = ();
    const ID: &'static str = "register";
    const WATCHES: Changes = Changes::any(&[
        "batch",
        "application",
        "certificate",
        "certificate_copy",
        "certificate_notice",
        "certificate_delivery",
        "certificate_void",
    ]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;
    const IS_PAGE: bool = true;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let mut pane = Register {
            counts: Counts::default(),
            lines: Vec::new(),
            more: false,
            table: Table::new(draw::columns(cx.locale)),
            find: Field::new(Accept::Any, 40),
            finding: false,
            stage: None,
        };
        pane.reload(cx)?;
        Ok(pane)
    }

    fn person(&self) -> Option<crate::model::ApplicationId> {
        self.selected().ok().map(|line| line.application)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.counts = register::counts(cx.site)?;
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
            self.read(cx, self.lines.len() + register::PAGE)?;
        }
        Ok(())
    }
}
