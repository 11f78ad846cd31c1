//! `kaowu checkin` and `kaowu session`.
use super::world::{at_seat, session};
use crate::harness::Shell;
use crate::harness::desk::MORNING;
use kaowu::config::Assets;
use kaowu::model::{FixedClock, Stamp};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::demo::people;
use kaowu::ops::seating::Arrange;
use kaowu::ops::upkeep::{Credential, sign_on};
use kaowu::ops::{Access, Site};

fn site(shell: &Shell) -> Site {
    let clock = FixedClock::at(Stamp::parse(MORNING).unwrap());
    let path = shell.home().join("site.db");
    let mut site = Site::open(&path, Access::ReadWrite, Assets::default(), Box::new(clock)).unwrap();
    sign_on(&mut site, &Credential::Named { name: "boss", pin: None, os_user: None }).unwrap();
    site.choose_batch(None).unwrap();
    site
}

/// A home with so many people seated; the tickets of room 1.
fn seated(count: usize) -> (Shell, Vec<String>) {
    let shell = Shell::new();
    shell.run("init --site 01 --name X --region 150600 --organisation S000015000001 --operator boss").done();
    shell.run("batch open --policy nmg-2023 --as boss").done();
    let mut site = site(&shell);
    let rows = people::rows(&site.codes().unwrap(), 1, count);
    let lines: Vec<_> = std::iter::once(people::HEADINGS.join(",")).chain(rows.iter().map(|r| r.join(","))).collect();
    std::fs::write(shell.path("sheet.csv"), lines.join("\n") + "\n").unwrap();
    shell.run("import sheet.csv --as boss").done();
    crate::harness::desk::review_everybody(&mut site);
    site.perform(&RecordFee::All).unwrap();
    site.perform(&Arrange { seed: 1 }).unwrap();
    let tickets = (1..=count.min(30)).map(|n| at_seat(&site, 1, n as i64).ticket.unwrap()).collect();
    assert_eq!(session(&site, "theory-1").id.0, 1);
    (shell, tickets)
}

#[test]
fn codes_are_admitted_listed_and_undone() {
    let (mut shell, tickets) = seated(5);
    let answer = shell.run(&format!("checkin admit {} --as boss --session theory-1", tickets[0])).done();
    assert!(answer.out.contains("第1考场 1号  准时"), "{}", answer.out);
    let again = shell.run(&format!("checkin admit {} --as boss --json", tickets[0]));
    assert_eq!(again.status, 1);
    assert!(again.err.contains("\"checkin.already_present\""), "{}", again.err);

    shell.at("08:40");
    let input = format!("{}\r\n\r\n{}\n999\n", tickets[1], tickets[0]);
    let lines = shell.run_args(&["checkin", "admit", "-", "--as", "boss", "--room", "1"], &input);
    let said: Vec<_> = lines.out.lines().collect();
    assert_eq!((lines.status, said.len()), (1, 3), "{}{}", lines.out, lines.err);
    assert!(said[0].contains("第1考场 2号  迟到 10 分钟"), "{}", said[0]);
    assert!(said[1].contains("已于 08:10 签到") && said[2].contains("找不到“999”"), "{}", lines.out);

    let list = shell.run("checkin list --json --room 1").done().json();
    assert_eq!((list[0]["attendance"].as_str(), list[1]["late_minutes"].as_i64()), (Some("present"), Some(10)));
    assert_eq!((list.as_array().unwrap().len(), list[4]["attendance"].is_null()), (5, true));
    assert_eq!(shell.run("checkin list --room 9").status, 1);
    assert_eq!(shell.run("checkin list --session nothing").status, 1);

    let refused = shell.run(&format!("checkin undo {} --as boss", tickets[0]));
    assert_eq!(refused.status, 1);
    let undone = shell.run_args(&["checkin", "undo", &tickets[0], "--as", "boss", "--reason", "认错人", "--json"], "");
    assert!(undone.done().json()["state"].is_null());
    let sessions = shell.run("session list --json").done().json();
    assert_eq!((sessions[0]["code"].as_str(), sessions[0]["here"].as_i64()), (Some("theory-1"), Some(1)));
    assert_eq!((sessions[0]["door"].as_str(), sessions[1]["door"].as_str()), (Some("late"), Some("before")));
    assert_eq!(sessions[0]["late_limit"], "2023-10-15T08:45:00+08:00");
}

#[test]
fn closing_shows_the_list_first() {
    let (mut shell, tickets) = seated(4);
    shell.run(&format!("checkin admit {} --as boss", tickets[2])).done();
    assert_eq!(shell.run("checkin close --as boss --yes").status, 2, "the session must be named");
    let close = "checkin close --session theory-1 --as boss";
    assert_eq!(shell.run(&format!("{close} --yes")).status, 1);
    shell.at("08:46");
    let would = shell.run(&format!("{close} --json")).done();
    assert!(would.err.contains("将登记 3 人缺考；加 --yes 执行"), "{}", would.err);
    let would = would.json();
    assert_eq!(would.as_array().unwrap().len(), 3);
    assert!(would[0]["attendance"].is_null());
    let left = |shell: &Shell| shell.run("checkin list --expected --json").done().json().as_array().unwrap().len();
    assert_eq!(left(&shell), 3, "nobody was marked yet");
    shell.run(&format!("{close} --yes")).done();
    assert_eq!(left(&shell), 0);
    let list = shell.run("checkin list --json").done().json();
    assert_eq!(list[0]["attendance"], "absent");
    let late = ["checkin", "admit", tickets[0].as_str(), "--as", "boss", "--reason", "堵车", "--json"];
    let answer = shell.run_args(&late, "").done().json();
    assert_eq!((answer["state"].as_str(), answer["overridden"].as_bool()), (Some("late"), Some(true)));
}
