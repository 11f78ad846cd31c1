//! Which level sits which parts, and how each part is held.
use super::passing::Parts;
use crate::model::{Level, Subject};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subjects {
    /// A level in no line has no assessment, and can never pass.
    pub required: Vec<LevelParts>,
    pub theory: TheoryMode,
    pub practical: PracticalMode,
    pub review: ReviewMode,
    /// How the practical part of single occupations is held, where it differs (S0-24).
    #[serde(default)]
    pub practical_of: Vec<PracticalOf>,
    /// Months for which a part that was passed counts; `None`: it does not outlive the batch.
    #[serde(default)]
    pub part_valid_months: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelParts {
    pub levels: Vec<Level>,
    pub parts: Vec<Subject>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticalOf {
    /// Code of the catalogue.
    pub occupation: String,
    /// Empty means every level.
    #[serde(default)]
    pub levels: Vec<Level>,
    pub mode: PracticalMode,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TheoryMode {
    Paper,
    Computer,
    /// Held by another body; only its marks come here.
    External,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PracticalMode {
    /// 笔试
    Paper,
    /// 实操
    HandsOn,
    /// The occupation says which.
    ByOccupation,
    External,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewMode {
    /// 审阅材料
    Materials,
    /// 答辩
    Defence,
    External,
    None,
}

impl Subjects {
    /// The parts a candidate of this level must pass; empty when the notice does not hold the level.
    pub fn required(&self, level: Level) -> Parts {
        let lines = self.required.iter().filter(|line| line.levels.contains(&level));
        lines.flat_map(|line| line.parts.iter().copied()).collect()
    }

    /// How the practical part of an occupation is held; [`PracticalMode::ByOccupation`] while nobody has said.
    pub fn practical_of(&self, occupation: &str, level: Level) -> PracticalMode {
        let fits = |p: &&PracticalOf| p.occupation == occupation && (p.levels.is_empty() || p.levels.contains(&level));
        self.practical_of.iter().find(fits).map_or(self.practical, |p| p.mode)
    }

    /// Levels the notice holds, from 5 down.
    pub fn levels(&self) -> Vec<Level> {
        Level::ALL.into_iter().filter(|l| !self.required(*l).is_empty()).collect()
    }
}
