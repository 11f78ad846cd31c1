//! The work ledger (工作台账): every operation in the order in which it was done, with the digest that chains it to the
//! one before (S3-19).
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::history::{Filter, page};
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "ledger", numbers: Numbers::None, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.operation",
        "heading.at",
        "heading.kind",
        "heading.operator",
        "heading.roles",
        "heading.station",
        "heading.subject",
        "heading.rows",
        "heading.reason",
        "heading.undoes",
        "heading.digest",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let mut all = page(site, &Filter::default(), None, usize::MAX)?;
    all.reverse();
    for o in all {
        let kind = manner.word(&o.word());
        let roles = o.roles.split(',').filter(|r| !r.is_empty()).map(|r| manner.word(&format!("role.{r}")));
        let roles = roles.collect::<Vec<_>>().join(" ");
        let (number, rows) = (o.operation.to_string(), o.rows.to_string());
        let (at, undoes) = (o.at.to_string(), o.undoes.map(|n| n.to_string()).unwrap_or_default());
        let (subject, reason) = (o.subject.unwrap_or_default(), o.reason.unwrap_or_default());
        let mut cells = vec![number.as_str(), &at, &kind, &o.operator, &roles, &o.station, &subject, &rows];
        cells.extend([reason.as_str(), &undoes, &o.digest]);
        sink(&cells)?;
    }
    Ok(())
}
