//! A batch of the general window with 24 applicants, ten people on duty, and certificates past the way that numbers them.
use crate::harness::{Desk, PlantMarks};
use kaowu::config::Assets;
use kaowu::model::*;
use kaowu::ops::exchange::{Import, Mode, Source};
use kaowu::ops::reports::{Add, Board, Particulars, board};
use kaowu::ops::*;
use kaowu::store::rows;
use serde::Serialize;

pub const OCCUPATION: &str = "政务服务办事员";

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// In the batch of the notice, at 2024-10-15 09:00.
pub fn desk() -> Desk {
    arrived(Desk::new())
}

pub fn arrived(mut desk: Desk) -> Desk {
    on(&desk, "2024-10-15");
    desk.open_batch_of("wushen-zwfw-2024");
    let path = crate::source::root().join("tests/data/zwfw-2024/信息采集表.xlsx");
    let source = Source { path, name: "信息采集表.xlsx".into(), ..Source::default() };
    desk.does(&Import { source: &source, mode: Mode::Strict, assets: &Assets::default(), refusals: None });
    desk
}

pub fn on(desk: &Desk, day: &str) {
    desk.clock().set(Stamp::parse(&format!("{day}T09:00:00+08:00")).unwrap());
}

/// The applicants in the order in which they came.
pub fn applicants(desk: &Desk) -> Vec<ApplicationRow> {
    let lines = kaowu::ops::applications::lines(&desk.site, None).unwrap();
    let mut ids: Vec<_> = lines.iter().map(|l| l.id).collect();
    ids.sort();
    ids.into_iter().map(|id| kaowu::ops::applications::by_id(&desk.site, id).unwrap()).collect()
}

pub fn of(row: &ApplicationRow, department: &str) -> Particulars {
    let (name, id_number) = (row.name.clone(), row.id_number.clone());
    let (document, department, since) = (Some(row.document), department.into(), Some(day("2024-01-02")));
    Particulars { name, document, id_number, department, since, ..Particulars::default() }
}

pub fn stranger(name: &str, id_number: &str, department: &str) -> Particulars {
    let since = Some(day("2024-01-02"));
    let (name, id_number, department) = (name.into(), id_number.into(), department.into());
    Particulars { name, id_number, department, since, ..Particulars::default() }
}

/// Number with its check character.
pub fn number(body: &str) -> String {
    let digits: Vec<u8> = body.bytes().collect();
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.iter().zip(weights).map(|(d, w)| u32::from(d - b'0') * w).sum();
    format!("{body}{}", ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][sum as usize % 11])
}

/// Marks of both parts.
pub fn marked(desk: &mut Desk, who: &ApplicationRow, points: [i32; 2]) {
    let mark = |part, n| (who.id, part, Mark::Points(Points::whole(n)));
    desk.does(&PlantMarks(vec![mark(Subject::Theory, points[0]), mark(Subject::Practical, points[1])]));
}

/// Writes a certificate as it is given.
#[derive(Serialize)]
pub struct Certify {
    pub application: ApplicationId,
    pub issued_on: Day,
    pub state: CertificateState,
}

impl Operation for Certify {
    const KIND: &'static str = "test.certify";
    const ROLES: &'static [Role] = &[];
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let (id, batch) = (CertificateId(work.tx.next_id::<CertificateRow>()?), work.batch()?.id);
        let of = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [self.application])?.unwrap();
        let (prefix, year, serial, level) = ("S000015000001".to_owned(), 24, id.0, of.level);
        let number = format!("{prefix}{year}{}{serial:06}", level.digit());
        let (application, issued_on, state) = (self.application, self.issued_on, self.state);
        #[rustfmt::skip]
        let row = CertificateRow {
            id, batch, application, source: NumberSource::Own, origin: None, prefix, year, level, sign: level.digit().to_string(), serial,
            number: number.clone(), issued_on, state,
        };
        work.tx.insert(&row)?;
        Ok(number)
    }
}

/// The number of a certificate issued on the 14th of October.
pub fn certified(desk: &mut Desk, who: &ApplicationRow) -> String {
    marked(desk, who, [80, 80]);
    certificate(desk, who, CertificateState::Valid)
}

pub fn certificate(desk: &mut Desk, who: &ApplicationRow, state: CertificateState) -> String {
    desk.does(&Certify { application: who.id, issued_on: day("2024-10-14"), state })
}

/// Ten on duty: in 甲局 three holders, one who passed, one still in the exam; in 乙局 one holder, one who failed, one in the
/// exam, one holder from elsewhere; in 丙局 one who never applied.
pub fn ten(desk: &mut Desk) {
    let all = applicants(desk);
    for (n, who) in all.iter().take(8).enumerate() {
        desk.does(&Add { who: of(who, if n < 5 { "甲局" } else { "乙局" }) });
    }
    for n in [0, 1, 2, 5] {
        certified(desk, &all[n]);
    }
    marked(desk, &all[3], [60, 60]);
    marked(desk, &all[6], [59, 90]);
    let held = Some((OCCUPATION.to_owned(), Level::Four));
    let held_on = Some(day("2023-05-01"));
    let elsewhere = Particulars { held, held_on, ..stranger("外证某", &number("15069919850505001"), "乙局") };
    desk.does(&Add { who: elsewhere });
    desk.does(&Add { who: stranger("未考某", &number("15069919900101001"), "丙局") });
}

pub fn now(desk: &Desk) -> Board {
    board(&desk.site, None).unwrap()
}
