//! Score entry (登分): piles of papers, the pile at hand, and what a coordinator settles.
mod actions;
mod card;
mod claiming;
mod cover;
mod draft;
mod draw;
mod items;
mod keeping;
mod pace;
mod papers;
mod person;
mod settle;
mod tally;

use crate::model::{Refusal, Role};
use crate::ops::entry::{self, Difference, Pile, Rule};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::chord::{Chord, fold};
use crate::tui::cx::Cx;
use crate::tui::input::Input;
use crate::tui::pane::{Action, Flow, Pane, Seen};
use crate::tui::widgets::field::{Field, Taken};
use crate::tui::widgets::table::{Column, Table, Width};
use draft::{Hold, WRONG, is_mark};
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
    /// Whether the reader is a typist.
    types: bool,
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

    /// Gives the open pile back and shows the list of piles.
    fn close(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if let Some(mut papers) = self.papers.take() {
            papers.release(cx);
        }
        self.place = Place::Piles;
        self.read(cx)
    }

    /// Once the last paper that the reader may type is in, the cover of the bag is asked for, where the policy wants it
    /// and it is not written down yet; elsewhere only the key is told.
    fn after_save(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        let asks = self.rule.asks_cover;
        let Some(papers) = self.shown().filter(|papers| papers.is_through()) else { return Ok(Flow::Stay) };
        papers.told_through = true;
        let seen = entry::control(cx.site, papers.pile.session, papers.pile.room)?;
        if asks && seen.cover.is_none() {
            return cover::ask(papers, cx);
        }
        Ok(Flow::Stay)
    }

    /// The pile at hand, while it is on the screen.
    fn shown(&mut self) -> Option<&mut Papers> {
        self.papers.as_mut().filter(|_| self.place == Place::Papers)
    }
}

impl Pane for Entry {
    type About = ();
    const ID: &'static str = "entry";
    const WATCHES: Changes = Changes::any(&[
        "entry",
        "mark",
        "panel_candidate",
        "script_bag",
        "script",
        "application",
        "placement",
        "attendance",
        "ticket",
        "room",
        "session",
        "batch",
    ]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let mut pane = Entry {
            place: Place::Piles,
            piles: Vec::new(),
            pile_table: piles_table(cx),
            papers: None,
            differences: Vec::new(),
            difference_table: differences_table(cx),
            types: entry::may_type(cx.site).is_ok(),
            settles: cx.site.actor().has(Role::Coordinator),
            rule: entry::rule(cx.site)?,
        };
        pane.read(cx)?;
        if !pane.differences.is_empty() {
            pane.place = Place::Differences;
        }
        let mine = pane.piles.iter().position(|pile| draw::typable(&pane, pile) > 0);
        pane.pile_table.select(mine.unwrap_or(0));
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
        Some(papers.jump.as_mut().unwrap_or(papers.draft.focused()))
    }

    /// A letter never vanishes out of a mark: it stays in the text as wrong. The pane's own keys stay keys, others only
    /// while nothing is typed.
    fn before_field(&mut self, input: &Input, cx: &mut Cx<'_>) -> Result<Taken> {
        let Some(papers) = self.shown().filter(|p| p.jump.is_none()) else { return Ok(Taken::No) };
        let c = match input {
            Input::Text(c) => fold(*c),
            Input::Paste(text) => {
                papers.draft.takes_more()?;
                let fits = text.trim().chars().all(|c| is_mark(fold(c)));
                return if fits { Ok(Taken::No) } else { Err(Refusal::new(WRONG).with("value", text.trim()).into()) };
            }
            Input::Key(_) | Input::Resize(..) | Input::Scroll(_) | Input::Rest => return Ok(Taken::No),
        };
        if is_mark(c) {
            papers.draft.takes_more()?;
            return Ok(Taken::No);
        }
        if c.is_whitespace() {
            return Ok(Taken::Moved);
        }
        match cx.keymap.lookup(Self::ID, Chord::Char(c)) {
            Some(id) if papers.draft.text().is_empty() || id.starts_with("entry.") => return Ok(Taken::No),
            _ => papers.may_type(cx.site)?,
        }
        papers.draft.takes_more()?;
        papers.draft.focused().insert_wrong(c);
        papers.draft.edited(cx.site)?;
        cx.bell();
        Ok(Taken::Changed)
    }

    fn edited(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let Some(papers) = self.shown().filter(|p| p.jump.is_none()) else { return Ok(()) };
        // What was said of the text before no longer holds.
        *cx.toast = None;
        if let Err(error) = papers.may_type(cx.site) {
            papers.draft.clear();
            return Err(error);
        }
        papers.draft.edited(cx.site)?;
        papers.finish(cx)?;
        if papers.is_through() {
            papers.told_through = true;
        }
        Ok(())
    }

    /// A hand types a mark and Enter, or the few marks that a slow line held back; a longer run of digits is a scan.
    fn takes_burst(&mut self, inputs: &[Input]) -> bool {
        let Some(papers) = self.shown() else { return false };
        if papers.jump.is_some() {
            return true;
        }
        let runs = inputs.split(|input| !matches!(input, Input::Text(_)));
        let fits = runs.map(<[Input]>::len).max().unwrap_or(0) <= papers.draft.longest_run();
        if !fits {
            // What comes after it belongs to it.
            papers.draft.hold = Hold::TypedPast;
        }
        fits
    }

    fn list(&mut self) -> Option<&mut Table> {
        match self.place {
            Place::Piles => Some(&mut self.pile_table),
            Place::Differences => Some(&mut self.difference_table),
            Place::Papers => self.papers.as_mut().map(|p| &mut p.table),
        }
    }

    fn moved(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if let Some(papers) = self.shown() {
            papers.drop_draft(cx);
            papers.jump = None;
            papers.fit(cx.site)?;
        }
        Ok(())
    }

    fn beat(&mut self) {
        if let Some(lease) = self.papers.as_mut().and_then(|papers| papers.lease.as_mut()) {
            lease.beat();
        }
    }

    fn draft(&mut self) -> Option<serde_json::Value> {
        self.shown().and_then(|papers| keeping::draft(papers))
    }

    fn restore(&mut self, value: &serde_json::Value, cx: &mut Cx<'_>) -> Result<bool> {
        self.shown().map_or(Ok(false), |papers| keeping::restore(papers, value, cx))
    }

    fn leave(&mut self, cx: &mut Cx<'_>) {
        if let Some(papers) = &mut self.papers {
            papers.release(cx);
        }
    }

    /// What was given back for another operator who did not sign on after all.
    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        match &mut self.papers {
            Some(papers) if matches!(papers.claimed, claiming::Claimed::Nothing) => papers.claim(cx),
            _ => Ok(()),
        }
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
