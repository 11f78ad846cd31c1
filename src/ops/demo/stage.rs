//! How far a made-up site has come.

/// In the order of a real batch; each includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The sheet is imported; nobody has paid.
    Intake,
    /// Fees, rooms, seats, ticket numbers.
    Arranged,
    /// The middle of the first session's door.
    Exam,
    /// The morning after the exam: attendance is closed, a part of the piles typed, some marks differ.
    Marking,
    /// Written marks are settled; a panel has most of its sheets.
    Review,
    /// Every mark is settled and locked, the panel sealed, results computed and shown to the public.
    Published,
    /// Results are final, and certificates numbered.
    Certified,
}

impl Stage {
    pub const ALL: [Stage; 7] = [
        Stage::Intake,
        Stage::Arranged,
        Stage::Exam,
        Stage::Marking,
        Stage::Review,
        Stage::Published,
        Stage::Certified,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Stage::Intake => "intake",
            Stage::Arranged => "arranged",
            Stage::Exam => "exam",
            Stage::Marking => "marking",
            Stage::Review => "review",
            Stage::Published => "published",
            Stage::Certified => "certified",
        }
    }

    pub fn parse(code: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|s| s.code() == code)
    }
}
