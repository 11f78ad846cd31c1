//! Heads of the journal, signed with the site's key: when one is due, and whether the journal still is what they say.
use super::lineages;
use crate::model::Stamp;
use crate::model::site_key::{PublicKey, SecretKey, Signature};
use crate::ops::{Error, LineageRow, Result, Site};
use crate::store::heads::{self, Head};
use crate::store::journal;
use crate::store::mark::Mark;
use serde::Serialize;
use std::path::Path;

/// A head is due after so many operations,
const OPERATIONS: i64 = 100;
/// or after so long, in milliseconds: ten minutes.
const INTERVAL: i64 = 10 * 60 * 1000;

pub(super) fn sign_when_due(folder: &Path, mark: &Mark, key: &SecretKey, now: Stamp) -> std::io::Result<()> {
    heads::add(folder, |last| {
        let due = last.is_none_or(|last| {
            last.mark.lineage != mark.lineage
                || mark.number - last.mark.number >= OPERATIONS
                || (now.0 - last.at).abs() >= INTERVAL
        });
        due.then(|| {
            let message = Head { mark: mark.clone(), at: now.0 }.message();
            format!("{message} {}\n", key.sign(message.as_bytes()).text())
        })
    })
}

/// The signed heads held against the journal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Heads {
    pub signed: i64,
    /// Of operations that a later lineage left behind.
    pub left: i64,
    pub fault: Option<Fault>,
}

/// The first line that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    pub line: usize,
    /// `damaged`, `lineage`, `signature`, `cut`, `altered`
    pub what: &'static str,
    pub op: Option<i64>,
}

/// Every signed head, in order.
pub fn check(site: &Site) -> Result<Heads> {
    let Some(folder) = site.held().folder() else { return Ok(Heads::default()) };
    let text = heads::text(folder).map_err(Error::file(folder))?;
    let lineages = lineages(site)?;
    let mut found = Heads::default();
    for (line, text) in (1..).zip(text.split_inclusive('\n')) {
        let read = Head::parse(text.trim_end_matches('\n'));
        // Half a line at the end is what a full disk or a kill left; the next head takes its place.
        if read.is_none() && !text.ends_with('\n') {
            break;
        }
        let op = read.as_ref().map(|(head, _)| head.mark.number);
        let said = match read {
            None => Err("damaged"),
            Some((head, signature)) => judge(site, &lineages, &head, signature)?,
        };
        match said {
            Ok(Stands::Here) => found.signed += 1,
            Ok(Stands::Left) => found.left += 1,
            Err(what) => {
                found.fault = Some(Fault { line, what, op });
                break;
            }
        }
    }
    Ok(found)
}

enum Stands {
    Here,
    Left,
}

fn judge(
    site: &Site,
    lineages: &[LineageRow],
    head: &Head,
    signature: &str,
) -> Result<std::result::Result<Stands, &'static str>> {
    let signature = Signature::parse(signature);
    let signs = |row: &LineageRow| {
        let key = row.public_key.as_deref().and_then(PublicKey::parse);
        key.zip(signature).is_some_and(|(key, s)| key.verify(head.message().as_bytes(), &s))
    };
    let Some(place) = lineages.iter().position(|l| l.code == head.mark.lineage) else {
        // A lineage that an old copy does not know; the one that went on from that copy says that it was there.
        let named = lineages.iter().any(|l| l.found.as_deref().is_some_and(|f| f.ends_with(&head.mark.lineage)));
        return Ok(if named && lineages.iter().any(signs) { Ok(Stands::Left) } else { Err("lineage") });
    };
    if !lineages.get(place).is_some_and(signs) {
        return Ok(Err("signature"));
    }
    // A later lineage kept so much of this one.
    if lineages.iter().skip(place + 1).any(|next| head.mark.number > next.parent_no) {
        return Ok(Ok(Stands::Left));
    }
    let digest = journal::operation(site.store().db(), crate::model::OpNo(head.mark.number))?.map(|op| op.digest);
    Ok(match digest {
        None => Err("cut"),
        Some(digest) if digest == head.mark.digest => Ok(Stands::Here),
        Some(_) => Err("altered"),
    })
}
