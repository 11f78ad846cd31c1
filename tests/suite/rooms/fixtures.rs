//! People who may be seated, and rooms for them; every seat by hand, so that each test knows who sits where.
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, RoomKind};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::demo::people;
use kaowu::ops::rooms::Add;
use kaowu::ops::seating::edit::Place;
use kaowu::ops::seating::{Held, seats_of};
use kaowu::ops::{ApplicationRow, TicketRow, batch};

/// Column of the employer in the sheet.
pub fn employer_column() -> usize {
    people::HEADINGS.iter().position(|h| h.contains("单位")).unwrap()
}

/// So many people, approved and paid, each with the employer that `employer` gives; nobody seated, no room.
pub fn people_of(mut desk: Desk, count: usize, employer: impl Fn(usize) -> String) -> Desk {
    let codes = desk.site.codes().unwrap();
    let mut rows = people::rows(&codes, 1, count);
    let column = employer_column();
    rows.iter_mut().enumerate().for_each(|(n, row)| row[column] = employer(n));
    desk.sheet(&rows);
    desk.reviewed();
    desk.does(&RecordFee::All);
    desk
}

/// Nobody is anybody's colleague.
pub fn strangers(count: usize) -> Desk {
    people_of(Desk::with_batch(), count, |n| format!("第{n}单位"))
}

pub fn who(n: i64) -> ApplicationId {
    ApplicationId(n)
}

/// Two rooms of three rows by three, the first `count` people on the first seats of room 1.
pub fn seated(count: i64) -> Desk {
    let desk = strangers(usize::try_from(count).unwrap());
    sit(desk, count)
}

pub fn sit(mut desk: Desk, count: i64) -> Desk {
    desk.does(&Add::desks(vec![1, 2], (3, 3)));
    for n in 1..=count {
        desk.does(&Place { application: who(n), to: Some((1, n)) });
    }
    desk
}

/// The seats of somebody as `session room-seat`.
pub fn seats(desk: &Desk, n: i64) -> Vec<String> {
    let text = |h: Held| format!("{} {}-{}", h.session, h.room, h.seat);
    seats_of(&desk.site, who(n)).unwrap().into_iter().map(text).collect()
}

pub fn ticket(desk: &Desk, n: i64) -> Option<String> {
    let all = kaowu::ops::search::candidates(&desk.site, None, &name(desk, n)).unwrap();
    all.into_iter().find(|c| c.application == who(n)).and_then(|c| c.ticket)
}

pub fn name(desk: &Desk, n: i64) -> String {
    kaowu::ops::applications::by_id(&desk.site, who(n)).unwrap().name
}

/// A notice by which the first occupation is held hands-on, with stations of two rounds in room 3 and desks in room 1.
pub fn workshop(count: usize) -> Desk {
    let assets = Assets::default();
    let text = r#"
format = 1
inherits = "nmg-2023"
[notice]
code = "mixed"
[subjects]
practical = "hands_on"
[[sessions]]
code = "theory-1"
subject = "theory"
start = 2023-10-15T08:30:00
end = 2023-10-15T10:00:00
[[sessions]]
code = "hands-on"
subject = "practical"
mode = "hands_on"
start = 2023-10-15T14:00:00
"#;
    let lookup = |code: &str| match code {
        "mixed" => Some(text.to_owned()),
        code => assets.read(&format!("policies/{code}.toml")),
    };
    let policy = kaowu::policy::load("mixed", &lookup).unwrap_or_else(|fault| panic!("{fault}"));
    let mut desk = Desk::new();
    desk.does(&batch::Open { code: "mixed".into(), name: "mixed".into(), policy });
    desk.site.choose_batch(None).unwrap();
    let mut desk = people_of(desk, count, |n| format!("第{n}单位"));
    desk.does(&Add::desks(vec![1], (3, 3)));
    desk.does(&Add { kind: RoomKind::Stations, rounds: 2, ..Add::desks(vec![3], (1, 2)) });
    desk
}

/// Marks somebody's ticket as printed.
#[derive(serde::Serialize)]
pub struct Print(pub ApplicationId);

impl kaowu::ops::Operation for Print {
    const KIND: &'static str = "test.print";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut kaowu::ops::Work<'_, '_>) -> kaowu::ops::Result<()> {
        let of = "WHERE application = ?1";
        let before = kaowu::store::rows::first::<TicketRow>(work.tx.db(), of, [self.0])?.unwrap();
        Ok(work.tx.update(&before, &TicketRow { printed_at: Some(work.now), ..before.clone() })?)
    }
}

/// Routes somebody to a unit of the notice.
#[derive(serde::Serialize)]
pub struct Route(pub ApplicationId, pub &'static str);

impl kaowu::ops::Operation for Route {
    const KIND: &'static str = "test.route";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut kaowu::ops::Work<'_, '_>) -> kaowu::ops::Result<()> {
        let before = kaowu::store::rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [self.0])?.unwrap();
        Ok(work.tx.update(&before, &ApplicationRow { unit: Some(self.1.into()), ..before.clone() })?)
    }
}
