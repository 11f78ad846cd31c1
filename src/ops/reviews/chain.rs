//! The way of one application as a list: every box of the form, every review of every round, the original, objections.
use super::case::{application, placed};
use super::read::{Standing, standing_of};
use crate::model::{ApplicationId, ReviewDecision, ReviewStep};
use crate::ops::{Result, Site};
use crate::policy::stamps::{NodeState, StampBy};
use crate::store::{ApplicationState, ListObjectionRow, ObjectionState, OperatorRow, ReviewRow, StampRow, rows};
use serde::Serialize;
use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chain {
    pub state: ApplicationState,
    pub standing: Standing,
    /// The node that needs the number of a document.
    pub numbered: Option<StampBy>,
    pub links: Vec<Link>,
}

/// One line of the way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// Locale key of what it is: a node, a step, the original, an objection.
    pub what: String,
    pub node: Option<StampBy>,
    pub step: Option<ReviewStep>,
    /// Of a review; the first is not told.
    pub round: Option<i64>,
    pub state: LinkState,
    pub by: String,
    /// A day, or a minute.
    pub when: String,
    /// Opinion, reason, what the query gave, the number of a document.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    Stamp(NodeState),
    Review(ReviewDecision),
    /// A step that comes later.
    Later,
    /// It can be decided now.
    Waits,
    There,
    NotIn,
    Open,
    Upheld,
    Dismissed,
}

impl LinkState {
    pub fn key(self) -> String {
        match self {
            LinkState::Stamp(state) => state.key(),
            LinkState::Review(decision) => decision.key(),
            LinkState::Later => "link_state.later".to_owned(),
            LinkState::Waits => "link_state.waits".to_owned(),
            LinkState::There => "link_state.there".to_owned(),
            LinkState::NotIn => "link_state.not_in".to_owned(),
            LinkState::Open => "link_state.open".to_owned(),
            LinkState::Upheld => "link_state.upheld".to_owned(),
            LinkState::Dismissed => "link_state.dismissed".to_owned(),
        }
    }
}

/// In the order of the form, then of the reviews.
pub fn chain(site: &Site, id: ApplicationId) -> Result<Chain> {
    let (db, policy) = (site.store().db(), site.policy()?);
    let row = application(db, site.batch()?.id, id)?;
    let standing = standing_of(db, &policy, &row)?;
    let stamps = rows::select::<StampRow>(db, "WHERE application = ?1 ORDER BY id", [id])?;
    let boxes: Vec<_> = stamps.iter().filter_map(placed).collect();
    let mut links: Vec<Link> = Vec::new();
    for by in &policy.stamps.chain {
        links.push(of_stamp(*by, policy.stamps.node(*by, &boxes), stamps.iter().find(|s| s.node == by.code())));
    }
    let names: HashMap<_, _> = rows::select::<OperatorRow>(db, "", [])?.into_iter().map(|o| (o.id, o.name)).collect();
    for review in rows::select::<ReviewRow>(db, "WHERE application = ?1 ORDER BY round, step, id", [id])? {
        let name = names.get(&review.operator).cloned().unwrap_or_default();
        links.push(of_review(review, &name));
    }
    if row.state == ApplicationState::Submitted {
        let open = policy.reviews.steps.iter().filter(|by| !standing.passed.contains(&by.step));
        links.extend(open.map(|by| {
            let state = if standing.next == Some(by.step) { LinkState::Waits } else { LinkState::Later };
            let round = Some(standing.round).filter(|r| *r > 1);
            Link { step: Some(by.step), round, ..bare(by.step.key(), state) }
        }));
    }
    links.push(match row.original_at {
        Some(at) => Link { when: at.minute(), ..bare("link.original".to_owned(), LinkState::There) },
        None => bare("link.original".to_owned(), LinkState::NotIn),
    });
    let objections = rows::select::<ListObjectionRow>(db, "WHERE application = ?1 ORDER BY id", [id])?;
    links.extend(objections.into_iter().map(of_objection));
    let numbered = policy.stamps.chain.last().copied().filter(|_| policy.stamps.document_no);
    Ok(Chain { state: row.state, standing, numbered, links })
}

fn bare(what: String, state: LinkState) -> Link {
    let (by, when, text) = (String::new(), String::new(), String::new());
    Link { what, node: None, step: None, round: None, state, by, when, text }
}

fn joined<'t>(parts: impl IntoIterator<Item = Option<&'t String>>) -> String {
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn of_stamp(by: StampBy, state: NodeState, row: Option<&StampRow>) -> Link {
    let link = Link { node: Some(by), ..bare(by.key(), LinkState::Stamp(state)) };
    let Some(row) = row else { return link };
    Link {
        by: joined([row.handled_by.as_ref(), row.responsible.as_ref()]),
        when: row.dated.to_string(),
        text: joined([Some(&row.opinion), row.document_no.as_ref()]),
        ..link
    }
}

fn of_review(row: ReviewRow, name: &str) -> Link {
    Link {
        step: Some(row.step),
        round: Some(row.round).filter(|r| *r > 1),
        by: format!("{} {name}", row.organisation),
        when: row.at.minute(),
        text: joined([row.reason.as_ref(), row.query_evidence.as_ref()]),
        ..bare(row.step.key(), LinkState::Review(row.decision))
    }
}

fn of_objection(row: ListObjectionRow) -> Link {
    let state = match row.state {
        ObjectionState::Open => LinkState::Open,
        ObjectionState::Upheld => LinkState::Upheld,
        ObjectionState::Dismissed => LinkState::Dismissed,
    };
    Link {
        by: row.raised_by.clone(),
        when: row.at.minute(),
        text: joined([Some(&row.matter), row.outcome.as_ref()]),
        ..bare("link.objection".to_owned(), state)
    }
}
