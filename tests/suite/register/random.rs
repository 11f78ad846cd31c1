//! Whatever is tried in whatever order: the balance is the sum of its lines and never below zero, every form used is a
//! certificate, and nobody has two valid ones.
use super::*;
use kaowu::model::{CertificateId, Stage, StockItem, StockMove};
use kaowu::ops::certificates::{Correct, Reissue, Revoke};
use kaowu::ops::register::TakeBack;
use kaowu::ops::stock::{Count, Destroy, Recover, Reverse, Spoil, balances, ledger};
use proptest::prelude::*;
use std::collections::BTreeMap;

const PEOPLE: usize = 4;

/// Tries one thing; a refusal is an answer too.
fn tries(desk: &mut Desk, what: u8, which: usize, n: i64) {
    let all = certificates(desk);
    let one = &all[which % all.len()];
    let certificate: CertificateId = one.id;
    let reason = || "随机".to_owned();
    let with = |quantity| Line { reason: Some(reason()), ..line(quantity) };
    let item = StockItem::Certificate;
    let issued_on = today();
    let _ = match what % 12 {
        0 => desk.try_to(&Receive { line: line(n) }).map(|_| ()),
        1 | 2 => desk.try_to(&issue(&[certificate], None)).map(|_| ()),
        3 => desk.try_to(&own(one)).map(|_| ()),
        4 => desk.try_to(&TakeBack { certificate, reason: reason(), on: None }).map(|_| ()),
        5 => desk
            .try_to(&Reissue { certificate, made_on: issued_on, made: None, blank: None, reason: reason() })
            .map(|_| ()),
        6 => desk.try_to(&Correct { certificate, issued_on, reason: reason() }).map(|_| ()),
        7 => desk.try_to(&Revoke { certificate, reason: reason(), sanction: None }).map(|_| ()),
        8 => {
            let certificate = (n % 2 == 0).then_some(certificate);
            desk.try_to(&Spoil { line: with(1), certificate, blank: None }).map(|_| ())
        }
        9 => desk.try_to(&Destroy { line: with(n), witness: "李监销".into() }).map(|_| ()),
        10 => desk.try_to(&Recover { certificate, responsible: None, reason: None }).map(|_| ()),
        _ if n % 2 == 0 => desk.try_to(&Reverse { item, seq: n, reason: reason() }).map(|_| ()),
        _ => {
            let (usable, witness) = (n, "李监盘".to_owned());
            let count = Count { item, usable, spoilt: 0, responsible: None, witness, reason: Some(reason()), on: None };
            desk.try_to(&count).map(|_| ())
        }
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]
    #[test]
    fn the_stock_adds_up_and_nobody_has_two(moves in prop::collection::vec((any::<u8>(), 0usize..12, 0i64..9), 0..40)) {
        let mut desk = numbered(PEOPLE);
        for (what, which, n) in moves {
            tries(&mut desk, what, which, n);
        }
        let (mut usable, mut spoilt) = (0, 0);
        for (line, seq) in ledger(&desk.site).unwrap().iter().zip(1..) {
            (usable, spoilt) = (usable + line.row.usable, spoilt + line.row.spoilt);
            prop_assert!(usable >= 0 && spoilt >= 0);
            prop_assert_eq!((line.row.seq, line.row.balance, line.row.to_destroy), (seq, usable, spoilt));
        }
        let now = balances(&desk.site).unwrap()[0].1;
        prop_assert_eq!((now.usable, now.spoilt), (usable, spoilt));
        let mut valid = BTreeMap::new();
        let (mut numbers, mut copies) = (Vec::new(), 0);
        for c in certificates(&desk) {
            *valid.entry(c.application).or_insert(0) += i32::from(c.stage != Stage::Void);
            numbers.push(c.number);
            copies += c.copies;
        }
        prop_assert!(valid.values().all(|n| *n <= 1), "{valid:?}");
        // Every form that was used is a certificate.
        let used: i64 = ledger(&desk.site).unwrap().iter().filter(|l| l.row.kind == StockMove::Used).map(|l| -l.row.usable).sum();
        prop_assert_eq!(used, copies);
        let all = numbers.len();
        numbers.sort();
        numbers.dedup();
        prop_assert_eq!(numbers.len(), all);
    }
}
