//! The register of marking staff with the body that organises marking by the notice (S1-35).
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::staff::markers;
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "markers", numbers: Numbers::None, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.staff_organised_by",
        "heading.session",
        "heading.staff_venue",
        "heading.name",
        "heading.staff_unit",
        "heading.staff_phone",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let (body, all) = markers(site)?;
    let by = body.map(|body| manner.word(&body.key())).unwrap_or_default();
    for (line, worker) in &all {
        let phone = worker.phone.as_deref().unwrap_or_default();
        sink(&[&by, &line.code, &line.venue_name, &worker.name, &worker.unit, phone])?;
    }
    Ok(())
}
