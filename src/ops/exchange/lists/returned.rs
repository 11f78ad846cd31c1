//! Who was sent back or rejected and why, for the units that filed (S1-83).
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::reviews::sent_back;
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "returned", numbers: Numbers::None, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.employer",
        "heading.name",
        "heading.occupation",
        "heading.level",
        "heading.round",
        "heading.step",
        "heading.decision",
        "heading.reason",
        "heading.review_by",
        "heading.decided_at",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for one in sent_back(site)? {
        let (round, at) = (one.round.to_string(), one.at.minute());
        let (step, decision) = (manner.word(&one.step.key()), manner.word(&one.decision.key()));
        let unit = one.employer.or(one.registered_by).unwrap_or_default();
        let (occupation, level) = (one.occupation_name.as_str(), one.level.official());
        sink(&[&unit, &one.name, occupation, level, &round, &step, &decision, &one.reason, &one.organisation, &at])?;
    }
    Ok(())
}
