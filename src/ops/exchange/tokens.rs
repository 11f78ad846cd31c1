//! Double applications between two sites, found without either telling the other a number (a person has one
//! application for one occupation and level in a batch). Reads only.
use super::region_key::held;
use crate::bundle::token_sheet::{self, Line};
use crate::model::identity::mask;
use crate::model::{Code, Refusal};
use crate::ops::{Error, Result, Site};
use crate::store::{ApplicationRow, rows};
use serde::Serialize;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

pub const ANOTHER_KEY: Code = Code("region_key.another");
pub const NO_LIST: Code = Code("region_key.no_list");

/// What the list is called beside the other lists.
pub const ID_TOKENS: &str = "id-tokens";

fn live(site: &Site) -> Result<Vec<ApplicationRow>> {
    let filter = "WHERE batch = ?1 AND state IN ('submitted', 'returned', 'approved') ORDER BY id";
    Ok(rows::select(site.store().db(), filter, [site.batch()?.id])?)
}

/// Writes the list of everybody in the batch at hand; gives the writer back with the number of rows.
pub fn write<W: Write>(site: &Site, to: W) -> Result<(W, u64)> {
    let (key, code) = (held(site)?, site.row()?.code);
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
    let key = held(site)?;
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
