//! The counts that close a room, and the box its scripts go into.
use super::world::*;
use kaowu::model::{AttendanceState, Day};
use kaowu::ops::papers::{CloseRoom, ReopenRoom, Store, archive};

fn boxed(desk: &crate::harness::Desk) -> Store {
    let whole = room(&desk.site, 2);
    let scripts = whole.record.as_ref().map_or(0, |r| r.collected + r.void);
    let keeper = "督导甲".to_owned();
    let place = Some("三楼档案室".to_owned());
    Store {
        session: session(&desk.site).id,
        room: whole.room,
        r#box: "D-01".into(),
        scripts,
        keeper,
        place,
        reason: None,
    }
}

#[test]
fn a_room_is_closed_when_everything_adds_up() {
    let mut desk = collected();
    let whole = room(&desk.site, 2);
    let spare = 2 * i64::try_from(whole.bags.len()).unwrap();
    assert_eq!((whole.known.collected, whole.known.absent, whole.known.void), (4, 1, 0));
    assert_eq!((whole.known.spare, whole.known.issued), (spare, 5 + spare));
    desk.sign_on("proctor");
    let out = desk.does(&close(&desk.site, 2));
    assert_eq!((out.missing, out.differing.len()), (0, 0));
    assert_eq!(desk.refused(&close(&desk.site, 2)), "papers.already_closed");
}

#[test]
fn counts_that_differ_need_a_reason_and_are_named_in_figures() {
    let mut desk = collected();
    let short = CloseRoom { collected: 3, ..close(&desk.site, 2) };
    let error = desk.try_to(&short).unwrap_err();
    let refusal = error.refusal().unwrap();
    let figure = |name| refusal.get(name).unwrap().to_string();
    assert_eq!(
        (refusal.code.0, figure("missing"), figure("collected")),
        ("papers.counts_differ", "1".into(), "3".into())
    );
    assert_eq!((figure("known_collected"), figure("known_absent")), ("4".into(), "1".into()));
    // Adds up, but not with attendance: one script passes for an absent one.
    let other = CloseRoom { collected: 3, absent: 2, ..close(&desk.site, 2) };
    assert_eq!(desk.refused(&other), "papers.counts_differ");
    let out = desk.does(&CloseRoom { reason: Some("一份被带出考场".into()), ..short });
    assert_eq!(out.missing, 1);
    let whole = room(&desk.site, 2);
    assert_eq!(whole.record.as_ref().unwrap().reason.as_deref(), Some("一份被带出考场"));
    assert!(whole.wrong.iter().any(|w| w.code.0 == "papers.warn.does_not_add_up"));
}

#[test]
fn a_removed_candidates_script_is_void() {
    let mut desk = collected();
    let who = people(&desk.site, 2)[4].application;
    desk.does(&Attend(vec![(who, AttendanceState::Misconduct)]));
    let known = room(&desk.site, 2).known;
    assert_eq!((known.collected, known.void, known.absent), (3, 1, 1));
    desk.does(&close(&desk.site, 2));
}

#[test]
fn a_room_stays_open_while_somebody_is_expected_or_inside() {
    let mut desk = planned();
    assert_eq!(desk.refused(&close(&desk.site, 2)), "papers.still_expected");
    let error = desk.try_to(&close(&desk.site, 2)).unwrap_err();
    let first = people(&desk.site, 2)[0].name.clone();
    assert!(error.refusal().unwrap().get("names").unwrap().to_string().contains(&first));
    attend(&mut desk, 2, 1, AttendanceState::Present);
    assert_eq!(desk.refused(&close(&desk.site, 2)), "papers.still_inside");
    attend(&mut desk, 2, 1, AttendanceState::HandedIn);
    desk.does(&hand_over(bags(&desk.site, 2)));
    assert_eq!(desk.refused(&close(&desk.site, 2)), "papers.bags_out");
}

#[test]
fn once_time_is_up_nobody_is_inside_any_more() {
    let mut desk = planned();
    attend(&mut desk, 2, 1, AttendanceState::Present);
    desk.does(&hand_over(bags(&desk.site, 2)));
    desk.at("09:59");
    assert_eq!(desk.refused(&close(&desk.site, 2)), "papers.still_inside");
    desk.at("10:00");
    assert_eq!(desk.refused(&close(&desk.site, 2)), "papers.bags_out");
}

