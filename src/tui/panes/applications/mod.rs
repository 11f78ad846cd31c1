//! The applications pane: who applied, searched or paged; fees, withdrawal, import of sheets.
mod actions;
mod book;
mod bulk;
mod dossier;
mod draw;
mod enterprises;
mod form;
mod reconciling;
mod survey;
mod trial;

use crate::ops::applications::{Line, Sieve, Tally, find, tally};
use crate::ops::milestones::{Headline, headline};
use crate::ops::reviews::steps;
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::input::Input;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::field::{Accept, Field};
use crate::tui::widgets::table::Table;
use book::Book;
use ratatui::layout::Rect;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

pub struct Applications {
    book: Book,
    /// What the search found; `None` while the whole list is shown.
    found: Option<Vec<Line>>,
    table: Table,
    field: Field,
    /// Whether characters go into the search field.
    typing: bool,
    tally: Tally,
    /// Which of the list by how far they have come; a cell, because an overlay chooses.
    sieve: Rc<Cell<Sieve>>,
    /// The one that the lines in memory are of.
    shown: Sieve,
    /// How many reviews the notice has.
    steps: usize,
    /// The path typed last, so that a corrected sheet is tried again without typing it.
    path: Rc<RefCell<String>>,
    /// The same for the folder of a group.
    handed: Rc<RefCell<String>>,
    /// The same for sheets of payments.
    payments: Rc<RefCell<String>>,
    /// The next date of the board, and how many are late.
    dates: Option<Headline>,
}

impl Applications {
    fn lines(&self) -> &[Line] {
        self.found.as_deref().unwrap_or(&self.book.lines)
    }

    fn selected(&self) -> Option<&Line> {
        self.lines().get(self.table.selected()?)
    }

    /// Searches anew for what stands in the field, or goes back to the whole list.
    fn search(&mut self, cx: &Cx<'_>) -> Result<()> {
        if self.field.text().trim().is_empty() {
            self.found = None;
            self.book = Book::first(cx.site, &mut self.table, self.sieve.get())?;
            return Ok(());
        }
        let found = find(cx.site, self.field.text())?;
        self.table.set_rows(found.len());
        self.table.select(0);
        self.found = Some(found);
        Ok(())
    }
}

impl Pane for Applications {
    type About = ();
    const ID: &'static str = "applications";
    const WATCHES: Changes =
        Changes::any(&["batch", "application", "ticket", "review", "milestone", "complaint", "inspection"]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let mut table = Table::new(draw::columns(cx.locale));
        let book = Book::first(cx.site, &mut table, Sieve::All)?;
        let field = Field::new(Accept::Any, 40);
        Ok(Applications {
            book,
            found: None,
            table,
            field,
            typing: false,
            tally: tally(cx.site)?,
            handed: Rc::default(),
            payments: Rc::default(),
            sieve: Rc::default(),
            shown: Sieve::All,
            steps: steps(cx.site)?.len(),
            path: Rc::default(),
            dates: headline(cx.site)?,
        })
    }

    fn person(&self) -> Option<crate::model::ApplicationId> {
        self.selected().map(|line| line.id)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.tally = tally(cx.site)?;
        self.steps = steps(cx.site)?.len();
        self.dates = headline(cx.site)?;
        if self.found.is_none() {
            return self.book.again(cx.site, &mut self.table);
        }
        let row = self.table.selected().unwrap_or(0);
        self.search(cx)?;
        self.table.select(row);
        Ok(())
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if self.shown == self.sieve.get() {
            return Ok(());
        }
        self.shown = self.sieve.get();
        self.field.clear();
        self.search(cx)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.typing.then_some(&mut self.field)
    }

    /// A Chinese character or a paste begins a search at once; digits and letters are keys here.
    fn wake(&mut self, input: &Input) {
        let name = matches!(input, Input::Text(c) if !c.is_ascii() && c.is_alphabetic() && c.len_utf8() > 2);
        if name || matches!(input, Input::Paste(_)) {
            self.field.clear();
            self.typing = true;
        }
    }

    fn edited(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.search(cx)
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }

    fn moved(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        match self.found {
            Some(_) => Ok(()),
            None => self.book.follow(cx.site, &mut self.table),
        }
    }
}
