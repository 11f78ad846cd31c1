//! Row numbers as distinct types, so that an application is never taken for a room.
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl From<$name> for crate::model::Datum {
            fn from(id: $name) -> Self {
                crate::model::Datum::Int(id.0)
            }
        }
    )+};
}

ids! {
    BatchId,
    ApplicationId,
    SessionId,
    RoomId,
    OperatorId,
    EntryId,
    ScriptBagId,
    MarkChangeId,
    PanelId,
    MemberId,
    CertificateId,
    VenueId,
    StaffId,
    BagId,
    IncidentId,
    DrawId,
    PublicationId,
    ComputationId,
    /// Number of an operation in the journal, from 1, without gaps.
    OpNo,
}
