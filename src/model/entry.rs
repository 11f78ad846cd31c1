//! Two blind entries of one mark: who may type now, when a mark is settled, what a coordinator may decide.
//!
//! Every verb takes the state and gives the next one; a refused verb leaves nothing half done.
use super::{Code, Mark, OperatorId, Refusal};
use serde::Serialize;

pub const SAME_OPERATOR: Code = Code("entry.same_operator");
pub const SETTLER_IS_TYPIST: Code = Code("entry.settler_is_typist");
pub const ALREADY_TWO: Code = Code("entry.already_two");
pub const ALREADY_FIRST: Code = Code("entry.already_first");
pub const NO_FIRST: Code = Code("entry.no_first");
pub const NOT_YOURS: Code = Code("entry.not_yours");
pub const NOT_RETURNED: Code = Code("entry.not_returned");
pub const NOT_DIFFERENT: Code = Code("entry.not_different");
pub const IS_RETURNED: Code = Code("entry.is_returned");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed {
    pub operator: OperatorId,
    pub mark: Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    First,
    Second,
}

impl Slot {
    pub const BOTH: [Slot; 2] = [Slot::First, Slot::Second];

    /// 1 or 2, as stored and as people say it.
    pub fn number(self) -> i64 {
        match self {
            Slot::First => 1,
            Slot::Second => 2,
        }
    }

    pub fn parse(number: i64) -> Option<Slot> {
        Slot::BOTH.into_iter().find(|s| s.number() == number)
    }

    pub fn other(self) -> Slot {
        match self {
            Slot::First => Slot::Second,
            Slot::Second => Slot::First,
        }
    }
}

/// The live entries of one mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entries {
    /// Nothing is entered.
    None,
    /// Waits for somebody else's second entry.
    One(Typed),
    /// Both are in and equal: settled.
    Matched(Typed, Typed),
    /// Both are in and different: a coordinator decides.
    Differs(Typed, Typed),
    /// `slot` went back to its own typist; the other one waits.
    Returned { first: Typed, second: Typed, slot: Slot },
}

/// What somebody would type now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    First,
    Second,
    Correction,
}

impl Entries {
    /// Which entry `operator` may make now, or why none.
    pub fn turn(&self, operator: OperatorId) -> Result<Turn, Refusal> {
        match self {
            Entries::None => Ok(Turn::First),
            Entries::One(first) if first.operator == operator => Err(Refusal::new(SAME_OPERATOR)),
            Entries::One(_) => Ok(Turn::Second),
            Entries::Matched(..) | Entries::Differs(..) => Err(Refusal::new(ALREADY_TWO)),
            Entries::Returned { .. } if self.returned().is_some_and(|t| t.operator == operator) => Ok(Turn::Correction),
            Entries::Returned { .. } => Err(Refusal::new(NOT_YOURS)),
        }
    }

    /// Makes the entry that it is the operator's turn to make.
    pub fn enter(self, typed: Typed) -> Result<Entries, Refusal> {
        match self.turn(typed.operator)? {
            Turn::First => self.first(typed),
            Turn::Second => self.second(typed),
            Turn::Correction => self.correct(typed),
        }
    }

    pub fn first(self, typed: Typed) -> Result<Entries, Refusal> {
        match self {
            Entries::None => Ok(Entries::One(typed)),
            Entries::One(_) => Err(Refusal::new(ALREADY_FIRST)),
            Entries::Matched(..) | Entries::Differs(..) | Entries::Returned { .. } => Err(Refusal::new(ALREADY_TWO)),
        }
    }

    /// By somebody else than the first.
    pub fn second(self, typed: Typed) -> Result<Entries, Refusal> {
        match self {
            Entries::None => Err(Refusal::new(NO_FIRST)),
            Entries::One(first) if first.operator == typed.operator => Err(Refusal::new(SAME_OPERATOR)),
            Entries::One(first) => Ok(Entries::compared(first, typed)),
            Entries::Matched(..) | Entries::Differs(..) | Entries::Returned { .. } => Err(Refusal::new(ALREADY_TWO)),
        }
    }

    /// By the typist of the returned entry only.
    pub fn correct(self, typed: Typed) -> Result<Entries, Refusal> {
        let Entries::Returned { first, second, slot } = self else { return Err(Refusal::new(NOT_RETURNED)) };
        let (first, second, owner) = match slot {
            Slot::First => (typed, second, first.operator),
            Slot::Second => (first, typed, second.operator),
        };
        if owner != typed.operator {
            return Err(Refusal::new(NOT_YOURS));
        }
        Ok(Entries::compared(first, second))
    }

    /// The other entry is dropped; the kept one becomes the first and needs a new second by somebody else.
    pub fn keep(self, settler: OperatorId, slot: Slot) -> Result<Entries, Refusal> {
        let (first, second) = self.unsettled(settler)?;
        if matches!(self, Entries::Returned { slot: back, .. } if back == slot) {
            return Err(Refusal::new(IS_RETURNED));
        }
        Ok(Entries::One(match slot {
            Slot::First => first,
            Slot::Second => second,
        }))
    }

    pub fn discard(self, settler: OperatorId) -> Result<Entries, Refusal> {
        self.unsettled(settler)?;
        Ok(Entries::None)
    }

    /// Back to its own typist; the other one stays as it is.
    pub fn send_back(self, settler: OperatorId, slot: Slot) -> Result<Entries, Refusal> {
        let (first, second) = self.unsettled(settler)?;
        match self {
            Entries::Returned { .. } => Err(Refusal::new(IS_RETURNED)),
            _ => Ok(Entries::Returned { first, second, slot }),
        }
    }

    /// The entries there are, first one first.
    pub fn live(&self) -> Vec<Typed> {
        match *self {
            Entries::None => Vec::new(),
            Entries::One(first) => vec![first],
            Entries::Matched(first, second)
            | Entries::Differs(first, second)
            | Entries::Returned { first, second, .. } => vec![first, second],
        }
    }

    pub fn settled(&self) -> Option<Mark> {
        match self {
            Entries::Matched(first, _) => Some(first.mark),
            _ => None,
        }
    }

    /// Whether two entries stand, equal or not: nobody takes their own back then.
    pub fn both_in(&self) -> bool {
        matches!(self, Entries::Matched(..) | Entries::Differs(..) | Entries::Returned { .. })
    }

    fn returned(&self) -> Option<Typed> {
        match *self {
            Entries::Returned { first, slot: Slot::First, .. } => Some(first),
            Entries::Returned { second, slot: Slot::Second, .. } => Some(second),
            _ => None,
        }
    }

    fn compared(first: Typed, second: Typed) -> Entries {
        if first.mark == second.mark { Entries::Matched(first, second) } else { Entries::Differs(first, second) }
    }

    /// Both entries, when a coordinator who typed neither may decide about them.
    fn unsettled(&self, settler: OperatorId) -> Result<(Typed, Typed), Refusal> {
        let (Entries::Differs(first, second) | Entries::Returned { first, second, .. }) = *self else {
            return Err(Refusal::new(NOT_DIFFERENT));
        };
        if [first.operator, second.operator].contains(&settler) {
            return Err(Refusal::new(SETTLER_IS_TYPIST));
        }
        Ok((first, second))
    }
}

#[cfg(test)]
mod tests;
