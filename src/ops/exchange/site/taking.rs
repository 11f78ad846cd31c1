//! Whether a bundle may come in: whose it is, whether a person has vouched for that, and whether it follows from what the
//! same site gave before.
use super::Folder;
use crate::bundle::site::circumstances::{self, Signed};
use crate::model::site_key::PublicKey;
use crate::model::{Code, Refusal};
use crate::ops::{Result, Work};
use crate::store::rows::{self, Connection};
use crate::store::{BundleForkRow, BundleTakenRow, KnownSiteRow};

pub const UNSIGNED: Code = Code("bundle.unsigned");
pub const UNKNOWN_SIGNER: Code = Code("bundle.unknown_signer");
pub const ENDED: Code = Code("bundle.signer_ended");
pub const ANOTHER_SITE: Code = Code("bundle.another_site");
pub const OLDER: Code = Code("bundle.older_than_taken");
pub const FORK: Code = Code("bundle.fork");
/// Taken in once, and given up with its history when two people said which one counts.
pub const SET_ASIDE: Code = Code("bundle.set_aside");
/// The site signs its bundles.
pub const SIGNATURE_GONE: Code = Code("bundle.signature_gone");

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
        never_signed(work, folder)?;
        return match again || folder.is_vouched() {
            true => Ok(Taking { again, first_contact: false }),
            false => Err(wanted(UNSIGNED, folder).into()),
        };
    };
    let aside = "WHERE digest = ?1 AND set_aside IS NOT NULL";
    if rows::count::<BundleTakenRow>(db, aside, [folder.digest()])? > 0 {
        return Err(Refusal::new(SET_ASIDE).with("site", folder.manifest.site.code.as_str()).into());
    }
    let first_contact = trusted(db, folder, (key, signed))?;
    if !again {
        follows(db, folder, (key, signed))?;
    }
    Ok(Taking { again, first_contact })
}

/// Refused where the keys of the site that an unsigned bundle names are known here, trusted or not any more: a bundle of theirs
/// whose signature was taken off would pass by all that is asked of signed ones.
fn never_signed(work: &Work<'_, '_>, folder: &Folder) -> Result<()> {
    let site = folder.manifest.site.code.as_str();
    let our_own = site == work.site.code && work.public_key.is_some();
    if our_own || rows::count::<KnownSiteRow>(work.tx.db(), "WHERE site = ?1", [site])? > 0 {
        return Err(Refusal::new(SIGNATURE_GONE).with("site", site).into());
    }
    Ok(())
}

/// Whether somebody vouches for it now, by what they typed, and no key does: two people do that, once there are two.
pub(super) fn is_vouched_for(db: &Connection, folder: &Folder) -> Result<bool> {
    if !folder.is_vouched() {
        return Ok(false);
    }
    let known = match &folder.origin.signer {
        Some((key, _)) => rows::count::<KnownSiteRow>(db, "WHERE sign_key = ?1 AND ended_at IS NULL", [key.text()])?,
        None => rows::count::<BundleTakenRow>(db, "WHERE digest = ?1 AND set_aside IS NULL", [folder.digest()])?,
    };
    Ok(known == 0)
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
    let mut before =
        rows::select::<BundleTakenRow>(db, "WHERE sign_key = ?1 AND set_aside IS NULL ORDER BY id", [key.text()])?;
    before.extend(accepted(db, &key.text())?);
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
        let beyond = is_full(told.len()) && signed.operation < known.reaches.unwrap_or(i64::MAX);
        let older = operation >= signed.operation && (told.contains(&folder.digest()) || beyond);
        !(same || named || forgotten || older)
    }))
}

/// The bundle that two people said counts, as if it had been taken in: until it is, only it and what follows from it may come.
fn accepted(db: &Connection, key: &str) -> Result<Option<BundleTakenRow>> {
    let filter = "WHERE sign_key = ?1 AND state = 'accepted' ORDER BY decided_at DESC, id DESC";
    let Some(fork) = rows::first::<BundleForkRow>(db, filter, [key])? else { return Ok(None) };
    // Taken in, it speaks for itself, and says what it names.
    if rows::count::<BundleTakenRow>(db, "WHERE digest = ?1 AND set_aside IS NULL", [&fork.digest])? > 0 {
        return Ok(None);
    }
    Ok(Some(BundleTakenRow {
        id: 0,
        batch: String::new(),
        digest: fork.digest,
        site: fork.site,
        sign_key: Some(fork.sign_key),
        lineage: Some(fork.lineage),
        operation: Some(fork.operation),
        head: Some(fork.head),
        earlier: None,
        taken_at: fork.at,
        taken_by: None,
        set_aside: None,
        reaches: None,
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
            reaches: signer.and_then(|(_, s)| s.earlier.iter().map(|g| g.operation).min()),
        })?;
        Ok(())
    }
}

fn is_full(earlier: usize) -> bool {
    i64::try_from(earlier).is_ok_and(|n| n >= MOST_EARLIER)
}
