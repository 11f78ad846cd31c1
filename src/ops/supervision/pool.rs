//! Who is in a pool.
use super::area::lies;
use crate::model::filing::FilingState;
use crate::model::{Duty, VenueId};
use crate::ops::{Result, Work};
use crate::store::rows;
use crate::store::{DrawKind, FilingRow, OrganisationRow, RoomRow, SessionRow, StaffRow, VenueRow};
use serde::Serialize;

/// One that lots are drawn for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lot {
    pub name: String,
    /// Empty: not known.
    pub unit: String,
    /// Region code or a prefix of it.
    pub region: Option<String>,
    /// Why they are left out beforehand.
    pub excluded: Option<String>,
}

impl Lot {
    fn of(name: String, unit: String, region: Option<String>) -> Lot {
        Lot { name, unit, region, excluded: None }
    }
}

/// The objects of a kind, in a fixed order; those of a list come with it.
pub(super) fn objects(work: &Work<'_, '_>, kind: DrawKind, area: Option<&str>) -> Result<Vec<Lot>> {
    let all = match kind {
        DrawKind::Room => rooms(work)?,
        DrawKind::Session => sessions(work)?,
        DrawKind::Venue => venues(work)?.into_iter().map(|(_, lot)| lot).collect(),
        DrawKind::Enterprise => enterprises(work)?,
        DrawKind::List => Vec::new(),
    };
    Ok(all.into_iter().filter(|lot| lies(lot.region.as_deref(), area)).collect())
}

fn rooms(work: &Work<'_, '_>) -> Result<Vec<Lot>> {
    let venues = venues(work)?;
    let open = "WHERE batch = ?1 AND closed IS NULL ORDER BY number, id";
    let rooms = rows::select::<RoomRow>(work.tx.db(), open, [work.batch()?.id])?;
    let lot = |room: RoomRow| {
        let venue = venues.iter().find(|(id, _)| *id == room.venue).map(|(_, lot)| lot);
        let name = room.name.unwrap_or_else(|| format!("{:02}", room.number));
        let whole = venue.map_or(name.clone(), |v| format!("{} {name}", v.name));
        Lot::of(whole, venue.map(|v| v.unit.clone()).unwrap_or_default(), venue.and_then(|v| v.region.clone()))
    };
    Ok(rooms.into_iter().map(lot).collect())
}

fn venues(work: &Work<'_, '_>) -> Result<Vec<(VenueId, Lot)>> {
    let rows = rows::select::<VenueRow>(work.tx.db(), "WHERE batch = ?1 ORDER BY code, id", [work.batch()?.id])?;
    let units = &work.policy()?.units.list;
    let lot = |venue: VenueRow| {
        let unit = units.iter().find(|u| Some(&u.code) == venue.unit.as_ref());
        let region = unit.map(|u| u.region.clone()).or_else(|| work.site.region.clone());
        (venue.id, Lot::of(venue.name.clone(), venue.name, region))
    };
    Ok(rows.into_iter().map(lot).collect())
}

fn sessions(work: &Work<'_, '_>) -> Result<Vec<Lot>> {
    let tail = "WHERE batch = ?1 ORDER BY starts_at, id";
    let sessions = rows::select::<SessionRow>(work.tx.db(), tail, [work.batch()?.id])?;
    let lot = |s: SessionRow| Lot::of(s.code, work.site.name.clone(), work.site.region.clone());
    Ok(sessions.into_iter().map(lot).collect())
}

/// Those in the directory. Places 3 to 8 of the credit code are the region where they are registered.
fn enterprises(work: &Work<'_, '_>) -> Result<Vec<Lot>> {
    let db = work.tx.db();
    let all = rows::select::<OrganisationRow>(db, "ORDER BY credit_code", [])?;
    let mut lots = Vec::new();
    for one in all {
        let newest = rows::first::<FilingRow>(db, "WHERE organisation = ?1 ORDER BY round DESC", [one.id])?;
        if newest.is_some_and(|f| matches!(f.state, FilingState::Listed | FilingState::Suspended)) {
            let region = one.credit_code.get(2..8).map(str::to_owned);
            lots.push(Lot::of(one.name.clone(), one.name, region));
        }
    }
    Ok(lots)
}

/// Staff who may supervise.
pub(super) fn supervisors(work: &Work<'_, '_>) -> Result<Vec<Lot>> {
    let staff = rows::select::<StaffRow>(work.tx.db(), "WHERE retired = 0 ORDER BY id", [])?;
    let able = |s: &StaffRow| s.duties.split(',').any(|d| d == Duty::Supervisor.code());
    Ok(staff.into_iter().filter(able).map(|s| Lot::of(s.name, s.unit, None)).collect())
}
