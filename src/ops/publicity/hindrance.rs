//! What stands in the way of an act: the same list before it and, as a refusal, in it.
use crate::model::{Code, Refusal};
use crate::ops::Result;
use serde::Serialize;

pub const UNACCEPTED: Code = Code("publicity.unaccepted");

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Hindrances {
    /// Have to be put right.
    pub stops: Vec<Refusal>,
    /// Have to be accepted by their codes.
    pub warnings: Vec<Refusal>,
}

impl Hindrances {
    pub fn is_clear(&self) -> bool {
        self.stops.is_empty() && self.warnings.is_empty()
    }

    /// Codes of all warnings.
    pub fn codes(&self) -> Vec<String> {
        self.warnings.iter().map(|w| w.code.0.to_owned()).collect()
    }

    /// Refused with the first thing in the way. Gives the codes that were accepted, comma separated.
    pub fn settle(&self, accepted: &[String]) -> Result<String> {
        if let Some(stop) = self.stops.first() {
            return Err(stop.clone().into());
        }
        let open = self.warnings.iter().filter(|w| !accepted.iter().any(|a| a == w.code.0)).count();
        if open > 0 {
            return Err(Refusal::new(UNACCEPTED).with("count", open).into());
        }
        Ok(self.codes().join(","))
    }
}
