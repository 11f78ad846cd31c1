//! The ledger of blank forms: every line follows the one before; counting, spoiling, destroying, reversing.
use super::*;
use kaowu::model::{StockItem, StockMove};
use kaowu::ops::history::{self, Undo};
use kaowu::ops::stock::{Balance, Count, Destroy, Reverse, Spoil, Use, balances, ledger};
use kaowu::ops::{Operation, Result, StockMovementRow, Work};
use kaowu::store::rows;
use serde::Serialize;

pub fn now(desk: &Desk) -> Balance {
    balances(&desk.site).unwrap()[0].1
}

fn with(quantity: i64, reason: &str) -> Line {
    Line { reason: Some(reason.into()), ..line(quantity) }
}

#[test]
fn forms_come_in_are_spoilt_and_destroyed_by_two_people() {
    let mut desk = Desk::with_batch();
    desk.does(&Receive { line: line(100) });
    let spoil = |quantity, reason: &str| Spoil { line: with(quantity, reason), certificate: None, blank: None };
    assert_eq!(desk.refused(&spoil(101, "受潮")), "stock.too_few");
    assert_eq!(desk.refused(&spoil(0, "受潮")), "stock.quantity");
    assert_eq!(desk.refused(&spoil(3, " ")), "stock.reason_needed");
    desk.does(&spoil(3, "受潮"));
    assert_eq!(now(&desk), Balance { usable: 97, spoilt: 3 });
    let destroy = |quantity, witness: &str| Destroy { line: line(quantity), witness: witness.into() };
    assert_eq!(desk.refused(&destroy(4, "李监销")), "stock.none_to_destroy");
    assert_eq!(desk.refused(&destroy(3, "")), "stock.no_witness");
    assert_eq!(desk.refused(&destroy(3, "张保管")), "stock.same_person");
    desk.does(&destroy(3, "李监销"));
    assert_eq!(now(&desk), Balance { usable: 97, spoilt: 0 });
    let late = Line { on: Some(day("2023-10-16")), ..line(1) };
    assert_eq!(desk.refused(&Receive { line: late }), "stock.in_future");
    let cover = Line { item: StockItem::Cover, ..line(1) };
    assert_eq!(desk.refused(&Use { line: cover }), "stock.too_few");
}

#[test]
fn stocktaking_writes_what_differs_and_why() {
    let mut desk = Desk::with_batch();
    desk.does(&Receive { line: line(50) });
    let count = |usable, spoilt, reason: Option<&str>| Count {
        item: StockItem::Certificate,
        usable,
        spoilt,
        responsible: None,
        witness: "李监盘".into(),
        reason: reason.map(str::to_owned),
        on: None,
    };
    let agrees = desk.does(&count(50, 0, None));
    assert_eq!((agrees.usable, agrees.spoilt), (0, 0));
    assert_eq!(desk.refused(&count(48, 1, None)), "stock.reason_needed");
    assert_eq!(desk.refused(&count(-1, 0, None)), "stock.quantity");
    let differs = desk.does(&count(48, 1, Some("少一张，一张污损")));
    assert_eq!((differs.usable, differs.spoilt), (-2, 1));
    assert_eq!(now(&desk), Balance { usable: 48, spoilt: 1 });
    let reverse = |seq, reason: &str| Reverse { item: StockItem::Certificate, seq, reason: reason.into() };
    assert_eq!(desk.refused(&reverse(3, " ")), "stock.reason_needed");
    assert_eq!(desk.refused(&reverse(9, "x")), "stock.unknown");
    desk.does(&reverse(3, "找到了"));
    assert_eq!(now(&desk), Balance { usable: 50, spoilt: 0 });
    assert_eq!(desk.refused(&reverse(3, "x")), "stock.reversed_already");
    assert_eq!(desk.refused(&reverse(4, "x")), "stock.reversed_already");
    let all = ledger(&desk.site).unwrap();
    assert!(all[2].reversed && all.iter().map(|l| l.row.seq).eq(1..=4));
    // Reversing what is used up would leave less than nothing.
    desk.does(&Use { line: line(49) });
    assert_eq!(desk.refused(&reverse(1, "x")), "stock.too_few");
}

