//! Whose bundles may come in: the keys of other sites, each compared by a person at first contact.
use super::Folder;
use crate::bundle::locked::is_recipient;
use crate::bundle::site::FORMAT;
use crate::bundle::site::circumstances::{Card, fingerprint, typed, wanted};
use crate::model::site_key::PublicKey;
use crate::model::{BatchId, Code, Refusal, Role};
use crate::ops::site_key::Keys;
use crate::ops::together::{self, Again};
use crate::ops::{Error, Operation, People, Result, Site, Work};
use crate::store::rows::Connection;
use crate::store::{KnownSiteRow, rows};
use serde::Serialize;
use std::path::Path;

pub const ALREADY: Code = Code("site_key.already_trusted");
pub const GROUPS: Code = Code("site_key.groups_wanted");
pub const UNKNOWN: Code = Code("site_key.unknown_site");
pub const REASON: Code = Code("site_key.reason_missing");
pub const NO_CARD: Code = Code("site_key.no_card");
pub const TO_WHOM: Code = Code("site_key.no_recipient");

/// From now on bundles with this key may come in.
#[derive(Debug, Clone, Serialize)]
pub struct Trust {
    pub card: Card,
    /// The groups of the fingerprint that were left out, as typed.
    #[serde(skip)]
    pub groups: String,
}

impl Operation for Trust {
    const KIND: &'static str = "site.trust";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Admin];
    /// Whoever it lets in writes in our tables.
    const PEOPLE: People = People::Two(together::KEEP);
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let whole = compared(&self.card, &self.groups, &self.card.site)?;
        let filter = "WHERE sign_key = ?1 AND ended_at IS NULL";
        if rows::count::<KnownSiteRow>(work.tx.db(), filter, [&self.card.sign_key])? > 0 {
            return Err(Refusal::new(ALREADY).with("site", self.card.site.as_str()).into());
        }
        let id = work.tx.next_id::<KnownSiteRow>()?;
        work.tx.insert(&KnownSiteRow {
            id,
            site: self.card.site.clone(),
            name: self.card.name.clone(),
            sign_key: self.card.sign_key.clone(),
            lock_key: self.card.lock_key.clone(),
            fingerprint: whole,
            trusted_at: work.now,
            trusted_by: work.actor.id,
            ended_at: None,
            ended_by: None,
            reason: None,
        })?;
        Ok(())
    }

    fn people(&self, db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        together::once_two(db)
    }

    fn again(&self) -> Option<Again> {
        together::again(self)
    }
}

/// The fingerprint of a card, once a person has typed the groups of it that were left out.
fn compared(card: &Card, groups: &str, whose: &str) -> Result<String> {
    let key = PublicKey::parse(&card.sign_key).ok_or_else(|| Refusal::new(NO_CARD).with("path", ""))?;
    let whole = fingerprint(&key, &card.lock_key);
    if groups.trim().is_empty() {
        return Err(wanted(GROUPS, &whole).with("site", whose).into());
    }
    typed(&whole, groups).map_err(|refusal| refusal.with("site", whose))?;
    Ok(whole)
}

/// From now on bundles with this site's key do not come in any more: the key was lost, or the site is closed.
#[derive(Debug, Clone, Serialize)]
pub struct Distrust {
    pub site: String,
    pub reason: String,
}

impl Operation for Distrust {
    const KIND: &'static str = "site.distrust";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Admin];
    type Out = u64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<u64> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let by = work.actor.operator()?;
        let rows = rows::select::<KnownSiteRow>(work.tx.db(), "WHERE site = ?1 AND ended_at IS NULL", [&self.site])?;
        if rows.is_empty() {
            return Err(Refusal::new(UNKNOWN).with("site", self.site.as_str()).into());
        }
        for row in &rows {
            let reason = Some(self.reason.trim().to_owned());
            let ended = KnownSiteRow { ended_at: Some(work.now), ended_by: Some(by), reason, ..row.clone() };
            work.tx.update(row, &ended)?;
        }
        Ok(rows.len() as u64)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// Every key that was ever trusted, those that are first.
pub fn known(site: &Site) -> Result<Vec<KnownSiteRow>> {
    Ok(rows::select(site.store().db(), "ORDER BY ended_at IS NOT NULL, site, id", [])?)
}

/// The keys of others from their card, or from a bundle that they signed.
pub fn card(path: &Path) -> Result<Card> {
    let no_card = || Refusal::new(NO_CARD).with("path", path.display().to_string());
    if let Some(bundle) = Folder::at(path) {
        let folder = super::open(&bundle)?;
        let (_, signed) = folder.origin.signer.ok_or_else(no_card)?;
        let (sign_key, lock_key) = (signed.sign_key, signed.lock_key);
        return Ok(Card { format: FORMAT, site: signed.site, name: folder.manifest.site.name, sign_key, lock_key });
    }
    let text = std::fs::read(path).map_err(Error::file(path))?;
    let text = String::from_utf8(text).map_err(|_| no_card())?;
    Ok(Card::parse(&path.display().to_string(), &text).map_err(|_| no_card())?.0)
}

/// Writes a card into a file.
pub fn hand_out(card: &Card, path: &Path) -> Result<()> {
    crate::bundle::write::file(path, card.text().as_bytes()).map_err(Error::file(path))
}

/// Our own keys as others get them; a home without a site has them too.
pub fn own(keys: &Keys, site: Option<&crate::store::SiteRow>) -> Card {
    let (code, name) = site.map(|row| (row.code.clone(), row.name.clone())).unwrap_or_default();
    Card { format: FORMAT, site: code, name, sign_key: keys.public().text(), lock_key: keys.open.recipient() }
}

/// Whom a bundle is locked to: a key, a site that is trusted, or somebody's card.
pub fn recipient(site: &Site, to: &str, groups: &str) -> Result<String> {
    if is_recipient(to) {
        return Ok(to.to_owned());
    }
    Ok(addressee(site, to, groups)?.lock_key)
}

/// Another site of which somebody here has made sure.
pub(in crate::ops) struct Addressee {
    /// Its code; empty for a home without a site.
    pub site: String,
    pub lock_key: String,
}

/// A site that is trusted, by its code, or somebody's card. Where the card's keys are not trusted here its fingerprint is
/// compared first: a card that was exchanged on the way would let somebody else in.
pub(in crate::ops) fn addressee(site: &Site, to: &str, groups: &str) -> Result<Addressee> {
    let known = |row: KnownSiteRow| Addressee { site: row.site, lock_key: row.lock_key };
    let db = site.store().db();
    let filter = "WHERE site = ?1 AND ended_at IS NULL ORDER BY id DESC";
    if let Some(row) = rows::first::<KnownSiteRow>(db, filter, [to])? {
        return Ok(known(row));
    }
    if !Path::new(to).is_file() {
        return Err(Refusal::new(TO_WHOM).with("to", to).into());
    }
    let card = card(Path::new(to))?;
    let filter = "WHERE sign_key = ?1 AND lock_key = ?2 AND ended_at IS NULL ORDER BY id DESC";
    if let Some(row) = rows::first::<KnownSiteRow>(db, filter, (&card.sign_key, &card.lock_key))? {
        return Ok(known(row));
    }
    // A home without a site has no code.
    compared(&card, groups, if card.site.is_empty() { to } else { &card.site })?;
    Ok(Addressee { site: card.site, lock_key: card.lock_key })
}
