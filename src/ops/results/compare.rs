//! The batch at hand beside earlier ones: of this site, or of a bundle that is only read.
use super::board::{Board, Counts, of_batch};
use crate::model::{Code, Day, FixedClock, Level, Refusal};
use crate::ops::exchange::site as bundle;
use crate::ops::{BatchRow, Result, Site};
use crate::store::{SessionRow, rows};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

pub const NOTHING_EARLIER: Code = Code("results.nothing_earlier");
pub const SAME_BATCH: Code = Code("results.same_batch");

/// One batch as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    pub batch: String,
    pub name: String,
    /// First day of its exam.
    pub exam: Option<Day>,
    pub totals: Counts,
    #[serde(skip)]
    board: Board,
}

/// An occupation and level in both; `None`: not there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Beside {
    pub occupation: String,
    pub occupation_name: String,
    pub level: Level,
    pub now: Option<Counts>,
    pub then: Option<Counts>,
}

impl Beside {
    /// By how many tenths of a percent the pass rate rose; `None` where either has nobody decided.
    pub fn rise(&self) -> Option<i64> {
        rise(self.now.as_ref()?, self.then.as_ref()?)
    }
}

/// By how many tenths of a percent the pass rate rose.
pub fn rise(now: &Counts, then: &Counts) -> Option<i64> {
    let tenths = |c: &Counts| c.rate_tenths().and_then(|t| i64::try_from(t).ok());
    Some(tenths(now)? - tenths(then)?)
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    pub now: Side,
    pub then: Side,
    pub rows: Vec<Beside>,
}

/// Another batch of the site; `code` `None`: the one before by its exam, else by its number.
pub fn compare(site: &Site, code: Option<&str>) -> Result<Comparison> {
    let now = side(site, &site.batch()?)?;
    let all = rows::select::<BatchRow>(site.store().db(), "ORDER BY id DESC", [])?;
    let mut others = Vec::new();
    for batch in all.iter().filter(|b| b.id != site.batch().map_or(b.id, |own| own.id)) {
        others.push((exam(site, batch)?, batch));
    }
    let then = match code {
        Some(code) if code == now.batch => return Err(Refusal::new(SAME_BATCH).with("batch", code).into()),
        Some(code) => others.iter().find(|(_, b)| b.code == code),
        None => {
            let before = |day: &Option<Day>| now.exam.is_none() || *day <= now.exam;
            others.iter().filter(|(day, _)| before(day)).max_by_key(|(day, b)| (*day, b.id))
        }
    };
    let Some((_, then)) = then else {
        let known = others.iter().map(|(_, b)| b.code.as_str()).collect::<Vec<_>>().join(" ");
        return Err(Refusal::new(NOTHING_EARLIER).with("batch", code.unwrap_or("-")).with("known", known).into());
    };
    Ok(beside(now, side(site, then)?))
}

/// The batch at hand of another site, as a bundle has it.
pub fn compare_with(site: &Site, other: &Site) -> Result<Comparison> {
    Ok(beside(side(site, &site.batch()?)?, side(other, &other.batch()?)?))
}

fn exam(site: &Site, batch: &BatchRow) -> Result<Option<Day>> {
    let sessions = rows::select::<SessionRow>(site.store().db(), "WHERE batch = ?1", [batch.id])?;
    Ok(sessions.iter().map(|s| s.starts_at.day()).min())
}

fn side(site: &Site, batch: &BatchRow) -> Result<Side> {
    let board = of_batch(site, batch, &*site.policy_of(batch)?)?;
    let (code, name) = (batch.code.clone(), batch.name.clone());
    Ok(Side { batch: code, name, exam: exam(site, batch)?, totals: board.totals, board })
}

fn beside(now: Side, then: Side) -> Comparison {
    type Both = (String, Option<Counts>, Option<Counts>);
    let mut found: BTreeMap<(String, std::cmp::Reverse<u8>), (Level, Both)> = BTreeMap::new();
    for (side, first) in [(&now, true), (&then, false)] {
        for line in &side.board.rows {
            let key = (line.occupation.clone(), std::cmp::Reverse(line.level.digit()));
            let (_, both) =
                found.entry(key).or_insert_with(|| (line.level, (line.occupation_name.clone(), None, None)));
            if first { both.1 = Some(line.counts) } else { both.2 = Some(line.counts) }
        }
    }
    let row = |((occupation, _), (level, (occupation_name, now, then)))| Beside {
        occupation,
        occupation_name,
        level,
        now,
        then,
    };
    let rows = found.into_iter().map(row).collect();
    Comparison { now, then, rows }
}

/// The site of a bundle, in memory only.
pub fn from_bundle(site: &Site, folder: &Path) -> Result<Site> {
    let mut folder = bundle::open(folder)?;
    // Looked at and thrown away: nothing of it comes into the site, so nobody has to vouch for whose it is.
    let fingerprint = folder.origin.fingerprint();
    folder.vouch(&fingerprint)?;
    let mut other = Site::in_memory(site.assets().clone(), Box::new(FixedClock::at(site.now())))?;
    other.perform(&bundle::ImportBundle { folder: &folder, claim: None })?;
    other.choose_batch(Some(&folder.manifest.batch.code))?;
    Ok(other)
}
