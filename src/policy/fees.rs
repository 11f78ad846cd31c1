//! The fee table (收费标准). Empty until an office supplies the amounts: no notice states them.
use crate::model::{Level, Route};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeItem {
    /// Locale key `fee.<code>`: registration, theory, practical, review, resit.
    pub code: String,
    /// Fen.
    pub amount: i64,
    /// Empty means every level.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// Empty means every route.
    #[serde(default)]
    pub routes: Vec<Route>,
}
