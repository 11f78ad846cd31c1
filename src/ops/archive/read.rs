//! `archive.read`: somebody read an archive or the papers in their boxes: with the head's leave, and two people present (S1-38).
use super::{NAME_MISSING, NO_ARCHIVE, SAME_PERSON};
use crate::model::{Day, Refusal, Role, fold};
use crate::ops::{Operation, Result, Undo, Work};
use crate::store::{ArchiveReadingRow, ArchiveRow, rows};
use serde::Serialize;

#[derive(Debug, Clone, Default, Serialize)]
pub struct Read {
    /// Number of the archive within the batch; `None`: papers in their boxes.
    pub archive: Option<i64>,
    /// Volume, box or bag.
    pub what: String,
    pub reader: String,
    pub purpose: String,
    /// The head who gave leave.
    pub approved_by: String,
    pub witnesses: [String; 2],
    /// `None`: today.
    pub on: Option<Day>,
}

impl Operation for Read {
    const KIND: &'static str = "archive.read";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::ScoreManager, Role::Auditor];
    const UNDO: Undo = Undo::Never;
    type Out = i64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<i64> {
        let batch = work.known_batch()?.id;
        let operator = work.actor.operator()?;
        let said = |who: &str, text: &str| match text.trim() {
            "" => Err(Refusal::new(NAME_MISSING).word("who", format!("archive_name.{who}"))),
            text => Ok(text.to_owned()),
        };
        let (what, purpose) = (said("what", &self.what)?, said("purpose", &self.purpose)?);
        let (reader, head) = (said("reader", &self.reader)?, said("approved_by", &self.approved_by)?);
        let [first, second] = &self.witnesses;
        let (first, second) = (said("witness", first)?, said("witness", second)?);
        let same = |a: &str, b: &str| fold::word(a) == fold::word(b);
        let twice = [&head, &first, &second].into_iter().find(|name| same(name, &reader));
        if let Some(name) = twice.or(same(&first, &second).then_some(&first)) {
            return Err(Refusal::new(SAME_PERSON).with("name", name.as_str()).into());
        }
        let archive = match self.archive {
            None => None,
            Some(number) => {
                let tail = "WHERE batch = ?1 AND number = ?2";
                let found = rows::first::<ArchiveRow>(work.tx.db(), tail, (batch, number))?;
                Some(found.ok_or_else(|| Refusal::new(NO_ARCHIVE).with("number", number))?.id)
            }
        };
        let id = work.tx.next_id::<ArchiveReadingRow>()?;
        work.tx.insert(&ArchiveReadingRow {
            id,
            batch,
            archive,
            what,
            reader,
            purpose,
            approved_by: head,
            witness_a: first,
            witness_b: second,
            read_on: self.on.unwrap_or(work.now.day()),
            operator,
            at: work.now,
        })?;
        Ok(id)
    }
}
