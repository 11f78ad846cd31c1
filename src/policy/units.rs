//! The units that hold sites, and which of them takes an applicant (S1-24, S1-32).
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Units {
    pub list: Vec<Unit>,
    /// Code of the unit that takes units directly under the region (自治区直属单位).
    pub direct_to: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub code: String,
    pub name: String,
    /// Prefix of the region code (GB/T 2260); the longest that fits wins.
    pub region: String,
}

/// Where an employer belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs<'a> {
    /// Region code of six digits.
    Region(&'a str),
    Direct,
}

impl Units {
    pub fn takes(&self, employer: Belongs<'_>) -> Option<&Unit> {
        match employer {
            Belongs::Region(code) => {
                self.list.iter().filter(|u| code.starts_with(&u.region)).max_by_key(|u| u.region.len())
            }
            Belongs::Direct => self.list.iter().find(|u| Some(&u.code) == self.direct_to.as_ref()),
        }
    }
}
