//! Blind entries of one mark: who may type now, when a mark is settled, what a coordinator may decide.
//!
//! Every verb takes the state and gives the next one; a refused verb leaves nothing half done. When two or three
//! entries settle a mark is the affair of a [`Rule`].
use super::{Code, Mark, OperatorId, Points, Refusal};
use serde::Serialize;

pub const SAME_OPERATOR: Code = Code("entry.same_operator");
pub const SETTLER_IS_TYPIST: Code = Code("entry.settler_is_typist");
pub const ALREADY_TWO: Code = Code("entry.already_two");
pub const ALREADY_THREE: Code = Code("entry.already_three");
pub const ALREADY_FIRST: Code = Code("entry.already_first");
pub const NO_FIRST: Code = Code("entry.no_first");
pub const NOT_YOURS: Code = Code("entry.not_yours");
pub const NOT_RETURNED: Code = Code("entry.not_returned");
pub const NOT_DIFFERENT: Code = Code("entry.not_different");
pub const IS_RETURNED: Code = Code("entry.is_returned");
/// Three marks stand: only arbitration or a fresh start is left.
pub const THREE_IN: Code = Code("entry.three_in");
pub const NOT_THREE: Code = Code("entry.not_three");
pub const OUTSIDE: Code = Code("entry.outside");

/// Points for groups of questions, in the order of the policy: `(code, points)`.
pub type Items = Vec<(String, Points)>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub operator: OperatorId,
    pub mark: Mark,
    /// `None`: the total only.
    pub items: Option<Items>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    First,
    Second,
    /// Of a third marker, where two lie too far apart.
    Third,
}

impl Slot {
    pub const BOTH: [Slot; 2] = [Slot::First, Slot::Second];
    pub const ALL: [Slot; 3] = [Slot::First, Slot::Second, Slot::Third];

    /// 1, 2 or 3, as stored and as people say it.
    pub fn number(self) -> i64 {
        match self {
            Slot::First => 1,
            Slot::Second => 2,
            Slot::Third => 3,
        }
    }

    pub fn parse(number: i64) -> Option<Slot> {
        Slot::ALL.into_iter().find(|s| s.number() == number)
    }

    pub fn key(self) -> &'static str {
        match self {
            Slot::First => "entry_slot.first",
            Slot::Second => "entry_slot.second",
            Slot::Third => "entry_slot.third",
        }
    }
}

/// What two entries come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pair {
    Settles(Mark),
    /// Too far apart: a third marker.
    Third,
    /// A coordinator decides.
    Differs,
}

/// When entries settle a mark.
pub trait Rule {
    fn two(&self, first: &Typed, second: &Typed) -> Pair;
    /// `None`: the coordinator arbitrates.
    fn three(&self, first: &Typed, second: &Typed, third: &Typed) -> Option<Mark>;
}

/// The live entries of one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entries {
    /// Nothing is entered.
    None,
    /// Waits for somebody else's second entry.
    One(Typed),
    /// Two, or three with a third marker, and the mark they came to.
    Settled { made_of: Vec<Typed>, mark: Mark },
    /// Both are in and different: a third marker's turn where the rule says so, else a coordinator's.
    Differs(Typed, Typed),
    /// `slot` went back to its own typist; the other one waits.
    Returned { first: Typed, second: Typed, slot: Slot },
    /// A third marker did not help: a coordinator arbitrates.
    Apart(Typed, Typed, Typed),
}

/// What somebody would type now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    First,
    Second,
    Third,
    Correction,
}

impl Turn {
    /// The slot that is filled; a correction stays where it is.
    pub fn slot(self) -> Option<Slot> {
        match self {
            Turn::First => Some(Slot::First),
            Turn::Second => Some(Slot::Second),
            Turn::Third => Some(Slot::Third),
            Turn::Correction => None,
        }
    }
}

