//! Figures that a notice wants to be reached (S3-15, S4-29).
use super::Moment;
use serde::{Deserialize, Serialize};

/// Either a share or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub kind: TargetKind,
    #[serde(default)]
    pub percent: Option<u8>,
    #[serde(default)]
    pub about: Option<u32>,
    #[serde(default)]
    pub by: Option<Moment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// 持证上岗率: holders of a certificate among the staff on duty.
    CertifiedOnDuty,
    /// 第一批试点企业
    FirstEnterprises,
}
