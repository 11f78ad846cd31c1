//! Draws, inspections and what is made public, for reading.
use super::area::{lies, own_area};
use super::draw::drawn_for;
use crate::model::{Code, Day, DrawId, Pool, Refusal};
use crate::ops::{Result, Site};
use crate::policy::supervision::draw::{Candidate, Lots, draw};
use crate::store::rows::{self, Connection};
use crate::store::{DrawEntryRow, DrawRow, InspectionRow, SessionRow};
use serde::Serialize;

pub const UNKNOWN_DRAW: Code = Code("supervision.unknown_draw");

/// An object that was drawn, and who inspects it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drawn {
    pub object: String,
    pub unit: String,
    pub region: Option<String>,
    pub supervisors: Vec<String>,
}

/// A draw with its pools and what came out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Whole {
    pub draw: DrawRow,
    pub drawn: Vec<Drawn>,
    pub entries: Vec<DrawEntryRow>,
}

/// The draws of the batch at hand whose objects lie in the operator's area, newest first.
pub fn draws(site: &Site, area: Option<&str>) -> Result<Vec<DrawRow>> {
    let all = rows::select::<DrawRow>(site.store().db(), "WHERE batch = ?1 ORDER BY id DESC", [site.batch()?.id])?;
    Ok(all.into_iter().filter(|d| area.is_none() || lies(d.area.as_deref(), area)).collect())
}

pub fn whole(site: &Site, id: DrawId) -> Result<Whole> {
    let own = own_area(site)?;
    let draw = one(site.store().db(), site, id)?;
    if own.is_some() && !lies(draw.area.as_deref(), own.as_deref()) {
        return Err(Refusal::new(UNKNOWN_DRAW).with("draw", id).into());
    }
    let entries = entries(site.store().db(), id)?;
    Ok(Whole { drawn: drawn(&entries), draw, entries })
}

fn one(db: &Connection, site: &Site, id: DrawId) -> Result<DrawRow> {
    let found = rows::first::<DrawRow>(db, "WHERE id = ?1 AND batch = ?2", (id, site.batch()?.id))?;
    found.ok_or_else(|| Refusal::new(UNKNOWN_DRAW).with("draw", id).into())
}

pub(super) fn entries(db: &Connection, draw: DrawId) -> Result<Vec<DrawEntryRow>> {
    Ok(rows::select::<DrawEntryRow>(db, "WHERE draw = ?1 ORDER BY pool, position", [draw])?)
}

/// By the place of the object in its pool.
pub(super) fn drawn(entries: &[DrawEntryRow]) -> Vec<Drawn> {
    let of = |pool: Pool| entries.iter().filter(move |e| e.pool == pool && e.drawn_for.is_some());
    let takes = |e: &DrawEntryRow, object: i64| {
        let places = e.drawn_for.as_deref().unwrap_or_default();
        places.split(',').any(|place| place.parse() == Ok(object))
    };
    of(Pool::Object)
        .map(|object| {
            let watch = of(Pool::Supervisor).filter(|s| takes(s, object.position));
            Drawn {
                object: object.name.clone(),
                unit: object.unit.clone(),
                region: object.region.clone(),
                supervisors: watch.map(|s| s.name.clone()).collect(),
            }
        })
        .collect()
}

/// What drawing again from the stored pools gives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Redrawn {
    pub draw: DrawId,
    pub equal: bool,
    /// Entries that say otherwise: pool, place, name, what is stored and what comes out.
    pub differing: Vec<Differing>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Differing {
    pub pool: Pool,
    pub position: i64,
    pub name: String,
    pub stored: Option<String>,
    pub again: Option<String>,
}

