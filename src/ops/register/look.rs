//! Reading the way of certificates: pages, counts, one certificate's story.
use crate::model::{CertificateId, Day, DeliveryWay, NoticeWay, OperatorId, Refusal, Stage, VoidKind};
use crate::ops::{Result, Site, certificates, unit};
use crate::policy::register::{Step, may};
use crate::store::views::register::{self as view, Filter, Line};
use crate::store::{
    CertificateCopyRow, CertificateDeliveryRow, CertificateNoticeRow, CertificateRow, CertificateVoidRow, OperatorRow,
    rows,
};
use serde::Serialize;

/// Lines that a screen reads at once.
pub const PAGE: usize = 200;

/// How many certificates are at each stage.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Counts(pub Vec<(Stage, i64)>);

impl Counts {
    pub fn of(&self, stage: Stage) -> i64 {
        self.0.iter().find(|(s, _)| *s == stage).map_or(0, |(_, n)| *n)
    }

    pub fn all(&self) -> i64 {
        self.0.iter().map(|(_, n)| n).sum()
    }
}

pub fn counts(site: &Site) -> Result<Counts> {
    Ok(Counts(view::stages(site.store().db(), site.batch()?.id)?))
}

/// The lines after the number `after`, at most [`PAGE`].
pub fn page(site: &Site, filter: &Filter, after: &str) -> Result<Vec<Line>> {
    Ok(view::page(site.store().db(), site.batch()?.id, filter, after, PAGE)?)
}

/// All lines, in the order of their numbers.
pub fn list(site: &Site, filter: &Filter) -> Result<Vec<Line>> {
    Ok(view::page(site.store().db(), site.batch()?.id, filter, "", usize::MAX)?)
}

/// Narrows `filter` to what somebody typed: a number from its start, or a person by ticket, ID number or name.
pub fn filter_for(site: &Site, text: &str, filter: Filter) -> Result<Filter> {
    let certificates::Filter { number, people, .. } =
        certificates::filter_for(site, text, certificates::Filter::default())?;
    Ok(Filter { number, people, ..filter })
}

/// A filter for the people of a unit: employer, who registered them, or the unit of the notice.
pub fn by_unit(site: &Site, text: &str) -> Result<Filter> {
    let name = crate::model::fold::text(text).into_owned();
    let known = unit::find(&*site.policy()?, &name);
    Ok(Filter { unit: Some(known.unwrap_or(name)), ..Filter::default() })
}

/// Employers with how many certificates of their people wait to be handed over.
pub fn units(site: &Site) -> Result<Vec<(String, i64)>> {
    Ok(view::units(site.store().db(), site.batch()?.id)?)
}

/// Certificates that can take a step, in the order of their numbers; refused where there is none.
pub fn ready_for(site: &Site, step: Step, filter: &Filter) -> Result<Vec<CertificateId>> {
    let all = list(site, filter)?;
    let ready: Vec<_> = all.iter().filter(|l| may(step, l.stage).is_ok()).map(|l| l.id).collect();
    match (ready.is_empty(), all.first()) {
        (false, _) => Ok(ready),
        // Why the first one cannot: the same rule.
        (true, Some(first)) => {
            may(step, first.stage).map_err(|r| r.with("number", first.number.as_str()))?;
            Ok(ready)
        }
        (true, None) => Err(Refusal::new(super::NOBODY).into()),
    }
}

/// What happened to a certificate, in order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    pub on: Day,
    pub operator: String,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum What {
    Numbered,
    Made { copy: i64, blank: Option<String>, reason: Option<String> },
    Told { way: NoticeWay, told: String },
    Delivered { way: DeliveryWay, taker: String, authority: Option<String>, tracking: Option<String> },
    Returned { reason: String },
    Void { kind: VoidKind, reason: String, sanction: Option<i64>, successor: Option<String> },
}

/// A certificate and everything that happened to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Story {
    pub line: Line,
    pub events: Vec<Event>,
}

pub fn story(site: &Site, id: CertificateId) -> Result<Story> {
    let db = site.store().db();
    let unknown = || Refusal::new(certificates::UNKNOWN).with("number", id.to_string());
    let row = rows::first::<CertificateRow>(db, "WHERE id = ?1", [id])?.ok_or_else(unknown)?;
    let filter = Filter { number: Some(row.number.clone()), ..Filter::default() };
    let line = view::page(db, row.batch, &filter, "", 1)?.pop().ok_or_else(unknown)?;
    let names = rows::select::<OperatorRow>(db, "ORDER BY id", [])?;
    let name = |id: OperatorId| names.iter().find(|o| o.id == id).map(|o| o.name.clone()).unwrap_or_default();
    let mut events = vec![Event { on: row.issued_on, operator: String::new(), what: What::Numbered }];
    let own = "WHERE certificate = ?1 ORDER BY at, copy";
    for c in rows::select::<CertificateCopyRow>(db, own, [id])? {
        let what = What::Made { copy: c.copy, blank: c.blank, reason: c.reason };
        events.push(Event { on: c.made_on, operator: name(c.operator), what });
    }
    for n in rows::select::<CertificateNoticeRow>(db, own, [id])? {
        let what = What::Told { way: n.way, told: n.told };
        events.push(Event { on: n.notified_on, operator: name(n.operator), what });
    }
    for d in rows::select::<CertificateDeliveryRow>(db, own, [id])? {
        let operator = name(d.operator);
        let what = What::Delivered { way: d.way, taker: d.taker, authority: d.authority, tracking: d.tracking };
        events.push(Event { on: d.delivered_on, operator: operator.clone(), what });
        if let (Some(on), Some(reason)) = (d.returned_on, d.returned) {
            events.push(Event { on, operator, what: What::Returned { reason } });
        }
    }
    if let Some(v) = rows::first::<CertificateVoidRow>(db, "WHERE certificate = ?1", [id])? {
        let after = |id| rows::first::<CertificateRow>(db, "WHERE id = ?1", [id]);
        let successor = v.successor.map(after).transpose()?.flatten().map(|c| c.number);
        let what = What::Void { kind: v.kind, reason: v.reason, sanction: v.sanction, successor };
        events.push(Event { on: v.voided_on, operator: name(v.operator), what });
    }
    events.sort_by_key(|e| e.on);
    Ok(Story { line, events })
}

/// Whether a certificate that is made again keeps its number here.
pub fn reissue_keeps_number(site: &Site) -> Result<bool> {
    Ok(site.policy()?.register.reissue == crate::policy::register::Reissued::KeepsNumber)
}

/// Where certificates are made unless somebody says otherwise.
pub fn usually_made(site: &Site) -> Result<crate::policy::register::Made> {
    Ok(site.policy()?.register.copies)
}
