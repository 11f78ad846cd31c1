//! What a panel still needs before it can be sealed.
use super::board::Board;
use crate::model::{Code, Refusal};
use crate::policy::panel::{Signing, enough};
use serde::Serialize;

pub const NOT_READY: Code = Code("panel.not_ready");

/// People named in a refusal; the rest is a count.
const NAMED: usize = 3;

/// Each empty when nothing of it is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Members who judge a candidate although a rule keeps them apart, each with the candidate.
    pub conflicts: Vec<String>,
    /// Members who owe sheets, and how many.
    pub sheets: Vec<(String, usize)>,
    /// Candidates whom too few members may judge.
    pub quorum: Vec<String>,
    /// Candidates whose judging was not begun or ended, or was too short without a reason.
    pub durations: Vec<String>,
    /// Candidates whom the chair has to decide.
    pub rulings: Vec<String>,
    /// Members who have not signed the sheets as they are.
    pub signatures: Vec<String>,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// A member judges whom they must not.
    Recuse,
    /// Sheets are not in.
    Judge,
    /// More members are needed.
    Quorum,
    /// Beginning and end.
    Time,
    Rule,
    Sign,
    Seal,
    /// Nothing: it is sealed.
    Done,
}

impl Next {
    pub fn code(self) -> &'static str {
        match self {
            Next::Recuse => "recuse",
            Next::Judge => "judge",
            Next::Quorum => "quorum",
            Next::Time => "time",
            Next::Rule => "rule",
            Next::Sign => "sign",
            Next::Seal => "seal",
            Next::Done => "done",
        }
    }
}

impl Missing {
    pub(super) fn of(board: &Board) -> Missing {
        let owes = |member: &crate::ops::PanelMemberRow| {
            let owed = |j: &&super::board::Judged| {
                let who = j.row.application;
                board.counts(member, who) && board.sheet(member.id, who).is_none()
            };
            (member.name.clone(), board.open().filter(owed).count())
        };
        let names = |wanted: &dyn Fn(&super::board::Judged) -> bool| -> Vec<String> {
            board.open().filter(|j| wanted(j)).map(|j| j.person.name.clone()).collect()
        };
        let digest = board.digest();
        let unsigned = board.sitting().filter(|m| board.signature(m.id, &digest).is_none());
        Missing {
            conflicts: Vec::new(),
            sheets: board.members.iter().map(owes).filter(|(_, owed)| *owed > 0).collect(),
            quorum: names(&|j| enough(&board.rule, board.counting(j.row.application).count()).is_err()),
            durations: names(&|j| !board.lasted(j)),
            rulings: names(&|j| board.asks(j).is_some() && board.settled(j).is_none()),
            signatures: match board.rule.signing {
                Signing::Members => unsigned.map(|m| m.name.clone()).collect(),
                Signing::Paper => Vec::new(),
            },
        }
    }

    /// The same with those who have to be recused.
    pub(super) fn with(self, conflicts: Vec<String>) -> Missing {
        Missing { conflicts, ..self }
    }

    /// Everything but signatures is there.
    pub fn may_sign(&self) -> bool {
        self.conflicts.is_empty()
            && self.sheets.is_empty()
            && self.quorum.is_empty()
            && self.durations.is_empty()
            && self.rulings.is_empty()
    }

    pub fn is_empty(&self) -> bool {
        self.may_sign() && self.signatures.is_empty()
    }

    /// Sheets that are not in.
    pub fn owed(&self) -> usize {
        self.sheets.iter().map(|(_, owed)| owed).sum()
    }

    /// Of a panel that is not sealed.
    pub fn next(&self) -> Next {
        let steps = [
            (!self.conflicts.is_empty(), Next::Recuse),
            (!self.quorum.is_empty(), Next::Quorum),
            (!self.sheets.is_empty(), Next::Judge),
            (!self.durations.is_empty(), Next::Time),
            (!self.rulings.is_empty(), Next::Rule),
            (!self.signatures.is_empty(), Next::Sign),
        ];
        steps.into_iter().find(|(missing, _)| *missing).map_or(Next::Seal, |(_, next)| next)
    }

    /// Refused with the whole list; `-` where nothing is missing.
    pub(super) fn refusal(&self, panel: &str) -> Refusal {
        let sheets: Vec<String> = self.sheets.iter().map(|(name, owed)| format!("{name} {owed}")).collect();
        Refusal::new(NOT_READY)
            .with("panel", panel)
            .with("sheets", some(&sheets))
            .with("quorum", some(&self.quorum))
            .with("durations", some(&self.durations))
            .with("rulings", some(&self.rulings))
            .with("signatures", some(&self.signatures))
    }
}

/// A few names and how many more.
pub fn some(names: &[String]) -> String {
    match names.len() {
        0 => "-".to_owned(),
        n if n <= NAMED => names.join(", "),
        n => format!("{}, +{}", names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", "), n - NAMED),
    }
}
