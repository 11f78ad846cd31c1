//! What an operator may do. Duties that exclude one another are in [`CLASHES`].
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 系统管理员: operators, backups; neither sees nor changes what belongs to a batch.
    Admin,
    /// 考务主管: applications, arrangement, settling of entries, results, certificates; never types marks.
    Coordinator,
    /// 成绩管理员: signs marks off, decides what changes after that, re-checks; no other duty around the exam.
    ScoreManager,
    /// 监考
    Proctor,
    /// 登分员
    Typist,
    /// 评审专家: own sheets of a review panel.
    Reviewer,
    /// 督导: reads everything, writes nothing.
    Auditor,
}

/// Pairs that one person may not hold together. Whoever settles or signs off marks does not type them; whoever hands out
/// the duties has none of them; whoever looks it all over wrote none of it.
pub const CLASHES: &[(Role, Role)] = &[
    (Role::Coordinator, Role::Typist),
    (Role::ScoreManager, Role::Coordinator),
    (Role::ScoreManager, Role::Typist),
    (Role::ScoreManager, Role::Proctor),
    (Role::ScoreManager, Role::Reviewer),
    (Role::Admin, Role::Coordinator),
    (Role::Admin, Role::ScoreManager),
    (Role::Admin, Role::Proctor),
    (Role::Admin, Role::Typist),
    (Role::Admin, Role::Reviewer),
    (Role::Auditor, Role::Admin),
    (Role::Auditor, Role::Coordinator),
    (Role::Auditor, Role::ScoreManager),
    (Role::Auditor, Role::Proctor),
    (Role::Auditor, Role::Typist),
    (Role::Auditor, Role::Reviewer),
];

impl Role {
    pub const ALL: [Role; 7] = [
        Role::Admin,
        Role::Coordinator,
        Role::ScoreManager,
        Role::Proctor,
        Role::Typist,
        Role::Reviewer,
        Role::Auditor,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Coordinator => "coordinator",
            Role::ScoreManager => "score_manager",
            Role::Proctor => "proctor",
            Role::Typist => "typist",
            Role::Reviewer => "reviewer",
            Role::Auditor => "auditor",
        }
    }

    /// By code; a hyphen does for the underscore.
    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.code() == code.replace('-', "_"))
    }

    pub fn key(self) -> String {
        format!("role.{}", self.code())
    }
}

/// The first pair of roles that one person may not hold together.
pub fn clashing(roles: &[Role]) -> Option<(Role, Role)> {
    CLASHES.iter().copied().find(|(one, other)| roles.contains(one) && roles.contains(other))
}

impl Role {
    /// All but the administrator's.
    pub const WORKING: &'static [Role] =
        &[Role::Coordinator, Role::ScoreManager, Role::Proctor, Role::Typist, Role::Reviewer, Role::Auditor];
}

/// Roles that a coordinator gives and takes away; all others only an administrator.
pub const STAFFED: &[Role] = &[Role::Proctor, Role::Typist, Role::Reviewer];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn administrators_and_auditors_have_no_other_duty() {
        for alone in [Role::Admin, Role::Auditor] {
            for other in Role::ALL.into_iter().filter(|r| *r != alone) {
                assert!(clashing(&[other, alone]).is_some(), "{alone:?} {other:?}");
            }
            assert_eq!(clashing(&[alone]), None);
        }
        assert_eq!(clashing(&[Role::Proctor, Role::Typist, Role::Reviewer]), None);
        assert_eq!(clashing(&[Role::Coordinator, Role::Proctor, Role::Reviewer]), None);
    }

    #[test]
    fn a_score_manager_is_neither_of_the_exam_affairs_nor_a_typist() {
        for other in [Role::Coordinator, Role::Typist, Role::Admin, Role::Proctor] {
            assert!(clashing(&[Role::ScoreManager, other]).is_some(), "{other:?}");
        }
        assert_eq!(Role::parse("score-manager"), Some(Role::ScoreManager));
        assert_eq!(Role::parse("score_manager"), Some(Role::ScoreManager));
    }
}
