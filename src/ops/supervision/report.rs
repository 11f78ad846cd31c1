//! `supervision.report`: what an inspection found, who went there, and by when it must be put right.
use super::area::{OUT_OF_AREA, lies, of_actor};
use super::read::{UNKNOWN_DRAW, drawn, entries};
use crate::model::{Code, Day, DrawId, Refusal, Role, SessionId, fold};
use crate::ops::{Operation, Result, Work};
use crate::policy::supervision::inspection::{Facts, complete};
use crate::store::{DrawRow, InspectionMode, InspectionResult, InspectionRow, SessionRow, rows};
use serde::Serialize;

pub const NO_OBJECT: Code = Code("supervision.no_object");
pub const NOT_DRAWN: Code = Code("supervision.not_drawn");
pub const OTHER_SUPERVISORS: Code = Code("supervision.other_supervisors");
pub const UNKNOWN_SESSION: Code = Code("supervision.unknown_session");
pub const IN_FUTURE: Code = Code("supervision.in_future");

#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The draw that it follows from.
    pub draw: Option<DrawId>,
    /// Code of the session that was supervised.
    pub session: Option<String>,
    /// Empty with a session: the session itself.
    pub object: String,
    /// Empty: those drawn for the object.
    pub supervisors: Vec<String>,
    pub mode: InspectionMode,
    /// `None`: today.
    pub on: Option<Day>,
    pub methods: Vec<String>,
    pub findings: String,
    pub result: InspectionResult,
    pub mend_by: Option<Day>,
}

impl Operation for Report {
    const KIND: &'static str = "supervision.report";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The inspection's number and what was inspected.
    type Out = (i64, String);

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<(i64, String)> {
        let on = self.on.unwrap_or_else(|| work.now.day());
        if on > work.now.day() {
            return Err(Refusal::new(IN_FUTURE).with("day", on.to_string()).into());
        }
        let session = self.session(work)?;
        let (object, region, supervisors) = self.whom(work)?;
        complete(&Facts {
            supervisors: supervisors.len(),
            methods: &self.methods,
            findings: &self.findings,
            inspected_on: on,
            to_mend: self.result == InspectionResult::ToMend,
            mend_by: self.mend_by,
        })?;
        let own = of_actor(work.tx.db(), work.policy()?, work.actor)?;
        if !lies(region.as_deref(), own.as_deref()) {
            let refusal = Refusal::new(OUT_OF_AREA).with("area", region.unwrap_or_default());
            return Err(refusal.with("own", own.unwrap_or_default()).into());
        }
        let id = work.tx.next_id::<InspectionRow>()?;
        work.tx.insert(&InspectionRow {
            id,
            batch: work.batch()?.id,
            draw: self.draw,
            session,
            object: object.clone(),
            region,
            supervisors: supervisors.join("\n"),
            mode: self.mode,
            inspected_on: on,
            methods: self.methods.join(","),
            findings: self.findings.trim().to_owned(),
            result: self.result,
            mend_by: self.mend_by.filter(|_| self.result != InspectionResult::Sound),
            mended_on: None,
            mended: None,
            published_on: None,
            place: None,
            operator: work.actor.operator()?,
        })?;
        Ok((id, object))
    }
}

impl Report {
    fn session(&self, work: &Work<'_, '_>) -> Result<Option<SessionId>> {
        let Some(code) = &self.session else { return Ok(None) };
        let find = "WHERE batch = ?1 AND code = ?2";
        let found = rows::first::<SessionRow>(work.tx.db(), find, (work.batch()?.id, code.trim()))?;
        match found {
            Some(row) => Ok(Some(row.id)),
            None => Err(Refusal::new(UNKNOWN_SESSION).with("session", code.as_str()).into()),
        }
    }

    /// Object, region and supervisors; after a draw only an object that was drawn, and those drawn for it.
    fn whom(&self, work: &Work<'_, '_>) -> Result<(String, Option<String>, Vec<String>)> {
        let named = Some(fold::text(&self.object).into_owned()).filter(|o| !o.is_empty());
        let object = named.or_else(|| self.session.clone()).ok_or_else(|| Refusal::new(NO_OBJECT))?;
        let mut supervisors: Vec<String> =
            self.supervisors.iter().map(|s| fold::text(s).into_owned()).filter(|s| !s.is_empty()).collect();
        let Some(draw) = self.draw else { return Ok((object, work.site.region.clone(), supervisors)) };
        let known = rows::first::<DrawRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (draw, work.batch()?.id))?;
        known.ok_or_else(|| Refusal::new(UNKNOWN_DRAW).with("draw", draw))?;
        let found = drawn(&entries(work.tx.db(), draw)?).into_iter().find(|d| d.object == object);
        let found = found.ok_or_else(|| Refusal::new(NOT_DRAWN).with("object", object.as_str()).with("draw", draw))?;
        if supervisors.is_empty() {
            supervisors.clone_from(&found.supervisors);
        }
        match supervisors.iter().find(|s| !found.supervisors.contains(s)) {
            Some(other) => {
                let drawn = found.supervisors.join("、");
                Err(Refusal::new(OTHER_SUPERVISORS).with("name", other.as_str()).with("drawn", drawn).into())
            }
            None => Ok((object, found.region, supervisors)),
        }
    }
}
