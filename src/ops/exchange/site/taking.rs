//! Whether a bundle may come in: whose it is, whether a person has vouched for that, and whether it follows from what the
//! same site gave before.
use super::Folder;
use crate::bundle::site::circumstances::{self, Signed};
use crate::model::site_key::PublicKey;
use crate::model::{Code, Refusal};
use crate::ops::{Result, Work};
use crate::store::rows::{self, Connection};
use crate::store::{BundleTakenRow, KnownSiteRow};

pub const UNSIGNED: Code = Code("bundle.unsigned");
pub const UNKNOWN_SIGNER: Code = Code("bundle.unknown_signer");
pub const ENDED: Code = Code("bundle.signer_ended");
pub const ANOTHER_SITE: Code = Code("bundle.another_site");
pub const OLDER: Code = Code("bundle.older_than_taken");
pub const FORK: Code = Code("bundle.fork");

/// As many earlier bundles as a bundle names at most.
pub(super) const MOST_EARLIER: i64 = 200;

/// A bundle that may come in.
pub(super) struct Taking {
    /// It was taken in already; what it brings now is only what was not there.
    pub again: bool,
    first_contact: bool,
}

pub(super) fn check(work: &Work<'_, '_>, folder: &Folder) -> Result<Taking> {
    let db = work.tx.db();
    let again = rows::count::<BundleTakenRow>(db, "WHERE digest = ?1 AND set_aside IS NULL", [folder.digest()])? > 0;
    let Some((key, signed)) = &folder.origin.signer else {
        return match again || folder.is_vouched() {
            true => Ok(Taking { again, first_contact: false }),
            false => Err(wanted(UNSIGNED, folder).into()),
        };
    };
    let first_contact = trusted(db, folder, (key, signed))?;
    if !again {
        follows(db, folder, (key, signed))?;
    }
    Ok(Taking { again, first_contact })
}

/// The refusal that says which groups are to be typed.
fn wanted(code: Code, folder: &Folder) -> Refusal {
    circumstances::wanted(code, &folder.origin.fingerprint()).with("site", folder.manifest.site.code.as_str())
}

/// Whether this is the first contact with the key, vouched for by a person.
fn trusted(db: &Connection, folder: &Folder, (key, signed): (&PublicKey, &Signed)) -> Result<bool> {
    let site = folder.manifest.site.code.as_str();
    let another = |known: &str| Refusal::new(ANOTHER_SITE).with("site", site).with("known", known);
    if signed.site != site {
        return Err(another(&signed.site).into());
    }
    let rows = rows::select::<KnownSiteRow>(db, "WHERE sign_key = ?1 ORDER BY id", [key.text()])?;
    match rows.last() {
        Some(row) if row.ended_at.is_some() => {
            Err(Refusal::new(ENDED).with("site", site).with("reason", row.reason.clone().unwrap_or_default()).into())
        }
        Some(row) if row.site != site || row.lock_key != signed.lock_key => Err(another(&row.site).into()),
        Some(_) => Ok(false),
        None if folder.is_vouched() => Ok(true),
        None => Err(wanted(UNKNOWN_SIGNER, folder).into()),
    }
}

/// What the site gave before and this bundle does not follow from.
pub(super) fn broken(db: &Connection, folder: &Folder) -> Result<Option<BundleTakenRow>> {
    let Some((key, signed)) = &folder.origin.signer else { return Ok(None) };
    let before =
        rows::select::<BundleTakenRow>(db, "WHERE sign_key = ?1 AND set_aside IS NULL ORDER BY id", [key.text()])?;
    let full = is_full(signed.earlier.len());
    let oldest = signed.earlier.iter().map(|g| g.operation).min().unwrap_or(i64::MAX);
    Ok(before.into_iter().find(|known| {
        let (operation, head) = (known.operation.unwrap_or_default(), known.head.as_deref().unwrap_or_default());
        let same = operation == signed.operation && head == signed.head;
        let named =
            signed.earlier.iter().any(|g| g.bundle == known.digest && g.operation == operation && g.head == head);
        // Given so long ago that the bundle does not name it any more.
        let forgotten = full && operation < oldest;
        // An older one is named by the later one that came in first.
        let told: Vec<&str> = known.earlier.as_deref().unwrap_or_default().split(' ').collect();
        let older = operation >= signed.operation && (told.contains(&folder.digest()) || is_full(told.len()));
        !(same || named || forgotten || older)
    }))
}

fn follows(db: &Connection, folder: &Folder, (key, signed): (&PublicKey, &Signed)) -> Result<()> {
    let site = folder.manifest.site.code.as_str();
    if let Some(known) = broken(db, folder)? {
        let refusal = Refusal::new(FORK).with("site", site).with("operation", signed.operation);
        return Err(refusal.with("known", known.operation.unwrap_or_default()).into());
    }
    let filter = "WHERE sign_key = ?1 AND batch = ?2 AND operation > ?3 AND set_aside IS NULL ORDER BY operation DESC";
    let (key, batch) = (key.text(), &folder.manifest.batch.code);
    match rows::first::<BundleTakenRow>(db, filter, (key.as_str(), batch.as_str(), signed.operation))? {
        Some(later) => {
            let refusal = Refusal::new(OLDER).with("site", site).with("operation", signed.operation);
            Err(refusal
                .with("known", later.operation.unwrap_or_default())
                .with("at", later.taken_at.to_string())
                .into())
        }
        None => Ok(()),
    }
}

impl Taking {
    /// Keeps whose bundle came in, so that the next one is held against it.
    pub fn remember(&self, work: &mut Work<'_, '_>, folder: &Folder) -> Result<()> {
        let (site, by) = (folder.manifest.site.clone(), work.actor.id);
        if self.first_contact
            && let Some((key, signed)) = &folder.origin.signer
        {
            let id = work.tx.next_id::<KnownSiteRow>()?;
            work.tx.insert(&KnownSiteRow {
                id,
                site: site.code.clone(),
                name: site.name.clone(),
                sign_key: key.text(),
                lock_key: signed.lock_key.clone(),
                fingerprint: folder.origin.fingerprint(),
                trusted_at: work.now,
                trusted_by: by,
                ended_at: None,
                ended_by: None,
                reason: None,
            })?;
        }
        if self.again {
            return Ok(());
        }
        let id = work.tx.next_id::<BundleTakenRow>()?;
        let signer = folder.origin.signer.as_ref();
        work.tx.insert(&BundleTakenRow {
            id,
            batch: folder.manifest.batch.code.clone(),
            digest: folder.digest().to_owned(),
            site: site.code,
            sign_key: signer.map(|(key, _)| key.text()),
            lineage: signer.map(|(_, s)| s.lineage.clone()),
            operation: signer.map(|(_, s)| s.operation),
            head: signer.map(|(_, s)| s.head.clone()),
            earlier: signer.map(|(_, s)| s.earlier.iter().map(|g| g.bundle.as_str()).collect::<Vec<_>>().join(" ")),
            taken_at: work.now,
            taken_by: by,
            set_aside: None,
        })?;
        Ok(())
    }
}

fn is_full(earlier: usize) -> bool {
    i64::try_from(earlier).is_ok_and(|n| n >= MOST_EARLIER)
}
