//! What an operator may do. Duties that exclude one another are in [`clashing`].
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 系统管理员: operators, backups.
    Admin,
    /// 考务主管: applications, arrangement, settling of entries, results, certificates; never types marks.
    Coordinator,
    /// 监考
    Proctor,
    /// 登分员
    Typist,
    /// 评审专家: own sheets of a review panel.
    Reviewer,
    /// 督导: reads everything, writes nothing.
    Auditor,
}

impl Role {
    pub const ALL: [Role; 6] =
        [Role::Admin, Role::Coordinator, Role::Proctor, Role::Typist, Role::Reviewer, Role::Auditor];

    pub fn code(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Coordinator => "coordinator",
            Role::Proctor => "proctor",
            Role::Typist => "typist",
            Role::Reviewer => "reviewer",
            Role::Auditor => "auditor",
        }
    }

    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.code() == code)
    }

    pub fn key(self) -> String {
        format!("role.{}", self.code())
    }
}

/// The first pair of roles that one person may not hold together: whoever settles marks does not type them.
pub fn clashing(roles: &[Role]) -> Option<(Role, Role)> {
    let pair = (Role::Coordinator, Role::Typist);
    (roles.contains(&pair.0) && roles.contains(&pair.1)).then_some(pair)
}
