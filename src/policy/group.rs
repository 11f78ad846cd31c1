//! Group registration (集体报名): one sheet, one folder of photos, one folder for each candidate.
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupRegistration {
    /// Name of the sheet without its ending.
    pub sheet: String,
    pub photo_folder: String,
    /// `{name}` and `{identity}`.
    pub candidate_folder: String,
    /// Whether the archive's name must hold the organisation's.
    pub archive_names_organisation: bool,
}
