//! Who enters the talent statistics: people of each employer by occupation and level, those with a certificate, and those
//! whose certificate went to the national register (S3-36).
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::enterprise::talents;
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "talents", numbers: Numbers::None, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.employer",
        "heading.occupation",
        "heading.occupation_code",
        "heading.level",
        "heading.applied",
        "heading.certified",
        "heading.uploaded",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, _: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for t in talents(site)? {
        let counts = [t.applied, t.certified, t.uploaded].map(|n| n.to_string());
        let [applied, certified, uploaded] = &counts;
        let employer = t.employer.as_deref().unwrap_or_default();
        let mut cells = vec![employer, &t.occupation_name, &t.occupation, t.level.official()];
        cells.extend([applied.as_str(), certified, uploaded]);
        sink(&cells)?;
    }
    Ok(())
}
