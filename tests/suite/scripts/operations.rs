//! The operations through the one door.
use super::{Lock, THEORY, every_room, first_room, save, sealed_pile, typed_by_two};
use crate::harness::Desk;
use kaowu::model::{ApplicationId, RoomId, Subject};
use kaowu::ops::entry::{self, Stage};
use kaowu::ops::history::{Undo, next_undo};
use kaowu::ops::results::{self, Filter, Outcome, Standing};
use kaowu::ops::scripts::{self, Address, Ask, Draw, Label, Open};

fn ask() -> Ask {
    Ask { session: THEORY, reason: "成绩已锁定".into() }
}

/// S0-23: the whole way of a sealed mark: numbers, two entries under them, lock, asked by one and opened by another.
#[test]
fn a_mark_goes_from_sealed_to_open_by_two_people_s0_23() {
    let mut desk = Desk::seated(6);
    let drawn = desk.does(&every_room());
    assert_eq!((drawn.bags.len(), drawn.numbers), (1, 6));
    typed_by_two(&mut desk, "77.5");
    assert_eq!(desk.refused(&ask()), "script.not_locked");
    desk.does(&Lock(THEORY));
    assert_eq!(desk.refused(&Open { session: THEORY }), "script.not_asked");
    assert_eq!(desk.refused(&Ask { reason: " ".into(), ..ask() }), "script.reason_needed");
    desk.does(&ask());
    assert_eq!(desk.refused(&ask()), "script.asked_already");
    assert_eq!(desk.refused(&Open { session: THEORY }), "script.other_person");
    assert_eq!(scripts::map(&desk.site, THEORY).unwrap_err().refusal().unwrap().code.0, "script.not_open");
    desk.sign_on("approver");
    desk.does(&Open { session: THEORY });
    let map = scripts::map(&desk.site, THEORY).unwrap();
    assert_eq!(map.len(), 6);
    assert_eq!(map.iter().map(|m| m.seat).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert!(scripts::map(&desk.sign_on("auditor").site, THEORY).is_ok());
    assert_eq!(
        scripts::map(&desk.sign_on("typist-a").site, THEORY).unwrap_err().refusal().unwrap().code.0,
        "duty.any_role_needed"
    );
    assert_eq!(desk.sign_on("approver").refused(&Open { session: THEORY }), "script.none_sealed");
    let open = next_undo(&desk.site).unwrap();
    assert_eq!(desk.refused(&Undo { op: open, reason: "x".into() }), "history.never_undone");
    // The marks are told now.
    let rows = results::outcomes(&desk.site, &Filter::default()).unwrap();
    assert!(rows.iter().all(|r| r.theory == Standing::Points(kaowu::model::Points::parse("77.5").unwrap())));
}

/// The other person is held by the table too.
#[test]
fn who_asks_never_opens_not_even_past_the_operation() {
    let mut desk = Desk::seated(3);
    desk.does(&every_room());
    desk.does(&Lock(THEORY));
    desk.does(&ask());
    assert!(desk.try_to(&OpenAsAsker).is_err());
}

#[derive(serde::Serialize)]
struct OpenAsAsker;

impl kaowu::ops::Operation for OpenAsAsker {
    const KIND: &'static str = "test.open";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut kaowu::ops::Work<'_, '_>) -> kaowu::ops::Result<()> {
        let row = kaowu::store::rows::first::<kaowu::ops::ScriptBagRow>(work.tx.db(), "", [])?.unwrap();
        let after = kaowu::ops::ScriptBagRow { unsealed_at: Some(work.now), unsealed_by: row.asked_by, ..row.clone() };
        Ok(work.tx.update(&row, &after)?)
    }
}

#[test]
fn a_seed_gives_the_same_numbers_and_they_say_nothing_of_seats() {
    let numbers = |seed: u64| {
        let mut desk = Desk::seated(12);
        desk.does(&Draw { seed, ..every_room() });
        let (pile, papers) = sealed_pile(&desk);
        let order: Vec<_> = papers.iter().map(|p| p.application).collect();
        (pile.bag, papers.into_iter().map(|p| p.script.unwrap()).collect::<Vec<_>>(), order)
    };
    let (first, again, other) = (numbers(7), numbers(7), numbers(8));
    assert_eq!(first, again);
    assert_ne!(first.1, other.1);
    assert_ne!(first.2, other.2, "the order of the pile follows from the numbers alone");
    let mut sorted = first.1.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted, first.1);
    assert!(first.1.iter().all(|n| n.len() == 6 && n.bytes().all(|b| b.is_ascii_digit())));
}

#[test]
fn a_room_that_is_typed_by_name_does_not_hold_up_the_others() {
    let mut desk = Desk::seated(40);
    desk.sign_on("typist-a").does(&save(ApplicationId(1), "70"));
    let drawn = desk.sign_on("coordinator").does(&every_room());
    assert!(drawn.bags.len() == 1 && drawn.numbers < 40, "{drawn:?}");
}

