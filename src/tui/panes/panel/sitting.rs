//! One panel at work: which candidate and which member the next sheet is for.
use crate::model::{ApplicationId, MemberId};
use crate::ops::PanelState;
use crate::ops::panel::{Candidate, Sheet, View};
use crate::text::Locale;
use crate::tui::widgets::{Accept, Column, Field, Table, Width};

pub struct Sitting {
    pub view: View,
    pub grid: Table,
    /// Place of the member whose sheet is entered.
    pub member: usize,
    pub field: Field,
    /// What was typed over a sheet that is in: the same Enter once more writes it.
    pub over: Option<(MemberId, ApplicationId, String)>,
}

impl Sitting {
    pub fn new(view: View, locale: &Locale) -> Sitting {
        let field = Field::new(Accept::Only(|c| c.is_ascii_digit() || c == '.'), 6);
        let member = super::closing::own_place(&view).unwrap_or(0);
        let mut sitting = Sitting { grid: Table::new(Vec::new()), member, field, view, over: None };
        sitting.columns(locale);
        sitting
    }

    pub fn is_open(&self) -> bool {
        self.view.panel.state == PanelState::Open
    }

    /// The same panel read again; what is typed and selected stays, by person and not by place.
    pub fn show(&mut self, view: View, locale: &Locale) {
        let who = self.candidate().map(|c| c.application);
        let whose = self.view.members.get(self.member).map(|m| m.id);
        self.view = view;
        // Members come and go.
        self.member = self.view.members.iter().position(|m| Some(m.id) == whose).unwrap_or(0);
        self.columns(locale);
        let place = self.view.candidates.iter().position(|c| Some(c.application) == who);
        match place {
            Some(place) => self.grid.select(place),
            None => self.field.clear(),
        }
    }

    /// The grid's columns, with a mark on the member at hand.
    fn columns(&mut self, locale: &Locale) {
        let word = |key: &str| locale.word(key).to_owned();
        // Nine members still fit 80 cells beside a name and the ruling.
        let (name, sheet, ruling) = if self.view.members.len() > 5 { (6, 6, 7) } else { (8, 7, 8) };
        let mut columns = vec![
            Column::new(word("panel.column.ticket"), Width::Fixed(14)).priority(3),
            Column::new(word("panel.column.candidate"), Width::Fill(name)),
            Column::new(word("panel.column.level"), Width::Fixed(5)).priority(2),
        ];
        for (place, member) in self.view.members.iter().enumerate() {
            let title = if place == self.member { format!("*{}", member.name) } else { member.name.clone() };
            columns.push(Column::new(title, Width::Fixed(sheet)).right());
        }
        columns.push(Column::new(word("panel.column.time"), Width::Fixed(6)).right());
        columns.push(Column::new(word("panel.column.ruling"), Width::Fixed(ruling)).right());
        columns.push(Column::new(word("panel.column.note"), Width::Fill(8)).priority(1));
        let at = self.grid.selected().unwrap_or(0);
        self.grid = Table::new(columns);
        self.grid.set_rows(self.view.candidates.len());
        self.grid.select(at);
    }

    pub fn candidate(&self) -> Option<&Candidate> {
        self.grid.selected().and_then(|row| self.view.candidates.get(row))
    }

    /// Whom and by whom the next sheet is.
    pub fn aim(&self) -> Option<(MemberId, ApplicationId)> {
        Some((self.view.members.get(self.member)?.id, self.candidate()?.application))
    }

    /// The sheet at hand.
    pub fn sheet(&self) -> Option<Sheet> {
        self.candidate()?.sheets.get(self.member).copied()
    }

    /// Another member, `by` places on, round and round.
    pub fn turn(&mut self, by: usize, locale: &Locale) {
        self.member = (self.member + by) % self.view.members.len().max(1);
        self.field.clear();
        self.columns(locale);
    }

    /// The next candidate; after the last the next member, from the top. The last of the last member stays.
    pub fn advance(&mut self, locale: &Locale) {
        self.field.clear();
        let next = self.grid.selected().map_or(0, |row| row + 1);
        if next < self.view.candidates.len() {
            self.grid.select(next);
        } else if self.view.own.is_none() && self.member + 1 < self.view.members.len() {
            self.turn(1, locale);
            self.grid.select(0);
        }
    }
}
