//! The chain of opinions and stamps on the paper form (签署意见并加盖公章).
use crate::model::{Code, Refusal};
use serde::{Deserialize, Serialize};

pub const OUT_OF_ORDER: Code = Code("stamp.out_of_order");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamps {
    /// Whether a stamp needs all stamps before it.
    pub in_order: bool,
    /// First to last.
    pub chain: Vec<StampBy>,
    /// The missing stamps block a second review.
    pub required_for_approval: bool,
    /// How many sign each stamp: 2 where a clerk (经办人) and a head (负责人) do (S2-25).
    #[serde(default = "one")]
    pub signers: u8,
    /// The roster is void as well while one of its boxes has no stamp (S2-27).
    #[serde(default)]
    pub roster: bool,
}

fn one() -> u8 {
    1
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StampBy {
    /// 单位
    Employer,
    /// 主管部门
    Department,
    /// 旗县人社部门
    County,
    /// 盟市人社部门
    Prefecture,
    /// 自治区人社部门
    Region,
    /// 发文机构
    Issuer,
    /// 专家组
    Experts,
}

impl StampBy {
    pub fn code(self) -> &'static str {
        match self {
            StampBy::Employer => "employer",
            StampBy::Department => "department",
            StampBy::County => "county",
            StampBy::Prefecture => "prefecture",
            StampBy::Region => "region",
            StampBy::Issuer => "issuer",
            StampBy::Experts => "experts",
        }
    }

    pub fn key(self) -> String {
        format!("stamp.{}", self.code())
    }
}

impl Stamps {
    /// Stamps of the chain that are not there yet, in order.
    pub fn missing(&self, present: &[StampBy]) -> Vec<StampBy> {
        self.chain.iter().copied().filter(|s| !present.contains(s)).collect()
    }

    /// Whether `next` may be put on a form that carries `present` (S1-67).
    pub fn may_add(&self, present: &[StampBy], next: StampBy) -> Result<(), Refusal> {
        let before = self.chain.iter().take_while(|s| **s != next);
        match before.copied().find(|s| self.in_order && !present.contains(s)) {
            Some(first) => Err(Refusal::new(OUT_OF_ORDER).word("stamp", next.key()).word("first", first.key())),
            None => Ok(()),
        }
    }
}
