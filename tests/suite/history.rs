//! The journal as people read it: pages, filters, masks, undo of any operation, verification.
use crate::harness::{Desk, Screen, Shell};
use crate::marks::{points, theory};
use crate::panel::world::{fill, view, with_panel};
use kaowu::model::{ApplicationId, OpNo};
use kaowu::ops::applications::{RecordFee, by_id};
use kaowu::ops::history::{self, Filter};
use kaowu::ops::upkeep::AddOperator;
use kaowu::text::Lang;

fn page(desk: &Desk, filter: &Filter) -> Vec<history::Logged> {
    history::page(&desk.site, filter, None, 100).unwrap()
}

#[test]
fn pages_come_newest_first_and_are_filtered() {
    let mut desk = Desk::with_batch();
    desk.people(6);
    desk.reviewed();
    desk.does(&RecordFee::These(vec![ApplicationId(2)]));
    desk.does(&RecordFee::These(vec![ApplicationId(3), ApplicationId(4)]));
    let all = page(&desk, &Filter::default());
    assert!(all.windows(2).all(|w| w[0].operation > w[1].operation));
    assert_eq!(all.last().unwrap().kind, "site.init");
    let second = history::page(&desk.site, &Filter::default(), Some(all[0].operation), 1).unwrap();
    assert_eq!(second[0].operation, all[1].operation);
    let kind = |kind: &str| page(&desk, &Filter { kind: Some(kind.into()), ..Filter::default() }).len();
    assert_eq!((kind("operator"), kind("operator.add"), kind("oper")), (7, 7, 0));
    assert_eq!(page(&desk, &Filter { operator: Some("nobody".into()), ..Filter::default() }).len(), 0);
    let of = |who: i64| {
        let filter = Filter { people: Some(vec![ApplicationId(who)]), ..Filter::default() };
        page(&desk, &filter).iter().map(|l| l.kind.clone()).collect::<Vec<_>>()
    };
    // Everybody's stamps and decisions were written many at once, and are each one's own all the same.
    let stamps = desk.site.policy().unwrap().stamps.chain.len();
    let common = [&["reviews.decide"; 2][..], &vec!["reviews.stamp"; stamps], &["exchange.import"]].concat();
    assert_eq!(of(2), [&["applications.record_fee"], &common[..]].concat());
    assert_eq!(of(5), common);
    assert_eq!(all[0].subject.as_deref().map(|s| s.ends_with("+1")), Some(true));
    assert_eq!(all.iter().find(|l| l.kind == "exchange.import").unwrap().rows, 6);
    let found = history::filter_for(&desk.site, "＃１２", Filter::default());
    assert_eq!(found.unwrap().op, Some(OpNo(12)));
    let refused = history::filter_for(&desk.site, "#x", Filter::default()).unwrap_err();
    assert_eq!(refused.refusal().unwrap().code.0, "history.not_a_number");
}

#[test]
fn identity_numbers_pins_and_marks_of_others_are_not_shown() {
    let mut desk = Desk::seated(4);
    desk.does(&AddOperator {
        name: "gate".into(),
        roles: vec![kaowu::model::Role::Proctor],
        os_user: None,
        unit: None,
        pin_hash: Some("$argon2id$secret".into()),
    });
    desk.sign_on("typist-a");
    desk.does(&theory(ApplicationId(1), points("77.5")));
    let newest = page(&desk, &Filter::default())[0].operation;
    let text = |desk: &Desk, op| format!("{:?}", history::detail(&desk.site, op).unwrap());
    assert!(text(&desk, newest).contains("77.5"));
    desk.sign_on("coordinator");
    let detail = history::detail(&desk.site, newest).unwrap();
    assert!(detail.hidden && detail.changes.is_empty());
    // The undo of such an operation shows no more than the operation itself.
    desk.does(&history::Undo { op: newest, reason: "x".into() });
    let undo = page(&desk, &Filter::default())[0].operation;
    assert!(history::detail(&desk.site, undo).unwrap().hidden);
    assert!(!text(&desk, undo).contains("77.5"));
    let added = page(&desk, &Filter { kind: Some("operator.add".into()), ..Filter::default() })[0].operation;
    assert!(!text(&desk, added).contains("argon2") && text(&desk, added).contains("***"));
    let fee = page(&desk, &Filter { kind: Some("applications".into()), ..Filter::default() })[0].operation;
    assert!(text(&desk, fee).contains("2023-10-15 08:10"));
    let numbers = (1..=4).map(|n| by_id(&desk.site, ApplicationId(n)).unwrap().id_number).collect::<Vec<_>>();
    for one in page(&desk, &Filter::default()) {
        let shown = text(&desk, one.operation);
        assert!(!numbers.iter().any(|number| shown.contains(&number[6..14])), "{shown}");
    }
}

