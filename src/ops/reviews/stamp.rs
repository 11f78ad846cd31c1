//! `reviews.stamp`: an opinion with its signatures and stamp stands on the form; `reviews.unstamp`: it does not.
use super::Whom;
use super::case::{Case, Ground, application, placed};
use crate::model::{ApplicationId, Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Site, Work};
use crate::policy::Policy;
use crate::policy::stamps::{NodeState, Placed, StampBy, document_number};
use crate::store::{ApplicationRow, ApplicationState, StampRow, rows};
use serde::Serialize;

pub const OPINION: Code = Code("stamp.opinion_needed");
pub const FUTURE: Code = Code("stamp.dated_in_the_future");
pub const ALREADY: Code = Code("stamp.already_there");
pub const NOT_OPEN: Code = Code("stamp.not_open");
pub const NOT_THERE: Code = Code("stamp.not_there");
pub const NOT_THE_LAST: Code = Code("stamp.not_the_last");
pub const REASON: Code = Code("stamp.reason_needed");
pub const COUNT_NEEDED: Code = Code("stamp.count_needed");

/// What stands in one box of the paper forms of these applicants.
#[derive(Debug, Clone, Serialize)]
pub struct PutStamp {
    pub node: StampBy,
    pub whom: Whom,
    pub opinion: String,
    /// Whether the opinion is for the applicant.
    pub agrees: bool,
    pub stamped: bool,
    /// 经办人
    pub handled_by: Option<String>,
    /// 负责人
    pub responsible: Option<String>,
    /// `None`: today.
    pub dated: Option<Day>,
    /// 文号
    pub document_no: Option<String>,
    /// How many somebody typed that there are, for everybody who waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stamped {
    pub people: usize,
    /// Of those, approved by the last stamp: the notice has no review.
    pub approved: usize,
    /// Recorded, but void as it stands: not stamped, or not signed as the notice asks.
    pub void: Option<NodeState>,
}

impl Operation for PutStamp {
    const KIND: &'static str = "reviews.stamp";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Stamped;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Stamped> {
        let ground = Ground::of_work(work)?;
        let model = self.model(work)?;
        let dated = model.dated;
        let policy = ground.policy.clone();
        let mut cases = ground.cases(&self.whom)?;
        match self.whom {
            Whom::These(_) => cases.iter().try_for_each(|c| may_stamp(&policy, c, self.node, dated))?,
            Whom::Waiting => {
                cases.retain(|c| may_stamp(&policy, c, self.node, dated).is_ok());
                if self.count != Some(cases.len()) || cases.is_empty() {
                    return Err(Refusal::new(COUNT_NEEDED)
                        .with("count", cases.len())
                        .word("stamp", self.node.key())
                        .into());
                }
            }
        }
        let mut fresh = Vec::new();
        let mut approved = Vec::new();
        let mut void = None;
        for case in &cases {
            let row = StampRow { application: case.row.id, ..model.clone() };
            let mut now: Vec<Placed> = case.facts.stamps.iter().filter(|p| p.by != self.node).cloned().collect();
            now.extend(placed(&row));
            void = Some(policy.stamps.node(self.node, &now)).filter(|s| s.is_void());
            if policy.reviews.steps.is_empty() && policy.stamps.missing(&now).is_empty() {
                approved.push(&case.row);
            }
            match case.stamps.iter().find(|s| s.node == row.node) {
                Some(old) => work.tx.update(old, &StampRow { id: old.id, ..row })?,
                None => fresh.push(row),
            }
        }
        insert(work, fresh)?;
        for row in &approved {
            let after = ApplicationRow { state: ApplicationState::Approved, ..(*row).clone() };
            work.tx.update(*row, &after)?;
        }
        Ok(Stamped { people: cases.len(), approved: approved.len(), void })
    }
}

fn insert(work: &mut Work<'_, '_>, fresh: Vec<StampRow>) -> Result<()> {
    let first = work.tx.next_id::<StampRow>()?;
    let rows = (first..).zip(fresh).map(|(id, row)| StampRow { id, ..row });
    let rows: Vec<_> = rows.collect();
    match rows.as_slice() {
        [one] => work.tx.insert(one)?,
        _ => drop(work.tx.insert_run(first, rows.into_iter())?),
    }
    Ok(())
}

