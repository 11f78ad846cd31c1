//! Typing a whole room on the screen, every key counted; how digits, the keypad and the draft behave.
use super::Attend;
use crate::harness::{Desk, Screen};
use kaowu::config::Assets;
use kaowu::model::{AttendanceState, Mark, Points};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::batch;
use kaowu::ops::entry::{self, Paper, Typing};
use kaowu::ops::policies::read_file;
use kaowu::ops::seating::Arrange;
use kaowu::tui::input::Input;

/// Seated people under the shipped policy with some lines of marking changed.
fn desk(people: usize, marking: &str) -> Desk {
    let mut desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changed.toml");
    let text = format!("inherits = \"nmg-2023\"\n[notice]\ncode = \"changed\"\n[marking]\n{marking}\n");
    std::fs::write(&path, text).unwrap();
    let policy = read_file(&Assets::default(), &path).unwrap();
    desk.does(&batch::Open { code: "changed".into(), name: "2023".into(), policy });
    desk.site.choose_batch(None).unwrap();
    desk.people(people);
    desk.reviewed();
    desk.does(&RecordFee::All);
    desk.does(&Arrange { seed: 1 });
    desk
}

fn by_digits(people: usize, step: i32) -> Desk {
    desk(people, &format!("typing = \"digits\"\nstep = {step}"))
}

fn papers(desk: &Desk) -> Vec<Paper> {
    let piles = entry::piles(&desk.site).unwrap();
    entry::pile(&desk.site, &piles[0]).unwrap().into_iter().map(|(paper, _)| paper).collect()
}

fn mine(screen: &Screen) -> Vec<Option<Mark>> {
    let piles = entry::piles(&screen.app.site).unwrap();
    entry::pile(&screen.app.site, &piles[0]).unwrap().into_iter().map(|(paper, _)| paper.mine).collect()
}

fn points(text: &str) -> Option<Mark> {
    Some(Mark::Points(Points::parse(text).unwrap()))
}

/// A typist at a paper pile: types what stands on the papers and counts keys that are no digit of a mark.
struct Hand {
    screen: Screen,
    beyond: usize,
}

impl Hand {
    fn key(&mut self, key: &str) {
        self.screen.press(key);
        self.beyond += 1;
    }

    fn mark(&mut self, mark: Mark, (typing, step): (Typing, i32)) {
        match (mark, typing) {
            (Mark::Points(points), typing) => {
                let digits = entry::Digits::of(Points::whole(100), Points::new(step));
                // Whole points go without the nought after the point where Enter ends them.
                let text = match typing {
                    Typing::Enter if points.hundredths() % 100 == 0 => points.to_string(),
                    _ => digits.written(points),
                };
                self.screen.type_text(&text);
            }
            (Mark::Absent, _) => self.key("-"),
            (Mark::Void, _) => self.key("v"),
        }
        if typing == Typing::Enter {
            self.key("enter");
        }
    }
}

/// What a room's papers say: halves, two absent, one low mark, the full mark, one void.
fn on_paper(room: usize, step: i32) -> Vec<Mark> {
    let mark = |n: usize| {
        let wanted = 4_200 + i32::try_from(n * 1_370 % 5_600).unwrap();
        Mark::Points(Points::new(wanted - wanted % step))
    };
    let mut all: Vec<Mark> = (0..room).map(mark).collect();
    (all[4], all[11], all[17]) = (Mark::Absent, Mark::Absent, Mark::Void);
    (all[20], all[25]) = (Mark::Points(Points::whole(12)), Mark::Points(Points::whole(100)));
    all
}

/// A room of thirty by keys: what stands afterwards is what stood on the papers; gives keys beyond the digits.
fn whole_room(mut desk: Desk, (typing, step): (Typing, i32)) -> usize {
    let all = papers(&desk);
    let marks = on_paper(all.len(), step);
    for (paper, mark) in all.iter().zip(&marks) {
        let state = if *mark == Mark::Absent { AttendanceState::Absent } else { AttendanceState::Present };
        desk.does(&Attend(paper.application, state));
    }
    desk.sign_on("typist-a");
    let mut hand = Hand { screen: Screen::open(desk, "entry"), beyond: 0 };
    hand.key("enter");
    for (n, mark) in marks.iter().enumerate() {
        hand.mark(*mark, (typing, step));
        // Low and full marks want a yes.
        if n == 20 || n == 25 {
            hand.key("y");
        }
    }
    assert_eq!(mine(&hand.screen), marks.into_iter().map(Some).collect::<Vec<_>>());
    hand.screen.sees("30/30");
    hand.key("esc");
    hand.beyond
}

