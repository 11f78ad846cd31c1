//! Ticket numbers (准考证号): each is given once in a batch, and one that is void is never given again.
use super::arrange::{SITE_CODE, TEMPLATE};
use crate::model::{ApplicationId, BatchId, Code, Level, Refusal, SessionId, Stamp};
use crate::ops::{Result, Work};
use crate::policy::ticket::{Template, TicketFacts};
use crate::store::{ApplicationRow, PlacementRow, RoomRow, SessionRow, TicketRow, VenueRow, VoidTicketRow, rows};
use std::collections::HashSet;

pub const NO_SEAT: Code = Code("seating.ticket_without_seat");
pub const NO_NUMBER: Code = Code("seating.no_ticket_number");

/// The highest seat number of a stand-in: where the number of the real seat was given before, the seat part counts down
/// from here.
const STAND_IN: u32 = 99;

/// What a number is made of that differs from ticket to ticket.
#[derive(Debug, Clone, Copy)]
pub struct Owner {
    /// Their first session of the batch, from 1.
    pub session: u32,
    pub starts_at: Stamp,
    pub venue: u32,
    pub room: u32,
    pub seat: u32,
    pub serial: u32,
    pub level: Level,
}

/// All numbers of a batch, given and void.
pub struct Numbers {
    template: Template,
    region: String,
    used: HashSet<String>,
}

impl Numbers {
    pub fn of_batch(work: &Work<'_, '_>, batch: BatchId) -> Result<Numbers> {
        let template = Template::parse(&work.policy()?.ticket.template).map_err(|_| Refusal::new(TEMPLATE))?;
        let db = work.tx.db();
        let given = rows::select::<TicketRow>(db, "WHERE batch = ?1", [batch])?.into_iter().map(|t| t.number);
        let void = rows::select::<VoidTicketRow>(db, "WHERE batch = ?1", [batch])?.into_iter().map(|t| t.number);
        let region = work.site.region.clone().unwrap_or_default();
        Ok(Numbers { template, region, used: given.chain(void).collect() })
    }

    /// A number nobody has had: that of the seat, or the next by a stand-in for the seat. It counts as given from now on.
    pub fn take(&mut self, owner: &Owner) -> Result<String> {
        let mut number = self.render(owner, owner.seat)?;
        let mut stand_ins = (1..=STAND_IN).rev();
        while self.used.contains(&number) {
            let seat = stand_ins.next().ok_or_else(|| Refusal::new(NO_NUMBER).with("number", number.as_str()))?;
            // A stand-in may be too wide for the template.
            number = self.render(owner, seat).unwrap_or(number);
        }
        self.used.insert(number.clone());
        Ok(number)
    }

    fn render(&self, owner: &Owner, seat: u32) -> Result<String> {
        let facts = TicketFacts {
            day: owner.starts_at.day(),
            region: &self.region,
            site: owner.venue,
            session: owner.session,
            room: owner.room,
            seat,
            serial: owner.serial,
            level: u32::from(owner.level.digit()),
        };
        Ok(self.template.render(&facts)?)
    }
}

/// A number that nobody of the batch has had, for somebody who has a seat: of the first session that they sit. For a new
/// ticket in the place of one that is void.
pub fn free(work: &Work<'_, '_>, application: ApplicationId) -> Result<String> {
    let batch = work.batch()?.id;
    let db = work.tx.db();
    let sessions = rows::select::<SessionRow>(db, "WHERE batch = ?1 ORDER BY starts_at, id", [batch])?;
    let seats = rows::select::<PlacementRow>(db, "WHERE application = ?1", [application])?;
    let first = sessions.iter().zip(1..).find_map(|(session, n)| Some((session, n, seat_in(&seats, session.id)?)));
    let no_seat = || Refusal::new(NO_SEAT);
    let (session, number, seat) = first.ok_or_else(no_seat)?;
    let room = rows::first::<RoomRow>(db, "WHERE id = ?1", [seat.room])?.ok_or_else(no_seat)?;
    let venue = rows::first::<VenueRow>(db, "WHERE id = ?1", [room.venue])?.ok_or_else(no_seat)?;
    let person = rows::first::<ApplicationRow>(db, "WHERE id = ?1", [application])?.ok_or_else(no_seat)?;
    let owner = Owner {
        session: number,
        starts_at: session.starts_at,
        venue: narrow(venue.code),
        room: narrow(room.number),
        seat: narrow(seat.seat),
        serial: narrow(work.tx.next_id::<TicketRow>()?),
        level: person.level,
    };
    Numbers::of_batch(work, batch)?.take(&owner)
}

fn seat_in(seats: &[PlacementRow], session: SessionId) -> Option<&PlacementRow> {
    seats.iter().find(|seat| seat.session == session)
}

pub fn narrow(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The site's own code as a number.
pub fn site_number(work: &Work<'_, '_>) -> Result<u32> {
    let code = work.site.code.as_str();
    Ok(code.parse().map_err(|_| Refusal::new(SITE_CODE).with("code", code))?)
}
