//! The ledger of blank forms, of every site that is known here.
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::stock::ledger;
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "stock", numbers: Numbers::None, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.stock_holder",
        "heading.stock_item",
        "heading.stock_move",
        "heading.stock_quantity",
        "heading.stock_usable",
        "heading.stock_spoilt",
        "heading.stock_responsible",
        "heading.operator",
        "heading.stock_counterpart",
        "heading.remark",
        "heading.at",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for l in ledger(site)? {
        let row = &l.row;
        let item = manner.word(&format!("stock_item.{}", row.item.code()));
        let kind = manner.word(&format!("stock_move.{}", row.kind.code()));
        let quantity = if row.usable == 0 { row.spoilt } else { row.usable };
        let numbers = [quantity, row.balance, row.to_destroy].map(|n| n.to_string());
        let [quantity, usable, spoilt] = &numbers;
        let people = [Some(&row.responsible), row.witness.as_ref()].into_iter().flatten();
        let people = people.cloned().collect::<Vec<_>>().join("、");
        let remark = [&row.serials, &row.reason].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        let counterpart = row.counterpart.as_deref().unwrap_or_default();
        let mut cells = vec![row.holder.as_str(), &item, &kind, quantity, usable, spoilt, &people, &l.written_by];
        let at = row.at.to_string();
        cells.extend([counterpart, &remark, &at]);
        sink(&cells)?;
    }
    Ok(())
}