#[test]
fn a_misprinted_certificate_takes_the_next_form() {
    let mut desk = made(2, 10);
    let all = certificates(&desk);
    let spoil = |line: Line| Spoil { line, certificate: Some(all[0].id), blank: Some("nm000003".into()) };
    assert_eq!(desk.refused(&spoil(with(2, "印偏"))), "stock.not_here");
    let row = desk.does(&spoil(with(1, "印偏")));
    assert_eq!((row.balance, row.to_destroy, row.serials.as_deref()), (7, 1, Some("NM000001")));
    assert_eq!(row.counterpart.as_deref(), Some(all[0].number.as_str()));
    assert_eq!(certificates(&desk)[0].blank.as_deref(), Some("NM000003"));
    desk.does(&own(&all[0]));
    assert_eq!(desk.refused(&spoil(with(1, "印偏"))), "stock.not_here");
    let used = ledger(&desk.site).unwrap().iter().find(|l| l.row.kind == StockMove::Used).unwrap().row.seq;
    let reverse = Reverse { item: StockItem::Certificate, seq: used, reason: "x".into() };
    assert_eq!(desk.refused(&reverse), "stock.has_copies");
    // The serial of a form that carries a certificate is not used again.
    desk.does(&kaowu::ops::certificates::Correct {
        certificate: all[1].id, issued_on: today(), reason: "更名".into()
    });
    let new = certificates(&desk).into_iter().find(|c| c.stage == kaowu::model::Stage::ToMake).unwrap().id;
    assert_eq!(desk.refused(&issue(&[new], Some("NM000003"))), "register.blank_used");
}

#[test]
fn the_last_line_is_undone_and_older_ones_are_not() {
    let mut desk = Desk::with_batch();
    desk.does(&Receive { line: line(5) });
    desk.does(&Receive { line: line(7) });
    let ops = history::page(&desk.site, &history::Filter::default(), None, 2).unwrap();
    let undo = |n: usize| Undo { op: ops[n].operation, reason: "x".into() };
    assert_eq!(desk.refused(&undo(1)), "history.in_use");
    desk.does(&undo(0));
    assert_eq!(now(&desk).usable, 5);
}

/// A line as it stands, past every rule: what the database itself refuses.
#[derive(Serialize)]
struct Raw(StockMovementRow);

impl Operation for Raw {
    const KIND: &'static str = "stock.receive";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let known = rows::count::<StockMovementRow>(work.tx.db(), "", [])?;
        Ok(work.tx.insert(&StockMovementRow { id: known + 1, ..self.0.clone() })?)
    }
}

#[test]
fn the_table_itself_refuses_a_line_that_does_not_follow() {
    let mut desk = Desk::with_batch();
    desk.does(&Receive { line: line(5) });
    let first = ledger(&desk.site).unwrap().remove(0).row;
    let next = StockMovementRow { seq: 2, usable: 3, balance: 8, ..first };
    let (kind, usable, balance) = (StockMove::Used, -6, -1);
    let wrong = [
        StockMovementRow { seq: 3, ..next.clone() },
        StockMovementRow { balance: 9, ..next.clone() },
        StockMovementRow { to_destroy: 1, ..next.clone() },
        StockMovementRow { kind, usable, balance, ..next.clone() },
        StockMovementRow {
            kind: StockMove::Destroyed,
            usable: 0,
            spoilt: -1,
            balance: 5,
            to_destroy: -1,
            ..next.clone()
        },
    ];
    for row in wrong {
        let error = desk.try_to(&Raw(row)).unwrap_err();
        assert!(error.to_string().starts_with("constraint"), "{error}");
    }
    desk.does(&Raw(next));
    assert_eq!(now(&desk).usable, 8);
}
