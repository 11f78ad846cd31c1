//! `supervision.publish`: a draw or a result was made public (一公开), where and when. Once out it can only be put up again.
use super::mend::inspection;
use super::read::UNKNOWN_DRAW;
use crate::model::{Code, Day, DrawId, Refusal, Role, fold};
use crate::ops::{Operation, Result, Undo, Work};
use crate::store::{DrawRow, InspectionRow, rows};
use serde::Serialize;

pub const NO_PLACE: Code = Code("supervision.no_place");
pub const NOT_YET: Code = Code("supervision.published_before");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Draw(DrawId),
    Inspection(i64),
}

#[derive(Debug, Clone, Serialize)]
pub struct Publish {
    pub what: What,
    /// A web address, a board.
    pub place: String,
    /// `None`: today.
    pub on: Option<Day>,
}

impl Operation for Publish {
    const KIND: &'static str = "supervision.publish";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Never;
    /// Title of the draw, or what was inspected.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let place = Some(fold::text(&self.place).into_owned()).filter(|p| !p.is_empty());
        let place = Some(place.ok_or_else(|| Refusal::new(NO_PLACE))?);
        let today = work.now.day();
        let on = self.on.unwrap_or(today);
        let possible = |from: Day| match from <= on && on <= today {
            true => Ok(()),
            false => Err(Refusal::new(NOT_YET).with("day", on.to_string()).with("from", from.to_string())),
        };
        match self.what {
            What::Draw(id) => {
                let find = "WHERE id = ?1 AND batch = ?2";
                let found = rows::first::<DrawRow>(work.tx.db(), find, (id, work.batch()?.id))?;
                let before = found.ok_or_else(|| Refusal::new(UNKNOWN_DRAW).with("draw", id))?;
                possible(before.at.day())?;
                work.tx.update(&before, &DrawRow { published_on: Some(on), place, ..before.clone() })?;
                Ok(before.title)
            }
            What::Inspection(id) => {
                let before = inspection(work, id)?;
                possible(before.inspected_on)?;
                work.tx.update(&before, &InspectionRow { published_on: Some(on), place, ..before.clone() })?;
                Ok(before.object)
            }
        }
    }
}
