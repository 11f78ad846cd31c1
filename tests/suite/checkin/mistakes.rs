//! What goes wrong at a door in a hurry, and must not go through.
use super::world::{admit, at_seat, named, session, theory, ticket};
use crate::harness::{Desk, Screen};
use kaowu::config::Assets;
use kaowu::model::AttendanceState;
use kaowu::model::{ApplicationId, SessionId};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::checkin::{self, Cancel};
use kaowu::ops::demo::people;
use kaowu::ops::seating::Arrange;
use kaowu::ops::{AttendanceRow, Operation, PlacementRow, Result, TicketRow, Work};
use kaowu::text::{Lang, Locale, door, explain};
use serde::Serialize;

fn here(screen: &Screen) -> i64 {
    let site = &screen.app.site;
    checkin::progress(site, session(site, "theory-1").id, None, 0).unwrap().totals.here
}

fn cancel(desk: &Desk, application: ApplicationId) -> Cancel {
    Cancel { session: theory(desk), application, reason: "认错人".into() }
}

/// People who came by another operation than the door's.
#[derive(Serialize)]
struct Arrive(Vec<ApplicationId>, SessionId);

impl Operation for Arrive {
    const KIND: &'static str = "demo.arrive";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for application in &self.0 {
            work.tx.insert(&AttendanceRow::present(self.1, *application, work.now))?;
        }
        Ok(())
    }
}

#[test]
fn one_admission_is_taken_back_whatever_brought_it() {
    let mut desk = Desk::seated(35);
    let (a, b) = (at_seat(&desk.site, 1, 1).application, at_seat(&desk.site, 1, 2).application);
    let arrive = Arrive(vec![a, b], theory(&desk));
    desk.sign_on("proctor").does(&arrive);
    assert_eq!(desk.refused(&Cancel { reason: " ".into(), ..cancel(&desk, a) }), "history.reason_needed");
    let wrong = Cancel { session: SessionId(99), ..cancel(&desk, a) };
    assert_eq!(desk.refused(&wrong), "checkin.unknown_session");
    desk.does(&cancel(&desk, a));
    assert_eq!(desk.refused(&cancel(&desk, a)), "checkin.not_present");
    assert_eq!(
        checkin::seated(&desk.site, theory(&desk), b).unwrap().unwrap().attendance,
        Some(AttendanceState::Present)
    );
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&cancel(&desk, b)), "duty.either_role_needed");
    // Not the proctor's own.
    desk.sign_on("coordinator");
    desk.does(&admit(&desk, a));
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&cancel(&desk, a)), "history.not_yours");
    desk.sign_on("coordinator");
    desk.does(&cancel(&desk, a));
}

#[test]
fn undo_is_about_the_row_in_sight() {
    let mut desk = named(&["张三", "赵爽", "李四"]);
    let (zhang, li) = (desk.find("张三"), desk.find("李四"));
    for who in [zhang, li] {
        let op = admit(&desk, who);
        desk.does(&op);
    }
    let mut screen = Screen::open(desk, "checkin");
    screen.type_text("zs").sees("找到 2 人");
    // Highlighted is 赵爽, who is not here: nobody else is taken for him.
    screen.press("ctrl-t").sees("赵爽 没有签到记录");
    screen.press("down ctrl-t").sees("撤销 张三（").press("esc");
    screen.press("esc").type_text("zzz").press("ctrl-t").sees_not("撤销 李四").sees("请先扫描号码");
    // Only with nothing typed is it whoever came last.
    screen.press("esc ctrl-t").sees("撤销 李四（").type_text("认错人").press("enter").sees("已撤销：李四");
    assert_eq!(here(&screen), 1);
}

#[test]
fn letting_in_is_about_the_row_in_sight() {
    let mut screen = Screen::open(named(&["张三", "赵爽", "李四"]), "checkin");
    screen.type_text("zs").press("down f11").sees("可以直接签到").sees_not("请先扫描号码");
}

#[test]
fn a_scan_is_no_reason() {
    let desk = Desk::seated(35);
    let (a, b) = (ticket(&desk.site, 1, 1), ticket(&desk.site, 1, 2));
    let mut screen = Screen::open(desk, "checkin");
    screen.type_text(&a).press("enter ctrl-t").sees("撤销签到");
    for scan in [b.as_str(), "15069919900101001X", "２３１５"] {
        screen.app.take_bell();
        screen.type_text(scan).press("enter").sees("这像是扫描到的号码").sees_not(scan);
        assert!(screen.app.take_bell());
        assert_eq!(here(&screen), 1);
    }
    screen.type_text("2 号认错").press("enter").sees("已撤销");
    assert_eq!(here(&screen), 0);
}

#[test]
fn another_ones_admission_is_refused_before_the_question() {
    let mut desk = Desk::seated(5);
    let op = admit(&desk, at_seat(&desk.site, 1, 1).application);
    desk.does(&op);
    desk.sign_on("proctor");
    let mut screen = Screen::open(desk, "checkin");
    screen.press("ctrl-t").sees("只能由本人或考务主管撤销").sees_not("请写明原因：");
}

