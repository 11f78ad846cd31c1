//! Which printed forms a notice uses (附件): names of the templates in `data/forms/`.
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// 申报表
    pub application: String,
    /// 诚信承诺书
    pub pledge: String,
    /// 申报人员名册, where the notice has one.
    #[serde(default)]
    pub roster: Option<String>,
}
