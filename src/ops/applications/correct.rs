//! `applications.correct`: name and document of an application that is frozen, by a coordinator who says why (S1-72).
use super::amend::found;
use super::file::{refuse_barred, refuse_duplicate};
use crate::bundle::column::guarded;
use crate::model::{ApplicationId, Code, DocumentKind, IdentityNo, Refusal, Role, fold};
use crate::ops::exchange::filed::readings;
use crate::ops::{ApplicationRow, Operation, Result, Work};
use crate::store::views::search::split_chars;
use serde::Serialize;

pub const CORRECT_REASON: Code = Code("applications.correct_reason_needed");
pub const NOTHING_TO_CORRECT: Code = Code("applications.nothing_to_correct");
/// No name that a list could show.
pub const NOT_A_NAME: Code = Code("applications.not_a_name");
pub const OUT_OF_BATCH: Code = Code("applications.correct_not_live");

/// What is left out stays as it is.
#[derive(Debug, Serialize)]
pub struct Correct {
    pub application: ApplicationId,
    pub name: Option<String>,
    pub document: Option<DocumentKind>,
    #[serde(skip)]
    pub number: Option<String>,
    pub reason: String,
}

impl Operation for Correct {
    const KIND: &'static str = "applications.correct";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The name as it is now.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let before = found(work, self.application)?;
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(CORRECT_REASON).with("name", before.name).into());
        }
        if !before.state.is_live() {
            return Err(Refusal::new(OUT_OF_BATCH).with("name", before.name).into());
        }
        let after = documented(named(before.clone(), self.name.as_deref())?, self)?;
        if after == before {
            return Err(Refusal::new(NOTHING_TO_CORRECT).with("name", before.name).into());
        }
        refuse_duplicate(work, &after)?;
        if (after.document, &after.id_number) != (before.document, &before.id_number) {
            refuse_barred(work, &after)?;
        }
        work.tx.update(&before, &after)?;
        Ok(after.name)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

fn named(row: ApplicationRow, name: Option<&str>) -> Result<ApplicationRow> {
    let Some(name) = name else { return Ok(row) };
    let name = fold::name(name).into_owned();
    if name.is_empty() || guarded(&name, name.as_str().into()).is_err() {
        return Err(Refusal::new(NOT_A_NAME).with("value", name).into());
    }
    let (main, other_readings) = readings(&name);
    let (pinyin, initials) = (main.pinyin, main.initials);
    Ok(ApplicationRow { name_chars: split_chars(&name), name, pinyin, initials, other_readings, ..row })
}

/// The number under its kind of document; birth date and sex follow it where it tells them.
fn documented(row: ApplicationRow, correct: &Correct) -> Result<ApplicationRow> {
    if correct.document.is_none() && correct.number.is_none() {
        return Ok(row);
    }
    let document = correct.document.unwrap_or(row.document);
    let text = correct.number.as_deref().unwrap_or(&row.id_number);
    let number = document.number(text)?.into_owned();
    let (birth, sex) = match document.tells_birth_and_sex() {
        true => {
            let number = IdentityNo::parse(&number)?;
            (Some(number.birth()), Some(number.sex()))
        }
        false => (row.birth, row.sex),
    };
    let id_reversed = number.chars().rev().collect();
    Ok(ApplicationRow { document, id_number: number, id_reversed, birth, sex, ..row })
}
