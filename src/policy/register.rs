//! Certificates on their way to their holders: how they are handed over and what becomes of a lost one (S0-40, S1-39).
use crate::model::{Code, DeliveryWay, Refusal, Stage};
use serde::{Deserialize, Serialize};

pub const WAY: Code = Code("register.way_not_open");
pub const VOID: Code = Code("register.void");
pub const NOT_MADE: Code = Code("register.not_made");
pub const MADE_ALREADY: Code = Code("register.made_already");
pub const DELIVERED: Code = Code("register.delivered_already");
pub const NOT_DELIVERED: Code = Code("register.not_delivered");
pub const DOCUMENT_DIFFERS: Code = Code("register.document_differs");

/// Last characters of a document's number that are enough to compare.
const ENOUGH: usize = 6;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    pub ways: Vec<DeliveryWay>,
    /// What a certificate that is made again (补发) carries.
    pub reissue: Reissued,
    /// Printed beside the date of one that is made again.
    pub mark: String,
    /// Where certificates are made unless somebody says otherwise.
    pub copies: Made,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reissued {
    KeepsNumber,
    /// The old number is void.
    NewNumber,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Made {
    /// Printed here, on a blank form out of stock.
    Stock,
    /// Comes here as it is.
    Elsewhere,
}

/// A step on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Make,
    Notify,
    Deliver,
    TakeBack,
    /// 补发
    MakeAgain,
}

/// Whether a certificate that has come so far can take this step.
pub fn may(step: Step, stage: Stage) -> Result<(), Refusal> {
    let code = match (step, stage) {
        (_, Stage::Void) => VOID,
        (Step::Make, Stage::ToMake)
        | (Step::Notify | Step::Deliver, Stage::Made | Stage::Notified)
        | (Step::TakeBack, Stage::Collected | Stage::Posted)
        | (Step::MakeAgain, Stage::Made | Stage::Notified | Stage::Collected | Stage::Posted) => return Ok(()),
        (Step::Make, _) => MADE_ALREADY,
        (_, Stage::ToMake) => NOT_MADE,
        (Step::TakeBack, _) => NOT_DELIVERED,
        (Step::Notify | Step::Deliver, _) => DELIVERED,
    };
    Err(Refusal::new(code))
}

impl Register {
    pub fn may_use(&self, way: DeliveryWay) -> Result<(), Refusal> {
        if self.ways.contains(&way) {
            return Ok(());
        }
        Err(Refusal::new(WAY).word("way", format!("delivery_way.{}", way.code())))
    }
}

/// The document shown at the counter is the holder's: whole, or its last six characters at least.
pub fn is_holder(shown: &str, holders: &str) -> Result<(), Refusal> {
    let enough = shown.chars().count() >= ENOUGH.min(holders.chars().count());
    if enough && holders.ends_with(shown) { Ok(()) } else { Err(Refusal::new(DOCUMENT_DIFFERS)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stage_has_its_steps() {
        let open = |step| Stage::ALL.iter().filter(|s| may(step, **s).is_ok()).copied().collect::<Vec<_>>();
        assert_eq!(open(Step::Make), [Stage::ToMake]);
        assert_eq!(open(Step::Notify), [Stage::Made, Stage::Notified]);
        assert_eq!(open(Step::Deliver), [Stage::Made, Stage::Notified]);
        assert_eq!(open(Step::TakeBack), [Stage::Collected, Stage::Posted]);
        assert!(may(Step::MakeAgain, Stage::ToMake).unwrap_err().is(NOT_MADE));
        assert!(may(Step::Deliver, Stage::Posted).unwrap_err().is(DELIVERED));
        for step in [Step::Make, Step::Notify, Step::Deliver, Step::TakeBack, Step::MakeAgain] {
            assert!(may(step, Stage::Void).unwrap_err().is(VOID));
        }
    }

    #[test]
    fn a_document_is_compared_from_its_end() {
        let holders = "150699199001010017";
        for good in [holders, "010017", "9001010017"] {
            assert_eq!(is_holder(good, holders), Ok(()));
        }
        for bad in ["", "10017", "010018", "1150699199001010017"] {
            assert!(is_holder(bad, holders).is_err(), "{bad}");
        }
        assert_eq!(is_holder("G123", "G123"), Ok(()));
    }
}
