//! The doors of a made-up exam day: who comes when, who never comes.
use super::build::{Build, COORDINATOR, PROCTORS};
use super::people::{Dice, KNOWN};
use crate::model::{ApplicationId, Refusal, Stamp};
use crate::ops::checkin::{self, Admit, CloseAbsent, Door, Proof};
use crate::ops::seating::NO_SESSION;
use crate::ops::{Result, batch};
use crate::policy::gates::Arrival;
use crate::store::{ApplicationRow, AttendanceRow, PlacementRow, RoomRow, SessionRow, rows};

/// The first door is looked at so many minutes after the session's start.
const LOOKED_AT: i64 = 10;

/// The middle of the door: most are in, some came late, some are still expected, above all in the last room.
pub(super) fn exam(work: &mut Build<'_>) -> Result<()> {
    let session = batch::sessions(&work.site)?.into_iter().next().ok_or_else(|| Refusal::new(NO_SESSION))?;
    let coming = arrivals(work, &session)?;
    let looked_at = session.starts_at.plus_minutes(LOOKED_AT);
    enter(work, &session, coming.iter().filter(|c| c.minute <= LOOKED_AT))?;
    work.move_clock(looked_at);
    Ok(())
}

/// The rest of the day: late ones, the other sessions, and whoever never came marked absent after each limit.
pub(super) fn close(work: &mut Build<'_>) -> Result<()> {
    for (n, session) in batch::sessions(&work.site)?.iter().enumerate() {
        let coming = if n == 0 { arrivals(work, session)? } else { returning(work, session)? };
        enter(work, session, coming.iter().filter(|c| n > 0 || c.minute > LOOKED_AT))?;
        work.sign_on(COORDINATOR)?;
        work.move_clock(Door::of(&work.adopted.policy.gates, session).limit.plus_minutes(3));
        let missing = checkin::expected(&work.site, session.id, None)?.len();
        if missing > 0 {
            let signed = checkin::sign(&work.site, (session.id, None), Proof::Count(missing))?;
            let closed = work.site.perform(&CloseAbsent { session: session.id, room: None, signed })?;
            work.made.absent += closed.out.absent.len();
        }
    }
    Ok(())
}

struct Comes {
    who: ApplicationId,
    /// From the session's start; negative before it.
    minute: i64,
    proctor: &'static str,
}

fn enter<'c>(work: &mut Build<'_>, session: &SessionRow, coming: impl Iterator<Item = &'c Comes>) -> Result<()> {
    for one in coming {
        work.sign_on(one.proctor)?;
        work.move_clock(moment(session.starts_at, one.minute));
        let admit = Admit::of(session.id, one.who);
        match work.site.perform(&admit)?.out.arrival {
            Arrival::OnTime => work.made.present += 1,
            Arrival::Late { .. } => work.made.late += 1,
        }
    }
    Ok(())
}

fn moment(starts: Stamp, minute: i64) -> Stamp {
    starts.plus_minutes(minute)
}

/// Who comes to the first session, in the order of their coming.
fn arrivals(work: &Build<'_>, session: &SessionRow) -> Result<Vec<Comes>> {
    let gates = &work.adopted.policy.gates;
    let (opens, limit) = (i64::from(gates.opens_before_min), i64::from(gates.late_limit_min));
    let unpaid_stay_out = work.adopted.policy.payment.required_at_checkin;
    let known =
        rows::select::<ApplicationRow>(work.site.store().db(), "WHERE batch = ?1 ORDER BY id", [session.batch])?
            .get(KNOWN)
            .map(|a| a.id);
    let mut dice = Dice::new(work.plan.seed ^ 0xD00F);
    let mut all = Vec::new();
    let rooms = rooms(work, session)?;
    for (n, room) in rooms.iter().enumerate() {
        let last = n + 1 == rooms.len();
        let (expected, stays_away) = if last { (55, 10) } else { (4, 60) };
        for seat in seats(work, session, room)? {
            let (missing, late, never) = (dice.chance(expected), dice.chance(4), dice.chance(stays_away));
            let (early, behind) = (-opens + 1 + below(&mut dice, opens), 1 + below(&mut dice, limit.min(LOOKED_AT)));
            let at_last = LOOKED_AT + 1 + below(&mut dice, limit - LOOKED_AT);
            let minute = match (missing, late) {
                _ if Some(seat.application) == known => at_last,
                (true, _) if never || limit <= LOOKED_AT => continue,
                (true, _) => at_last,
                (false, true) => behind,
                (false, false) => early,
            };
            if has_paid(work, seat.application)? || !unpaid_stay_out {
                all.push(Comes { who: seat.application, minute, proctor: proctor(n) });
            }
        }
    }
    all.sort_by_key(|comes| (comes.minute, comes.proctor, comes.who.0));
    Ok(all)
}

/// Of those who were in the first session nearly everybody comes to a later one.
fn returning(work: &Build<'_>, session: &SessionRow) -> Result<Vec<Comes>> {
    let opens = i64::from(work.adopted.policy.gates.opens_before_min);
    let mut dice = Dice::new(work.plan.seed ^ 0xD00F ^ session.id.0.unsigned_abs());
    let mut all = Vec::new();
    for (n, room) in rooms(work, session)?.iter().enumerate() {
        for seat in seats(work, session, room)? {
            let tail = "WHERE application = ?1 AND state NOT IN ('absent', 'refused')";
            let came = rows::first::<AttendanceRow>(work.site.store().db(), tail, [seat.application])?.is_some();
            let (stays, minute) = (dice.chance(98), -opens + 1 + below(&mut dice, opens));
            if came && stays {
                all.push(Comes { who: seat.application, minute, proctor: proctor(n) });
            }
        }
    }
    all.sort_by_key(|comes| (comes.minute, comes.proctor, comes.who.0));
    Ok(all)
}

fn rooms(work: &Build<'_>, session: &SessionRow) -> Result<Vec<RoomRow>> {
    let db = work.site.store().db();
    Ok(rows::select::<RoomRow>(db, "WHERE batch = ?1 ORDER BY number", [session.batch])?)
}

fn seats(work: &Build<'_>, session: &SessionRow, room: &RoomRow) -> Result<Vec<PlacementRow>> {
    let db = work.site.store().db();
    Ok(rows::select::<PlacementRow>(db, "WHERE session = ?1 AND room = ?2 ORDER BY seat", (session.id, room.id))?)
}

fn has_paid(work: &Build<'_>, who: ApplicationId) -> Result<bool> {
    let db = work.site.store().db();
    Ok(rows::first::<ApplicationRow>(db, "WHERE id = ?1 AND paid_at IS NOT NULL", [who])?.is_some())
}

fn below(dice: &mut Dice, n: i64) -> i64 {
    i64::try_from(dice.below(usize::try_from(n).unwrap_or(0))).unwrap_or(0)
}

fn proctor(room: usize) -> &'static str {
    PROCTORS.get(room % PROCTORS.len()).copied().unwrap_or(COORDINATOR)
}
