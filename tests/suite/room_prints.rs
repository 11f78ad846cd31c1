//! The forms of exam rooms, what is put up, ticket sheets and the handbook: what stands on them, in both formats.
use crate::harness::{Desk, Shell};
use calamine::{Reader, Xlsx};
use kaowu::model::{ApplicationId, Duty, Role, Stamp};
use kaowu::ops::applications::by_id;
use kaowu::ops::checkin;
use kaowu::ops::prints::{FORMS, Form, Format, Ids, Scope, Takes, readiness};
use kaowu::ops::{AssignmentOrigin, AssignmentRow, Operation, Result, RoomRow, StaffRow, VenueRow, Work, batch};
use kaowu::store::rows;
use serde::Serialize;
use std::io::Cursor;

fn html(desk: &Desk, form: &str, scope: &Scope) -> String {
    String::from_utf8(Form::find(form).unwrap().print(&desk.site, scope, Format::Html).unwrap().bytes).unwrap()
}

fn book(desk: &Desk, form: &str, scope: &Scope) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = Form::find(form).unwrap().print(&desk.site, scope, Format::Xlsx).unwrap().bytes;
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn cells(book: &mut Xlsx<Cursor<Vec<u8>>>) -> Vec<String> {
    let names = book.sheet_names();
    let mut all = Vec::new();
    for name in names {
        all.extend(book.worksheet_range(&name).unwrap().cells().map(|(_, _, cell)| cell.to_string()));
    }
    all
}

fn only(session: &str, room: i64) -> Scope {
    Scope { session: Some(session.into()), room: Some(room), ..Scope::default() }
}

/// The names of those in a room of the theory session, by seat.
fn seated(desk: &Desk, room: i64) -> Vec<(i64, String, String)> {
    let theory = batch::sessions(&desk.site).unwrap()[0].id;
    let all = checkin::register(&desk.site, theory, None).unwrap();
    let here = all.into_iter().filter(|s| s.room_number == room);
    here.map(|s| (s.seat, s.name.clone(), s.ticket.unwrap())).collect()
}

/// S0-34, S0-35: theory and practical have their own sheets with their own times; a room is a page, thirty fit on it.
#[test]
fn a_sign_in_sheet_for_each_room_and_session_s0_34_s0_35_s1_31() {
    let desk = Desk::seated(40);
    let all = html(&desk, "sign-in", &Scope::default());
    assert_eq!(all.matches("<section").count(), 4, "two rooms in two sessions");
    assert!(all.contains("2023年10月15日 08:30—10:00") && all.contains("2023年10月15日 10:30—12:30"), "{all}");
    let one = html(&desk, "sign-in", &only("theory-1", 1));
    assert_eq!(one.matches("<section").count(), 1);
    assert_eq!(one.matches("<tr style=\"height: 7mm\">").count(), 31, "thirty and the head");
    assert!(one.contains("<thead>") && one.contains("理论知识考试") && !one.contains("操作技能"));
    for (seat, name, ticket) in seated(&desk, 1) {
        assert!(one.contains(&format!("<th>{seat}</th><td>{ticket}</td><td>{name}</td>")), "{seat} {name}");
    }
    for id in 1..=40 {
        assert!(!all.contains(&by_id(&desk.site, ApplicationId(id)).unwrap().id_number), "identity numbers are masked");
    }
    let mut book = book(&desk, "sign-in", &only("theory-1", 1));
    assert_eq!(book.sheet_names(), ["theory-1 1考场"]);
    let cells = cells(&mut book);
    for (_, name, ticket) in seated(&desk, 1) {
        assert!(cells.contains(&name) && cells.contains(&ticket), "{name}");
    }
}