#[test]
fn two_different_proctors_sign() {
    let mut desk = collected();
    let one = CloseRoom { proctors: names(&["监甲", " "]), ..close(&desk.site, 2) };
    assert_eq!(desk.refused(&one), "papers.two_proctors");
    let twice = CloseRoom { proctors: names(&["监甲", "监甲"]), ..close(&desk.site, 2) };
    assert_eq!(desk.refused(&twice), "papers.same_person");
    let negative = CloseRoom { collected: -1, ..close(&desk.site, 2) };
    assert_eq!(desk.refused(&negative), "papers.negative");
    let room = kaowu::model::RoomId(77);
    assert_eq!(desk.refused(&CloseRoom { room, ..close(&desk.site, 2) }), "papers.no_room");
}

#[test]
fn a_record_is_taken_back_with_a_reason_and_the_scripts_with_it() {
    let (mut desk, room_id) = closed();
    let session = session(&desk.site).id;
    let reopen = |reason: &str| ReopenRoom { session, room: room_id, reason: reason.into() };
    desk.does(&boxed(&desk));
    assert_eq!(desk.refused(&reopen(" ")), "papers.reason_missing");
    assert_eq!(desk.does(&reopen("数错了")), 2);
    let whole = room(&desk.site, 2);
    assert!(whole.record.is_none() && whole.archived.is_none());
    assert_eq!(desk.refused(&reopen("数错了")), "papers.not_closed_yet");
    desk.does(&close(&desk.site, 2));
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&reopen("数错了")), "duty.role_needed");
}

#[test]
fn attendance_that_changes_after_the_record_is_noticed() {
    let (mut desk, _) = closed();
    attend(&mut desk, 2, 2, AttendanceState::HandedIn);
    assert!(room(&desk.site, 2).wrong.iter().any(|w| w.code.0 == "papers.warn.changed_since"));
}

/// All papers are archived by the supervisor and ready for inspection: box, bags, count, keeper, retention date.
#[test]
fn every_rooms_papers_are_archived_s1_38() {
    assert!(kaowu::ops::batch::policy(&kaowu::config::Assets::default(), "nmg-2023").unwrap().policy.archive.papers);
    let mut desk = collected();
    assert_eq!(desk.refused(&boxed(&desk)), "papers.record_missing");
    desk.does(&close(&desk.site, 2));
    assert_eq!(desk.refused(&boxed(&desk)), "papers.bags_not_back");
    desk.does(&give_back(bags(&desk.site, 2)));
    assert_eq!(desk.refused(&Store { scripts: 3, ..boxed(&desk) }), "papers.scripts_differ");
    assert_eq!(desk.refused(&Store { keeper: String::new(), ..boxed(&desk) }), "papers.name_missing");
    let out = desk.does(&boxed(&desk));
    assert_eq!(out.keep_until, Day::from_ymd_opt(2026, 10, 15).unwrap());
    assert_eq!(desk.refused(&boxed(&desk)), "papers.already_stored");
    let why = Some("换盒".to_owned());
    desk.does(&Store { r#box: "D-02".into(), reason: why, ..boxed(&desk) });
    // What is not archived yet comes first and has no box.
    let register = archive(&desk.site, Some(session(&desk.site).id)).unwrap();
    assert_eq!((register.len(), register[0].room, register[0].r#box.as_deref()), (2, 1, None));
    let line = &register[1];
    assert_eq!((line.r#box.as_deref(), line.scripts, line.keeper.as_deref()), (Some("D-02"), Some(4), Some("督导甲")));
    assert!(!line.bags.is_empty() && line.keep_until == Day::from_ymd_opt(2026, 10, 15));
}

#[test]
fn a_closed_room_is_not_archived_for_ever_unseen_s1_38() {
    let (mut desk, _) = closed();
    assert!(room(&desk.site, 2).wrong.is_empty());
    let clock = desk.clock();
    clock.set(clock.get().plus_minutes(24 * 60));
    assert!(room(&desk.site, 2).wrong.iter().any(|w| w.code.0 == "papers.warn.not_archived"));
    desk.does(&boxed(&desk));
    assert!(room(&desk.site, 2).wrong.is_empty());
}
