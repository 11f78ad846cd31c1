//! Words for the chain, and a resubmission as it comes from the form.
use crate::harness::Desk;
use kaowu::model::{ApplicationId, ReviewDecision, ReviewStep, Role};
use kaowu::ops::demo::people;
use kaowu::ops::reviews::{Decide, PutStamp, StampBy, Whom};
use kaowu::ops::upkeep::AddOperator;
use kaowu::ops::{ApplicationRow, ApplicationState, Operation, Result, Work};
use kaowu::store::rows;
use serde::Serialize;

/// Two more coordinators: one for the issuer, one for a unit of the notice.
pub fn operators(desk: &mut Desk) {
    for (name, unit) in [("approver", Some("就促会")), ("ordos", Some("ordos")), ("clerk", None)] {
        let unit = unit.map(str::to_owned);
        desk.does(&AddOperator {
            name: name.into(),
            roles: vec![Role::Coordinator],
            os_user: None,
            unit,
            pin_hash: None,
        });
    }
}

/// A batch of 2023 with so many people and the operators.
pub fn filed(people: usize) -> (Desk, Vec<ApplicationId>) {
    filed_at(Desk::new(), people)
}

/// The same at a site that is there already.
pub fn filed_at(mut desk: Desk, people: usize) -> (Desk, Vec<ApplicationId>) {
    desk.open_batch();
    operators(&mut desk);
    desk.people(people);
    let ids = (1..=people as i64).map(ApplicationId).collect();
    (desk, ids)
}

pub fn stamp(node: StampBy, whom: &[ApplicationId]) -> PutStamp {
    PutStamp {
        node,
        whom: Whom::These(whom.to_vec()),
        opinion: "同意".into(),
        agrees: true,
        stamped: true,
        handled_by: Some("高经办".into()),
        responsible: None,
        dated: None,
        document_no: None,
        count: None,
    }
}

pub fn decide(step: ReviewStep, decision: ReviewDecision, whom: &[ApplicationId]) -> Decide {
    let query_evidence = Some("平台查询一致".into());
    // One person's conditions are always held against the decision, and made-up people have no papers.
    let reason = (whom.len() == 1).then(|| "已核实佐证".to_owned());
    let count = Some(whom.len());
    Decide { step, decision, whom: Whom::These(whom.to_vec()), reason, query_evidence, count }
}

pub fn pass(step: ReviewStep, whom: &[ApplicationId]) -> Decide {
    decide(step, ReviewDecision::Pass, whom)
}

pub fn send_back(step: ReviewStep, whom: ApplicationId, why: &str) -> Decide {
    Decide { reason: Some(why.into()), ..decide(step, ReviewDecision::Return, &[whom]) }
}

pub fn row(desk: &Desk, id: ApplicationId) -> ApplicationRow {
    kaowu::ops::applications::by_id(&desk.site, id).unwrap()
}

pub fn state(desk: &Desk, id: ApplicationId) -> ApplicationState {
    row(desk, id).state
}

/// Rows of Xinjiang with an authorised unit, as the notice of 2022 asks for (S2-28).
pub fn of_2022(desk: &mut Desk, count: usize) {
    let codes = desk.site.codes().unwrap();
    let mut rows = people::rows(&codes, 1, count);
    for row in &mut rows {
        row[14] = "新疆维吾尔自治区".into();
        row[16] = "乌鲁木齐市城市管理局".into();
    }
    desk.sheet(&rows);
}

/// A corrected application comes in again.
#[derive(Serialize)]
pub struct Again {
    pub application: ApplicationId,
    pub phone: Option<String>,
}

impl Operation for Again {
    const KIND: &'static str = "test.again";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let before = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [self.application])?.unwrap();
        let phone = self.phone.clone().or_else(|| before.phone.clone());
        Ok(work.tx.update(&before, &ApplicationRow { state: ApplicationState::Submitted, phone, ..before.clone() })?)
    }
}
