//! Double applications between two sites, found without either telling the other a number (a person has one
//! application for one occupation and level in a batch). Reads only.
use crate::bundle::locked;
use crate::bundle::token_sheet::{self, Line};
use crate::bundle::write::CsvTarget;
use crate::model::id_token::RegionKey;
use crate::model::identity::mask;
use crate::model::{Code, Refusal, base64};
use crate::ops::site_key::{folder, kept, of, random};
use crate::ops::{Error, Result, Site};
use crate::store::{ApplicationRow, rows};
use serde::Serialize;
use std::collections::HashMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

pub const NO_KEY: Code = Code("region_key.none");
pub const THERE: Code = Code("region_key.there");
pub const BAD_KEY: Code = Code("region_key.damaged");
pub const ANOTHER_KEY: Code = Code("region_key.another");
pub const NO_LIST: Code = Code("region_key.no_list");

/// What the list is called beside the other lists.
pub const ID_TOKENS: &str = "id-tokens";

const FILE: &str = "region.key";
const HEAD: &str = "kaowu-region-key 1";
/// A key file is two short lines.
const MOST: u64 = 4096;

fn place(site: &Site) -> Result<PathBuf> {
    let folder = folder(site).ok_or_else(|| Refusal::new(crate::ops::site_key::NO_HOME))?;
    Ok(folder.join(FILE))
}

fn parse(text: &str) -> Option<RegionKey> {
    let line = text.strip_prefix(HEAD)?.trim();
    Some(RegionKey::from_bytes(base64::decode(line)?.try_into().ok()?))
}

fn text(key: &RegionKey) -> String {
    format!("{HEAD}\n{}\n", base64::encode(key.bytes()))
}

/// The region's key, if this site has it.
pub fn region_key(site: &Site) -> Result<RegionKey> {
    let path = place(site)?;
    if !path.exists() {
        return Err(Refusal::new(NO_KEY).into());
    }
    let text = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
    parse(&text).ok_or_else(|| Refusal::new(BAD_KEY).with("path", path.display().to_string()).into())
}

/// A new key, made by one site of the region only.
pub fn make(site: &Site) -> Result<RegionKey> {
    keep(site, &RegionKey::from_bytes(random()?))
}

fn keep(site: &Site, key: &RegionKey) -> Result<RegionKey> {
    let path = place(site)?;
    let stands = kept(&path, || Ok(text(key)))?;
    match parse(&stands) {
        Some(stands) if stands == *key => Ok(stands),
        Some(stands) => Err(Refusal::new(THERE).with("key", stands.name()).into()),
        None => Err(Refusal::new(BAD_KEY).with("path", path.display().to_string()).into()),
    }
}

/// The key as a file that only `recipient` opens.
pub fn give(site: &Site, recipient: &str, to: &Path) -> Result<RegionKey> {
    let key = region_key(site)?;
    let failed = |e| Error::file(to)(e);
    let target = CsvTarget::create(to).map_err(failed)?;
    let mut locked = locked::lock(recipient, target).map_err(failed)??;
    locked.write_all(text(&key).as_bytes()).map_err(failed)?;
    locked.finish().and_then(CsvTarget::finish).map_err(failed)?;
    Ok(key)
}

/// Takes the key that another site gave to us.
pub fn take(site: &Site, from: &Path) -> Result<RegionKey> {
    let bad = || Refusal::new(BAD_KEY).with("path", from.display().to_string());
    let keys = of(site)?.ok_or_else(|| Refusal::new(crate::ops::site_key::NO_HOME))?;
    let file = std::fs::File::open(from).map_err(Error::file(from))?;
    let open = locked::open(file, &keys.open).map_err(|fault| match fault {
        locked::LockFault::Refused(refusal) => Error::from(refusal),
        locked::LockFault::Io(error) => Error::file(from)(error),
    })?;
    let mut text = String::new();
    open.take(MOST).read_to_string(&mut text).map_err(|_| bad())?;
    keep(site, &parse(&text).ok_or_else(bad)?)
}

fn live(site: &Site) -> Result<Vec<ApplicationRow>> {
    let filter = "WHERE batch = ?1 AND state IN ('submitted', 'returned', 'approved') ORDER BY id";
    Ok(rows::select(site.store().db(), filter, [site.batch()?.id])?)
}

/// Writes the list of everybody in the batch at hand; gives the writer back with the number of rows.
pub fn write<W: Write>(site: &Site, to: W) -> Result<(W, u64)> {
    let (key, code) = (region_key(site)?, site.row()?.code);
    let line = |a: &ApplicationRow| Line {
        site: code.clone(),
        key: key.name(),
        token: key.token(a.document, &a.id_number),
        occupation: a.occupation.clone(),
        level: a.level.digit().to_string(),
        application: a.id.0.to_string(),
    };
    token_sheet::write(to, live(site)?.iter().map(line)).map_err(Error::file(ID_TOKENS))
}

/// Somebody who has applied at both sites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Double {
    pub application: i64,
    pub name: String,
    /// Masked.
    pub id_number: String,
    pub occupation: String,
    pub level: String,
    pub other_site: String,
    pub other_application: String,
    pub other_occupation: String,
    pub other_level: String,
    /// The same occupation and level: one of the two goes.
    pub same: bool,
}

/// Who of the batch at hand stands in another site's list too.
pub fn doubles(site: &Site, list: &Path) -> Result<Vec<Double>> {
    let file = std::fs::File::open(list).map_err(Error::file(list))?;
    let no_list = |line: u64| Refusal::new(NO_LIST).with("line", i64::try_from(line).unwrap_or(i64::MAX));
    let lines = token_sheet::read(file).map_err(no_list)?;
    let key = region_key(site)?;
    if let Some(other) = lines.iter().find(|l| l.key != key.name()) {
        return Err(Refusal::new(ANOTHER_KEY).with("ours", key.name()).with("theirs", other.key.as_str()).into());
    }
    let mut theirs: HashMap<&str, Vec<&Line>> = HashMap::new();
    lines.iter().for_each(|l| theirs.entry(&l.token).or_default().push(l));
    let mut found = Vec::new();
    for ours in live(site)? {
        let token = key.token(ours.document, &ours.id_number);
        for other in theirs.get(token.as_str()).into_iter().flatten() {
            let level = ours.level.digit().to_string();
            found.push(Double {
                application: ours.id.0,
                name: ours.name.clone(),
                id_number: mask(&ours.id_number),
                same: ours.occupation == other.occupation && level == other.level,
                occupation: ours.occupation.clone(),
                level,
                other_site: other.site.clone(),
                other_application: other.application.clone(),
                other_occupation: other.occupation.clone(),
                other_level: other.level.clone(),
            });
        }
    }
    Ok(found)
}
