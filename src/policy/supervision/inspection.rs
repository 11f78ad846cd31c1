//! What an inspection record must say.
use crate::model::{Code, Day, Refusal};

pub const NO_FINDINGS: Code = Code("supervision.no_findings");
pub const NOBODY: Code = Code("supervision.nobody");
pub const NO_METHOD: Code = Code("supervision.no_method");
pub const UNKNOWN_METHOD: Code = Code("supervision.unknown_method");
pub const MEND_BY_NEEDED: Code = Code("supervision.mend_by_needed");
pub const MEND_BY_EARLY: Code = Code("supervision.mend_by_early");

/// 听取汇报，查阅资料，现场查看，访谈，问卷，测试，复核
pub const METHODS: [&str; 7] = ["hear", "read", "watch", "interview", "questionnaire", "test", "recheck"];

#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub supervisors: usize,
    pub methods: &'a [String],
    pub findings: &'a str,
    pub inspected_on: Day,
    pub to_mend: bool,
    pub mend_by: Option<Day>,
}

pub fn complete(facts: &Facts<'_>) -> Result<(), Refusal> {
    if facts.supervisors == 0 {
        return Err(Refusal::new(NOBODY));
    }
    if facts.methods.is_empty() {
        return Err(Refusal::new(NO_METHOD).with("known", METHODS.join(" ")));
    }
    if let Some(odd) = facts.methods.iter().find(|m| !METHODS.contains(&m.as_str())) {
        return Err(Refusal::new(UNKNOWN_METHOD).with("method", odd.as_str()).with("known", METHODS.join(" ")));
    }
    if facts.findings.trim().is_empty() {
        return Err(Refusal::new(NO_FINDINGS));
    }
    match facts.mend_by {
        None if facts.to_mend => Err(Refusal::new(MEND_BY_NEEDED)),
        Some(day) if day < facts.inspected_on => Err(Refusal::new(MEND_BY_EARLY).with("day", day.to_string())),
        _ => Ok(()),
    }
}
