//! Score entry (登分): piles of papers, the pile at hand, and what a coordinator settles.
mod actions;
mod card;
mod draft;
mod draw;
mod papers;
mod settle;

use crate::model::Role;
use crate::ops::entry::{self, Difference, Pile, Rule};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::table::{Column, Table, Width};
use papers::Papers;
use ratatui::layout::Rect;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Piles,
    Papers,
    Differences,
}

pub struct Entry {
    place: Place,
    piles: Vec<Pile>,
    pile_table: Table,
    papers: Option<Papers>,
    differences: Vec<Difference>,
    difference_table: Table,
    settles: bool,
    rule: Rule,
}

impl Entry {
    fn read(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if self.settles {
            self.differences = entry::differences(cx.site)?;
            self.difference_table.set_rows(self.differences.len());
        }
        match &mut self.papers {
            Some(papers) if self.place == Place::Papers => papers.read(cx.site),
            _ => {
                self.piles = entry::piles(cx.site)?;
                self.pile_table.set_rows(self.piles.len());
                Ok(())
            }
        }
    }

    /// The pile at hand, while it is on the screen.
    fn shown(&mut self) -> Option<&mut Papers> {
        self.papers.as_mut().filter(|_| self.place == Place::Papers)
    }
}

impl Pane for Entry {
    const ID: &'static str = "entry";
    const WATCHES: Changes = Changes::any(&[
        "entry",
        "mark",
        "application",
        "placement",
        "attendance",
        "ticket",
        "room",
        "session",
        "batch",
    ]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>) -> Result<Self> {
        let mut pane = Entry {
            place: Place::Piles,
            piles: Vec::new(),
            pile_table: piles_table(cx),
            papers: None,
            differences: Vec::new(),
            difference_table: differences_table(cx),
            settles: cx.site.actor().has(Role::Coordinator),
            rule: entry::rule(cx.site)?,
        };
        pane.read(cx)?;
        if !pane.differences.is_empty() {
            pane.place = Place::Differences;
        }
        let mine = |pile: &Pile| draw::typable(pile) > 0;
        pane.pile_table.select(pane.piles.iter().position(mine).unwrap_or(0));
        Ok(pane)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.read(cx)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        match (self.place, &self.papers) {
            (Place::Papers, Some(papers)) => card::draw(papers, self.rule, canvas, area, cx),
            (Place::Differences, _) => draw::differences(self, canvas, area, cx),
            _ => draw::piles(self, canvas, area, cx),
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        let papers = self.shown()?;
        Some(papers.jump.as_mut().unwrap_or(&mut papers.draft.field))
    }

    fn edited(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let Some(papers) = self.shown().filter(|p| p.jump.is_none()) else { return Ok(()) };
        // What was said of the text before no longer holds.
        *cx.toast = None;
        if let Err(error) = papers.may_type(cx.site) {
            papers.draft.clear();
            return Err(error);
        }
        papers.draft.edited(cx.site)
    }

    fn list(&mut self) -> Option<&mut Table> {
        match self.place {
            Place::Piles => Some(&mut self.pile_table),
            Place::Differences => Some(&mut self.difference_table),
            Place::Papers => self.papers.as_mut().map(|p| &mut p.table),
        }
    }

    fn moved(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        if let Some(papers) = self.shown() {
            papers.draft.clear();
            papers.jump = None;
        }
        Ok(())
    }

    fn crumb(&self, cx: &Seen<'_>) -> String {
        let pane = cx.word("pane.entry");
        match (self.place, &self.papers) {
            (Place::Papers, Some(papers)) => format!("{pane} > {}", draw::pile_name(&papers.pile, cx)),
            (Place::Differences, _) => format!("{pane} > {}", cx.word("entry.differences")),
            _ => pane,
        }
    }
}

fn piles_table(cx: &Cx<'_>) -> Table {
    let count = |key: &str| Column::new(cx.locale.word(key), Width::Fixed(6)).right();
    Table::new(vec![
        Column::new(cx.locale.word("column.pile"), Width::Fill(18)),
        count("column.expected"),
        count("column.first_in"),
        count("column.second_in"),
        count("column.settled"),
        count("column.differing"),
        count("column.i_may"),
        count("column.others_turn").priority(1),
        Column::new("", Width::Fixed(8)).priority(2),
    ])
}

fn differences_table(cx: &Cx<'_>) -> Table {
    let column = |key: &str, width: u16| Column::new(cx.locale.word(key), Width::Fixed(width));
    Table::new(vec![
        column("column.subject", 9),
        column("column.seat", 6),
        Column::new(cx.locale.word("entry.name"), Width::Fill(8)),
        column("column.first_mark", 7).right(),
        column("column.first_typist", 10).priority(1),
        column("column.second_mark", 7).right(),
        column("column.second_typist", 10).priority(1),
        column("column.stage", 11),
    ])
}
