//! Why nobody, or one person, may be given a result document.
use crate::model::{Code, Day, MarkChangeId, Refusal};
use serde::Serialize;

pub const NOT_COMPUTED: Code = Code("release.not_computed");
pub const CHANGED_SINCE: Code = Code("release.changed_since");
pub const AUDIT_MISSING: Code = Code("release.audit_missing");
pub const NOT_PUBLISHED: Code = Code("release.not_published");
pub const OUTDATED: Code = Code("release.outdated");
pub const WINDOW_OPEN: Code = Code("release.window_open");
pub const NOT_FINAL: Code = Code("release.not_final");
pub const OBJECTION: Code = Code("release.objection");
pub const FOUNDED: Code = Code("release.founded");
pub const RECHECK: Code = Code("release.recheck");
pub const CHANGE_WAITS: Code = Code("release.change_waits");
pub const LIST_OBJECTION: Code = Code("release.list_objection");
pub const INCIDENT: Code = Code("release.incident");
pub const SANCTION: Code = Code("release.sanction");

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "stop")]
pub enum Stop {
    /// Of everybody.
    NotComputed,
    /// Marks, or what counts of them, are no longer what was computed.
    ChangedSince,
    /// The region has not approved the results (S3-24).
    AuditMissing,
    NotPublished,
    /// What the public sees is of an earlier computation: a correction has to go up.
    Outdated {
        number: i64,
    },
    /// Objections are still taken.
    WindowOpen {
        number: i64,
        until: Day,
    },
    /// The act that makes results final is missing.
    NotFinal,
    /// Of one person.
    Objection {
        number: i64,
    },
    /// It was right, and what follows from it does not stand in a release yet.
    Founded {
        number: i64,
    },
    Recheck {
        number: i64,
    },
    /// A founded re-check asked for a change of the mark, and nobody has decided it.
    ChangeWaits {
        number: MarkChangeId,
    },
    /// An objection to the list of applicants is open.
    ListObjection {
        number: i64,
    },
    /// An incident without a decision.
    Incident {
        number: i64,
    },
    /// A sanction that takes the result or the certificate.
    Sanction {
        number: i64,
    },
}

impl Stop {
    pub fn refusal(&self) -> Refusal {
        match self {
            Stop::NotComputed => Refusal::new(NOT_COMPUTED),
            Stop::ChangedSince => Refusal::new(CHANGED_SINCE),
            Stop::AuditMissing => Refusal::new(AUDIT_MISSING),
            Stop::NotPublished => Refusal::new(NOT_PUBLISHED),
            Stop::Outdated { number } => Refusal::new(OUTDATED).with("number", *number),
            Stop::WindowOpen { number, until } => {
                Refusal::new(WINDOW_OPEN).with("number", *number).with("until", until.to_string())
            }
            Stop::NotFinal => Refusal::new(NOT_FINAL),
            Stop::Objection { number } => Refusal::new(OBJECTION).with("number", *number),
            Stop::Founded { number } => Refusal::new(FOUNDED).with("number", *number),
            Stop::Recheck { number } => Refusal::new(RECHECK).with("number", *number),
            Stop::ChangeWaits { number } => Refusal::new(CHANGE_WAITS).with("number", *number),
            Stop::ListObjection { number } => Refusal::new(LIST_OBJECTION).with("number", *number),
            Stop::Incident { number } => Refusal::new(INCIDENT).with("number", *number),
            Stop::Sanction { number } => Refusal::new(SANCTION).with("number", *number),
        }
    }
}