#[test]
fn nothing_is_drawn_once_something_is_typed_and_later_comers_still_get_a_number() {
    let mut desk = Desk::seated(4);
    desk.sign_on("typist-a").does(&save(ApplicationId(1), "70"));
    assert_eq!(desk.sign_on("coordinator").refused(&every_room()), "script.entered");
    let mut desk = Desk::seated(4);
    desk.does(&first_room());
    assert_eq!(desk.refused(&first_room()), "script.nobody");
    let before: Vec<_> = sealed_pile(&desk).1.into_iter().map(|p| p.script).collect();
    let one = sealed_pile(&desk).1[0].application;
    desk.sign_on("typist-a").does(&save(one, "70"));
    desk.sign_on("coordinator");
    late(&mut desk);
    let late = desk.find("迟来人");
    assert_eq!(sealed_pile(&desk).1.len(), 4, "who has no number is not of the pile");
    assert_eq!(desk.sign_on("typist-a").refused(&save(late, "70")), "script.not_drawn");
    let drawn = desk.sign_on("coordinator").does(&first_room());
    assert_eq!(drawn.numbers, 1);
    let after: Vec<_> = sealed_pile(&desk).1.into_iter().map(|p| p.script).collect();
    assert_eq!(after.len(), 5);
    assert!(before.iter().all(|n| after.contains(n)));
}

/// Somebody who is seated after the draw, in the same room.
fn late(desk: &mut Desk) {
    filed_late(desk);
    let application = desk.find("迟来人");
    desk.does(&kaowu::ops::seating::edit::Place { application, to: None });
}

/// Somebody who may be seated and has no seat.
pub fn filed_late(desk: &mut Desk) {
    use kaowu::ops::demo::people;
    let codes = desk.site.codes().unwrap();
    let mut rows = people::rows(&codes, 1, 9);
    let mut row = rows.pop().unwrap();
    let name = people::HEADINGS.iter().position(|h| *h == "姓名").unwrap();
    row[name] = "迟来人".into();
    desk.sheet(&[row]);
    desk.reviewed();
    desk.does(&kaowu::ops::applications::RecordFee::All);
}

#[test]
fn a_draw_is_taken_back_only_while_nothing_is_typed() {
    let mut desk = Desk::seated(4);
    desk.does(&every_room());
    let draw = next_undo(&desk.site).unwrap();
    desk.does(&Undo { op: draw, reason: "错场".into() });
    assert!(entry::piles(&desk.site).unwrap().iter().all(|p| !p.is_sealed()));
    desk.does(&every_room());
    let draw = next_undo(&desk.site).unwrap();
    let one = sealed_pile(&desk).1[0].application;
    desk.sign_on("typist-a").does(&save(one, "70"));
    assert_eq!(desk.sign_on("coordinator").refused(&Undo { op: draw, reason: "x".into() }), "script.typed_since");
}

/// A redo brings the numbers again: it is taken back as the draw is.
#[test]
fn a_draw_that_was_brought_again_is_taken_back_no_later() {
    let mut desk = Desk::seated(4);
    desk.does(&every_room());
    for _ in 0..4 {
        let op = kaowu::ops::history::page(&desk.site, &Default::default(), None, 1).unwrap()[0].operation;
        desk.does(&Undo { op, reason: "试".into() });
    }
    let redo = kaowu::ops::history::page(&desk.site, &Default::default(), None, 1).unwrap()[0].operation;
    let one = sealed_pile(&desk).1[0].application;
    desk.sign_on("typist-a").does(&save(one, "70"));
    assert_eq!(desk.sign_on("coordinator").refused(&Undo { op: redo, reason: "x".into() }), "script.typed_since");
    assert!(sealed_pile(&desk).0.is_sealed());
}

/// Nobody leaves the room whose bag has their number.
#[test]
fn whoever_has_a_number_keeps_their_seat() {
    let mut desk = Desk::seated(4);
    desk.does(&every_room());
    let unseat = kaowu::ops::seating::edit::Unseat { application: ApplicationId(1), reason: "退出".into() };
    assert_eq!(desk.refused(&unseat), "script.seat_drawn");
}

