//! `supervision.draw`: 双随机 (S3-34). Both pools are kept as they were, with who was left out and why, so that anybody can
//! draw again. A draw is never taken back: whoever does not like one can only make another, and both stay.
use super::area::{inside, lies, of_actor};
use super::pool::{Lot, objects, supervisors};
use crate::model::{Code, DrawId, Pool, Refusal, Role, fold};
use crate::ops::{Operation, Result, Undo, Work};
use crate::policy::supervision::draw::{Candidate, Drawn, Lots, draw};
use crate::store::{DrawEntryRow, DrawKind, DrawRow};
use serde::Serialize;

pub const NO_TITLE: Code = Code("supervision.no_title");
pub const NO_WITNESS: Code = Code("supervision.no_witness");
pub const BAD_SEED: Code = Code("supervision.bad_seed");
pub const WHY_LEFT_OUT: Code = Code("supervision.why_left_out");
pub const NOT_IN_POOL: Code = Code("supervision.not_in_pool");
pub const NO_OBJECTS: Code = Code("supervision.no_objects");
pub const NO_SUPERVISORS: Code = Code("supervision.no_supervisors");

/// Somebody who is left out of a pool, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exclusion {
    pub name: String,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Draw {
    pub title: String,
    pub kind: DrawKind,
    /// Region digits, or a unit of the notice; `None`: the operator's own, or everything.
    pub area: Option<String>,
    pub seed: i64,
    pub objects: usize,
    /// `None`: as the policy says.
    pub per_object: Option<usize>,
    pub witness: String,
    pub exclude: Vec<Exclusion>,
    /// The objects of a list.
    pub list: Vec<Lot>,
    /// Empty: the staff who may supervise.
    pub supervisors: Vec<Lot>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drawing {
    pub draw: DrawId,
    pub title: String,
    pub objects: usize,
}

impl Operation for Draw {
    const KIND: &'static str = "supervision.draw";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Never;
    type Out = Drawing;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Drawing> {
        let said = |text: &str, code: Code| match fold::text(text) {
            text if text.is_empty() => Err(Refusal::new(code)),
            text => Ok(text.into_owned()),
        };
        let (title, witness) = (said(&self.title, NO_TITLE)?, said(&self.witness, NO_WITNESS)?);
        let seed = u64::try_from(self.seed).map_err(|_| Refusal::new(BAD_SEED).with("seed", self.seed))?;
        let policy = work.policy()?;
        let own = of_actor(work.tx.db(), policy, work.actor)?;
        let area = inside(policy, own, self.area.as_deref())?;
        let per_object = self.per_object.unwrap_or(usize::from(policy.supervision.per_object));
        let (mut objects, mut supervisors) = self.pools(work, area.as_deref())?;
        self.leave_out(&mut objects, &mut supervisors)?;
        let lots = Lots { seed, objects: self.objects, per_object };
        let drawn = draw(lots, &candidates(&objects), &candidates(&supervisors))?;
        let id = DrawId(work.tx.next_id::<DrawRow>()?);
        work.tx.insert(&DrawRow {
            id,
            batch: work.batch()?.id,
            title: title.clone(),
            kind: self.kind,
            area,
            seed: self.seed,
            objects: i64::try_from(self.objects).unwrap_or(i64::MAX),
            per_object: i64::try_from(per_object).unwrap_or(i64::MAX),
            witness,
            at: work.now,
            operator: work.actor.operator()?,
            published_on: None,
            place: None,
        })?;
        for row in entries(work, id, (&objects, &supervisors), &drawn)? {
            work.tx.insert(&row)?;
        }
        Ok(Drawing { draw: id, title, objects: drawn.len() })
    }
}

impl Draw {
    fn pools(&self, work: &Work<'_, '_>, area: Option<&str>) -> Result<(Vec<Lot>, Vec<Lot>)> {
        let objects = match self.kind {
            DrawKind::List => self.list.iter().filter(|lot| lies(lot.region.as_deref(), area)).cloned().collect(),
            kind => objects(work, kind, area)?,
        };
        let supervisors = if self.supervisors.is_empty() { supervisors(work)? } else { self.supervisors.clone() };
        match (objects.is_empty(), supervisors.is_empty()) {
            (true, _) => Err(Refusal::new(NO_OBJECTS).word("kind", format!("draw_kind.{}", self.kind.code())).into()),
            (_, true) => Err(Refusal::new(NO_SUPERVISORS).into()),
            _ => Ok((objects, supervisors)),
        }
    }

    fn leave_out(&self, objects: &mut [Lot], supervisors: &mut [Lot]) -> Result<()> {
        for Exclusion { name, reason } in &self.exclude {
            let (name, reason) = (fold::text(name), fold::text(reason));
            if reason.is_empty() {
                return Err(Refusal::new(WHY_LEFT_OUT).with("name", name.into_owned()).into());
            }
            let mut found = false;
            for lot in objects.iter_mut().chain(supervisors.iter_mut()).filter(|lot| lot.name == name) {
                lot.excluded = Some(reason.clone().into_owned());
                found = true;
            }
            if !found {
                return Err(Refusal::new(NOT_IN_POOL).with("name", name.into_owned()).into());
            }
        }
        Ok(())
    }
}

fn candidates(lots: &[Lot]) -> Vec<Candidate<'_>> {
    lots.iter().map(|l| Candidate { name: &l.name, unit: &l.unit, excluded: l.excluded.as_deref() }).collect()
}

fn entries(
    work: &Work<'_, '_>,
    draw: DrawId,
    (objects, supervisors): (&[Lot], &[Lot]),
    drawn: &[Drawn],
) -> Result<Vec<DrawEntryRow>> {
    let first = work.tx.next_id::<DrawEntryRow>()?;
    let both = [(Pool::Object, objects), (Pool::Supervisor, supervisors)];
    let all = both.into_iter().flat_map(|(pool, lots)| lots.iter().enumerate().map(move |(at, lot)| (pool, at, lot)));
    let row = |(id, (pool, at, lot)): (i64, (Pool, usize, &Lot))| DrawEntryRow {
        id,
        draw,
        pool,
        position: i64::try_from(at).unwrap_or(i64::MAX),
        name: lot.name.clone(),
        unit: lot.unit.clone(),
        region: lot.region.clone(),
        excluded: lot.excluded.clone(),
        drawn_for: drawn_for(drawn, pool, at),
    };
    Ok((first..).zip(all).map(row).collect())
}

/// Positions of the objects that one at this place of a pool was drawn for, comma separated, in ascending order.
pub(super) fn drawn_for(drawn: &[Drawn], pool: Pool, at: usize) -> Option<String> {
    let mut objects: Vec<usize> = match pool {
        Pool::Object => drawn.iter().map(|d| d.object).filter(|object| *object == at).collect(),
        Pool::Supervisor => drawn.iter().filter(|d| d.supervisors.contains(&at)).map(|d| d.object).collect(),
    };
    objects.sort_unstable();
    let words: Vec<_> = objects.iter().map(usize::to_string).collect();
    (!words.is_empty()).then(|| words.join(","))
}