/// The proctor at the front has the front row nearest, and the candidates' left at the right hand.
#[test]
fn the_seat_chart_is_as_from_the_front() {
    let desk = Desk::seated(30);
    let mut book = book(&desk, "seat-chart", &only("theory-1", 1));
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    let seats: Vec<Vec<String>> =
        range.rows().skip(2).take(6).map(|r| r.iter().map(|c| c.to_string()).collect()).collect();
    let number = |row: usize, column: usize| seats[row][column].split('\u{3000}').next().unwrap().to_owned();
    assert_eq!([number(5, 4), number(5, 3), number(5, 0)], ["01", "12", "25"], "front row at the bottom");
    assert_eq!([number(0, 4), number(0, 0)], ["06", "30"], "last row on top");
    for (seat, name, ticket) in seated(&desk, 1) {
        let place = seats.iter().flatten().find(|c| c.starts_with(&format!("{seat:02}\u{3000}"))).unwrap();
        assert!(place.contains(&name) && place.contains(&ticket), "{place}");
    }
    let below = range.rows().next_back().unwrap().iter().map(|c| c.to_string()).collect::<Vec<_>>().join("|");
    assert!(below.contains("讲台") && below.ends_with('门'), "the door on their left is on the right here: {below}");
}

#[test]
fn labels_and_door_lists_name_everybody_once_for_all_sessions() {
    let desk = Desk::seated(40);
    for form in ["desk-labels", "door-list"] {
        let scope = Scope { room: Some(2), ..Scope::default() };
        let page = html(&desk, form, &scope);
        assert_eq!(page.matches("<section").count(), 1, "{form}: the same seats in both sessions");
        let people = seated(&desk, 2);
        assert_eq!(people.len(), 10);
        for (_, name, ticket) in &people {
            assert_eq!(page.matches(ticket.as_str()).count(), 1, "{form} {name}");
            assert!(page.contains(name.as_str()));
        }
        assert!(!page.contains("*****"), "{form} bears no identity number");
        let cells = cells(&mut book(&desk, form, &scope));
        assert!(people.iter().all(|(_, _, ticket)| cells.iter().any(|c| c.contains(ticket.as_str()))), "{form}");
    }
    let door = html(&desk, "door-list", &only("theory-1", 1));
    assert!(door.contains("08:00 开始入场，08:45 后不得入场"), "gates of the policy: {door}");
}

/// S0-34..36: what is put up tells times, an open end as such; no identity number stands on it.
#[test]
fn posted_lists_have_rooms_names_times_and_rules_s0_34_s0_35_s0_36() {
    let desk = Desk::seated(40);
    let rooms = html(&desk, "room-list", &Scope::default());
    let mut numbers: Vec<_> = seated(&desk, 1).into_iter().map(|(_, _, ticket)| ticket).collect();
    numbers.sort();
    assert!(rooms.contains(&format!("{}<br/>{}", numbers[0], numbers[29])), "first and last number of the room");
    let names = html(&desk, "seat-list", &Scope::default());
    assert_eq!(names.matches("<tr>").count(), 41, "everybody once, and the head");
    assert!(!names.contains("****") && names.contains("<thead>"));
    let times = html(&desk, "timetable", &Scope::default());
    assert!(times.contains("08:30—10:00<br/>90分钟") && times.contains("10:30—12:30<br/>120分钟"), "{times}");
    let rules = html(&desk, "rules", &Scope::default());
    assert!(rules.contains("开考前30分钟起") && rules.contains("考场规则"), "{rules}");
    let mut other = Desk::new();
    other.open_batch_of("wushen-2024");
    let times = html(&other, "timetable", &Scope::default());
    assert!(times.contains("操作技能考核（实操）") && times.contains("14:00 开始"), "an open end: {times}");
}

/// S0-37: the face of the ticket; the code holds the number alone.
#[test]
fn the_ticket_sheet_has_its_face_and_a_code_s0_37() {
    let desk = Desk::seated(3);
    let person = by_id(&desk.site, ApplicationId(1)).unwrap();
    let scope = Scope::people(&[person.id]);
    let printed = Form::find("ticket").unwrap().print(&desk.site, &scope, Format::Html).unwrap();
    assert_eq!((printed.people, printed.ids), (1, Ids::Whole));
    let page = String::from_utf8(printed.bytes).unwrap();
    let (_, _, ticket) = seated(&desk, 1).into_iter().find(|(_, name, _)| *name == person.name).unwrap();
    let sex = person.sex.unwrap().official();
    for part in [
        person.name.as_str(),
        sex,
        &person.id_number,
        &ticket,
        "照片",
        &person.occupation_name,
        "理论知识考试",
        "08:30—10:00",
        "操作技能考核",
        "10:30—12:30",
        "第1考场",
        "考生须知",
    ] {
        assert!(page.contains(part), "{part}:\n{page}");
    }
    assert_eq!(page.matches("<svg").count(), 1);
    // The same picture for the same number, whoever holds it: nothing else is in it.
    let picture = |page: &str| page.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap().to_owned();
    let again = html(&desk, "ticket", &scope);
    assert_eq!(picture(&page), picture(&again));
    assert!(picture(&page).contains("0 0 29 29"), "fourteen digits make the smallest code");
    let cells = cells(&mut book(&desk, "ticket", &scope));
    assert!(cells.contains(&ticket) && cells.contains(&person.id_number));
}

