//! Objections and requests for a re-check, each with its last day and how long there is.
use crate::model::{Day, Refusal};
use crate::ops::{Result, Site, calendar};
use crate::policy::milestones::left;
use crate::store::views::publicity as view;
use crate::store::{ChangeState, FindingState};
use serde::Serialize;

pub use crate::store::views::publicity::Listed;

/// One of them and how it stands today.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Case {
    #[serde(flatten)]
    pub said: Listed,
    /// Waits for somebody: to be decided, or for the second person of the change that it asked for.
    pub stage: Stage,
    /// Working days; negative once it is late. `None`: decided.
    pub working_days_left: Option<i64>,
    /// Still open after its day, or decided after it.
    pub overdue: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Open,
    /// The change of the mark waits for a second person.
    ChangeWaits,
    /// That change was refused or withdrawn: to be decided anew.
    ChangeFailed,
    Founded,
    Unfounded,
    Withdrawn,
}

impl Stage {
    fn of(said: &Listed) -> Stage {
        match (said.state, said.change_state) {
            (FindingState::Open, _) => Stage::Open,
            (FindingState::Founded, Some(ChangeState::Asked)) => Stage::ChangeWaits,
            (FindingState::Founded, Some(ChangeState::Refused | ChangeState::Withdrawn)) => Stage::ChangeFailed,
            (FindingState::Founded, _) => Stage::Founded,
            (FindingState::Unfounded, _) => Stage::Unfounded,
            (FindingState::Withdrawn, _) => Stage::Withdrawn,
        }
    }

    pub fn key(self) -> &'static str {
        match self {
            Stage::Open => "objection_stage.open",
            Stage::ChangeWaits => "objection_stage.change_waits",
            Stage::ChangeFailed => "objection_stage.change_failed",
            Stage::Founded => "objection_stage.founded",
            Stage::Unfounded => "objection_stage.unfounded",
            Stage::Withdrawn => "objection_stage.withdrawn",
        }
    }

    /// Somebody has to decide it.
    pub fn is_open(self) -> bool {
        matches!(self, Stage::Open | Stage::ChangeFailed)
    }
}

/// All of the batch, open ones first, by their last day.
pub fn objections(site: &Site) -> Result<Vec<Case>> {
    let (calendar, today) = (calendar::calendar(site)?, site.now().day());
    let case = |said: Listed| {
        let stage = Stage::of(&said);
        let over: Day = if stage.is_open() { today } else { said.decided_on.unwrap_or(today) };
        Case {
            working_days_left: stage.is_open().then(|| left(today, said.decide_by, &calendar)),
            overdue: over > said.decide_by,
            stage,
            said,
        }
    };
    Ok(view::listed(site.store().db(), site.batch()?.id)?.into_iter().map(case).collect())
}

pub fn objection(site: &Site, number: i64) -> Result<Case> {
    let found = objections(site)?.into_iter().find(|case| case.said.number == number);
    Ok(found.ok_or_else(|| Refusal::new(super::decide::UNKNOWN).with("number", number))?)
}
