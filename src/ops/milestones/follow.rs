//! What the data say of a date, and the dates that follow from data.
use super::board::{Look, Source};
use super::item::{Item, Kind, Told};
use crate::model::Calendar;
use crate::ops::Result;
use crate::policy::payment::SeatUnpaid;
use crate::store::views::milestones::{self as view, ToSeat};
use crate::store::{Changes, ComplaintRow, ComplaintState, InspectionResult, InspectionRow, rows};

/// Arrangement: everybody has a seat (S1-33). All examined: nobody is expected any more (S4-05). Results: every part that
/// was sat has its mark before anybody says that they went out (S1-36). The others are marked by hand.
pub fn data(source: &Source<'_>, item: Item) -> Result<Item> {
    let (db, batch) = (source.db, source.batch);
    let glance = source.look == Look::Glance;
    Ok(match item.what.as_str() {
        "deadline.arrangement" if glance => {
            item.decided(view::some_seat(db, batch)?, view::last_change(db, batch, Changes::of("placement"))?)
        }
        "deadline.all_examined" | "deadline.results" if glance => item,
        "deadline.arrangement" => {
            let approved = !source.policy.reviews.steps.is_empty();
            let paid = source.policy.payment.seat_unpaid == SeatUnpaid::Refuse;
            item.decided(view::seated(db, batch, ToSeat { approved, paid })?, view::arranged(db, batch)?)
        }
        "deadline.all_examined" => {
            let act = view::last_change(db, batch, Changes::of("attendance"))?;
            item.decided(view::attended(db, batch)?, act)
        }
        "deadline.results" => item.checked(view::marked(db, batch)?),
        _ => item,
    })
}

/// Complaints that nobody has looked at or decided.
pub fn complaints(source: &Source<'_>, calendar: &Calendar) -> Result<Vec<Item>> {
    let tail = "WHERE batch = ?1 AND state IN ('received', 'accepted') ORDER BY id";
    let open = rows::select::<ComplaintRow>(source.db, tail, [source.batch])?;
    let item = |c: ComplaintRow| {
        let (what, due) = match (c.state, c.decide_by) {
            (ComplaintState::Accepted, Some(decide_by)) => ("milestones.complaint_decide", decide_by),
            _ => ("milestones.complaint_look", c.look_by),
        };
        let item = Item::plain(format!("complaint.{}", c.id), what.to_owned(), Kind::Complaint);
        Item { number: Some(c.id), assignee: c.handler, told: Told::ByData, ..item }.on(due, calendar)
    };
    Ok(open.into_iter().map(item).collect())
}

/// What inspections asked to be put right and was not yet.
pub fn mends(source: &Source<'_>, calendar: &Calendar) -> Result<Vec<Item>> {
    let tail = "WHERE batch = ?1 AND mend_by IS NOT NULL AND mended_on IS NULL ORDER BY id";
    let open = rows::select::<InspectionRow>(source.db, tail, [source.batch])?;
    let item = |i: InspectionRow| {
        let due = i.mend_by.filter(|_| i.result != InspectionResult::Sound)?;
        let item = Item::plain(format!("mend.{}", i.id), "milestones.mend".to_owned(), Kind::Mend);
        Some(Item { number: Some(i.id), title: Some(i.object), told: Told::ByData, ..item }.on(due, calendar))
    };
    Ok(open.into_iter().filter_map(item).collect())
}