#[test]
fn nobody_seated_and_what_is_not_there_are_told() {
    let desk = Desk::with_batch();
    let code = |scope: &Scope, form: &str, desk: &Desk| {
        let error = Form::find(form).unwrap().print(&desk.site, scope, Format::Html).unwrap_err();
        error.refusal().unwrap().code.0
    };
    for form in ["sign-in", "seat-chart", "desk-labels", "door-list", "room-list", "seat-list", "ticket"] {
        assert_eq!(code(&Scope::default(), form, &desk), "prints.nobody_seated", "{form}");
    }
    let desk = Desk::seated(3);
    assert_eq!(code(&only("theory-9", 1), "sign-in", &desk), "checkin.unknown_session");
    assert_eq!(code(&only("theory-1", 9), "sign-in", &desk), "seating.no_room");
    assert_eq!(code(&Scope { venue: Some(77), ..Scope::default() }, "sign-in", &desk), "prints.no_venue");
    assert_eq!(code(&only("theory-1", 1), "handbook", &desk), "prints.not_taken");
    assert_eq!(code(&Scope::people(&[ApplicationId(1)]), "door-list", &desk), "prints.not_taken");
}

/// A venue with everything, and people on every post.
#[derive(Serialize)]
struct Complete;

impl Operation for Complete {
    const KIND: &'static str = "test.complete";
    const ROLES: &'static [Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let batch = work.batch()?.id;
        let venue = rows::first::<VenueRow>(work.tx.db(), "WHERE batch = ?1", [batch])?.unwrap();
        let (address, phone) = (Some("人民路1号".to_owned()), Some("15400000001".to_owned()));
        work.tx.update(&venue, &VenueRow { address, phone, ..venue.clone() })?;
        let rooms = rows::select::<RoomRow>(work.tx.db(), "WHERE batch = ?1", [batch])?;
        for room in &rooms {
            work.tx.update(room, &RoomRow { name: Some(format!("教学楼{}层", room.number)), ..room.clone() })?;
        }
        let needed: Vec<_> = work.policy()?.staffing.needed.iter().map(|n| (n.duty, None, n.per_venue)).collect();
        let proctors = rooms.iter().map(|room| (Duty::Proctor, Some(room.id), 2));
        let posts: Vec<_> = needed.into_iter().chain(proctors).collect();
        let sessions = rows::select::<kaowu::ops::SessionRow>(work.tx.db(), "WHERE batch = ?1", [batch])?;
        for (duty, room, count) in posts {
            for _ in 0..count {
                let id = work.tx.next_id::<StaffRow>()?;
                let staff = kaowu::model::StaffId(id);
                work.tx.insert(&StaffRow {
                    id: staff,
                    name: format!("工作员{id}"),
                    unit: "考务办".into(),
                    phone: Some(format!("154000001{id:02}")),
                    id_number: None,
                    grade: kaowu::model::AssessorGrade::None,
                    card_no: None,
                    card_until: None,
                    occupations: String::new(),
                    duties: duty.code().into(),
                    kept_by: None,
                    operator: None,
                    retired: false,
                })?;
                for session in &sessions {
                    let id = work.tx.next_id::<AssignmentRow>()?;
                    work.tx.insert(&AssignmentRow {
                        id,
                        session: session.id,
                        venue: venue.id,
                        room,
                        staff,
                        duty,
                        leads: false,
                        origin: AssignmentOrigin::Hand,
                        r#override: None,
                        came_at: None,
                        rating: None,
                    })?;
                }
            }
        }
        Ok(())
    }
}

