//! The register of sanctions of every batch, lifted ones too.
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::sanctions::register;
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "sanctions", numbers: Numbers::Masked, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.sanction_no",
        "heading.name",
        "heading.id_number",
        "heading.act",
        "heading.effects",
        "heading.basis",
        "heading.from_day",
        "heading.until_day",
        "heading.sanction_reason",
        "heading.evidence",
        "heading.lifted",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for s in register(site)? {
        let (number, id) = (s.number.to_string(), manner.identity.show(&s.id_number).into_owned());
        let act = manner.word(&format!("act.{}", s.act));
        let effects: Vec<_> = s.effects.iter().map(|e| manner.word(&format!("effect.{e}"))).collect();
        let (from, until) = (s.from.to_string(), s.until.map(|d| d.to_string()).unwrap_or_default());
        let lifted = manner.word(if s.lifted { "answer.yes" } else { "answer.no" });
        sink(&[
            &number,
            &s.name,
            &id,
            &act,
            &effects.join(" "),
            &s.basis,
            &from,
            &until,
            &s.reason,
            s.evidence.as_deref().unwrap_or_default(),
            &lifted,
        ])?;
    }
    Ok(())
}
