//! `region_key.give`: the key leaves the house, for one other site.
use super::letter::Letter;
use super::{ended, held, may};
use crate::bundle::locked::{is_recipient, lock};
use crate::bundle::write::CsvTarget;
use crate::model::id_token::RegionKey;
use crate::model::{BatchId, Code, OpNo, Refusal, Role};
use crate::ops::exchange::site::addressee;
use crate::ops::site_key::{NO_HOME, of};
use crate::ops::{Error, Journal, Operation, People, Result, Site, Undo, Work, together};
use crate::store::rows::Connection;
use crate::store::{KnownSiteRow, rows};
use serde::Serialize;
use std::io::Write;
use std::path::Path;

/// A key that nobody has compared with anybody's.
pub const BARE: Code = Code("region_key.bare_recipient");

/// Made by [`give`] only, for somebody who is trusted or whose card was compared.
#[derive(Debug, Clone, Serialize)]
pub struct Give {
    /// The name that two sites compare; never the key.
    region_key: String,
    /// Code of the site that gets it; empty for a home without a site.
    site: String,
    /// The key that the file is locked to.
    recipient: String,
}

impl Operation for Give {
    const KIND: &'static str = "region_key.give";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Admin];
    const UNDO: Undo = Undo::Never;
    const JOURNAL: Journal = Journal::Always;
    const PEOPLE: People = People::Two(together::KEEP);
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let tail = "WHERE lock_key = ?1 ORDER BY id DESC";
        match rows::first::<KnownSiteRow>(work.tx.db(), tail, [&self.recipient])? {
            Some(row) if row.ended_at.is_some() => Err(ended(&row).into()),
            _ => Ok(()),
        }
    }

    fn people(&self, db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        together::once_two(db)
    }
}

/// The key as a file that only this site can open: one that is trusted, by its code, or one whose card was compared.
pub fn give(site: &mut Site, (to, groups): (&str, &str), out: &Path) -> Result<(RegionKey, Option<OpNo>)> {
    may::<Give>(site)?;
    if is_recipient(to) {
        return Err(Refusal::new(BARE).with("value", to).into());
    }
    let key = held(site)?;
    let to = addressee(site, to, groups)?;
    let keys = of(site)?.ok_or_else(|| Refusal::new(NO_HOME))?;
    let letter = Letter { site: site.row()?.code, recipient: to.lock_key.clone(), key };
    let failed = |e| Error::file(out)(e);
    // Written first, journaled next, handed out last.
    let mut locked = lock(&to.lock_key, CsvTarget::create(out).map_err(failed)?).map_err(failed)??;
    locked.write_all(letter.signed(&keys.sign).as_bytes()).map_err(failed)?;
    let file = locked.finish().map_err(failed)?;
    let op = site.perform(&Give { region_key: key.name(), site: to.site, recipient: to.lock_key })?.op;
    file.finish().map_err(failed)?;
    Ok((key, op))
}
