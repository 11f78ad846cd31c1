//! `region_key.take`: the key that another site gave is ours from now on.
use super::letter::Letter;
use super::{DAMAGED, ended, keep, may, no_other};
use crate::bundle::locked::{LockFault, open};
use crate::model::id_token::RegionKey;
use crate::model::site_key::PublicKey;
use crate::model::{BatchId, Code, OpNo, Refusal, Role};
use crate::ops::site_key::{Keys, NO_HOME, of};
use crate::ops::{Error, Journal, Operation, People, Result, Site, Undo, Work, together};
use crate::store::rows::Connection;
use crate::store::{KnownSiteRow, rows};
use serde::Serialize;
use std::fs::File;
use std::io::Read;
use std::path::Path;

pub const UNKNOWN_GIVER: Code = Code("region_key.unknown_giver");
pub const ANOTHER_SITE: Code = Code("region_key.another_site");
pub const ANOTHER_RECIPIENT: Code = Code("region_key.another_recipient");

/// A few short lines.
const MOST: u64 = 4096;

/// Made by [`take`] only, from a file that its giver signed.
#[derive(Debug, Clone, Serialize)]
pub struct Take {
    /// The name that two sites compare; never the key.
    region_key: String,
    /// Code of the site that gave it.
    site: String,
    sign_key: String,
}

impl Operation for Take {
    const KIND: &'static str = "region_key.take";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Admin];
    const UNDO: Undo = Undo::Never;
    const JOURNAL: Journal = Journal::Always;
    const PEOPLE: People = People::Two(together::KEEP);
    type Out = ();

    /// With another's key our lists would tell them who is on them: only a site that is trusted says which one it is.
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let site = self.site.as_str();
        let tail = "WHERE sign_key = ?1 ORDER BY id DESC";
        match rows::first::<KnownSiteRow>(work.tx.db(), tail, [&self.sign_key])? {
            None => Err(Refusal::new(UNKNOWN_GIVER).with("site", site).into()),
            Some(row) if row.ended_at.is_some() => Err(ended(&row).into()),
            Some(row) if row.site != site => {
                Err(Refusal::new(ANOTHER_SITE).with("site", site).with("known", row.site).into())
            }
            Some(_) => Ok(()),
        }
    }

    fn people(&self, db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        together::once_two(db)
    }
}

/// Takes the key out of a file that another site locked for us.
pub fn take(site: &mut Site, from: &Path) -> Result<(RegionKey, Option<OpNo>)> {
    may::<Take>(site)?;
    let keys = of(site)?.ok_or_else(|| Refusal::new(NO_HOME))?;
    let (letter, giver) = read(from, &keys)?;
    no_other(site, Some(&letter.key))?;
    let take = Take { region_key: letter.key.name(), site: letter.site, sign_key: giver.text() };
    let op = site.perform(&take)?.op;
    keep(site, &letter.key)?;
    Ok((letter.key, op))
}

fn read(from: &Path, keys: &Keys) -> Result<(Letter, PublicKey)> {
    let refused = |code: Code| Refusal::new(code).with("path", from.display().to_string());
    let file = File::open(from).map_err(Error::file(from))?;
    let open = open(file, &keys.open).map_err(|fault| match fault {
        LockFault::Refused(refusal) => Error::from(refusal),
        LockFault::Io(error) => Error::file(from)(error),
    })?;
    let mut text = String::new();
    open.take(MOST).read_to_string(&mut text).map_err(|_| refused(DAMAGED))?;
    let (letter, giver) = Letter::read(&text).map_err(refused)?;
    // Whoever got it once cannot pass it on in the giver's name.
    if letter.recipient != keys.open.recipient() {
        return Err(refused(ANOTHER_RECIPIENT).into());
    }
    Ok((letter, giver))
}
