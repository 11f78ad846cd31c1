//! Everybody on a result document, document by document, those struck off left out (S2-24).
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::documents::{documents, people};
use crate::ops::{QualifiedState, Result, Site};

pub const LIST: List = List { what: "documents", numbers: Numbers::Masked, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "column.document_no",
        "column.document_state",
        "column.dated",
        "heading.name",
        "heading.id_number",
        "column.ethnic_group",
        "heading.employer",
        "heading.occupation",
        "heading.level",
        "column.theory_mark",
        "column.practical_mark",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for document in documents(site)?.into_iter().rev() {
        let number = document.row.document_no.clone().unwrap_or_default();
        let state = manner.word(&format!("document_state.{}", document.row.state.code()));
        let dated = document.row.dated.map(|day| day.to_string()).unwrap_or_default();
        for p in people(site, document.row.id)?.iter().filter(|p| p.state == QualifiedState::Listed) {
            let id = manner.identity.show(&p.id_number);
            let [theory, practical] = [p.theory, p.practical].map(|p| p.map(|p| p.to_string()).unwrap_or_default());
            let mut cells = vec![number.as_str(), &state, &dated, &p.name, &id];
            cells.extend([p.ethnic_group.as_deref().unwrap_or_default(), p.employer.as_deref().unwrap_or_default()]);
            cells.extend([p.occupation_name.as_str(), p.level.official(), &theory, &practical]);
            sink(&cells)?;
        }
    }
    Ok(())
}
