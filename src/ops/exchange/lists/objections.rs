//! The register of objections to results and of requests for a re-check, decided ones too.
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::publicity::{Cell, objections, said_mark};
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "objections", numbers: Numbers::Masked, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "column.case_number",
        "objection.column.kind",
        "heading.name",
        "heading.id_number",
        "heading.ticket",
        "heading.occupation",
        "heading.level",
        "objection.fact.part",
        "objection.fact.shown",
        "objection.fact.scope",
        "objection.fact.raised_by",
        "objection.fact.matter",
        "objection.fact.received_on",
        "objection.fact.decide_by",
        "objection.fact.state",
        "objection.fact.handler",
        "objection.fact.decided_on",
        "objection.fact.finding",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for case in objections(site)? {
        let said = &case.said;
        let word = |key: Option<String>| key.map(|key| manner.word(&key)).unwrap_or_default();
        let shown = match said.shown.as_deref().map(said_mark) {
            Some(Cell::Text(text)) => text,
            Some(Cell::Word(key)) => manner.word(&key),
            None => String::new(),
        };
        let cells = [
            said.number.to_string(),
            manner.word(&format!("objection_kind.{}", said.kind.code())),
            said.name.clone(),
            manner.identity.show(&said.id_number).into_owned(),
            said.ticket.clone().unwrap_or_default(),
            said.occupation_name.clone(),
            said.level.official().to_owned(),
            word(said.subject.map(crate::model::Subject::key)),
            shown,
            word(said.scope.map(crate::model::RecheckScope::key)),
            said.raised_by.clone(),
            said.matter.clone(),
            said.received_on.to_string(),
            said.decide_by.to_string(),
            manner.word(case.stage.key()),
            said.handler.clone().unwrap_or_default(),
            said.decided_on.map(|day| day.to_string()).unwrap_or_default(),
            said.finding.clone().unwrap_or_default(),
        ];
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        sink(&cells)?;
    }
    Ok(())
}
