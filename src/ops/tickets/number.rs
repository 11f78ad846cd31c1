//! The number for somebody who has a seat.
use crate::model::{ApplicationId, Code, Level, Refusal};
use crate::ops::seating::{SITE_CODE, TEMPLATE};
use crate::ops::{Result, Work};
use crate::policy::ticket::{Template, TicketFacts};
use crate::store::{PlacementRow, RoomRow, SessionRow, TicketRow, VoidTicketRow, rows};

/// Every number that the template gives for this seat is used up.
pub const NO_FREE_NUMBER: Code = Code("tickets.no_free_number");

/// How often the template is tried with another session digit or serial.
const TRIES: u32 = 99;

/// A number that nobody has and nobody ever had, by the seat in the first session; `None` without a seat.
pub fn number(work: &Work<'_, '_>, application: ApplicationId, level: Level) -> Result<Option<String>> {
    let (db, batch) = (work.tx.db(), work.batch()?.id);
    let sessions = rows::select::<SessionRow>(db, "WHERE batch = ?1 ORDER BY starts_at, id", [batch])?;
    let mut seat = None;
    for session in &sessions {
        let tail = "WHERE session = ?1 AND application = ?2";
        if let Some(found) = rows::first::<PlacementRow>(db, tail, (session.id, application))? {
            seat = Some((session, found));
            break;
        }
    }
    let Some((session, seat)) = seat else { return Ok(None) };
    let room = rows::first::<RoomRow>(db, "WHERE id = ?1", [seat.room])?;
    let template = Template::parse(&work.policy()?.ticket.template).map_err(|_| Refusal::new(TEMPLATE))?;
    let code = work.site.code.as_str();
    let narrow = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let facts = TicketFacts {
        day: session.starts_at.day(),
        region: work.site.region.as_deref().unwrap_or_default(),
        site: code.parse().map_err(|_| Refusal::new(SITE_CODE).with("code", code))?,
        session: 1,
        room: narrow(room.map_or(0, |r| r.number)),
        seat: narrow(seat.seat),
        serial: narrow(work.tx.next_id::<TicketRow>()?),
        level: u32::from(level.digit()),
    };
    for more in 0..TRIES {
        let number = template.render(&TicketFacts { session: 1 + more, serial: facts.serial + more, ..facts })?;
        let used = (batch, number.as_str());
        let valid = rows::first::<TicketRow>(db, "WHERE batch = ?1 AND number = ?2", used)?;
        if valid.is_none() && rows::first::<VoidTicketRow>(db, "WHERE batch = ?1 AND number = ?2", used)?.is_none() {
            return Ok(Some(number));
        }
    }
    Err(Refusal::new(NO_FREE_NUMBER).with("template", work.policy()?.ticket.template.as_str()).into())
}
