//! Which authority reviews, assesses and issues the result, by the tier of the employer and the level (S2-05, S2-06).
use super::reviews::Body;
use crate::model::Level;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Tiers of the employer; empty means every tier.
    #[serde(default)]
    pub tiers: Vec<Tier>,
    /// Empty means every level.
    #[serde(default)]
    pub levels: Vec<Level>,
    pub by: Body,
}

/// Where an employer stands in the administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// 自治区本级
    Region,
    /// 地（州、市）
    Prefecture,
}

impl Tier {
    pub const ALL: [Tier; 2] = [Tier::Region, Tier::Prefecture];

    pub fn code(self) -> &'static str {
        match self {
            Tier::Region => "region",
            Tier::Prefecture => "prefecture",
        }
    }
}

impl Authority {
    pub fn covers(&self, tier: Tier, level: Level) -> bool {
        (self.tiers.is_empty() || self.tiers.contains(&tier))
            && (self.levels.is_empty() || self.levels.contains(&level))
    }
}

/// The authority in charge; `None` where the notice divides nothing.
pub fn in_charge(all: &[Authority], tier: Tier, level: Level) -> Option<Body> {
    all.iter().find(|a| a.covers(tier, level)).map(|a| a.by)
}
