//! The register of certificates, revoked ones too, in the order of their numbers.
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::certificates::{Filter, register};
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "certificates", numbers: Numbers::Masked, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.certificate_no",
        "heading.certificate_state",
        "heading.name",
        "heading.id_number",
        "heading.ticket",
        "heading.occupation",
        "heading.level",
        "heading.issued_on",
        "heading.employer",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for c in register(site, &Filter::default())? {
        let (number, issued_on) = (manner.identity.show(&c.id_number), c.issued_on.to_string());
        let state = manner.word(&format!("certificate_state.{}", c.state.code()));
        let mut cells = vec![c.number.as_str(), &state, &c.name, &number, c.ticket.as_deref().unwrap_or_default()];
        cells.extend([c.occupation_name.as_str(), c.level.official(), &issued_on]);
        cells.push(c.employer.as_deref().unwrap_or_default());
        sink(&cells)?;
    }
    Ok(())
}