#[test]
fn labels_are_for_sealing_only() {
    let mut desk = Desk::seated(4);
    let label = Label { session: THEORY, room: RoomId(1) };
    assert_eq!(desk.refused(&label), "script.no_bag");
    desk.does(&every_room());
    let labels = desk.does(&label);
    assert_eq!(labels.numbers.iter().map(|(seat, _)| *seat).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(desk.sign_on("typist-a").refused(&label), "duty.role_needed");
    let one = sealed_pile(&desk).1[0].application;
    desk.does(&save(one, "70"));
    assert_eq!(desk.sign_on("coordinator").refused(&label), "script.begun");
}

#[test]
fn a_paper_under_a_number_is_addressed_by_it_alone() {
    let mut desk = Desk::seated(4);
    desk.does(&every_room());
    let (_, papers) = sealed_pile(&desk);
    let number = papers[0].script.clone().unwrap();
    let found = scripts::paper(&desk.site, &number, Address::Script, Subject::Theory).unwrap();
    assert_eq!(found, papers[0].application);
    let code = |r: kaowu::ops::Result<ApplicationId>| r.unwrap_err().refusal().unwrap().code.0;
    let tickets = kaowu::ops::results::outcomes(&desk.site, &Filter::default()).unwrap();
    let ticket = tickets[0].ticket.clone().unwrap();
    assert_eq!(code(scripts::paper(&desk.site, &ticket, Address::Ticket, Subject::Theory)), "script.use_number");
    assert_eq!(code(scripts::paper(&desk.site, "1", Address::Script, Subject::Theory)), "script.unknown_number");
    assert_eq!(code(scripts::paper(&desk.site, &number, Address::Script, Subject::Practical)), "script.other_part");
    // The practical session was not drawn.
    assert!(scripts::paper(&desk.site, &ticket, Address::Ticket, Subject::Practical).is_ok());
}

/// S1-35: a part that is not told yet makes nobody pass, and the reason is said.
#[test]
fn a_sealed_mark_keeps_a_person_incomplete_and_says_why_s1_35() {
    let mut desk = Desk::seated(4);
    desk.does(&every_room());
    typed_by_two(&mut desk, "88.5");
    let rows = results::outcomes(&desk.site, &Filter::default()).unwrap();
    assert!(rows.iter().all(|r| r.theory == Standing::Sealed && matches!(r.outcome, Outcome::Incomplete { .. })));
    let missing = results::missing(&desk.site, 100).unwrap();
    let sealed = missing.rows.iter().filter(|m| m.subject == Subject::Theory);
    assert!(sealed.clone().count() == 4 && sealed.into_iter().all(|m| m.why == results::Why::Sealed));
    assert_eq!(results::board(&desk.site).unwrap().spreads[0].marked(), 0);
    let standing = entry::standing(&desk.site, ApplicationId(1)).unwrap();
    assert_eq!((standing[0].state, standing[0].mark), ("sealed", None));
}

#[test]
fn an_absent_candidates_blank_script_has_a_number_too() {
    let mut desk = Desk::seated(3);
    desk.does(&crate::marks::Attend(ApplicationId(2), kaowu::model::AttendanceState::Absent));
    desk.does(&crate::marks::Attend(ApplicationId(3), kaowu::model::AttendanceState::Present));
    desk.does(&every_room());
    let (pile, papers) = sealed_pile(&desk);
    let came = |id: i64| papers.iter().find(|p| p.application == ApplicationId(id)).unwrap().attendance;
    assert_eq!((pile.counts.expected, papers.len()), (3, 3));
    assert_eq!(came(2), Some(kaowu::model::AttendanceState::Absent));
    assert_eq!(came(3), Some(kaowu::model::AttendanceState::Present));
    assert!(entry::pile(&desk.site, &pile).unwrap().iter().all(|(_, stage)| *stage == Stage::Empty));
}

/// The policy decides whether numbers are drawn at all, and whether anything is typed without.
#[test]
fn the_policy_forbids_or_demands_numbers() {
    for (value, draw, typed) in [("off", "script.off", ""), ("required", "", "script.draw_first")] {
        let mut desk = under(value);
        assert_eq!(outcome(desk.try_to(&every_room())), draw);
        let mut desk = under(value);
        assert_eq!(outcome(desk.sign_on("typist-a").try_to(&save(ApplicationId(1), "70"))), typed);
    }
}

fn outcome<T>(done: kaowu::ops::Result<T>) -> &'static str {
    done.err().map_or("", |error| error.refusal().unwrap().code.0)
}

fn under(script_numbers: &str) -> Desk {
    let assets = kaowu::config::Assets::default();
    let adopted = kaowu::policy::load("nmg-2023", &|c| assets.read(&format!("policies/{c}.toml"))).unwrap();
    let mut text: toml::Table = adopted.text.parse().unwrap();
    let marking = text.get_mut("marking").and_then(|m| m.as_table_mut()).unwrap();
    marking.insert("script_numbers".into(), script_numbers.into());
    let policy = kaowu::policy::from_text(&toml::to_string(&text).unwrap()).unwrap();
    let mut desk = Desk::new();
    desk.does(&kaowu::ops::batch::Open { code: "nmg-2023".into(), name: "2023".into(), policy });
    desk.site.choose_batch(None).unwrap();
    desk.people(3);
    desk.reviewed();
    desk.does(&kaowu::ops::applications::RecordFee::All);
    desk.does(&kaowu::ops::seating::Arrange { seed: 1 });
    desk
}
