//! Admission tickets: numbers given, void, given anew; the window for the sheets; finding one.
use crate::harness::{Desk, Screen, Shell};
use kaowu::model::{ApplicationId, Role, Stamp};
use kaowu::ops::applications::by_id;
use kaowu::ops::prints::{Form, Format, Scope};
use kaowu::ops::tickets::{self, Issue, Print, Reissue, TicketState, Void, Window};
use kaowu::ops::{Operation, PlacementRow, Result, TicketRow, VoidTicketRow, Work, history};
use kaowu::store::rows;
use serde::Serialize;

const ONE: ApplicationId = ApplicationId(1);

fn void(reason: &str) -> Void {
    Void { application: ONE, reason: reason.into() }
}

fn reissue(reason: &str) -> Reissue {
    Reissue { application: ONE, reason: reason.into() }
}

fn number(desk: &Desk, who: ApplicationId) -> Option<String> {
    let name = by_id(&desk.site, who).unwrap().name;
    let id_number = by_id(&desk.site, who).unwrap().id_number;
    tickets::of_person(&desk.site, &name, &id_number).unwrap()[0].number.clone()
}

/// Takes a ticket away without a trace, as if it had never been given.
#[derive(Serialize)]
struct Forget(ApplicationId);

impl Operation for Forget {
    const KIND: &'static str = "tickets.void";
    const ROLES: &'static [Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let row = rows::first::<TicketRow>(work.tx.db(), "WHERE application = ?1", [self.0])?.unwrap();
        Ok(work.tx.delete(&row)?)
    }
}

#[derive(Serialize)]
struct Unseat(ApplicationId);

impl Operation for Unseat {
    const KIND: &'static str = "seating.arrange";
    const ROLES: &'static [Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for row in rows::select::<PlacementRow>(work.tx.db(), "WHERE application = ?1", [self.0])? {
            work.tx.delete(&row)?;
        }
        Ok(())
    }
}

/// A site under the notice of 2024, whose window for tickets is 09-14 to 09-20; seated, the clock at a time of its own.
fn windowed(clock: &str) -> (Desk, tempfile::TempDir) {
    let mut desk = Desk::new();
    desk.open_batch_of("wushen-2024");
    desk.clock().set(Stamp::parse("2024-08-20T10:00:00+08:00").unwrap());
    desk.people(3);
    desk.reviewed();
    desk.does(&PlantSeats);
    desk.does(&Issue::All);
    desk.clock().set(Stamp::parse(clock).unwrap());
    (desk, tempfile::tempdir().unwrap())
}

/// Everybody in one room, in every session.
#[derive(Serialize)]
struct PlantSeats;

impl Operation for PlantSeats {
    const KIND: &'static str = "seating.arrange";
    const ROLES: &'static [Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        use kaowu::model::{RoomId, RoomKind, VenueId};
        let batch = work.batch()?.id;
        let (venue, room) = (VenueId(1), RoomId(1));
        let name = "第一中学".to_owned();
        work.tx.insert(&kaowu::ops::VenueRow {
            id: venue,
            batch,
            code: 1,
            name,
            unit: None,
            address: None,
            phone: None,
        })?;
        work.tx.insert(&kaowu::ops::RoomRow {
            id: room,
            batch,
            venue,
            number: 1,
            kind: RoomKind::Desks,
            rows: 6,
            columns: 5,
            rounds: 1,
            places: None,
            door: None,
            name: None,
            closed: None,
            made: false,
        })?;
        let people = rows::select::<kaowu::ops::ApplicationRow>(work.tx.db(), "WHERE batch = ?1 ORDER BY id", [batch])?;
        for session in rows::select::<kaowu::ops::SessionRow>(work.tx.db(), "WHERE batch = ?1", [batch])? {
            for (seat, person) in (1..).zip(&people) {
                let id = work.tx.next_id::<PlacementRow>()?;
                work.tx.insert(&PlacementRow { id, session: session.id, room, seat, application: person.id })?;
            }
        }
        Ok(())
    }
}

#[test]
fn numbers_are_given_to_those_seated_without_one() {
    let mut desk = Desk::seated(3);
    assert_eq!(desk.refused(&Issue::All), "tickets.nobody_waits");
    desk.does(&Forget(ONE));
    assert_eq!(tickets::counts(&desk.site).unwrap().waiting, 1);
    let given = desk.does(&Issue::All);
    assert_eq!(given.len(), 1);
    assert_eq!(number(&desk, ONE).as_ref(), given.first());
    assert!(desk.site.policy().unwrap().ticket.template.contains("{seat:2}"));
    desk.does(&Forget(ONE));
    desk.does(&Unseat(ONE));
    assert_eq!(desk.refused(&Issue::These(vec![ONE])), "seating.ticket_without_seat");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&Issue::All), "duty.role_needed");
}

