//! Draw records, inspection reports, and the list that is made public, on which nobody's name stands (S3-34).
use super::{Asked, Filled, Ids, NOTHING, Notice};
use crate::model::{Day, Pool, Refusal};
use crate::ops::supervision::{self, Public, Whole, area, whole};
use crate::ops::{DrawEntryRow, InspectionRow, Result};
use serde::Serialize;

#[derive(Serialize)]
struct Sheet<'a, T> {
    notice: Notice<'a>,
    unit: String,
    made_on: String,
    rows: Vec<T>,
}

fn filled<T: Serialize>(asked: &Asked<'_>, rows: Vec<T>) -> Result<Filled> {
    if rows.is_empty() {
        return Err(Refusal::new(NOTHING).into());
    }
    let (notice, unit) = (Notice::of(asked.policy), asked.site.row()?.name);
    let made_on = asked.site.now().day().to_string();
    Filled::of(&Sheet { notice, unit, made_on, rows }, 0, Ids::Masked)
}

#[derive(Serialize)]
struct Draw {
    number: i64,
    title: String,
    at: String,
    seed: i64,
    objects: i64,
    per_object: i64,
    witness: String,
    area: Option<String>,
    drawn: Vec<supervision::Drawn>,
    object_pool: Vec<DrawEntryRow>,
    supervisor_pool: Vec<DrawEntryRow>,
}

/// Every draw of the batch, a page each, with both pools.
pub fn draws(asked: &Asked<'_>) -> Result<Filled> {
    let area = area(asked.site, None)?;
    let mut rows = Vec::new();
    for row in supervision::draws(asked.site, area.as_deref())? {
        let Whole { draw, drawn, entries } = whole(asked.site, row.id)?;
        let (object_pool, supervisor_pool) = entries.into_iter().partition(|e| e.pool == Pool::Object);
        rows.push(Draw {
            number: draw.id.0,
            title: draw.title,
            at: draw.at.minute(),
            seed: draw.seed,
            objects: draw.objects,
            per_object: draw.per_object,
            witness: draw.witness,
            area: draw.area,
            drawn,
            object_pool,
            supervisor_pool,
        });
    }
    filled(asked, rows)
}

#[derive(Serialize)]
struct Inspection {
    #[serde(flatten)]
    row: InspectionRow,
    /// Codes; the template names them.
    done: Vec<String>,
    who: Vec<String>,
}

/// Every inspection of the batch, a page each.
pub fn inspections(asked: &Asked<'_>) -> Result<Filled> {
    let area = area(asked.site, None)?;
    let all = supervision::inspections(asked.site, area.as_deref())?;
    let one = |row: InspectionRow| Inspection {
        done: row.methods.split(',').map(str::to_owned).collect(),
        who: row.supervisors.lines().map(str::to_owned).collect(),
        row,
    };
    filled(asked, all.into_iter().map(one).collect())
}

#[derive(Serialize)]
struct Line {
    what: String,
    day: Day,
    objects: String,
    supervisors: usize,
    /// Code of the result; `None` for a draw.
    result: Option<String>,
    mend_by: Option<Day>,
    mended_on: Option<Day>,
    published_on: Option<Day>,
    place: Option<String>,
}

/// What was made public.
pub fn publication(asked: &Asked<'_>) -> Result<Filled> {
    let line = |p: Public| Line {
        what: p.what,
        day: p.day,
        objects: p.objects.join("、"),
        supervisors: p.supervisors,
        result: p.result.and_then(|key| key.rsplit('.').next().map(str::to_owned)),
        mend_by: p.mend_by,
        mended_on: p.mended_on,
        published_on: p.published_on,
        place: p.place,
    };
    filled(asked, supervision::publication(asked.site)?.into_iter().map(line).collect())
}
