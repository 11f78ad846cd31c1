//! The counts of a room: issued = collected + absent + void + spare, and each of them against what is known.
use serde::Serialize;

/// Sheets of a room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// In the bags that came to the room, spare ones too.
    pub issued: i64,
    /// Scripts.
    pub collected: i64,
    /// Unused, of those who did not sit.
    pub absent: i64,
    /// Void: of those whose part is void, and sheets that were spoilt.
    pub void: i64,
    /// Unused spare ones.
    pub spare: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    Issued,
    Collected,
    Absent,
    Void,
    Spare,
}

impl Figure {
    pub const ALL: [Figure; 5] = [Figure::Issued, Figure::Collected, Figure::Absent, Figure::Void, Figure::Spare];

    pub fn code(self) -> &'static str {
        match self {
            Figure::Issued => "issued",
            Figure::Collected => "collected",
            Figure::Absent => "absent",
            Figure::Void => "void",
            Figure::Spare => "spare",
        }
    }
}

/// A figure that is not what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Differing {
    pub figure: Figure,
    pub counted: i64,
    pub known: i64,
}

impl Counts {
    pub fn get(&self, figure: Figure) -> i64 {
        match figure {
            Figure::Issued => self.issued,
            Figure::Collected => self.collected,
            Figure::Absent => self.absent,
            Figure::Void => self.void,
            Figure::Spare => self.spare,
        }
    }

    /// Sheets that are missing; negative where there are too many.
    pub fn missing(&self) -> i64 {
        let found = [self.collected, self.absent, self.void, self.spare];
        found.iter().fold(self.issued, |left, n| left.saturating_sub(*n))
    }

    /// Every figure that is not the known one.
    pub fn differing(&self, known: &Counts) -> Vec<Differing> {
        let pair = |figure| Differing { figure, counted: self.get(figure), known: known.get(figure) };
        Figure::ALL.into_iter().map(pair).filter(|d| d.counted != d.known).collect()
    }
}

/// What attendance, incidents and bags say of a room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    pub issued: i64,
    pub seated: i64,
    /// Came in, also those who were sent out.
    pub here: i64,
    /// Of these: removed, or their part is void by an incident here.
    pub void: i64,
}

impl Known {
    /// What the counts are if no sheet was lost or spoilt. A room without papers has none to count.
    pub fn counts(&self) -> Counts {
        if self.issued == 0 {
            return Counts::default();
        }
        Counts {
            issued: self.issued,
            collected: self.here - self.void,
            absent: self.seated - self.here,
            void: self.void,
            spare: (self.issued - self.seated).max(0),
        }
    }
}
