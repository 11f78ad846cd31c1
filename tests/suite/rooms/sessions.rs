//! Sessions that the site sets.
use super::fixtures::seated;
use crate::harness::{Desk, Shell};
use kaowu::model::{Level, SessionMode, Stamp, Subject};
use kaowu::ops::batch;
use kaowu::ops::sessions::{Add, Change, End, Remove};

fn at(clock: &str) -> Stamp {
    Stamp::read(&format!("2023-10-15 {clock}")).unwrap()
}

fn add(code: &str, times: (&str, Option<&str>)) -> Add {
    Add {
        code: code.into(),
        subject: Subject::Practical,
        starts_at: at(times.0),
        ends_at: times.1.map(at),
        mode: None,
        levels: vec![],
    }
}

#[test]
fn a_session_is_added_changed_and_removed_while_nobody_is_seated() {
    let mut desk = Desk::with_batch();
    // 12:30 is when the last session of the notice ends.
    let added = desk.does(&add("practical-2", ("12:30", None)));
    assert_eq!(added.also_sat_in.as_deref(), Some("practical-1"));
    let change = |ends_at| Change { session: "practical-2".into(), starts_at: Some(at("13:00")), ends_at };
    desk.does(&change(End::At(at("15:00"))));
    let stored = batch::sessions(&desk.site).unwrap().pop().unwrap();
    assert_eq!((stored.starts_at, stored.ends_at), (at("13:00"), Some(at("15:00"))));
    desk.does(&change(End::Open));
    assert_eq!(batch::sessions(&desk.site).unwrap().pop().unwrap().ends_at, None);
    desk.does(&Remove { session: "practical-2".into() });
    assert_eq!(batch::sessions(&desk.site).unwrap().len(), 2);
}

#[test]
fn sessions_that_cannot_be_are_refused() {
    let mut desk = Desk::with_batch();
    for (op, code) in [
        (add("practical-2", ("12:00", Some("13:00"))), "sessions.overlaps"),
        (add("practical-2", ("09:00", None)), "sessions.overlaps"),
        (add("practical-1", ("14:00", None)), "sessions.taken"),
        (add(" ", ("14:00", None)), "sessions.no_code"),
        (add("practical-2", ("14:00", Some("14:00"))), "sessions.ends_before"),
        (Add { subject: Subject::Review, ..add("review", ("14:00", None)) }, "sessions.not_sat"),
    ] {
        assert_eq!(desk.refused(&op), code);
    }
    let moved = |code: &str| Change { session: code.into(), starts_at: Some(at("07:00")), ends_at: End::AsItIs };
    assert_eq!(desk.refused(&moved("none")), "sessions.unknown");
    assert_eq!(desk.refused(&moved("theory-1")), "sessions.of_the_notice");
    assert_eq!(desk.refused(&Remove { session: "theory-1".into() }), "sessions.of_the_notice");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&add("practical-2", ("14:00", None))), "duty.role_needed");
}

/// Nobody is due in both of two overlapping sessions when levels or the mode part them.
#[test]
fn sessions_may_overlap_for_different_people() {
    let mut desk = Desk::with_batch();
    let of = |code: &str, mode, levels: &[Level]| Add { mode, levels: levels.to_vec(), ..add(code, ("14:00", None)) };
    desk.does(&of("hands-on-low", Some(SessionMode::HandsOn), &[Level::Five, Level::Four]));
    desk.does(&of("hands-on-high", Some(SessionMode::HandsOn), &[Level::Two]));
    desk.does(&of("paper", Some(SessionMode::Paper), &[]));
    assert_eq!(desk.refused(&of("again", Some(SessionMode::HandsOn), &[Level::Four])), "sessions.overlaps");
    let low = batch::sessions(&desk.site).unwrap().into_iter().find(|s| s.code == "hands-on-low").unwrap();
    assert_eq!(low.levels.as_deref(), Some("5,4"));
}

#[test]
fn times_stay_once_somebody_is_seated() {
    let mut desk = Desk::with_batch();
    desk.does(&add("practical-2", ("14:00", None)));
    let mut desk = super::fixtures::sit(super::fixtures::people_of(desk, 1, |_| "单位".into()), 1);
    let change = Change { session: "practical-2".into(), starts_at: Some(at("15:00")), ends_at: End::AsItIs };
    assert_eq!(desk.refused(&change), "sessions.seated");
    assert_eq!(desk.refused(&Remove { session: "practical-2".into() }), "sessions.seated");
}

/// S0-34, S0-35, S0-36: theory of 90 minutes, the skill paper of 120, hands-on work with no end, which the site may set.
#[test]
fn the_timetable_of_the_banner() {
    let mut shell = Shell::new();
    shell.run("init --site 01 --name 测试考点 --region 150626 --organisation S000015000001").done();
    shell.run("batch open --policy wushen-2024").done();
    let list = shell.run("session list --json").done().json();
    let line = |n: usize| {
        let s = &list[n];
        let minutes = |key: &str| s[key].as_str().and_then(Stamp::parse).or_else(|| s[key].as_i64().map(Stamp));
        let length = minutes("ends").map(|end| end.minutes_since(minutes("starts").unwrap()));
        (s["code"].as_str().unwrap().to_owned(), s["subject"].as_str().unwrap().to_owned(), s["mode"].clone(), length)
    };
    assert_eq!(line(0), ("theory-1".into(), "theory".into(), serde_json::Value::Null, Some(90)));
    assert_eq!(line(1), ("practical-paper".into(), "practical".into(), "paper".into(), Some(120)));
    assert_eq!(line(2), ("practical-hands-on".into(), "practical".into(), "hands_on".into(), None));
    let table = shell.run("session list").done().out;
    assert!(table.contains("2024-09-21 08:30") && table.contains("10:00") && table.contains("实操"), "{table}");
    assert_eq!(shell.run("session change practical-paper --start 2024-09-21T11:00").status, 1);
    shell.at("08:10").run("session change practical-hands-on --end 2024-09-21T18:00").done();
    assert!(shell.run("session list").done().out.contains("18:00"));
}

/// S1-31: theory and skill follow one another with half an hour between, in the same room and seat.
#[test]
fn one_seat_serves_both_sessions() {
    let desk = seated(2);
    let sessions = batch::sessions(&desk.site).unwrap();
    let (theory, skill) = (&sessions[0], &sessions[1]);
    assert_eq!(theory.starts_at.minute(), "2023-10-15 08:30");
    assert_eq!(theory.ends_at.unwrap().minutes_since(theory.starts_at), 90);
    assert_eq!(skill.starts_at.minutes_since(theory.ends_at.unwrap()), 30);
    assert_eq!(skill.ends_at.unwrap().minutes_since(skill.starts_at), 120);
    assert_eq!(super::fixtures::seats(&desk, 2), ["theory-1 1-2", "practical-1 1-2"]);
}