/// S1-35: no more than 1.3 keys beyond the digits with Enter, hardly any without.
#[test]
fn a_whole_room_takes_few_keys_s1_35() {
    let enter = whole_room(Desk::seated(30), (Typing::Enter, 50));
    assert!(enter * 10 <= 30 * 13, "{enter} keys beyond the digits of 30 marks");
    for step in [100, 50, 10] {
        let beyond = whole_room(by_digits(30, step), (Typing::Digits, step));
        assert!(beyond <= 7, "step {step}: {beyond} keys beyond the digits of 30 marks");
    }
}

#[test]
fn a_mark_saves_itself_with_its_last_digit() {
    let mut desk = by_digits(5, 100);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen
        .press("enter")
        .sees("2 位数自动保存")
        .sees("05 即 5")
        .type_text("8")
        .sees("0/5")
        .type_text("6")
        .sees("86：第一次录入已保存");
    screen.press("-").sees("缺考：第一次录入已保存").press("f").sees("满分").sees("2/5").press("y").sees("3/5");
    // Ten may become a hundred: it waits for Enter.
    screen
        .type_text("10")
        .sees("3/5")
        .press("enter")
        .sees("低于 20 分")
        .press("esc")
        .type_text("7")
        .press("enter")
        .sees("低于 20 分");
    assert_eq!(mine(&screen)[..4], [points("86"), Some(Mark::Absent), points("100"), None]);
    screen.press("y").sees("4/5").sees("上次 04 录 7");
}

/// A warning holds what saves itself too, and what is typed past it reaches no paper.
#[test]
fn digits_never_go_past_a_warning() {
    let mut desk = by_digits(3, 50);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("075").sees("低于 20 分").type_text("865").press("y").sees("按 Esc 清除");
    assert_eq!(mine(&screen), [None; 3]);
    screen.press("esc").type_text("075").press("y").sees("7.5：第一次录入已保存");
    // Off the step: the digits after it belong to the next paper, and wait until this one is right.
    screen.type_text("863").sees("0.5 分为一档").type_text("770");
    assert_eq!(mine(&screen), [points("7.5"), None, None]);
    screen.press("esc").type_text("100").sees("满分请输 1000").type_text("0").sees("满分").press("y");
    screen.type_text("86.5").sees("3/3");
    assert_eq!(mine(&screen), [points("7.5"), points("100"), points("86.5")]);
}

#[test]
fn three_digits_and_enter_are_a_half() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("865").sees("回车保存 86.5").press("enter").type_text("100").press("enter y");
    screen.type_text("864").sees("0 至 100 分之间").press("enter").sees("2/3");
    assert_eq!(mine(&screen), [points("86.5"), points("100"), None]);
}

/// `+` goes on, `=` repeats the mark saved last, `*` is void; all of it lies on a keypad.
#[test]
fn keypad_keys_go_on_and_repeat() {
    let mut desk = Desk::seated(4);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").press("=").sees("还没有保存过成绩").type_text("77").press("+").sees("77：第一次录入已保存");
    screen.press("= enter + *").sees("作废").press("+").sees("3/4");
    assert_eq!(mine(&screen), [points("77"), points("77"), None, Some(Mark::Void)]);
    screen.press("home").sees("我录 2 份").press("end").sees("我录的：作废").press("up").sees("下一份 04");
}

/// What is not saved goes with its paper, and the typist is told.
#[test]
fn a_draft_that_is_left_is_said_to_be_cleared() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("77").press("down").sees("没有保存的输入已清除").sees_not("77");
    screen.type_text("78").press("/").sees("已清除").type_text("3").press("enter").sees_not("78");
    assert_eq!(mine(&screen), [None; 3]);
}