impl PutStamp {
    /// The row for everybody alike.
    fn model(&self, work: &Work<'_, '_>) -> Result<StampRow> {
        let own = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        let opinion = self.opinion.trim().to_owned();
        if opinion.is_empty() {
            return Err(Refusal::new(OPINION).word("stamp", self.node.key()).into());
        }
        let dated = self.dated.unwrap_or_else(|| work.now.day());
        if dated > work.now.day() {
            return Err(Refusal::new(FUTURE).with("day", dated.to_string()).into());
        }
        let document_no = own(&self.document_no).map(|text| document_number(&text)).transpose()?;
        Ok(StampRow {
            id: 0,
            application: ApplicationId(0),
            node: self.node.code().to_owned(),
            opinion,
            agrees: self.agrees,
            stamped: self.stamped,
            handled_by: own(&self.handled_by),
            responsible: own(&self.responsible),
            dated,
            document_no,
            operator: work.actor.operator()?,
            at: work.now,
        })
    }
}

/// A void box may be filled again; one that counts stays until it is taken off.
fn may_stamp(policy: &Policy, case: &Case, node: StampBy, dated: Day) -> Result<(), Refusal> {
    let named = |refusal: Refusal| refusal.with("name", case.row.name.as_str());
    if !matches!(case.row.state, ApplicationState::Submitted | ApplicationState::Returned) {
        let state = format!("application_state.{}", case.row.state.code());
        return Err(named(Refusal::new(NOT_OPEN).word("state", state)));
    }
    policy.stamps.may_add(&case.facts.stamps, node, dated).map_err(named)?;
    match policy.stamps.node(node, &case.facts.stamps) {
        NodeState::Good | NodeState::Against => Err(named(Refusal::new(ALREADY).word("stamp", node.key()))),
        _ => Ok(()),
    }
}

/// A box was filled in by mistake. The last one first, because each rests on those before it.
#[derive(Debug, Serialize)]
pub struct TakeStampOff {
    pub application: ApplicationId,
    pub node: StampBy,
    pub reason: String,
}

impl Operation for TakeStampOff {
    const KIND: &'static str = "reviews.unstamp";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let (batch, policy) = (work.batch()?.id, work.policy()?.clone());
        let before = application(work.tx.db(), batch, self.application)?;
        let named = |refusal: Refusal| refusal.with("name", before.name.as_str());
        let by_stamps = before.state == ApplicationState::Approved && policy.reviews.steps.is_empty();
        if !by_stamps && !matches!(before.state, ApplicationState::Submitted | ApplicationState::Returned) {
            let state = format!("application_state.{}", before.state.code());
            return Err(named(Refusal::new(NOT_OPEN).word("state", state)).into());
        }
        let all = rows::select::<StampRow>(work.tx.db(), "WHERE application = ?1 ORDER BY id", [self.application])?;
        let Some(row) = all.iter().find(|s| s.node == self.node.code()) else {
            return Err(named(Refusal::new(NOT_THERE).word("stamp", self.node.key())).into());
        };
        let later: Vec<_> = policy.stamps.chain.iter().skip_while(|by| **by != self.node).skip(1).collect();
        let after = later.into_iter().find(|by| all.iter().any(|s| s.node == by.code()));
        if let (true, Some(after)) = (policy.stamps.in_order, after) {
            return Err(named(Refusal::new(NOT_THE_LAST).word("stamp", after.key())).into());
        }
        work.tx.delete(row)?;
        if by_stamps {
            work.tx.update(&before, &ApplicationRow { state: ApplicationState::Submitted, ..before.clone() })?;
        }
        Ok(before.name)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// How many would get the stamp of this node now.
pub fn waiting_for_stamp(site: &Site, node: StampBy) -> Result<usize> {
    let (policy, codes) = (site.policy()?, site.codes()?);
    let ground = Ground::of_site(site, &policy, &codes)?;
    let today = site.now().day();
    Ok(ground.cases(&Whom::Waiting)?.iter().filter(|c| may_stamp(&policy, c, node, today).is_ok()).count())
}
