//! `enterprise.attach`: a document joins an organisation's register: the work plan with its filing number, an evaluation
//! norm, a pledge (S3-18, S3-20). Also after the filing itself is frozen.
use super::in_force;
use crate::model::filing::Attachment;
use crate::model::{Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{FiledAttachmentRow, rows};
use serde::Serialize;

pub const NO_TITLE: Code = Code("enterprise.no_title");
pub const ATTACHED: Code = Code("enterprise.attached");

#[derive(Debug, Serialize)]
pub struct Attach {
    /// Credit code or name.
    pub organisation: String,
    pub attachment: Attachment,
}

impl Operation for Attach {
    const KIND: &'static str = "enterprise.attach";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// Name of the organisation.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let db = work.tx.db();
        let (organisation, filing) = in_force(db, &self.organisation)?;
        let (kind, title) = (self.attachment.kind, self.attachment.title.as_str());
        if title.trim().is_empty() {
            return Err(Refusal::new(NO_TITLE).into());
        }
        let same = "WHERE filing = ?1 AND kind = ?2 AND title = ?3";
        if rows::count::<FiledAttachmentRow>(db, same, (filing.id, kind, title))? > 0 {
            return Err(Refusal::new(ATTACHED).with("title", title).into());
        }
        let id = work.tx.next_id::<FiledAttachmentRow>()?;
        work.tx.insert(&FiledAttachmentRow::of(id, filing.id, &self.attachment))?;
        Ok(organisation.name)
    }
}
