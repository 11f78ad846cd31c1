//! What an archive of the batch would lack.
use super::volumes::VOLUMES;
use crate::ops::{Result, Site};
use crate::store::views::closing;
use serde::Serialize;

/// Words: `archive_lack.<code>`; a print is `form.<name>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lack {
    pub code: String,
    /// How many; `None` for a print.
    pub count: Option<i64>,
}

/// By policy and by what there is: prints that every batch has, rooms whose papers are in no box (S1-38), applicants whose
/// signed original never came (S1-44, S2-41, S3-26).
pub fn lacking(site: &Site) -> Result<Vec<Lack>> {
    let mut found = of_data(site)?;
    for volume in VOLUMES {
        found.extend(volume.blank(site)?.into_iter().map(|blank| Lack::print(blank.form)));
    }
    Ok(found)
}

pub(super) fn of_data(site: &Site) -> Result<Vec<Lack>> {
    let (policy, batch, db) = (site.policy()?, site.batch()?.id, site.store().db());
    let undone = closing::undone(db, batch, i64::from(policy.archive.papers))?;
    let mut found: Vec<_> = undone.into_iter().filter(|(code, _)| *code == "papers").collect();
    if policy.archive.originals {
        found.push(("originals", closing::without_original(db, batch)?));
    }
    let lack = |(code, count): (&str, i64)| Lack { code: code.to_owned(), count: Some(count) };
    Ok(found.into_iter().filter(|(_, count)| *count > 0).map(lack).collect())
}

impl Lack {
    /// Of its words.
    pub fn key(&self) -> String {
        if self.count.is_some() { format!("archive_lack.{}", self.code) } else { self.code.clone() }
    }

    pub(super) fn print(form: &str) -> Lack {
        Lack { code: format!("form.{form}"), count: None }
    }
}
