//! `reviews.publish_list`: the list of applicants goes up before the exam (公示), with columns that carry no number.
use super::case::{application, placed, select};
use crate::model::{ApplicationId, Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Site, Work};
use crate::policy::stamps::NodeState;
use crate::store::{ApplicationRow, ListedRow, ListingRow, StampRow, rows};
use serde::Serialize;
use std::collections::HashMap;

pub const NO_LIST: Code = Code("listing.not_in_the_notice");
pub const NOBODY: Code = Code("listing.nobody");
pub const BLANKS: Code = Code("listing.blank_boxes");
pub const UNTIL: Code = Code("listing.until_needed");
pub const TOO_SHORT: Code = Code("listing.too_short");
pub const PLACE: Code = Code("listing.place_needed");
pub const NOT_FOUND: Code = Code("listing.not_published");

#[derive(Debug, Serialize)]
pub struct PublishList {
    /// Where it is shown: a web address, a board.
    pub place: String,
    /// Last day on which objections are taken; `None`: as the notice counts from today.
    pub until: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Published {
    pub people: usize,
    pub until: Day,
    /// A year whose official holidays are not known, so that the last day may be wrong.
    pub doubtful_year: Option<i32>,
}

impl Operation for PublishList {
    const KIND: &'static str = "reviews.publish_list";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const BEFORE: crate::ops::Before = crate::ops::Before::Copy;
    type Out = Published;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Published> {
        let batch = work.batch()?.id;
        let policy = work.policy()?;
        let list = policy.reviews.list.as_ref().ok_or_else(|| Refusal::new(NO_LIST))?;
        if self.place.trim().is_empty() {
            return Err(Refusal::new(PLACE).into());
        }
        let (today, calendar) = (work.now.day(), &crate::ops::calendar::of(work.codes));
        let least = list.last_day(today, calendar);
        let until = self.until.or(least).ok_or_else(|| Refusal::new(UNTIL))?;
        if until < least.unwrap_or(today) {
            let least = least.unwrap_or(today).to_string();
            return Err(Refusal::new(TOO_SHORT).with("until", until.to_string()).with("least", least).into());
        }
        let doubtful_year = least.and_then(|_| calendar.doubt(today, until));
        let people = rows::select::<ApplicationRow>(work.tx.db(), ON_IT, [batch])?;
        if people.is_empty() {
            return Err(Refusal::new(NOBODY).into());
        }
        blank_boxes(work, &people)?;
        let listing = work.tx.next_id::<ListingRow>()?;
        work.tx.insert(&ListingRow {
            id: listing,
            batch,
            published_on: today,
            until_day: until,
            place: self.place.trim().to_owned(),
            operator: work.actor.operator()?,
            at: work.now,
        })?;
        let first = work.tx.next_id::<ListedRow>()?;
        let listed = (first..).zip(&people).map(|(id, a)| ListedRow { id, listing, application: a.id });
        work.tx.insert_run(first, listed)?;
        Ok(Published { people: people.len(), until, doubtful_year })
    }
}

/// Whoever is approved, or stands in the chain and was not sent back.
const ON_IT: &str = "WHERE batch = ?1 AND state IN ('submitted', 'approved') ORDER BY id";

/// A row with an empty or void box makes the list void (S2-27).
fn blank_boxes(work: &Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    let policy = work.policy()?;
    if !policy.stamps.roster {
        return Ok(());
    }
    let mut boxes: HashMap<ApplicationId, Vec<_>> = HashMap::new();
    for row in select::<StampRow>(work.tx.db(), None, work.batch()?.id, "ORDER BY id")? {
        boxes.entry(row.application).or_default().extend(placed(&row));
    }
    // The last box is filled by whoever puts the list up.
    let Some((_, own)) = policy.stamps.chain.split_last() else { return Ok(()) };
    let blank = |a: &&ApplicationRow| {
        let placed = boxes.get(&a.id).map(Vec::as_slice).unwrap_or_default();
        own.iter().any(|by| policy.stamps.node(*by, placed) != NodeState::Good)
    };
    let blanks: Vec<_> = people.iter().filter(blank).collect();
    match blanks.first() {
        Some(first) => Err(Refusal::new(BLANKS).with("count", blanks.len()).with("name", first.name.as_str()).into()),
        None => Ok(()),
    }
}

/// The newest list and who is on it, in the order of filing.
pub fn listing(site: &Site) -> Result<(ListingRow, Vec<ApplicationRow>)> {
    let (db, batch) = (site.store().db(), site.batch()?.id);
    let listing = rows::first::<ListingRow>(db, "WHERE batch = ?1 ORDER BY id DESC", [batch])?;
    let listing = listing.ok_or_else(|| Refusal::new(NOT_FOUND))?;
    let tail = "WHERE id IN (SELECT application FROM listed WHERE listing = ?1) ORDER BY id";
    let people = rows::select::<ApplicationRow>(db, tail, [listing.id])?;
    Ok((listing, people))
}

/// Refused for somebody who is on no list.
pub(super) fn listed(work: &Work<'_, '_>, id: ApplicationId) -> Result<(ApplicationRow, ListingRow)> {
    let row = application(work.tx.db(), work.batch()?.id, id)?;
    let tail = "WHERE id IN (SELECT listing FROM listed WHERE application = ?1) ORDER BY id DESC";
    let listing = rows::first::<ListingRow>(work.tx.db(), tail, [id])?;
    let listing = listing.ok_or_else(|| Refusal::new(super::objection::NOT_LISTED).with("name", row.name.as_str()))?;
    Ok((row, listing))
}
