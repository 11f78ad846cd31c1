//! What holds a site from outside: the mark, signed heads, lineages.
mod content;
mod go_on;
mod heads;
mod held;
mod paper;

pub(in crate::ops) use content::sound;
pub use content::{ROWS, SCHEMA, STRUCTURE, inspect, refusal as flaw_refusal};
pub use go_on::{Continue, FITS, NO_REASON, go_on};
pub use heads::{Fault as HeadFault, Heads, check as check_heads};
pub(in crate::ops) use held::Held;
pub use paper::{FEW_DIGITS, NO_OPERATION, NOT_DIGITS, OnPaper, Point, digest_of, on_paper};

use crate::model::{Code, Refusal};
use crate::ops::{LineageRow, Result, Site};
use crate::store::doubt::Doubt;
pub use crate::store::inspect::Flaw;
use crate::store::{journal, rows};
use std::path::PathBuf;

pub const MISSING: Code = Code("anchor.missing");
pub const DAMAGED: Code = Code("anchor.damaged");
pub const UNREADABLE: Code = Code("anchor.unreadable");
pub const CUT: Code = Code("anchor.cut");
pub const ALTERED: Code = Code("anchor.altered");
pub const OTHER_LINEAGE: Code = Code("anchor.other_lineage");
pub const FOREIGN: Code = Code("anchor.foreign");
pub const CHAIN: Code = Code("anchor.chain");
pub const UNWRITABLE: Code = Code("anchor.unwritable");

/// What was found, as the refusal of every write.
pub fn refusal(doubt: &Doubt) -> Refusal {
    match doubt {
        Doubt::Missing { operations } => Refusal::new(MISSING).with("operations", *operations),
        Doubt::Damaged => Refusal::new(DAMAGED),
        Doubt::Unreadable(cause) => Refusal::new(UNREADABLE).with("cause", cause.as_str()),
        Doubt::Cut { mark, head } => {
            Refusal::new(CUT).with("mark", *mark).with("head", *head).with("lost", mark.saturating_sub(*head))
        }
        Doubt::Altered { no } => Refusal::new(ALTERED).with("op", no.0),
        Doubt::OtherLineage { mark, head } => Refusal::new(OTHER_LINEAGE).with("mark", *mark).with("head", *head),
        Doubt::Foreign { mark } => Refusal::new(FOREIGN).with("mark", *mark),
        Doubt::Chain { no } => Refusal::new(CHAIN).with("op", no.0),
        Doubt::Content(flaw) => content::refusal(flaw),
        Doubt::Unwritable(cause) => Refusal::new(UNWRITABLE).with("cause", cause.as_str()),
    }
}

/// The lineages of the site, oldest first.
pub fn lineages(site: &Site) -> Result<Vec<LineageRow>> {
    Ok(rows::select::<LineageRow>(site.store().db(), "ORDER BY id", [])?)
}

/// All that is known of the site's hold outside.
#[derive(Debug, Clone)]
pub struct Seen {
    pub number: i64,
    pub head: String,
    /// The mark in one line, or the word for what is there instead.
    pub found: Option<String>,
    pub doubt: Option<Refusal>,
    pub folder: Option<PathBuf>,
    pub public_key: Option<String>,
}

pub fn seen(site: &Site) -> Result<Seen> {
    let (number, head) = journal::head(site.store().db())?;
    Ok(Seen {
        number,
        head,
        found: site.held().found().map(|found| found.words()),
        doubt: site.doubt().map(|doubt| refusal(&doubt)),
        folder: site.held().folder().map(Into::into),
        public_key: site.public_key(),
    })
}