impl Entries {
    /// Which entry `operator` may make now, or why none.
    pub fn turn(&self, operator: OperatorId, rule: &dyn Rule) -> Result<Turn, Refusal> {
        match self {
            Entries::None => Ok(Turn::First),
            Entries::One(first) if first.operator == operator => Err(Refusal::new(SAME_OPERATOR)),
            Entries::One(_) => Ok(Turn::Second),
            Entries::Differs(first, second) if rule.two(first, second) == Pair::Third => {
                match [first.operator, second.operator].contains(&operator) {
                    true => Err(Refusal::new(SAME_OPERATOR)),
                    false => Ok(Turn::Third),
                }
            }
            Entries::Settled { .. } | Entries::Differs(..) => Err(Refusal::new(ALREADY_TWO)),
            Entries::Apart(..) => Err(Refusal::new(ALREADY_THREE)),
            Entries::Returned { .. } if self.returned().is_some_and(|t| t.operator == operator) => Ok(Turn::Correction),
            Entries::Returned { .. } => Err(Refusal::new(NOT_YOURS)),
        }
    }

    /// Makes the entry that it is the operator's turn to make.
    pub fn enter(self, typed: Typed, rule: &dyn Rule) -> Result<Entries, Refusal> {
        match self.turn(typed.operator, rule)? {
            Turn::First => self.first(typed),
            Turn::Second => self.second(typed, rule),
            Turn::Third => self.third(typed, rule),
            Turn::Correction => self.correct(typed, rule),
        }
    }

    pub fn first(self, typed: Typed) -> Result<Entries, Refusal> {
        match self {
            Entries::None => Ok(Entries::One(typed)),
            Entries::One(_) => Err(Refusal::new(ALREADY_FIRST)),
            _ => Err(Refusal::new(ALREADY_TWO)),
        }
    }

    /// By somebody else than the first.
    pub fn second(self, typed: Typed, rule: &dyn Rule) -> Result<Entries, Refusal> {
        match self {
            Entries::None => Err(Refusal::new(NO_FIRST)),
            Entries::One(first) if first.operator == typed.operator => Err(Refusal::new(SAME_OPERATOR)),
            Entries::One(first) => Ok(Entries::compared(first, typed, rule)),
            _ => Err(Refusal::new(ALREADY_TWO)),
        }
    }

    /// By somebody else than either, where the two lie too far apart.
    pub fn third(self, typed: Typed, rule: &dyn Rule) -> Result<Entries, Refusal> {
        if self.turn(typed.operator, rule)? != Turn::Third {
            return Err(Refusal::new(ALREADY_TWO));
        }
        let Entries::Differs(first, second) = self else { return Err(Refusal::new(ALREADY_TWO)) };
        Ok(match rule.three(&first, &second, &typed) {
            Some(mark) => Entries::Settled { made_of: vec![first, second, typed], mark },
            None => Entries::Apart(first, second, typed),
        })
    }

    /// By the typist of the returned entry only.
    pub fn correct(self, typed: Typed, rule: &dyn Rule) -> Result<Entries, Refusal> {
        let Entries::Returned { first, second, slot } = self else { return Err(Refusal::new(NOT_RETURNED)) };
        let (first, second, owner) = match slot {
            Slot::First => (typed.clone(), second, first.operator),
            Slot::Second | Slot::Third => (first, typed.clone(), second.operator),
        };
        if owner != typed.operator {
            return Err(Refusal::new(NOT_YOURS));
        }
        Ok(Entries::compared(first, second, rule))
    }

    /// The other entry is dropped; the kept one becomes the first and needs a new second by somebody else.
    pub fn keep(self, settler: OperatorId, slot: Slot) -> Result<Entries, Refusal> {
        let (first, second) = self.pair(settler)?;
        if matches!(self, Entries::Returned { slot: back, .. } if back == slot) {
            return Err(Refusal::new(IS_RETURNED));
        }
        match slot {
            Slot::First => Ok(Entries::One(first)),
            Slot::Second => Ok(Entries::One(second)),
            Slot::Third => Err(Refusal::new(NOT_THREE)),
        }
    }