/// Draws again from the pools and the seed as they are stored. Equal only if every entry comes out as it stands there.
pub fn redraw(site: &Site, id: DrawId) -> Result<Redrawn> {
    let Whole { draw: row, entries, .. } = whole(site, id)?;
    let pool = |pool: Pool| entries.iter().filter(move |e| e.pool == pool);
    let candidate = |e: &'_ DrawEntryRow| (e.name.clone(), e.unit.clone(), e.excluded.clone());
    let both = [Pool::Object, Pool::Supervisor].map(|p| pool(p).map(candidate).collect::<Vec<_>>());
    let [objects, supervisors] = &both;
    let lots = Lots {
        seed: u64::try_from(row.seed).unwrap_or_default(),
        objects: usize::try_from(row.objects).unwrap_or_default(),
        per_object: usize::try_from(row.per_object).unwrap_or_default(),
    };
    // A pool that is too small by now draws nobody, so that every stored lot differs.
    let drawn = draw(lots, &candidates(objects), &candidates(supervisors)).unwrap_or_default();
    let mut differing = Vec::new();
    for each in [Pool::Object, Pool::Supervisor] {
        for (at, entry) in pool(each).enumerate() {
            let again = drawn_for(&drawn, each, at);
            let moved = usize::try_from(entry.position) != Ok(at);
            if moved || again != entry.drawn_for {
                let (position, name, stored) = (entry.position, entry.name.clone(), entry.drawn_for.clone());
                differing.push(Differing { pool: each, position, name, stored, again });
            }
        }
    }
    Ok(Redrawn { draw: id, equal: differing.is_empty(), differing })
}

fn candidates(pool: &[(String, String, Option<String>)]) -> Vec<Candidate<'_>> {
    pool.iter().map(|(name, unit, excluded)| Candidate { name, unit, excluded: excluded.as_deref() }).collect()
}

/// The inspections of the batch at hand in an area, newest first.
pub fn inspections(site: &Site, area: Option<&str>) -> Result<Vec<InspectionRow>> {
    let tail = "WHERE batch = ?1 ORDER BY inspected_on DESC, id DESC";
    let all = rows::select::<InspectionRow>(site.store().db(), tail, [site.batch()?.id])?;
    Ok(all.into_iter().filter(|i| lies(i.region.as_deref(), area)).collect())
}

/// A session without a supervision record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Uncovered {
    pub session: String,
    pub day: Day,
    /// It has begun: nobody can go there any more who was not there.
    pub begun: bool,
}

/// 逢考必督 (S3-21): sessions of the batch that no inspection names; nothing where the policy does not ask for it.
pub fn uncovered(site: &Site) -> Result<Vec<Uncovered>> {
    if !site.policy()?.supervision.every_session {
        return Ok(Vec::new());
    }
    let tail = "WHERE batch = ?1 AND id NOT IN (SELECT session FROM inspection WHERE session IS NOT NULL) \
                ORDER BY starts_at, id";
    let open = rows::select::<SessionRow>(site.store().db(), tail, [site.batch()?.id])?;
    let now = site.now();
    let line = |s: SessionRow| Uncovered { day: s.starts_at.day(), begun: s.starts_at <= now, session: s.code };
    Ok(open.into_iter().map(line).collect())
}

/// A line of the publication list (S3-34): nobody's name stands on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Public {
    /// Title of the draw, or the object of an inspection.
    pub what: String,
    pub day: Day,
    /// What was drawn, or what came of an inspection: a locale key.
    pub result: Option<String>,
    pub objects: Vec<String>,
    pub supervisors: usize,
    pub mend_by: Option<Day>,
    pub mended_on: Option<Day>,
    pub published_on: Option<Day>,
    pub place: Option<String>,
}

/// Draws and results that were made public, in the order in which that was.
pub fn publication(site: &Site) -> Result<Vec<Public>> {
    let mut all = Vec::new();
    let area = own_area(site)?;
    for draw in draws(site, area.as_deref())?.into_iter().filter(|d| d.published_on.is_some()) {
        let drawn = drawn(&entries(site.store().db(), draw.id)?);
        let mut watch: Vec<_> = drawn.iter().flat_map(|d| &d.supervisors).collect();
        watch.sort_unstable();
        watch.dedup();
        all.push(Public {
            what: draw.title,
            day: draw.at.day(),
            result: None,
            supervisors: watch.len(),
            objects: drawn.into_iter().map(|d| d.object).collect(),
            mend_by: None,
            mended_on: None,
            published_on: draw.published_on,
            place: draw.place,
        });
    }
    for one in inspections(site, area.as_deref())?.into_iter().filter(|i| i.published_on.is_some()) {
        all.push(Public {
            what: one.object.clone(),
            day: one.inspected_on,
            result: Some(format!("inspection_result.{}", one.result.code())),
            supervisors: one.supervisors.lines().count(),
            objects: vec![one.object],
            mend_by: one.mend_by,
            mended_on: one.mended_on,
            published_on: one.published_on,
            place: one.place,
        });
    }
    all.sort_by_key(|p| (p.published_on, p.day));
    Ok(all)
}