#[test]
fn a_void_number_is_never_given_again() {
    let mut desk = Desk::seated(3);
    let first = number(&desk, ONE).unwrap();
    assert_eq!(desk.refused(&void("  ")), "tickets.reason_needed");
    assert_eq!(desk.does(&void("遗失")), first);
    assert_eq!(desk.refused(&void("遗失")), "tickets.no_ticket");
    assert_eq!(tickets::counts(&desk.site).unwrap().void, 1);
    // A number in the place of a void one needs a reason.
    assert_eq!(desk.refused(&Issue::These(vec![ONE])), "tickets.was_void");
    assert_eq!(desk.refused(&Issue::All), "tickets.nobody_waits");
    let again = desk.does(&reissue("遗失补发"));
    assert_eq!(again.old, first);
    assert_ne!(again.new, first);
    // Again and again, and never one that was there before.
    let mut seen = vec![first, again.new];
    for _ in 0..5 {
        let next = desk.does(&reissue("污损"));
        assert_eq!(Some(&next.old), seen.last());
        assert!(!seen.contains(&next.new), "{seen:?} {}", next.new);
        seen.push(next.new);
    }
    let rows: Vec<VoidTicketRow> = desk.does(&VoidRows);
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().any(|row| row.reason == "遗失"));
}

#[derive(Serialize)]
struct VoidRows;

impl Operation for VoidRows {
    const KIND: &'static str = "tickets.void";
    const ROLES: &'static [Role] = &[];
    type Out = Vec<VoidTicketRow>;
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Vec<VoidTicketRow>> {
        Ok(rows::select(work.tx.db(), "ORDER BY id", [])?)
    }
}

#[test]
fn voiding_and_reissuing_can_be_taken_back() {
    let mut desk = Desk::seated(3);
    let first = number(&desk, ONE).unwrap();
    let op = desk.try_to(&reissue("遗失")).unwrap().op.unwrap();
    desk.does(&history::Undo { op, reason: "找到了".into() });
    assert_eq!(number(&desk, ONE).unwrap(), first);
    assert_eq!(tickets::replaced(&desk.site, &first).unwrap(), None);
}

#[test]
fn an_old_number_names_the_new_one_at_the_door_and_in_a_search() {
    let mut desk = Desk::seated(3);
    let old = number(&desk, ONE).unwrap();
    desk.does(&void("遗失"));
    let theory = kaowu::ops::batch::sessions(&desk.site).unwrap()[0].id;
    let at_door = |desk: &Desk, code: &str| {
        let error = kaowu::ops::checkin::exactly(&desk.site, theory, code).unwrap_err();
        error.refusal().unwrap().clone()
    };
    assert_eq!(at_door(&desk, &old).code.0, "tickets.is_void");
    let new = desk.does(&reissue("遗失")).new;
    let refusal = at_door(&desk, &old);
    assert_eq!(refusal.code.0, "tickets.replaced");
    assert_eq!(refusal.get("by").unwrap().to_string(), new);
    assert_eq!(kaowu::ops::checkin::exactly(&desk.site, theory, &new).unwrap(), ONE);
    let found = tickets::find(&desk.site, &old).unwrap();
    assert_eq!(found.iter().map(|l| l.number.clone()).collect::<Vec<_>>(), [Some(new.clone())]);
    // The same on the screens.
    let mut screen = Screen::open(desk, "checkin");
    screen.type_text(&old).press("enter").sees(&new);
}

/// S0-37: inside the window, refused outside it, and a coordinator's reason lifts that.
#[test]
fn sheets_are_made_inside_the_window_s0_37() {
    let (mut desk, folder) = windowed("2024-09-13T23:59:00+08:00");
    let print = |desk: &mut Desk, over: Option<&str>| {
        let mut printed = Form::find("ticket").unwrap().print(&desk.site, &Scope::default(), Format::Html).unwrap();
        printed.over = over.map(str::to_owned);
        printed.put(&mut desk.site, folder.path())
    };
    let code = |result: Result<_>| -> &'static str {
        let result: Result<(std::path::PathBuf, Option<kaowu::model::OpNo>)> = result;
        result.unwrap_err().refusal().unwrap().code.0
    };
    assert_eq!(code(print(&mut desk, None)), "tickets.window_not_open");
    assert_eq!(code(print(&mut desk, Some(" "))), "tickets.window_not_open");
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "nothing is written");
    assert_eq!(tickets::window(&desk.site).unwrap(), Window::Before { opens: "2024-09-14".parse().unwrap(), days: 1 });
    desk.clock().set(Stamp::parse("2024-09-14T00:00:00+08:00").unwrap());
    let closes = "2024-09-20".parse().unwrap();
    assert_eq!(tickets::window(&desk.site).unwrap(), Window::Open { closes, days: 6 });
    let (path, op) = print(&mut desk, None).unwrap();
    assert!(path.exists() && op.is_some());
    let lines = tickets::page(&desk.site, Some(TicketState::Printed), 10).unwrap();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0].printed_at, Some(desk.site.now()));
    desk.clock().set(Stamp::parse("2024-09-20T23:59:59+08:00").unwrap());
    assert!(print(&mut desk, None).is_ok(), "the last day counts as a whole");
    desk.clock().set(Stamp::parse("2024-09-21T00:00:00+08:00").unwrap());
    assert_eq!(code(print(&mut desk, None)), "tickets.window_closed");
    assert!(print(&mut desk, Some("考生补打")).is_ok());
    assert_eq!(tickets::window(&desk.site).unwrap(), Window::After { closed: closes });
    // The reason is a coordinator's to give.
    desk.sign_on("reviewer");
    let file = "x.html".to_owned();
    let over = Print { applications: vec![ONE], whole: 0, file, over: Some("补打".into()) };
    assert_eq!(desk.refused(&over), "duty.role_needed");
}

