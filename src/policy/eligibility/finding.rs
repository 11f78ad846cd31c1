//! What a condition was found to be.
use super::evidence::Part;
use super::span::Span;
use crate::model::{Day, EvidenceKind, Level, TitleRank};
use serde::Serialize;

/// The three values, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    NotMet,
    Undecidable,
    Met,
}

impl Standing {
    pub fn code(self) -> &'static str {
        match self {
            Standing::NotMet => "not_met",
            Standing::Undecidable => "undecidable",
            Standing::Met => "met",
        }
    }

    pub fn key(self) -> String {
        format!("verdict.{}", self.code())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub standing: Standing,
    /// What certainly counts so far, where time is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<Span>,
    /// Places in the evidence of the pieces that prove it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<usize>,
    /// What has to be asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
    /// By how much it is not met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<Short>,
}

/// Something without which a condition cannot be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    Birth,
    /// A field of a piece that is there.
    Part {
        piece: usize,
        part: Part,
    },
    /// A whole piece.
    Piece {
        kind: EvidenceKind,
        level: Option<Level>,
        year: Option<i32>,
    },
}

/// Which clock falls short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// In the occupation.
    Occupation,
    /// In the occupation after a certificate or title.
    After,
    /// At work, wherever.
    Work,
    /// Since the day of issue.
    Held,
    Engaged,
}

/// Why something is not met, and by how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Short {
    /// `days` of the calendar are lacking, which is `lacking`.
    Time {
        clock: Clock,
        needed: u8,
        lacking: Span,
        days: i64,
    },
    /// Old enough on this day.
    Age {
        on: Day,
        days: i64,
    },
    Certificate {
        level: Level,
    },
    /// Issued only on this day.
    Later {
        on: Day,
        days: i64,
    },
    /// Counts from this year on.
    FromYear {
        year: i32,
    },
    Title {
        rank: TitleRank,
    },
    Education,
    /// The studies end too late to be in their last year.
    StudiesEnd {
        on: Day,
    },
    Student,
    Working,
    Apprenticeship,
    Engaged {
        level: Level,
    },
    Appraisal {
        year: i32,
    },
    Placement {
        lacking: i64,
    },
    OldCertificate {
        level: Level,
    },
    /// A title of another rank or none of the fields opens this level.
    Field,
    Treatment,
    /// The notice ended this kind of application on this day.
    Ended {
        on: Day,
    },
    /// The notice takes no application of this kind, or not for this level.
    Route,
    /// The occupation is not assessed at this level.
    Level,
    /// There is no level below to be promoted from.
    Lowest,
    /// The rules have no condition for this level and kind of application.
    NoBranch,
}

impl Short {
    /// For telling who is nearer: days where time is what lacks.
    pub fn days(self) -> i64 {
        match self {
            Short::Time { days, .. } | Short::Age { days, .. } | Short::Later { days, .. } => days,
            _ => i64::MAX,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Short::Time { clock: Clock::Occupation, .. } => "time_occupation",
            Short::Time { clock: Clock::After, .. } => "time_after",
            Short::Time { clock: Clock::Work, .. } => "time_work",
            Short::Time { clock: Clock::Held, .. } => "time_held",
            Short::Time { clock: Clock::Engaged, .. } => "time_engaged",
            Short::Age { .. } => "age",
            Short::Certificate { .. } => "certificate",
            Short::Later { .. } => "later",
            Short::FromYear { .. } => "from_year",
            Short::Title { .. } => "title",
            Short::Education => "education",
            Short::StudiesEnd { .. } => "studies_end",
            Short::Student => "student",
            Short::Working => "working",
            Short::Apprenticeship => "apprenticeship",
            Short::Engaged { .. } => "engaged",
            Short::Appraisal { .. } => "appraisal",
            Short::Placement { .. } => "placement",
            Short::OldCertificate { .. } => "old_certificate",
            Short::Field => "field",
            Short::Treatment => "treatment",
            Short::Ended { .. } => "ended",
            Short::Route => "route",
            Short::Level => "level",
            Short::Lowest => "lowest",
            Short::NoBranch => "no_branch",
        }
    }
}

impl Finding {
    pub fn met(proof: Vec<usize>) -> Finding {
        Finding { standing: Standing::Met, counted: None, proof, missing: Vec::new(), short: None }
    }

    pub fn short(short: Short) -> Finding {
        Finding {
            standing: Standing::NotMet,
            counted: None,
            proof: Vec::new(),
            missing: Vec::new(),
            short: Some(short),
        }
    }

    pub fn missing(missing: Vec<Missing>) -> Finding {
        Finding { standing: Standing::Undecidable, counted: None, proof: Vec::new(), missing, short: None }
    }

    pub fn counting(self, counted: Option<Span>) -> Finding {
        Finding { counted, ..self }
    }

    /// The better of two; of two undecidable ones both are asked for, of two short ones the nearer
    /// stays. Which of them came first does not matter, except for the proof.
    pub fn or(self, other: Finding) -> Finding {
        match (self.standing, other.standing) {
            (Standing::Undecidable, Standing::Undecidable) => {
                let mut one = self;
                one.missing
                    .extend(other.missing.iter().filter(|m| !one.missing.contains(m)).copied().collect::<Vec<_>>());
                one.counted = one.counted.max(other.counted);
                one
            }
            (Standing::NotMet, Standing::NotMet) => {
                let key = |f: &Finding| (f.short.map_or(i64::MAX, Short::days), f.short, std::cmp::Reverse(f.counted));
                if key(&other) < key(&self) { other } else { self }
            }
            (Standing::Met, Standing::Met) if other.counted > self.counted => other,
            (mine, theirs) if theirs > mine => other,
            _ => self,
        }
    }
}