/// S1-34: five working days before the exam of 2023-10-15, with make-up days 10-07 and 10-08, is 10-09.
#[test]
fn the_handbook_is_a_draft_until_nothing_is_missing_s1_34() {
    let mut desk = Desk::seated(40);
    desk.clock().set(Stamp::parse("2023-10-08T09:00:00+08:00").unwrap());
    let ready = readiness(&desk.site).unwrap();
    assert_eq!((ready.due, ready.days_left), ("2023-10-09".parse().ok(), Some(1)));
    let codes: Vec<_> = ready.missing.iter().map(|m| m.code).collect();
    assert_eq!(codes, ["address", "phone", "room_name", "staff"]);
    assert_eq!(ready.missing[2].what, ["1", "2"]);
    let draft = html(&desk, "handbook", &Scope::default());
    for part in ["草　稿", "报送期限：2023年10月9日", "考点缺地址：测试考点", "尚未安排工作人员"]
    {
        assert!(draft.contains(part), "{part}");
    }
    desk.does(&Complete);
    assert_eq!(readiness(&desk.site).unwrap().missing, []);
    let whole = html(&desk, "handbook", &Scope::default());
    assert!(!whole.contains("草　稿") && !whole.contains("尚缺"));
    for part in [
        "考试时间与科目",
        "人民路1号",
        "15400000001",
        "教学楼2层",
        "组织机构与职责",
        "主考",
        "工作员1",
        "154000001",
        "开考前四十分钟",
        "材料清单",
        "考生须知",
        "应急预案",
        "联系方式",
        "培训记录",
    ] {
        assert!(whole.contains(part), "{part}");
    }
    for (_, name, ticket) in seated(&desk, 2) {
        assert!(whole.contains(&format!("<td>{ticket}</td><td>{name}</td>")), "{name} stands in the list of the room");
    }
    // Forty people in two sessions: eighty papers, four bags.
    assert!(whole.contains("<td>试卷</td><th>80</th>") && whole.contains("<td>试卷袋、答卷袋</td><th>4</th>"));
    let cells = cells(&mut book(&desk, "handbook", &Scope::default()));
    assert!(cells.iter().any(|c| c == "工作员1") && cells.iter().any(|c| c == "人民路1号"));
}

/// One proctor for thirty, a duty nobody has, a phone that is not there: each is named.
#[test]
fn gaps_among_the_staff_are_named() {
    let mut desk = Desk::seated(40);
    desk.does(&Complete);
    desk.does(&TakeAway);
    let missing = readiness(&desk.site).unwrap().missing;
    let found: Vec<_> = missing.iter().map(|m| (m.code, m.what.join(","))).collect();
    assert_eq!(
        found,
        [("proctors", "1".to_owned()), ("duties", "medical".to_owned()), ("staff_phone", "工作员1".to_owned())]
    );
}

#[derive(Serialize)]
struct TakeAway;

impl Operation for TakeAway {
    const KIND: &'static str = "test.take_away";
    const ROLES: &'static [Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let db = work.tx.db();
        for row in rows::select::<AssignmentRow>(db, "WHERE duty = 'medical'", [])? {
            work.tx.delete(&row)?;
        }
        let proctor = rows::first::<AssignmentRow>(db, "WHERE duty = 'proctor' ORDER BY room, id", [])?.unwrap();
        work.tx.delete(&proctor)?;
        let first = rows::first::<StaffRow>(db, "WHERE name = '工作员1'", [])?.unwrap();
        Ok(work.tx.update(&first, &StaffRow { phone: None, ..first.clone() })?)
    }
}

