//! `materials.judge`: a person looks at a file and takes it, or sends it back with the reason.
use super::check::{material, open};
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::materials::{FILE_TOO_LARGE, Material, PDF_SCANNED, PDF_UNDECODABLE, TOO_SHORT};
use crate::store::{MaterialRow, MaterialState, rows};
use serde::Serialize;

pub const NO_SUCH_FILE: Code = Code("materials.unknown_file");
pub const NOTE_NEEDED: Code = Code("materials.note_needed");
pub const COUNT_NEEDED: Code = Code("materials.count_needed");
pub const TOO_FEW: Code = Code("materials.too_few");
pub const TOPICS_LEFT: Code = Code("materials.topics_left");
pub const FAULTY: Code = Code("materials.faulty");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Accept,
    Refuse,
}

#[derive(Debug, Clone, Serialize)]
pub struct Judge {
    pub application: ApplicationId,
    /// Number of the file's row.
    pub material: i64,
    pub verdict: Verdict,
    /// As a person counted them, where the program could not.
    pub characters: Option<u32>,
    /// Those of the policy that the text treats.
    pub topics: Vec<String>,
    pub note: String,
}

impl Operation for Judge {
    const KIND: &'static str = "materials.judge";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Reviewer];
    /// The material's code.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let application = open(work, self.application)?;
        let key = (self.material, application.id);
        let before = rows::first::<MaterialRow>(work.tx.db(), "WHERE id = ?1 AND application = ?2", key)?;
        let before = before.ok_or_else(|| Refusal::new(NO_SUCH_FILE).with("id", self.material))?;
        let asked = material(work.policy()?, &application, &before.code);
        let counted = self.characters.map(i64::from).or(before.characters);
        let note = self.note.trim();
        match self.verdict {
            Verdict::Refuse if note.is_empty() => return Err(Refusal::new(NOTE_NEEDED).into()),
            Verdict::Refuse => {}
            Verdict::Accept => may_accept(asked, &before, counted, (&self.topics, note))?,
        }
        let known = |topic: &&String| asked.is_some_and(|m| m.topics.contains(topic));
        let topics: Vec<&str> = self.topics.iter().filter(known).map(String::as_str).collect();
        let after = MaterialRow {
            state: if self.verdict == Verdict::Accept { MaterialState::Accepted } else { MaterialState::Refused },
            characters: counted,
            judged_by: Some(work.actor.operator()?),
            judged_at: Some(work.now),
            note: (!note.is_empty()).then(|| note.to_owned()),
            topics: (!topics.is_empty()).then(|| topics.join("\n")),
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(after.code)
    }

    fn reason(&self) -> Option<&str> {
        Some(self.note.as_str()).filter(|note| !note.trim().is_empty())
    }
}

/// S0-18 to S0-21: the length is known before a text is taken; the topics are ticked, or it is said why not.
fn may_accept(
    asked: Option<&Material>,
    row: &MaterialRow,
    counted: Option<i64>,
    (topics, note): (&[String], &str),
) -> Result<(), Refusal> {
    let least = asked.and_then(|m| m.min_characters).map(i64::from);
    match (least, counted) {
        (Some(least), None) => return Err(Refusal::new(COUNT_NEEDED).with("least", least)),
        (Some(least), Some(found)) if found < least => {
            return Err(Refusal::new(TOO_FEW).with("least", least).with("found", found));
        }
        _ => {}
    }
    let left = asked.map(|m| m.topics.as_slice()).unwrap_or_default().iter().filter(|t| !topics.contains(t));
    let left: Vec<&str> = left.map(String::as_str).collect();
    if !left.is_empty() && note.is_empty() {
        return Err(Refusal::new(TOPICS_LEFT).with("topics", left.join("、")));
    }
    // A text that could not be counted is all right once somebody has counted it.
    let faults = row.fault.as_deref().unwrap_or_default().split(',').filter(|code| !code.is_empty());
    let other = faults.into_iter().any(|code| !settled_by_count(code));
    if other && note.is_empty() {
        return Err(Refusal::new(FAULTY).with("file", super::masked(row.file.as_deref().unwrap_or_default())));
    }
    Ok(())
}

/// Whether a person's count settles this fault.
pub fn settled_by_count(code: &str) -> bool {
    [PDF_SCANNED, PDF_UNDECODABLE, TOO_SHORT, FILE_TOO_LARGE].iter().any(|known| known.0 == code)
}
