//! The integrity pledge (诚信承诺书): its lines for the year, and what follows from it.
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pledge {
    /// Printed in this order, `{year}` filled in. Empty where the notice has no pledge of its own.
    pub lines: Vec<PledgeLine>,
    /// Filled in below the lines.
    pub fields: Vec<PledgeField>,
    /// Nobody is admitted without it (S1-74).
    pub required: bool,
    /// What does not change any more once the application is approved (S1-72).
    pub locks: Vec<Locked>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PledgeLine {
    /// Unique in the pledge.
    pub code: String,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PledgeField {
    IdentityNumber,
    Phone,
    Signature,
    Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locked {
    Name,
    IdentityNumber,
    Photo,
}

impl Pledge {
    /// The lines as printed for a year.
    pub fn printed(&self, year: i32) -> Vec<String> {
        self.lines.iter().map(|line| line.text.replace("{year}", &year.to_string())).collect()
    }
}