/// S0-37: by name and whole ID number; one of them alone, or a wrong one, finds nobody.
#[test]
fn a_candidate_finds_a_ticket_by_name_and_id_number_s0_37() {
    let desk = Desk::seated(5);
    let person = by_id(&desk.site, ApplicationId(2)).unwrap();
    let found = tickets::of_person(&desk.site, &format!(" {} ", person.name), &person.id_number).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].application, found[0].state()), (person.id, TicketState::Issued));
    let other = by_id(&desk.site, ApplicationId(3)).unwrap();
    for (name, id) in [
        (person.name.as_str(), other.id_number.as_str()),
        (&other.name, &person.id_number),
        (&person.name, &person.id_number[14..]),
        ("", &person.id_number),
    ] {
        let error = tickets::of_person(&desk.site, name, id).unwrap_err();
        assert_eq!(error.refusal().unwrap().code.0, "tickets.nobody_by_name", "{name} {id}");
    }
}

#[test]
fn the_commands_give_void_and_find() {
    let (shell, numbers) = Shell::seated(3);
    let first = numbers[0].as_str();
    let refused = shell.run(&format!("ticket void {first}"));
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("--reason"), "{}", refused.err);
    let gone = shell.run(&format!("ticket void {first} --reason 遗失 --json")).done().json();
    assert_eq!(gone["void"], first);
    let listed = shell.run("ticket list --state void --json").done().json();
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["state"]), (1, &serde_json::json!("void")));
    let again = shell.run(&format!("ticket reissue {first} --reason 遗失补发 --json")).done().json();
    let new = again["number"].as_str().unwrap().to_owned();
    assert_ne!(new, first);
    let found = shell.run(&format!("ticket find {first}")).done();
    assert!(found.out.contains(&new), "{}", found.out);
    assert!(found.err.contains("作废") && found.err.contains(&new), "{}", found.err);
    assert_eq!(shell.run("ticket issue").status, 1);
    let one = shell.run(&format!("ticket find {new} --json")).done().json();
    let name = one[0]["name"].as_str().unwrap().to_owned();
    assert!(one[0]["id_number"].as_str().unwrap().contains('*'), "{one}");
    let wrong = shell.run_args(&["ticket", "find", "--name", &name, "--id", "150699199001010017"], "");
    assert_eq!(wrong.status, 1, "{}", wrong.out);
    let printed = shell.run(&format!("ticket print {new} --out sheets --json")).done().json();
    assert_eq!(printed["people"], 1);
    assert!(std::fs::read_to_string(shell.path(printed["file"].as_str().unwrap())).unwrap().contains(&new));
    let all = shell.run("ticket list --json").done().json();
    let states: Vec<_> = all.as_array().unwrap().iter().map(|l| l["state"].as_str().unwrap()).collect();
    assert_eq!(states.iter().filter(|s| **s == "printed").count(), 1, "{states:?}");
}

#[test]
fn the_page_voids_reissues_finds_and_shows_the_window() {
    let mut desk = Desk::seated(4);
    desk.does(&Forget(ApplicationId(4)));
    let old = number(&desk, ONE).unwrap();
    let mut screen = Screen::open(desk, "seating");
    screen.press("ctrl-v").type_text("准考证").press("enter");
    screen.sees("待编号 1").sees("随时可打印").sees("待编号");
    screen.press("n").sees("已发放 1 个").sees("待编号 0");
    screen.press("/").type_text(&old).press("enter").sees(&old);
    screen.press("v").sees("作废后不再使用").type_text("遗失").press("enter").sees("已作废").sees("作废未换发 1");
    screen.press("r").type_text("补发").press("enter").sees("→").sees("由").sees("作废未换发 0");
    screen.press("esc").sees("全部");
    screen.press("s s").sees("状态：已作废").sees("没有找到");
    screen.press("esc esc").sees_not("状态：");
}

#[test]
fn the_page_asks_why_outside_the_window_s0_37() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, _keep) = windowed("2024-09-22T09:00:00+08:00");
    let mut screen = Screen::open(desk, "seating");
    screen.press("ctrl-v").type_text("准考证").press("enter").sees("已于 2024-09-20 截止");
    // In memory there is no folder to write into; what is asked for comes first.
    screen.press("p").sees("不在打印时间内").type_text("补打").press("enter").sees("没有文件夹");
    drop(folder);
}
