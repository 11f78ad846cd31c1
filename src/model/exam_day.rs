//! Words of arrangement and exam day that rules and rows share.
use serde::{Deserialize, Serialize};

/// A closed set of words: the enum, its codes, and both directions.
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
pub(super) use words;

words! {
    /// How the practical session that somebody is due in is held: 笔试，实操.
    SessionMode { Paper = "paper", HandsOn = "hands_on" }
    /// Desks for written parts, stations (工位) for hands-on work.
    RoomKind { Desks = "desks", Stations = "stations" }
    DoorSide { Left = "left", Right = "right" }
    /// No row: expected. Refused: sent away at the door. Left early, handed in, misconduct: out again.
    AttendanceState {
        Present = "present",
        Late = "late",
        Refused = "refused",
        Absent = "absent",
        LeftEarly = "left_early",
        HandedIn = "handed_in",
        Misconduct = "misconduct",
    }
    /// 考评员资格
    AssessorGrade { None = "none", Assessor = "assessor", Senior = "senior_assessor" }
    /// Why somebody may not work where a candidate sits (回避): 本人，亲属，师徒，师生，同事，其他.
    TieKind {
        Oneself = "self",
        Kin = "kin",
        Master = "master",
        Teacher = "teacher",
        Colleague = "colleague",
        Other = "other",
    }
    /// 主考，副主考，监考，考评，阅卷，督导，流动监考，保密，医疗，保卫，后勤，评审
    Duty {
        Chief = "chief",
        Deputy = "deputy",
        Proctor = "proctor",
        Assessor = "assessor",
        Marker = "marker",
        Supervisor = "supervisor",
        Runner = "runner",
        Keeper = "keeper",
        Medical = "medical",
        Security = "security",
        Logistics = "logistics",
        Reviewer = "reviewer",
    }
    /// Stored, handed over, unsealed, collected, given back.
    BagState {
        Stored = "stored",
        Out = "out",
        Open = "open",
        Collected = "collected",
        Returned = "returned",
    }
    /// What happens to a bag. Corrected: counted or sealed anew where it is.
    PaperMove {
        HandedOver = "handed_over",
        Unsealed = "unsealed",
        Collected = "collected",
        Returned = "returned",
        Corrected = "corrected",
    }
    /// A and B papers (A、B卷).
    PaperForm { A = "A", B = "B" }
    /// What an incident does to a part. Minus: points off, in hundredths. Minus share: hundredths of a percent of the
    /// points given.
    Effect { Void = "void", Minus = "minus", MinusShare = "minus_share" }
    /// The two pools of a random draw (双随机): 对象，督导员.
    Pool { Object = "object", Supervisor = "supervisor" }
}

impl AttendanceState {
    /// Came in, whether or not they are still in the room.
    pub fn was_here(self) -> bool {
        !matches!(self, AttendanceState::Refused | AttendanceState::Absent)
    }

    /// Sits in the room now.
    pub fn is_inside(self) -> bool {
        matches!(self, AttendanceState::Present | AttendanceState::Late)
    }
}

impl Duty {
    /// Duties with a place on the exam day, in the order of the list.
    pub fn of_the_day() -> impl Iterator<Item = Duty> {
        Duty::ALL.iter().copied().filter(|duty| *duty != Duty::Reviewer)
    }

    /// Works in one room, not in the whole venue.
    pub fn is_in_room(self) -> bool {
        matches!(self, Duty::Proctor | Duty::Assessor)
    }

    /// Has papers or scripts in hand outside a room: nobody does whose own kin sit the exam.
    pub fn handles_papers(self) -> bool {
        matches!(self, Duty::Keeper | Duty::Marker)
    }

    /// Never meets candidates' papers or marks: no tie keeps anybody away.
    pub fn is_service(self) -> bool {
        matches!(self, Duty::Medical | Duty::Security | Duty::Logistics)
    }
}
