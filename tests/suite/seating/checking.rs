//! What the check finds besides neighbours, and how it is told.
use super::world::*;
use crate::harness::{Desk, Shell};
use kaowu::model::{PaperForm, Role, RoomKind, Stamp, Subject};
use kaowu::ops::seating::{Arrange, check};
use kaowu::ops::{Operation, PlacementRow, Result, RoomRow, SessionRow, Work};
use kaowu::policy::seating::{Position, SeatOrder, Seating, Side};
use kaowu::store::rows;
use kaowu::text::seat_check::{lines, summary};
use kaowu::text::{Lang, Locale};
use serde::Serialize;

fn seated(people: usize) -> Desk {
    let mut desk = open("nmg-2023", "");
    strangers(&mut desk, people);
    desk.does(&Arrange { seed: 1 });
    assert!(check(&desk.site).unwrap().is_clean());
    desk
}

type Change = fn(&mut Work<'_, '_>) -> Result<()>;

/// A change that no operation makes.
struct Break(Change);

impl Serialize for Break {
    fn serialize<S: serde::Serializer>(&self, s: S) -> std::result::Result<S::Ok, S::Error> {
        s.serialize_unit()
    }
}

impl Operation for Break {
    const KIND: &'static str = "test.break";
    const ROLES: &'static [Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        (self.0)(work)
    }
}

fn change_room(work: &mut Work<'_, '_>, change: impl Fn(RoomRow) -> RoomRow) -> Result<()> {
    let room = rows::first::<RoomRow>(work.tx.db(), "WHERE number = 1", [])?.unwrap();
    let after = change(room.clone());
    Ok(work.tx.update(&room, &after)?)
}

fn told(desk: &Desk, lang: Lang) -> Vec<String> {
    let (locale, _) = Locale::load(desk.site.assets(), lang);
    lines(&locale, &check(&desk.site).unwrap())
}

#[test]
fn a_closed_room_a_crowd_and_a_seat_that_is_not_there_are_told() {
    let mut desk = seated(20);
    desk.does(&Break(|work| change_room(work, |room| RoomRow { closed: Some("停电".into()), ..room })));
    let report = check(&desk.site).unwrap();
    assert_eq!(report.closed.iter().map(|c| (c.room, c.people)).collect::<Vec<_>>(), [(1, 20), (1, 20)]);
    assert_eq!(told(&desk, Lang::Chinese)[0], "第 1 考场已停用（停电），仍有 20 人（theory-1）");
    let mut desk = seated(20);
    desk.does(&Break(|work| change_room(work, |room| RoomRow { places: Some(19), ..room })));
    let report = check(&desk.site).unwrap();
    assert_eq!((report.crowded[0].people, report.crowded[0].most, report.findings()), (20, 19, 2));
    let mut desk = seated(20);
    desk.does(&Break(|work| change_room(work, |room| RoomRow { rows: 6, columns: 3, ..room })));
    let report = check(&desk.site).unwrap();
    let seats: Vec<_> = report.bad_seats.iter().filter(|b| b.session == "theory-1").map(|b| b.who.seat).collect();
    assert_eq!(seats, [19, 20]);
}

#[test]
fn one_person_in_two_places_at_one_time_is_told() {
    let mut desk = seated(4);
    desk.does(&Break(|work| {
        let batch = work.batch()?.id;
        let (starts_at, ends_at) = (Stamp::read("2023-10-15 09:30").unwrap(), Stamp::read("2023-10-15 11:00"));
        let id = kaowu::model::SessionId(90);
        let code = "extra".to_owned();
        work.tx.insert(&SessionRow {
            id,
            batch,
            code,
            subject: Subject::Theory,
            starts_at,
            ends_at,
            mode: None,
            levels: Some("0".into()),
        })?;
        let seat = rows::first::<PlacementRow>(work.tx.db(), "ORDER BY id", [])?.unwrap();
        let next = work.tx.next_id::<PlacementRow>()?;
        Ok(work.tx.insert(&PlacementRow { id: next, session: id, seat: 30, ..seat })?)
    }));
    let report = check(&desk.site).unwrap();
    assert_eq!(report.two_places.len(), 2, "with the theory before it and the practical part behind it: {report:?}");
    assert!(report.two_places.iter().any(|t| t.one.0 == "theory-1" && t.other == ("extra".into(), 1, 30)));
}

