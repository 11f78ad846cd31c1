//! `papers.collect`: every sheet of a bag is counted back, used or not, and two proctors sign.
use super::custody::{self, spoken};
use super::unseal::one_room;
use crate::model::{BagId, Code, PaperMove, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::papers::apart;
use crate::store::{PaperBagRow, PaperEventRow};
use serde::Serialize;

/// Before the end while people still sit there.
pub const STILL_WRITING: Code = Code("papers.still_writing");
pub const SHEETS_DIFFER: Code = Code("papers.sheets_differ");

#[derive(Debug, Clone, Serialize)]
pub struct Collect {
    /// Bags of one room, and the sheets counted back into each: scripts, unused, void and spare ones.
    pub bags: Vec<(BagId, i64)>,
    pub proctors: [String; 2],
    /// Why, where sheets are missing or too many.
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Collected {
    pub bags: Vec<String>,
    pub sheets: i64,
    /// Missing; negative where there are too many.
    pub missing: i64,
}

impl Operation for Collect {
    const KIND: &'static str = "papers.collect";
    const ROLES: &'static [Role] = &[Role::Proctor, Role::Coordinator];
    type Out = Collected;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Collected> {
        let bags = custody::bags(work, &self.bags.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
        let (session, room) = one_room(&bags)?;
        let first = custody::handler(work, "proctor", &self.proctors[0])?;
        let second = custody::handler(work, "second_proctor", &self.proctors[1])?;
        apart(&[&first, &second])?;
        let session = custody::session(work, session)?;
        let facts = custody::room(work, session.id, room)?;
        let inside = facts.here - facts.out;
        if let Some(ends) = session.ends_at.filter(|ends| work.now < *ends && inside > 0) {
            let refusal = Refusal::new(STILL_WRITING).with("room", facts.number).with("count", inside);
            return Err(refusal.with("ends", ends).into());
        }
        let note = spoken(self.reason.as_deref());
        let mut out = Collected { bags: Vec::new(), sheets: 0, missing: 0 };
        for bag in &bags {
            let sheets = self.counted(bag);
            let missing = bag.sheets + bag.spare - sheets;
            if sheets < 0 || missing != 0 && note.is_none() {
                let refusal = Refusal::new(SHEETS_DIFFER).with("bag", bag.number.as_str()).with("counted", sheets);
                let refusal = refusal.with("issued", bag.sheets + bag.spare);
                return Err(refusal.with("missing", missing).into());
            }
            let event = custody::event(work, bag, PaperMove::Collected, (&first, &second))?;
            custody::moved(work, bag, PaperEventRow { sheets: Some(sheets), note: note.clone(), ..event })?;
            out.bags.push(bag.number.clone());
            (out.sheets, out.missing) = (out.sheets + sheets, out.missing + missing);
        }
        Ok(out)
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

impl Collect {
    fn counted(&self, bag: &PaperBagRow) -> i64 {
        self.bags.iter().find(|(id, _)| *id == bag.id).map_or(0, |(_, sheets)| *sheets)
    }
}
