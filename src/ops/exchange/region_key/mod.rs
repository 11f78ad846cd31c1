//! The region's key: made at one site, given from site to site, kept in a file beside the database. Whoever has it can turn a
//! list of tokens back into numbers, so each way that it goes stands in the journal; the key itself stands there nowhere.
mod give;
mod letter;
mod make;
mod take;

pub use give::{Give, give};
pub use make::{Make, make};
pub use take::{Take, take};

use crate::model::id_token::RegionKey;
use crate::model::{Code, Refusal, base64};
use crate::ops::site::READ_ONLY;
use crate::ops::site_key::{NO_HOME, folder, kept};
use crate::ops::{Error, Operation, Result, Site};
use crate::policy::duties::allowed;
use crate::store::KnownSiteRow;
use std::path::PathBuf;

pub const NO_KEY: Code = Code("region_key.none");
pub const THERE: Code = Code("region_key.there");
pub const DAMAGED: Code = Code("region_key.damaged");
/// Whoever gave it, or was to get it, is trusted no more.
pub const ENDED: Code = Code("region_key.ended");

const FILE: &str = "region.key";
const HEAD: &str = "kaowu-region-key 1";

fn place(site: &Site) -> Result<PathBuf> {
    Ok(folder(site).ok_or_else(|| Refusal::new(NO_HOME))?.join(FILE))
}

fn parse(text: &str) -> Option<RegionKey> {
    bytes(text.strip_prefix(HEAD)?.trim())
}

fn bytes(line: &str) -> Option<RegionKey> {
    Some(RegionKey::from_bytes(base64::decode(line)?.try_into().ok()?))
}

fn text(key: &RegionKey) -> String {
    format!("{HEAD}\n{}\n", base64::encode(key.bytes()))
}

fn there(site: &Site) -> Result<Option<RegionKey>> {
    let path = place(site)?;
    if !path.exists() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
    let damaged = || Refusal::new(DAMAGED).with("path", path.display().to_string());
    Ok(Some(parse(&text).ok_or_else(damaged)?))
}

/// The region's key, if this site has it.
pub fn held(site: &Site) -> Result<RegionKey> {
    Ok(there(site)?.ok_or_else(|| Refusal::new(NO_KEY))?)
}

/// Refused where there is another one already: what was made with it would be comparable with nothing.
fn no_other(site: &Site, key: Option<&RegionKey>) -> Result<()> {
    match there(site)? {
        Some(stands) if Some(&stands) != key => Err(Refusal::new(THERE).with("key", stands.name()).into()),
        _ => Ok(()),
    }
}

/// After it was journaled: nobody has a key that the journal does not know of.
fn keep(site: &Site, key: &RegionKey) -> Result<()> {
    kept(&place(site)?, || Ok(text(key)))?;
    no_other(site, Some(key))
}

/// Before anything is read or prepared for somebody who may not do it.
fn may<O: Operation>(site: &Site) -> Result<()> {
    if site.is_read_only() {
        return Err(Refusal::new(READ_ONLY).into());
    }
    Ok(allowed(&site.actor().roles, O::ROLES)?)
}

fn ended(row: &KnownSiteRow) -> Refusal {
    Refusal::new(ENDED).with("site", row.site.as_str()).with("reason", row.reason.clone().unwrap_or_default())
}