#[test]
fn what_was_typed_by_hand_is_read_before_it_admits() {
    let desk = Desk::seated(35);
    let who = at_seat(&desk.site, 1, 7);
    let mut screen = Screen::open(desk, "checkin");
    // Typed ahead: no card was on the screen yet.
    screen.type_text("1-7").press("enter enter").sees("请先核对").sees("材料齐备");
    assert_eq!(here(&screen), 0);
    screen.press("enter").sees(&format!("+ {}", who.name));
    assert_eq!(here(&screen), 1);
    screen.type_text("1-8").sees("材料齐备").press("enter");
    assert_eq!(here(&screen), 2, "the card was seen while typing");
}

#[test]
fn all_obstacles_are_told_and_no_reason_lifts_a_room() {
    let mut desk = Desk::with_batch();
    desk.people(35);
    desk.reviewed();
    desk.does(&Arrange { seed: 1 });
    let code = ticket(&desk.site, 1, 1);
    let mut screen = Screen::open(desk, "checkin");
    screen.press("ctrl-r down down enter").sees("本门：第2考场");
    screen.type_text(&code).sees("! 费用未缴  不是本门考场").press("enter");
    screen.sees("请到第1考场 1号").sees("另外：费用");
    screen.press("f11").sees("不能放行").sees("请到第1考场 1号").sees_not("请写明放行的理由");
    assert_eq!(here(&screen), 0);
}

#[test]
fn a_closed_door_is_on_the_card() {
    let mut desk = Desk::seated(5);
    desk.at("08:50");
    let mut screen = Screen::open(desk, "checkin");
    screen.type_text("1-1").sees("! 已停止入场").sees_not("材料齐备");
}

#[test]
fn the_missing_are_listed_and_one_of_them_chosen() {
    let mut desk = Desk::seated(35);
    let (gone, own) = (at_seat(&desk.site, 2, 1), at_seat(&desk.site, 2, 2));
    let op = admit(&desk, gone.application);
    desk.does(&op);
    let mut screen = Screen::open(desk, "checkin");
    screen.press("ctrl-e").sees("未到 34 人（全部考场）").press("esc");
    screen.press("ctrl-r down down enter ctrl-e").sees("未到 4 人（第2考场）").sees("2-2").sees_not("2-1 ");
    screen.press("enter").sees(&own.name).sees("材料齐备").press("enter");
    assert_eq!(here(&screen), 2);
}

#[test]
fn whoever_is_expected_comes_first_in_the_list() {
    let names: Vec<_> = (0..12).map(|_| "张三").chain(["张思"]).collect();
    let mut desk = named(&names);
    let all = checkin::register(&desk.site, theory(&desk), None).unwrap();
    for who in all.iter().filter(|s| s.name == "张三").take(11) {
        let op = admit(&desk, who.application);
        desk.does(&op);
    }
    let mut screen = Screen::open(desk, "checkin");
    let text = screen.type_text("zs").text();
    let rows: Vec<_> = text.lines().filter(|l| l.contains("张三") || l.contains("张思")).collect();
    assert!(rows[0].contains("未到") && rows[1].contains("未到") && rows[2].contains("已签到"), "{text}");
    screen.sees("找到 13 人").sees("按 ↓ 查看");
}

#[test]
fn the_room_stays_when_another_operator_signs_on() {
    let desk = Desk::seated(35);
    let mut screen = Screen::open(desk, "checkin");
    screen.sees("本门：全部考场").sees_not("! 本门");
    screen.press("ctrl-o").type_text("proctor").press("enter").sees("! 本门：全部考场");
    screen.press("ctrl-r down down enter").sees("本门：第2考场").sees_not("! 本门");
    screen.press("ctrl-o").type_text("coordinator").press("enter").sees("本门：第2考场");
    screen.press("ctrl-r home enter ctrl-o").type_text("proctor").press("enter").sees("! 本门：全部考场");
}

#[test]
fn the_doors_room_is_seen_whatever_the_size() {
    for (lang, size, words) in [
        (Lang::English, (80, 24), "! door: all rooms"),
        (Lang::English, (120, 36), "! door: all rooms"),
        (Lang::Chinese, (60, 16), "! 本门：全部考场"),
        (Lang::English, (60, 16), "! door: all rooms"),
    ] {
        let mut desk = Desk::seated(540);
        desk.sign_on("proctor");
        let mut screen = Screen::sized(desk, "checkin", lang, size);
        screen.sees(words).sees(if lang == Lang::Chinese { "未到 540" } else { "expected 540" });
    }
}

#[test]
fn a_number_of_the_wrong_length_is_named_for_what_it_is() {
    let mut screen = Screen::open(Desk::seated(3), "checkin");
    screen.type_text("15069919900101001").press("enter").sees("有 17 位，证件号应为 18 位");
}

