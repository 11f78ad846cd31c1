//! Results: who passed and why not, counted and listed. Boards and lists follow from settled marks, and only
//! `policy::passing::outcome` decides, over marks as confirmed incidents leave them. What goes out rests on a stored
//! computation.
mod audit;
mod board;
mod compare;
mod computed;
mod difference;
mod list;
mod marks;
mod missing;
mod of_one;
mod outstanding;
mod sent;
mod what_if;
mod within;

pub use audit::{
    AUDIT_DATE, AUDIT_INCOMPLETE, AUDIT_NOT_SENT, AUDIT_NOTE, AUDIT_OWN, AUDIT_WAITS, AUDITED, AUDITOR, Answer,
    AnswerAudit, AskAudit, Audit, AuditStanding, NOT_ASKED_FOR, audit,
};
pub use board::{Board, Counts, Line, Spread, board, points_of, share};
pub use compare::{Beside, Comparison, NOTHING_EARLIER, SAME_BATCH, Side, compare, compare_with, from_bundle, rise};
pub use computed::{CHANGED_SINCE, Computation, Compute, Computed, NOBODY, audited, inputs, latest, pass_mark, stored};
pub use difference::{Came, Changed, NO_COMPUTATION, Standing as ComputationStanding, between, computations, standing};
pub(in crate::ops) use list::everyone;
pub(in crate::ops) use list::passed_in;
pub use list::{
    Filter, Listed, OutcomeKind, ResultRow, Standing, UNKNOWN, each_passed, everybody, listed, outcome_of, outcomes,
    passed,
};
pub(in crate::ops) use marks::step;
pub(in crate::ops) use missing::why_missing;
pub use missing::{Missing, MissingRow, Why, missing};
pub(in crate::ops) use of_one::of_one;
pub(in crate::ops) use outstanding::outstanding;
pub use sent::{
    SENT_DATE, SENT_INCOMPLETE, SENT_UNSTAMPED, SENT_WORDS, SendSummary, Stamped, Summary, SummaryState, summary,
};

pub(in crate::ops) use what_if::{Follows, WhatIf};
pub use within::{Depth, Group, Leaf, Name, RoomName, Trade, Within, board_within, groups, tree};

pub use crate::policy::passing::{Outcome, Parts};

use crate::model::{Level, Subject};
use crate::policy::Policy;
use crate::policy::passing::{self, Marks};
use crate::store::views::results::Boxes;

/// The parts that a level needs, by the policy, worked out once for a whole pass.
struct Judge<'p> {
    policy: &'p Policy,
    required: [Parts; 5],
}

impl Judge<'_> {
    fn of(policy: &Policy) -> Judge<'_> {
        Judge { policy, required: Level::ALL.map(|level| policy.subjects.required(level)) }
    }

    fn required(&self, level: Level) -> Parts {
        let place = Level::ALL.iter().position(|l| *l == level);
        place.and_then(|place| self.required.get(place)).copied().unwrap_or_default()
    }

    fn outcome(&self, level: Level, boxes: &Boxes) -> Outcome {
        let mut marks = Marks::default();
        for (part, mark) in Subject::ALL.into_iter().zip(boxes) {
            marks.set(part, *mark);
        }
        passing::outcome(self.required(level), &marks, &self.policy.passing)
    }
}