/// A scan into a mark is no mark; the same many digits in marks that a slow line held back are.
#[test]
fn a_scan_saves_no_marks() {
    let read = |text: &str| text.chars().map(|c| if c == '\n' { key() } else { Input::Text(c) }).collect::<Vec<_>>();
    for mut desk in [by_digits(5, 100), Desk::seated(5)] {
        desk.sign_on("typist-a");
        let mut screen = Screen::open(desk, "entry");
        screen.press("enter");
        screen.app.take(&read("23150601010901"));
        screen.type_text("86").press("enter");
        assert_eq!(mine(&screen), [None; 5]);
        screen.press("esc");
        screen.press("/");
        screen.app.take(&read(&papers_of(&screen)[2]));
        screen.press("enter").sees("上一份 02");
    }
    let mut desk = Desk::seated(5);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter");
    screen.app.take(&read("86.5\n77\n91\n"));
    assert_eq!(mine(&screen)[..3], [points("86.5"), points("77"), points("91")]);
}

fn key() -> Input {
    Input::Key(kaowu::tui::chord::Chord::Enter)
}

fn papers_of(screen: &Screen) -> Vec<String> {
    let piles = entry::piles(&screen.app.site).unwrap();
    let papers = entry::pile(&screen.app.site, &piles[0]).unwrap();
    papers.iter().map(|(paper, _)| paper.ticket().unwrap().to_owned()).collect()
}

#[test]
fn an_open_pile_is_its_typists() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    let piles = entry::piles(&screen.app.site).unwrap();
    let held = |screen: &Screen| {
        let claims = entry::claims(&screen.app.site, piles[0].session, piles[0].room).unwrap();
        claims.into_iter().map(|claim| claim.operator).collect::<Vec<_>>()
    };
    screen.press("enter");
    assert_eq!(held(&screen), ["typist-a"]);
    screen.press("esc");
    assert_eq!(held(&screen), [""; 0]);
    screen.press("enter f12");
    assert!(screen.has_quit() && held(&screen).is_empty());
    let mut desk = Desk::after(screen);
    let claim = entry::Claim { session: piles[0].session, room: piles[0].room, slot: entry::Slot::First };
    desk.does(&claim);
    desk.sign_on("typist-b");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").sees("typist-a").sees("只能查看").type_text("77").press("enter").sees("0/3");
    assert_eq!(mine(&screen), [None; 3]);
}

#[test]
fn groups_of_questions_add_up_to_the_mark() {
    let with = |typing: &str| {
        let group =
            |code: &str, name: &str, max: i32| format!("{{ code = \"{code}\", name = \"{name}\", max = {max} }}");
        let groups = [group("a", "单选", 40), group("b", "判断", 20), group("c", "论述", 40)].join(", ");
        desk(3, &format!("typing = \"{typing}\"\nitems = [{{ subject = \"theory\", groups = [{groups}] }}]"))
    };
    let mut desk = with("enter");
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").sees("单选").type_text("41").sees("最高 40 分").press("esc").type_text("38").press("enter");
    screen.type_text("15.5").press("tab").type_text("30").press("enter").sees("题型合计 83.5");
    screen.type_text("84").press("enter").sees("各项合计 83.5").press("esc");
    screen
        .type_text("38")
        .press("enter")
        .type_text("15.5")
        .press("enter")
        .type_text("30")
        .press("enter enter")
        .sees("1/3");
    screen.press("- enter").sees("2/3");
    assert_eq!(mine(&screen), [points("83.5"), Some(Mark::Absent), None]);
    let mut desk = with("digits");
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("380155300").sees("1/3");
    assert_eq!(mine(&screen)[0], points("83.5"));
}

#[test]
fn a_remark_goes_with_the_mark_and_the_cover_is_compared() {
    let mut desk = desk(2, "control_totals = \"required\"");
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter m").type_text("涂改").press("enter").sees("备注：涂改").type_text("77").press("enter");
    screen.sees_not("备注：涂改").type_text("80").press("enter").sees("袋面合分").sees("2 份 157 分");
    screen.type_text("2 156").press("enter").sees("不一致").press("t").sees("2 156");
    screen.press("ctrl-u").type_text("2 157").press("enter").sees("与录入一致");
}

#[test]
fn progress_shows_bags_and_ones_own_pace() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("77").press("enter").type_text("78").press("enter");
    let mut screen = Screen::open(Desk::after(screen), "entry");
    screen.press("g").sees("登分进度").press("down down down down down down down down enter").sees("差错率");
    screen.sees("理论 第1考场").sees("1录 typist-a").sees("> typist-a             2");
}
