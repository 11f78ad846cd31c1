//! One line of the ledger: the change, what there is after it, who answers for it.
use crate::model::{Code, Day, Refusal, StockItem, StockMove, fold};
use crate::ops::{Result, Work};
use crate::policy::stock::{Balance, after, two_people};
use crate::store::rows::Connection;
use crate::store::{StockMovementRow, rows};
use serde::Serialize;

pub const NO_WITNESS: Code = Code("stock.no_witness");
pub const REASON: Code = Code("stock.reason_needed");
pub const IN_FUTURE: Code = Code("stock.in_future");

/// What is said of every movement.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub item: StockItem,
    pub quantity: i64,
    /// Serials that are printed on the forms.
    pub serials: Option<String>,
    /// Who answers for the stock; `None`: whoever is signed on.
    pub responsible: Option<String>,
    /// From whom, to whom, by which paper.
    pub counterpart: Option<String>,
    pub reason: Option<String>,
    /// `None`: today.
    pub on: Option<Day>,
}

/// What the kind of movement adds.
pub struct Booking {
    pub kind: StockMove,
    pub change: Balance,
    pub witness: Option<String>,
    /// Number of the line that is taken back.
    pub reverses: Option<i64>,
}

/// The last line of an item here.
pub fn last(db: &Connection, holder: &str, item: StockItem) -> Result<Option<StockMovementRow>> {
    let tail = "WHERE holder = ?1 AND item = ?2 ORDER BY seq DESC";
    Ok(rows::first::<StockMovementRow>(db, tail, (holder, item))?)
}

pub fn book(work: &mut Work<'_, '_>, line: &Line, booking: Booking) -> Result<StockMovementRow> {
    let holder = work.site.code.clone();
    let before = last(work.tx.db(), &holder, line.item)?;
    let now = before.as_ref().map_or_else(Balance::default, |l| Balance { usable: l.balance, spoilt: l.to_destroy });
    let next = after(now, booking.change)?;
    let name = |text: Option<&String>| text.map(|t| fold::name(t).into_owned()).filter(|t| !t.is_empty());
    let text = |text: Option<&String>| text.map(|t| fold::text(t).into_owned()).filter(|t| !t.is_empty());
    let responsible = name(line.responsible.as_ref()).unwrap_or_else(|| work.actor.name.clone());
    let witness = name(booking.witness.as_ref());
    if matches!(booking.kind, StockMove::Counted | StockMove::Destroyed) {
        let second = witness.as_deref().ok_or_else(|| Refusal::new(NO_WITNESS))?;
        two_people(&responsible, second)?;
    }
    let reason = text(line.reason.as_ref());
    let changed = booking.change != Balance::default();
    let why = match booking.kind {
        StockMove::Spoilt | StockMove::Reversed => true,
        StockMove::Counted => changed,
        _ => false,
    };
    if why && reason.is_none() {
        return Err(Refusal::new(REASON).into());
    }
    let moved_on = line.on.unwrap_or_else(|| work.now.day());
    if moved_on > work.now.day() {
        return Err(Refusal::new(IN_FUTURE).with("day", moved_on.to_string()).into());
    }
    let row = StockMovementRow {
        id: work.tx.next_id::<StockMovementRow>()?,
        holder,
        item: line.item,
        seq: before.map_or(1, |l| l.seq + 1),
        kind: booking.kind,
        usable: booking.change.usable,
        spoilt: booking.change.spoilt,
        balance: next.usable,
        to_destroy: next.spoilt,
        serials: text(line.serials.as_ref()),
        responsible,
        witness,
        counterpart: text(line.counterpart.as_ref()),
        reverses: booking.reverses,
        reason,
        moved_on,
        operator: work.actor.operator()?,
        at: work.now,
    };
    work.tx.insert(&row)?;
    Ok(row)
}

/// A movement of one kind in a usual way.
pub fn usual(
    work: &mut Work<'_, '_>,
    line: &Line,
    kind: StockMove,
    witness: Option<&String>,
) -> Result<StockMovementRow> {
    let change = crate::policy::stock::effect(kind, line.quantity)?;
    book(work, line, Booking { kind, change, witness: witness.cloned(), reverses: None })
}