#[test]
fn leaving_a_card_selects_the_text() {
    let mut screen = Screen::open(named(&["张三", "赵爽", "李四"]), "checkin");
    screen.type_text("zs").press("enter esc").sees("赵爽").type_text("ls").sees("李四").sees("材料齐备");
}

#[test]
fn lines_pasted_at_once_are_readings_of_their_own() {
    let desk = Desk::seated(35);
    let (a, b) = (ticket(&desk.site, 1, 1), ticket(&desk.site, 1, 2));
    let mut screen = Screen::open(desk, "checkin");
    screen.paste(&format!("{a}\r\n23150601010199\r\n{b}\r\n1-9\n")).sees("粘贴 4 行：处理 2，未签到 2");
    screen.sees("23150601010199").sees("1-9");
    assert_eq!(here(&screen), 2);
    assert!(screen.app.take_bell());
}

/// A seat in every session for somebody whom the arrangement leaves out, as an older site may have it.
#[derive(Serialize)]
struct Seat(ApplicationId);

impl Operation for Seat {
    const KIND: &'static str = "test.seat";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let (batch, room) = (work.batch()?.id, kaowu::model::RoomId(1));
        let id = work.tx.next_id::<TicketRow>()?;
        work.tx.insert(&TicketRow {
            id,
            batch,
            application: self.0,
            number: "23150601010130".into(),
            printed_at: None,
        })?;
        for session in [SessionId(1), SessionId(2)] {
            let id = work.tx.next_id::<PlacementRow>()?;
            work.tx.insert(&PlacementRow { id, session, room, seat: 30, application: self.0 })?;
        }
        Ok(())
    }
}

/// Nine applications of which two are one person's, with two occupations and two seats.
fn twice() -> Desk {
    let mut desk = Desk::with_batch();
    let codes = desk.site.codes().unwrap();
    let mut rows = people::rows(&codes, 1, 9);
    let first = rows[0].clone();
    let other = rows.iter().position(|r| r[1] != first[1]).unwrap();
    rows[other][4..10].clone_from_slice(&first[4..10]);
    desk.sheet(&rows);
    desk.reviewed();
    desk.does(&RecordFee::All);
    let arranged = desk.does(&Arrange { seed: 1 });
    assert_eq!((arranged.people, arranged.twice), (8, 1));
    let (unseated, _) = kaowu::ops::seating::unseated(&desk.site, 9).unwrap();
    assert_eq!(unseated.len(), 1);
    desk.does(&Seat(unseated[0].id));
    desk
}

#[test]
fn one_person_with_two_applications_sits_once() {
    let mut desk = twice();
    let all = checkin::register(&desk.site, theory(&desk), None).unwrap();
    let number =
        |s: &checkin::Seated| checkin::candidate(&desk.site, theory(&desk), s.application).unwrap().unwrap().id_number;
    let (a, b) = all
        .iter()
        .flat_map(|a| all.iter().map(move |b| (a, b)))
        .find(|(a, b)| a.application.0 < b.application.0 && number(a) == number(b))
        .unwrap();
    let id = number(a);
    let error = checkin::exactly(&desk.site, theory(&desk), &id).unwrap_err();
    assert_eq!(error.refusal().unwrap().code.0, "checkin.several_applications");
    let op = admit(&desk, a.application);
    desk.does(&op);
    let second = admit(&desk, b.application);
    let error = desk.try_to(&second).unwrap_err();
    assert_eq!(error.refusal().unwrap().code.0, "checkin.here_twice");
    let words = explain(&Locale::load(&Assets::default(), Lang::Chinese).0, &error).message;
    assert!(words.contains(&format!("第{}考场 {}号", a.room_number, a.seat)), "{words}");
    desk.does(&cancel(&desk, a.application));
    desk.does(&second);
    let mut screen = Screen::open(desk, "checkin");
    screen.type_text(&id).sees("同一证件有 2 份申报");
}

#[test]
fn long_waits_are_told_in_days_and_hours() {
    let locale = Locale::load(&Assets::default(), Lang::English).0;
    for (minutes, words) in
        [(0, "0 min"), (120, "120 min"), (121, "2 h 1 min"), (1439, "23 h 59 min"), (7180, "4 d 23 h")]
    {
        assert_eq!(door::left(&locale, minutes), words);
    }
    let mut screen = Screen::open(
        {
            let mut desk = Desk::seated(2);
            desk.at("02:00");
            desk
        },
        "checkin",
    );
    screen.sees("还有 6 小时 0 分钟").type_text("1-1").sees("! 尚未开门").press("enter").sees("开始入场，还有 6 小时");
}

#[test]
fn help_is_whole_in_both_languages() {
    for (lang, words) in [(Lang::Chinese, "再回车签到。"), (Lang::English, "Enter again to admit.")] {
        let mut screen = Screen::sized(Desk::seated(2), "checkin", lang, (80, 24));
        let text = screen.press("f1").text();
        let flat: String = text.chars().filter(|c| !c.is_whitespace() && !"│|".contains(*c)).collect();
        let wanted: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(flat.contains(&wanted), "{text}");
    }
}
