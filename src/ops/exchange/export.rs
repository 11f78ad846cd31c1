//! `exchange.export`: that a list or a form left the house, with how many whole identity numbers, and what for. Changes
//! nothing.
use crate::model::{BatchId, Code, Refusal, Role};
use crate::ops::prints::{Form, USUAL};
use crate::ops::{Journal, Operation, People, Result, Undo, Work, together};
use crate::policy::duties::allowed;
use crate::store::journal;
use crate::store::rows::Connection;
use serde::Serialize;
use sha2::{Digest, Sha256};

pub const PURPOSE: Code = Code("export.purpose_needed");

/// What bundles are called beside the lists.
pub const SITE: &str = "site";

/// The list for the national register.
pub const UPLOAD: &str = "upload";

#[derive(Debug, Serialize)]
pub struct Export {
    pub what: String,
    pub rows: u64,
    /// How many people's identity numbers stand in it whole.
    pub whole: u64,
    /// Name of the file or folder; `-` for standard output.
    pub file: String,
    /// May be left out where the thing itself says what it is for: a bundle, the national register's sheet, a form.
    pub purpose: Option<String>,
    /// What leave is for beside the values: a digest of whom or what it is about, empty where `what` says it all.
    #[serde(skip)]
    pub about: String,
}

/// For [`Export::about`].
pub fn about(whom_or_what: &[u8]) -> String {
    journal::hex(&Sha256::digest(whom_or_what))
}

impl Operation for Export {
    const KIND: &'static str = "exchange.export";
    /// Those whom a form names beside [`USUAL`] print that form only.
    const ROLES: &'static [Role] =
        &[Role::Coordinator, Role::ScoreManager, Role::Typist, Role::Reviewer, Role::Auditor];
    const UNDO: Undo = Undo::Never;
    const JOURNAL: Journal = Journal::Always;
    const PEOPLE: People = People::Two(together::COSIGN);
    const UNSIGNED: &'static [&'static str] = &["file"];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        allowed(&work.actor.roles, Form::find(&self.what).map_or(USUAL, Form::by))?;
        let blank = match self.purpose.as_deref() {
            None => ![SITE, UPLOAD].contains(&self.what.as_str()) && Form::find(&self.what).is_none(),
            Some(purpose) => purpose.trim().is_empty(),
        };
        if blank { Err(Refusal::new(PURPOSE).into()) } else { Ok(()) }
    }

    fn reason(&self) -> Option<&str> {
        self.purpose.as_deref()
    }

    fn seen(&self, _db: &Connection, _batch: Option<BatchId>) -> Result<String> {
        Ok(self.about.clone())
    }

    /// Whole numbers of many people are no business of one.
    fn people(&self, _db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        Ok(if self.whole > 1 { Self::PEOPLE } else { People::One })
    }
}
