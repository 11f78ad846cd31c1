//! Experts of the comprehensive review (评审专家): whether one may judge a candidate, and who judges whom by lot.
//!
//! Recusal (回避) is found by rule whenever it is asked, never stored: own exam, employer, kin, master, teacher, ties that
//! were declared, and for a review anew the members who judged before. For reviews nothing is set aside with a reason.
mod draw;
mod recusal;

pub use draw::{Drawing, Drawn, Excluded, Lots, Unseated, draw, substitute};
pub use recusal::{Block, Why, all, card, general, recusals};

use super::panel::PanelRule;
use super::staffing::{Staffing, Tie};
use crate::model::{AssessorGrade, Day, Level, StaffId, TieKind, fold};
use std::collections::HashSet;

/// What the rules look at beside the two people.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    pub panel: &'a PanelRule,
    pub staffing: &'a Staffing,
    pub today: Day,
    /// Identity numbers of everybody who takes part in the batch.
    pub candidates: &'a HashSet<String>,
}

impl Rules<'_> {
    /// Whether only senior assessors judge this level.
    pub fn wants_senior(&self, level: Level) -> bool {
        self.panel.senior && self.staffing.senior_levels.contains(&level)
    }
}

/// Somebody who may be asked to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expert {
    pub who: Who,
    pub id_number: Option<String>,
    /// What the list of people knows; `None`: not on it, so that nothing is known of a card.
    pub card: Option<Card>,
    pub ties: Vec<Tie>,
    /// The open panel that they sit on.
    pub busy: Option<String>,
}

/// A person of a panel: by number of the list, else by name and unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    pub staff: Option<StaffId>,
    pub name: String,
    pub unit: String,
}

impl Who {
    pub fn is(&self, other: &Who) -> bool {
        match (self.staff, other.staff) {
            (Some(one), Some(other)) => one == other,
            _ => self.name == other.name && fold::name(&self.unit) == fold::name(&other.unit),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub grade: AssessorGrade,
    /// Last day.
    pub until: Option<Day>,
    /// Codes; empty: every occupation.
    pub occupations: Vec<String>,
    /// Whether reviewing is among their duties.
    pub reviews: bool,
    pub retired: bool,
}

/// A candidate as the rules look at them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examinee {
    pub name: String,
    pub id_number: String,
    pub employer: Option<String>,
    pub occupation: String,
    pub level: Level,
    /// Who declared that they do not judge this candidate, in any panel.
    pub declared: Vec<(Who, TieKind)>,
    /// Who sat on a panel whose ruling is replaced.
    pub former: Vec<Who>,
}

#[cfg(test)]
mod tests;
