//! What a notice calls things on its forms and lists.
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// 技能人员, 工勤技能人员
    pub applicants: String,
    /// 技能考核, 操作技能
    pub practical: String,
    /// 认定, 考核
    pub assessment: String,
    /// 民族, 族别
    pub ethnic_group: String,
    /// 申报表, 信息采集表
    pub form: String,
}
