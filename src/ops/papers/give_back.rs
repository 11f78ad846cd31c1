//! `papers.return`: bags go back to the office, collected, or unopened with a reason.
use super::custody::{self, spoken};
use super::hand_over::Moved;
use crate::model::{BagId, BagState, Code, PaperMove, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::papers::apart;
use crate::store::{PaperEventRow, rows};
use serde::Serialize;

/// A bag that nobody opened comes back.
pub const UNOPENED: Code = Code("papers.unopened_why");

#[derive(Debug, Clone, Serialize)]
pub struct Return {
    pub bags: Vec<BagId>,
    pub giver: String,
    pub taker: String,
    /// Why, where a bag comes back unopened.
    pub reason: Option<String>,
}

impl Operation for Return {
    const KIND: &'static str = "papers.return";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Moved;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Moved> {
        let bags = custody::bags(work, &self.bags)?;
        let giver = custody::handler(work, "giver", &self.giver)?;
        let taker = custody::handler(work, "taker", &self.taker)?;
        apart(&[&giver, &taker])?;
        let note = spoken(self.reason.as_deref());
        let mut sum = 0;
        for bag in &bags {
            if bag.state == BagState::Out && note.is_none() {
                return Err(Refusal::new(UNOPENED).with("bag", bag.number.as_str()).into());
            }
            let last = "WHERE bag = ?1 AND sheets IS NOT NULL ORDER BY id DESC";
            let counted = rows::first::<PaperEventRow>(work.tx.db(), last, [bag.id])?;
            let sheets = counted.and_then(|e| e.sheets).unwrap_or(bag.sheets + bag.spare);
            let event = custody::event(work, bag, PaperMove::Returned, (&giver, &taker))?;
            custody::moved(work, bag, PaperEventRow { sheets: Some(sheets), note: note.clone(), ..event })?;
            sum += sheets;
        }
        Ok(Moved { bags: bags.into_iter().map(|b| b.number).collect(), sheets: sum })
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}