    /// All that stand, two or three.
    pub fn discard(self, settler: OperatorId) -> Result<Entries, Refusal> {
        self.unsettled(settler)?;
        Ok(Entries::None)
    }

    /// Back to its own typist; the other one stays as it is.
    pub fn send_back(self, settler: OperatorId, slot: Slot) -> Result<Entries, Refusal> {
        let (first, second) = self.pair(settler)?;
        match self {
            Entries::Returned { .. } => Err(Refusal::new(IS_RETURNED)),
            _ if slot == Slot::Third => Err(Refusal::new(NOT_THREE)),
            _ => Ok(Entries::Returned { first, second, slot }),
        }
    }

    /// The coordinator's mark between three that stay apart: none below the lowest or above the highest of them;
    /// absent or void where one of them says so.
    pub fn arbitrate(self, settler: OperatorId, mark: Mark) -> Result<Entries, Refusal> {
        self.unsettled(settler)?;
        let Entries::Apart(first, second, third) = self else { return Err(Refusal::new(NOT_THREE)) };
        let made_of = vec![first, second, third];
        let points = made_of.iter().filter_map(|t| t.mark.points());
        let inside = match mark.points() {
            Some(own) => points.clone().min() <= Some(own) && Some(own) <= points.max(),
            None => made_of.iter().any(|t| t.mark == mark),
        };
        if inside { Ok(Entries::Settled { made_of, mark }) } else { Err(Refusal::new(OUTSIDE)) }
    }

    /// The entries there are, first one first.
    pub fn live(&self) -> Vec<Typed> {
        match self.clone() {
            Entries::None => Vec::new(),
            Entries::One(first) => vec![first],
            Entries::Settled { made_of, .. } => made_of,
            Entries::Differs(first, second) | Entries::Returned { first, second, .. } => vec![first, second],
            Entries::Apart(first, second, third) => vec![first, second, third],
        }
    }

    pub fn settled(&self) -> Option<Mark> {
        match self {
            Entries::Settled { mark, .. } => Some(*mark),
            _ => None,
        }
    }

    /// Whether two entries stand, equal or not: nobody takes their own back then.
    pub fn both_in(&self) -> bool {
        !matches!(self, Entries::None | Entries::One(_))
    }

    fn returned(&self) -> Option<&Typed> {
        match self {
            Entries::Returned { first, slot: Slot::First, .. } => Some(first),
            Entries::Returned { second, slot: Slot::Second, .. } => Some(second),
            _ => None,
        }
    }

    fn compared(first: Typed, second: Typed, rule: &dyn Rule) -> Entries {
        match rule.two(&first, &second) {
            Pair::Settles(mark) => Entries::Settled { made_of: vec![first, second], mark },
            Pair::Third | Pair::Differs => Entries::Differs(first, second),
        }
    }

    /// Both entries, when a coordinator who typed neither may choose between them.
    fn pair(&self, settler: OperatorId) -> Result<(Typed, Typed), Refusal> {
        self.unsettled(settler)?;
        match self {
            Entries::Differs(first, second) | Entries::Returned { first, second, .. } => {
                Ok((first.clone(), second.clone()))
            }
            _ => Err(Refusal::new(THREE_IN)),
        }
    }

    /// Whether entries wait for a coordinator, and this one typed none of them.
    fn unsettled(&self, settler: OperatorId) -> Result<(), Refusal> {
        if !matches!(self, Entries::Differs(..) | Entries::Returned { .. } | Entries::Apart(..)) {
            return Err(Refusal::new(NOT_DIFFERENT));
        }
        if self.live().iter().any(|t| t.operator == settler) {
            return Err(Refusal::new(SETTLER_IS_TYPIST));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
