//! `site.pins`: whether a name alone signs somebody on.
use crate::model::{BatchId, Role};
use crate::ops::together::{self, Again};
use crate::ops::{Operation, People, Result, Site, Undo, Work};
use crate::store::rows::{self, Connection};
use crate::store::{PinRuleRow, Pins};
use serde::Serialize;

/// Whether this site signs people on by a name alone.
#[derive(Debug, Clone, Serialize)]
pub struct SetPins {
    pub pins: Pins,
}

impl Operation for SetPins {
    const KIND: &'static str = "site.pins";
    const ROLES: &'static [Role] = &[Role::Admin];
    const PEOPLE: People = People::Two(together::KEEP);
    /// Taking a stricter rule back would loosen it by one hand: it is set anew, either way.
    const UNDO: Undo = Undo::Never;
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let after = PinRuleRow { id: 1, pins: self.pins };
        match rows::first::<PinRuleRow>(work.tx.db(), "WHERE id = 1", [])? {
            Some(before) if before.pins == self.pins => {}
            Some(before) => work.tx.update(&before, &after)?,
            None => work.tx.insert(&after)?,
        }
        Ok(())
    }

    /// One person makes it stricter.
    fn people(&self, db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        if self.pins == Pins::Required { Ok(People::One) } else { together::once_two(db) }
    }

    fn again(&self) -> Option<Again> {
        together::again(self)
    }
}

/// What the site says of PINs; a site that says nothing wants them.
pub fn pins_of(site: &Site) -> Result<Pins> {
    let rule = rows::first::<PinRuleRow>(site.store().db(), "WHERE id = 1", [])?;
    Ok(rule.map_or(Pins::Required, |rule| rule.pins))
}
