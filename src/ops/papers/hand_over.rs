//! `papers.hand_over`: sealed bags leave the store. One side gives, the other fetches with enough people; both sign.
use super::custody::{self, spoken};
use crate::model::{BagId, PaperMove, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::papers::fetched_by;
use crate::store::PaperEventRow;
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct HandOver {
    pub bags: Vec<BagId>,
    pub giver: String,
    /// Everybody who fetches; the first signs.
    pub takers: Vec<String>,
    pub note: Option<String>,
}

/// Bags that moved, and the sheets in them with the spare ones.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    pub bags: Vec<String>,
    pub sheets: i64,
}

impl Operation for HandOver {
    const KIND: &'static str = "papers.hand_over";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Moved;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Moved> {
        let bags = custody::bags(work, &self.bags)?;
        let giver = custody::handler(work, "giver", &self.giver)?;
        let named = self.takers.iter().filter(|name| !name.trim().is_empty());
        let takers = named.map(|name| custody::handler(work, "taker", name)).collect::<Result<Vec<_>>>()?;
        fetched_by(&work.policy()?.papers, &giver, &takers)?;
        let (taker, others) = takers.split_first().map(|(t, o)| (t.clone(), o.join("\n"))).unwrap_or_default();
        for bag in &bags {
            custody::not_closed(work, bag)?;
            let event = custody::event(work, bag, PaperMove::HandedOver, (&giver, &taker))?;
            let watched_by = (!others.is_empty()).then(|| others.clone());
            let sheets = Some(bag.sheets + bag.spare);
            let note = spoken(self.note.as_deref());
            custody::moved(work, bag, PaperEventRow { watched_by, sheets, note, ..event })?;
        }
        let sheets = bags.iter().map(|b| b.sheets + b.spare).sum();
        Ok(Moved { bags: bags.into_iter().map(|b| b.number).collect(), sheets })
    }
}