/// Forms with nothing to print at a site that has only its seats, and what they answer there.
const NOTHING_THERE: &[(&str, &str)] = &[
    ("delivery-list", "prints.nothing"),
    ("duty-report", "prints.nothing"),
    ("enterprise-report", "prints.nothing"),
    ("incident-record", "prints.nothing"),
    ("panel-minutes", "prints.no_panel"),
    ("panel-sheet", "prints.no_panel"),
    ("passed-roster", "prints.nothing"),
    ("qualification", "prints.nothing"),
    ("practical-sheet", "prints.no_panel"),
    ("score-proof", "prints.not_locked"),
    ("special-ledger", "prints.nothing"),
    ("stock-list", "prints.nothing"),
    ("subsidy-list", "subsidy.not_in_notice"),
    ("upload-audit", "prints.nothing"),
    ("staff-marking", "staff.nobody_works"),
    ("staff-rooms", "staff.nobody_works"),
    ("public-list", "publicity.nothing_public"),
    ("staff-sign-in", "staff.nobody_works"),
    ("supervision-draw", "prints.nothing"),
    ("supervision-list", "prints.nothing"),
    ("supervision-report", "prints.nothing"),
];

/// Whatever an office lays over them, the journal's head stands at their foot.
const SIGNED: [&str; 21] = [
    "application-form",
    "collection-sheet",
    "incident-record",
    "panel-minutes",
    "panel-sheet",
    "paper-handover",
    "paper-unsealing",
    "passed-roster",
    "pledge",
    "practical-sheet",
    "qualification",
    "room-record",
    "roster",
    "score-proof",
    "score-sheet",
    "sign-in",
    "staff-marking",
    "staff-sign-in",
    "supervision-draw",
    "supervision-report",
    "upload-audit",
];

/// An office lays its own file over any of ours.
#[test]
fn every_template_can_be_replaced() {
    let (shell, _) = Shell::seated(3);
    std::fs::create_dir_all(shell.path("data/forms")).unwrap();
    let ours = FORMS.iter().filter(|f| f.takes != [Takes::People]);
    for form in ours {
        let own = format!("<section><p>本局{}</p></section>", form.name);
        std::fs::write(shell.path(&format!("data/forms/{}.html", form.name)), own).unwrap();
        let answer = shell.run(&format!("print {} --json", form.name));
        if let Some((_, code)) = NOTHING_THERE.iter().find(|(name, _)| *name == form.name) {
            assert!(answer.status == 1 && answer.err.contains(code), "{}: {}{}", form.name, answer.out, answer.err);
            continue;
        }
        assert_eq!(answer.status, 0, "{}: {}{}", form.name, answer.out, answer.err);
        let answer = answer.json();
        let page = std::fs::read_to_string(answer["file"].as_str().unwrap()).unwrap();
        let own = page.strip_prefix(&format!("<section><p>本局{}</p>", form.name)).unwrap();
        let foot = own.strip_suffix("</section>").unwrap();
        assert_eq!(
            foot.starts_with("<p class=\"head\">日志末号 "),
            SIGNED.contains(&form.name),
            "{}: {foot}",
            form.name
        );
        assert!(SIGNED.contains(&form.name) || foot.is_empty(), "{}: {foot}", form.name);
    }
    // A piece that several forms take in is one file too.
    std::fs::remove_file(shell.path("data/forms/rules.html")).unwrap();
    std::fs::write(shell.path("data/forms/rules-room.html"), "<p>本局考场规则</p>").unwrap();
    let answer = shell.run("print rules --json").done().json();
    assert!(std::fs::read_to_string(answer["file"].as_str().unwrap()).unwrap().contains("本局考场规则"));
}

#[test]
fn the_command_narrows_and_tells_what_the_handbook_lacks_s1_34() {
    let (shell, _) = Shell::seated(35);
    let one = shell.run("print sign-in --session practical-1 --room 2 --json").done().json();
    assert_eq!(one["people"], 5);
    assert!(one["file"].as_str().unwrap().ends_with("nmg-2023-sign-in-practical-1-r2.html"), "{one}");
    let book = shell.run("print handbook").done();
    assert!(book.err.contains("2023-10-09") && book.err.contains("尚未安排工作人员"), "{}", book.err);
    let json = shell.run("print handbook --json").done().json();
    assert_eq!(json["handbook"]["due"], "2023-10-09");
    assert!(json["handbook"]["missing"].as_array().unwrap().iter().any(|m| m["code"] == "staff"), "{json}");
}