#[test]
fn a_special_need_that_somebody_else_sits_on_is_told() {
    let mut desk = seated(6);
    let all = placements(&desk);
    let (sits, wants) = (all[0].clone(), all[3].application);
    desk.does(&Plant { needs: vec![need(wants, Some((sits.room, sits.seat)))], ..Plant::default() });
    let report = check(&desk.site).unwrap();
    let name = applications(&desk).into_iter().find(|a| a.id == sits.application).unwrap().name;
    assert_eq!((report.needs.len(), report.needs[0].taken_by.as_deref()), (1, Some(name.as_str())));
    assert_eq!(report.needs[0].sessions, ["theory-1", "practical-1"]);
    assert!(told(&desk, Lang::English)[0].contains("has a special need (轮椅), but"));
}

/// A and B papers alternate along rows and columns in every grid, order and side; a check that ever finds a pair has found
/// a broken program.
#[test]
fn no_neighbour_has_the_same_paper() {
    for (rows, columns) in [(1, 7), (6, 5), (5, 4), (3, 3)] {
        for order in [SeatOrder::Serpentine, SeatOrder::Straight] {
            for door in [Side::Left, Side::Right] {
                let seating = Seating {
                    rows,
                    columns,
                    order,
                    door,
                    max_per_room: 30,
                    merge_remainder: 0,
                    separate_colleagues: true,
                    paper_forms: 2,
                    same_seat: true,
                };
                let form = |row, column| seating.paper_form(seating.seat(Position { row, column })?);
                for row in 0..rows {
                    for column in 0..columns {
                        let here = form(row, column).unwrap();
                        assert!([form(row + 1, column), form(row, column + 1)].iter().all(|next| *next != Some(here)));
                    }
                }
                assert_eq!(
                    seating.paper_form(seating.seat(Position { row: 0, column: 0 }).unwrap()),
                    Some(PaperForm::A)
                );
            }
        }
    }
    let mut desk = open("nmg-2023", "[seating]\npaper_forms = 2\n");
    strangers(&mut desk, 40);
    desk.does(&Arrange { seed: 1 });
    assert_eq!(check(&desk.site).unwrap().same_papers, []);
}

#[test]
fn the_command_tells_each_finding_and_ends_with_one() {
    let shell = Shell::seated(30).0;
    let clean = shell.run("seat check");
    let report = shell.run("seat check --json").json();
    let pairs = report["colleagues"].as_array().unwrap().len();
    assert_eq!(clean.status, i32::from(pairs > 0));
    let mut late = shell.run("seat check --json");
    assert!(late.json()["unseated"].as_array().unwrap().is_empty());
    let codes =
        kaowu::bundle::codes::Codes::load(&|name| kaowu::config::Assets::default().read(&format!("codes/{name}")));
    shell.sheet(&kaowu::ops::demo::people::rows(&codes.unwrap(), 1, 31)[30..]);
    late = shell.run("seat check");
    assert_eq!(late.status, 1);
    assert!(late.out.contains("没有座位（theory-1 practical-1）：待编排"), "{}", late.out);
    assert!(late.err.contains("处问题"), "{}", late.err);
}

#[test]
fn the_summary_says_that_nothing_is_wrong() {
    let desk = seated(5);
    let (locale, _) = Locale::load(desk.site.assets(), Lang::English);
    let said = summary(&locale, &check(&desk.site).unwrap());
    assert!(said.starts_with("Nothing is wrong: 5 people, 1 rooms. Looked at:"), "{said}");
    assert!(said.contains("broken seats and closed rooms") && said.contains("special needs"), "{said}");
    assert_eq!(rooms(&desk)[0].kind, RoomKind::Desks);
}