#[test]
fn the_pane_undoes_the_selected_operation() {
    let mut desk = Desk::with_batch();
    desk.people(3);
    desk.reviewed();
    desk.does(&RecordFee::These(vec![ApplicationId(1)]));
    desk.does(&RecordFee::These(vec![ApplicationId(2)]));
    let older = page(&desk, &Filter::default())[1].operation;
    let mut screen = Screen::open(desk, "history");
    screen.press("down u").sees(&format!("第 {older} 号操作")).type_text("收错").press("enter").sees("已撤销");
    screen.sees(&format!("撤销 {older}")).sees("已被");
    assert!(history::undone_by(&screen.app.site, older).unwrap().is_some());
    // The selection stayed on that operation, one line lower now.
    screen.press("u").sees("号撤销。");
}

#[test]
fn somebody_elses_operation_is_not_undone_and_the_pane_says_why() {
    let mut desk = Desk::with_batch();
    desk.people(2);
    desk.reviewed();
    desk.does(&RecordFee::All);
    desk.sign_on("proctor");
    let mut screen = Screen::sized(desk, "history", Lang::English, (80, 24));
    screen.press("u").sees("only they or a coordinator");
}

#[test]
fn the_pane_filters_and_shows_details() {
    let mut desk = Desk::with_batch();
    desk.people(3);
    desk.reviewed();
    desk.does(&RecordFee::These(vec![ApplicationId(1)]));
    let mut screen = Screen::open(desk, "history");
    screen.press("enter").sees("缴费时间").sees("（空） -> 2023-10-15 08:10").press("esc");
    screen.press("t").type_text("操作员").press("down").sees("操作员").press("esc");
    screen.press("o down enter").sees("筛选：").sees("coordinator");
    screen.press("esc").sees("筛选：全部");
    screen.press("/").type_text("#1").press("enter").sees("筛选：#1").sees("建立考点");
    screen.press("esc /").type_text("没有这个人").press("enter").sees("没有符合的操作").press("esc");
    screen.resize((120, 36)).sees("原因");
}

#[test]
fn a_long_journal_is_read_as_the_selection_moves() {
    let mut desk = Desk::with_batch();
    desk.people(100);
    desk.reviewed();
    for n in 1..=100 {
        desk.does(&RecordFee::These(vec![ApplicationId(n)]));
    }
    let mut screen = Screen::open(desk, "history");
    screen.sees_not("建立考点").press("end end end").sees("建立考点");
}

#[test]
fn the_log_undoes_after_a_restart_and_verifies() {
    let shell = Shell::with_batch();
    std::fs::copy("tests/data/ordos-2023.csv", shell.path("a.csv")).unwrap();
    shell.run("import a.csv --keep-good --quiet");
    let log = shell.run("log --json --limit 1").done().json();
    let op = log[0]["operation"].as_i64().unwrap();
    assert_eq!(log[0]["kind"], "exchange.import");
    assert_eq!(shell.run(&format!("undo --op {op}")).status, 1);
    shell.run(&format!("undo --op {op} --reason 重来")).done();
    let log = shell.run("log --json --subject #1").done().json();
    assert_eq!(log[0]["kind"], "site.init");
    let log = shell.run("log --json").done().json();
    assert_eq!(log[0]["undoes"], op);
    assert_eq!(log[1]["undone_by"], op + 1);
    assert_eq!(shell.run("log --json --since 2023-10-16").done().json().as_array().unwrap().len(), 0);
    assert_eq!(shell.run("log --since gestern").status, 1);
    let shown = shell.run(&format!("log show {op}")).done();
    assert!(shown.out.contains("申报 1 - "), "{}", shown.out);
    let verified = shell.run("log verify").done();
    assert_eq!(verified.out.split_whitespace().count(), 16);
    let json = shell.run("log verify --json").done().json();
    assert_eq!(json["broken_at"], serde_json::Value::Null);
    assert_eq!(json["operations"], op + 1);
}

#[test]
fn verify_and_doctor_find_a_tampered_operation() {
    let shell = Shell::with_batch();
    shell.run("operator add Li --role proctor").done();
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    assert!(db.execute("UPDATE operation SET actor_name = 'x' WHERE id = 2", []).is_err());
    db.execute_batch("DROP TRIGGER operation_kept_update; UPDATE operation SET actor_name = 'x' WHERE id = 2").unwrap();
    drop(db);
    let answer = shell.run("log verify --json");
    assert_eq!((answer.status, answer.json()["broken_at"].as_i64()), (70, Some(2)));
    assert_eq!(shell.run("doctor").status, 70, "the newest ones are looked at on every start");
    let deep = shell.run("doctor --deep --json");
    assert_eq!(deep.status, 70);
    let journal = deep.json()["checks"].as_array().unwrap().iter().find(|c| c["check"] == "journal").unwrap().clone();
    assert_eq!((journal["verdict"].as_str(), journal["value"].as_str()), (Some("fail"), Some("2")));
}

#[test]
fn a_members_sheet_is_shown_to_others_once_the_panel_is_sealed() {
    let (mut desk, formed) = with_panel(40);
    fill(&mut desk, formed.panel);
    let sheet = page(&desk, &Filter { kind: Some("panel.score".into()), ..Filter::default() })[0].operation;
    let hidden = |desk: &Desk| history::detail(&desk.site, sheet).unwrap().hidden;
    assert!(hidden(&desk));
    desk.sign_on("reviewer");
    assert!(!hidden(&desk));
    assert!(!view(&desk, formed.panel).candidates.is_empty());
}
