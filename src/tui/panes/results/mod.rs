//! Results: the board, people with every part, the spread of marks, and what is missing.
mod actions;
mod ask;
mod chart;
mod draw;
mod earlier;
mod person;
mod places;
mod settled;

use crate::model::{Level, Subject};
use crate::ops::results::{self, Board, Filter, Listed, Missing};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::{Accept, Field, Table};
use earlier::Earlier;
use places::Places;
use ratatui::layout::Rect;
use settled::Settled;
use std::cell::RefCell;
use std::rc::Rc;

/// People and missing marks that a list holds; the head of the list says how many there are.
const MOST: usize = 2000;
/// Above so many applications a change elsewhere only marks the board as old: counting again takes too long to do
/// it unasked.
const LIVE: u64 = 50_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Board,
    People,
    Spread,
    Missing,
    /// The way from the region down to the people.
    Places,
    /// Computed, audited, summary sent.
    Settled,
    /// Beside the batch before.
    Earlier,
}

impl View {
    const ALL: [View; 7] =
        [View::Board, View::Places, View::People, View::Spread, View::Missing, View::Earlier, View::Settled];

    fn key(self) -> &'static str {
        match self {
            View::Board => "results.view.board",
            View::People => "results.view.people",
            View::Spread => "results.view.spread",
            View::Missing => "results.view.missing",
            View::Places => "results.view.places",
            View::Settled => "results.view.settled",
            View::Earlier => "results.view.earlier",
        }
    }
}

/// What a picker chose; taken when it closes.
#[derive(Debug, Clone)]
enum Choice {
    Level(Option<Level>),
    Occupation(Option<String>),
    Outcome(Option<results::OutcomeKind>),
}

pub struct Results {
    view: View,
    board: Board,
    listed: Listed,
    missing: Missing,
    filter: Filter,
    part: Subject,
    /// Something changed since the board was counted.
    old: bool,
    /// The text filter while it has the focus.
    typing: bool,
    field: Field,
    lines: Table,
    people: Table,
    gaps: Table,
    places: Places,
    /// The board of where one is on the way down; `None`: at the top.
    narrowed: Option<Board>,
    settled: Settled,
    earlier: Earlier,
    chosen: Rc<RefCell<Option<Choice>>>,
}

impl Results {
    /// Reads what the view at hand shows.
    fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        match self.view {
            View::Board => self.count(cx)?,
            View::Spread => {
                self.count(cx)?;
                let within = &self.places.within;
                self.narrowed = if within.is_all() { None } else { Some(results::board_within(cx.site, within)?) };
            }
            View::Places => self.places.read(cx)?,
            View::Settled => self.settled.read(cx)?,
            View::Earlier => self.earlier.read(cx)?,
            View::People => {
                self.listed = results::listed(cx.site, &self.filter, MOST)?;
                self.people.set_rows(self.listed.rows.len());
            }
            View::Missing => {
                self.missing = results::missing(cx.site, MOST)?;
                self.gaps.set_rows(self.missing.rows.len());
            }
        }
        Ok(())
    }

    fn count(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.board = results::board(cx.site)?;
        self.lines.set_rows(self.board.rows.len());
        self.old = false;
        Ok(())
    }

    fn show(&mut self, view: View, cx: &Cx<'_>) -> Result<()> {
        self.typing = false;
        self.view = view;
        self.read(cx)
    }
}

impl Pane for Results {
    type About = ();
    const ID: &'static str = "results";
    const WATCHES: Changes = Changes::any(&[
        "application",
        "ticket",
        "mark",
        "entry",
        "panel",
        "panel_candidate",
        "panel_sheet",
        "computation",
        "result_audit",
        "summary_sent",
    ]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let board = results::board(cx.site)?;
        let mut lines = Table::new(draw::board_columns(cx.locale));
        lines.set_rows(board.rows.len());
        Ok(Results {
            view: View::Board,
            board,
            listed: Listed::default(),
            missing: Missing::default(),
            filter: Filter::default(),
            part: Subject::Theory,
            old: false,
            typing: false,
            field: Field::new(Accept::Any, 40),
            lines,
            people: Table::new(draw::people_columns(cx.locale)),
            gaps: Table::new(draw::missing_columns(cx.locale)),
            places: Places::new(cx),
            narrowed: None,
            settled: Settled::new(),
            earlier: Earlier::new(cx),
            chosen: Rc::default(),
        })
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if self.board.totals.applied > LIVE {
            self.old = true;
            return Ok(());
        }
        self.count(cx)?;
        self.read(cx)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.typing.then_some(&mut self.field)
    }

    fn edited(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.field.text().trim().clone_into(&mut self.filter.text);
        self.people.select(0);
        self.read(cx)
    }

    fn list(&mut self) -> Option<&mut Table> {
        match self.view {
            View::Board => Some(&mut self.lines),
            View::People => Some(&mut self.people),
            View::Missing => Some(&mut self.gaps),
            View::Places => Some(&mut self.places.table),
            View::Settled => Some(&mut self.settled.table),
            View::Earlier => Some(&mut self.earlier.table),
            View::Spread => None,
        }
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let Some(choice) = self.chosen.take() else { return Ok(()) };
        match choice {
            Choice::Level(level) => self.filter.level = level,
            Choice::Occupation(code) => self.filter.occupation = code,
            Choice::Outcome(outcome) => self.filter.outcome = outcome,
        }
        self.people.select(0);
        self.show(View::People, cx)
    }

    fn crumb(&self, cx: &Seen<'_>) -> String {
        cx.word(self.view.key())
    }
}
