//! Who does which part of the work. A field is empty where the notice leaves it open.
use super::reviews::Body;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Responsible {
    /// 组织报名
    pub registration: Option<Body>,
    /// 考场编排、考务安排
    pub arrangement: Option<Body>,
    pub theory: Option<Body>,
    pub practical: Option<Body>,
    /// 综合评审
    pub review: Option<Body>,
    /// 阅卷
    pub marking: Option<Body>,
    /// 试卷归档
    pub papers: Option<Body>,
    /// 结果审核: no certificate before (S3-24).
    pub results_audit: Option<Body>,
    /// 制发证书或资格文件
    pub certificates: Option<Body>,
    /// 通知领取
    pub handing_out: Option<Body>,
    /// 质量督导
    pub supervision: Option<Body>,
    /// 培训
    pub training: Option<Body>,
}
