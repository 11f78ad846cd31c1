//! Papers an applicant hands in, and the photo.
use crate::model::{Level, Route};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// Locale key `material.<code>`.
    pub code: String,
    /// Empty means every route.
    #[serde(default)]
    pub routes: Vec<Route>,
    /// Empty means every level.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// File formats in lower case, without the dot; empty means paper or any.
    #[serde(default)]
    pub formats: Vec<String>,
    /// Signed by the applicant's own hand.
    #[serde(default)]
    pub signed: bool,
    /// Brought on paper to the exam.
    #[serde(default)]
    pub on_exam_day: bool,
    /// Paper copies.
    #[serde(default)]
    pub copies: Option<u8>,
    /// Who keeps each copy, in order (S2-41).
    #[serde(default)]
    pub kept_by: Vec<KeptBy>,
    /// Characters of text (字) that it must have at least.
    #[serde(default)]
    pub min_characters: Option<u32>,
    /// Materials with the same name here replace one another: one is enough.
    #[serde(default)]
    pub one_of: Option<String>,
    /// Points a reviewer looks for.
    #[serde(default)]
    pub topics: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptBy {
    /// 本人档案
    PersonalFile,
    /// 发文单位
    Issuer,
}

impl Material {
    pub fn is_required(&self, route: Route, level: Level) -> bool {
        let route_fits = self.routes.is_empty() || self.routes.contains(&route);
        route_fits && (self.levels.is_empty() || self.levels.contains(&level))
    }
}

/// The electronic photo, and the size of the one glued on the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    pub formats: Vec<String>,
    /// The file must be smaller than this.
    #[serde(default)]
    pub below_bytes: Option<u64>,
    pub background: Background,
    /// `{name}` and `{identity}`, without the extension.
    pub file_name: String,
    /// As the notice writes it, such as `1.5寸`.
    #[serde(default)]
    pub paper_size: Option<String>,
    #[serde(default)]
    pub electronic_size: Option<String>,
    /// Of the electronic photo at 300 dots an inch; others are told, not refused.
    #[serde(default)]
    pub pixels: Option<Pixels>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
}

impl Photo {
    /// The name the notice asks for, without the extension.
    pub fn named(&self, name: &str, identity: &str) -> String {
        self.file_name.replace("{identity}", identity).replace("{name}", name)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Background {
    White,
    Blue,
    Any,
}
