//! Certificates on their way to their holders, and the stock of blank forms.
mod commands;
mod pages;
mod paper;
mod random;
mod stock;
mod void;
mod way;

use crate::certificates::Settled;
use crate::harness::Desk;
use kaowu::model::{ApplicationId, CertificateId, Day, StockItem};
use kaowu::ops::certificates::Number;
use kaowu::ops::register::{self, Collect, Filter, Issue, Line as Certificate};
use kaowu::ops::stock::{Line, Receive};

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The exam day, on which everything here happens.
pub fn today() -> Day {
    day("2023-10-15")
}

/// So many people who passed and have a number, and nothing more.
pub fn numbered(people: usize) -> Desk {
    let mut desk = Desk::seated(people);
    desk.at("18:00");
    let people = (1..=people).map(|n| ApplicationId(i64::try_from(n).unwrap())).collect();
    desk.does(&Settled { people, points: 80 });
    desk.release();
    desk.does(&Number { issued_on: today() });
    desk
}

pub fn certificates(desk: &Desk) -> Vec<Certificate> {
    register::list(&desk.site, &Filter::default()).unwrap()
}

pub fn line(quantity: i64) -> Line {
    Line {
        item: StockItem::Certificate,
        quantity,
        serials: None,
        responsible: Some("张保管".into()),
        counterpart: None,
        reason: None,
        on: None,
    }
}

pub fn issue(certificates: &[CertificateId], first_blank: Option<&str>) -> Issue {
    let first_blank = first_blank.map(str::to_owned);
    Issue { certificates: certificates.to_vec(), made: None, first_blank, made_on: today() }
}

/// With so many blank forms in stock and every certificate printed.
pub fn made(people: usize, blanks: i64) -> Desk {
    let mut desk = numbered(people);
    desk.does(&Receive { line: line(blanks) });
    let all: Vec<_> = certificates(&desk).iter().map(|c| c.id).collect();
    desk.does(&issue(&all, Some("NM000001")));
    desk
}

/// The holder comes with their document and signs.
pub fn own(one: &Certificate) -> Collect {
    Collect {
        certificates: vec![one.id],
        way: kaowu::model::DeliveryWay::Own,
        taker: None,
        document: Some(one.id_number.clone()),
        unit: None,
        authority: None,
        phone: None,
        signed: true,
        on: None,
        note: None,
    }
}
