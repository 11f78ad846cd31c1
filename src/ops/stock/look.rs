//! Reading the stock.
use super::book::last;
use crate::model::StockItem;
use crate::ops::{Result, Site};
use crate::policy::stock::Balance;
use crate::store::{OperatorRow, StockMovementRow, rows};
use serde::Serialize;

/// A line of the ledger with who wrote it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    #[serde(flatten)]
    pub row: StockMovementRow,
    pub written_by: String,
    /// Taken back by a later line.
    pub reversed: bool,
}

/// Every line that is known here, other sites' too, in the order of holder, item and number.
pub fn ledger(site: &Site) -> Result<Vec<Listed>> {
    let db = site.store().db();
    let names = rows::select::<OperatorRow>(db, "ORDER BY id", [])?;
    let all = rows::select::<StockMovementRow>(db, "ORDER BY holder, item, seq", [])?;
    let taken: Vec<_> = all.iter().filter_map(|l| Some((l.holder.clone(), l.item, l.reverses?))).collect();
    let line = |row: StockMovementRow| Listed {
        written_by: names.iter().find(|o| o.id == row.operator).map(|o| o.name.clone()).unwrap_or_default(),
        reversed: taken.iter().any(|(h, i, seq)| (h, i, seq) == (&row.holder, &row.item, &row.seq)),
        row,
    };
    Ok(all.into_iter().map(line).collect())
}

/// What there is of each item here.
pub fn balances(site: &Site) -> Result<Vec<(StockItem, Balance)>> {
    let holder = site.row()?.code;
    let of = |item: &StockItem| -> Result<(StockItem, Balance)> {
        let last = last(site.store().db(), &holder, *item)?;
        Ok((*item, last.map_or_else(Balance::default, |l| Balance { usable: l.balance, spoilt: l.to_destroy })))
    };
    StockItem::ALL.iter().map(of).collect()
}
