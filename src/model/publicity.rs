//! Words of publicity that rules and rows share.
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $(#[serde(rename = $word)] $variant),+ }
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }
    )+};
}

words! {
    /// What a public list shows of identity numbers: nothing, the last four places, or those only where two lines would
    /// otherwise be the same.
    IdShown { None = "none", Tail4 = "tail4", Namesakes = "namesakes" }
    /// What a re-check may look at: marks left out (漏判), addition (合分), transfer (登分).
    RecheckScope { Omission = "omission", Addition = "addition", Transfer = "transfer" }
    /// What a public list of results may show.
    PublicColumn {
        Name = "name",
        Ticket = "ticket",
        Employer = "employer",
        Occupation = "occupation",
        Level = "level",
        Theory = "theory",
        Practical = "practical",
        Review = "review",
        Outcome = "outcome",
    }
}

impl IdShown {
    pub fn key(self) -> String {
        format!("id_shown.{}", self.code())
    }
}

impl RecheckScope {
    pub fn key(self) -> String {
        format!("recheck_scope.{}", self.code())
    }
}
