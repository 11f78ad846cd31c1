//! Which bags a room needs, from who sits there, and what that changes of the bags there are.
use crate::model::{BagId, Level, PaperForm};
use crate::policy::seating::Seating;
use std::collections::BTreeMap;

/// What a paper is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Paper {
    /// Code of the occupation.
    pub occupation: String,
    pub level: Level,
    /// `None` where there is one paper for all.
    pub form: Option<PaperForm>,
}

/// Somebody with a seat in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitter {
    pub occupation: String,
    pub level: Level,
    pub seat: i64,
}

/// Papers that a room needs, one for every seat taken; `seating` has the room's own rows, columns and door.
pub fn needed(sitters: &[Sitter], seating: &Seating) -> BTreeMap<Paper, i64> {
    let mut need = BTreeMap::new();
    for s in sitters {
        let paper = Paper { occupation: s.occupation.clone(), level: s.level, form: seating.paper_form(s.seat) };
        *need.entry(paper).or_default() += 1;
    }
    need
}

/// A bag of the room as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Existing {
    pub bag: BagId,
    pub paper: Paper,
    pub sheets: i64,
    /// Sealed, counted or handed over: what is in it stays in it.
    pub packed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Add { paper: Paper, sheets: i64 },
    Resize { bag: BagId, sheets: i64 },
    Drop { bag: BagId },
}

/// What makes the bags of a room fit the need: packed bags stay as they are, one that is not packed yet takes the rest.
pub fn replan(need: &BTreeMap<Paper, i64>, bags: &[Existing]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (paper, sheets) in need {
        let same = |packed: bool| bags.iter().filter(move |b| b.paper == *paper && b.packed == packed);
        let rest = sheets - same(true).map(|b| b.sheets).sum::<i64>();
        let mut loose = same(false);
        match loose.next() {
            Some(bag) if rest > 0 && bag.sheets != rest => changes.push(Change::Resize { bag: bag.bag, sheets: rest }),
            Some(_) if rest > 0 => {}
            Some(bag) => changes.push(Change::Drop { bag: bag.bag }),
            None if rest > 0 => changes.push(Change::Add { paper: paper.clone(), sheets: rest }),
            None => {}
        }
        changes.extend(loose.map(|b| Change::Drop { bag: b.bag }));
    }
    let unneeded = bags.iter().filter(|b| !b.packed && !need.contains_key(&b.paper));
    changes.extend(unneeded.map(|b| Change::Drop { bag: b.bag }));
    changes
}
