//! Stamps and reviews through the one door.
use super::world::*;
use crate::harness::{Desk, Shell};
use ReviewStep::{First, Second};
use kaowu::model::{EvidenceKind, ReviewDecision, ReviewStep};
use kaowu::ops::eligibility::{AddEvidence, Part, read};
use kaowu::ops::history::{self, Undo};
use kaowu::ops::payments::ReceiveOriginal;
use kaowu::ops::reviews::{
    Decide, LinkState, NodeState, PutStamp, StampBy, TakeStampOff, Whom, chain, counts, ready, sent_back, standing,
};
use kaowu::ops::seating::Arrange;
use kaowu::ops::{ApplicationState, batch};

const CHAIN: [StampBy; 5] =
    [StampBy::Employer, StampBy::Department, StampBy::County, StampBy::Prefecture, StampBy::Issuer];

/// S1-81: what was handed in waits; S0-30: first review, second review, and only then payment.
#[test]
fn an_application_goes_from_handed_in_to_approved_s0_30_s1_81() {
    let (mut desk, ids) = filed(2);
    let all = standing(&desk.site, ids[0]).unwrap();
    assert_eq!((all.next, all.reviewed, all.missing_stamps.len()), (Some(First), false, 5));
    for node in CHAIN {
        desk.does(&stamp(node, &ids));
    }
    desk.does(&pass(First, &ids));
    let half = standing(&desk.site, ids[0]).unwrap();
    assert_eq!((half.next, half.reviewed, half.passed.as_slice()), (Some(Second), false, &[First][..]));
    assert_eq!(desk.refused(&pass(Second, &ids)), "review.same_operator");
    desk.sign_on("clerk");
    assert_eq!(desk.refused(&pass(Second, &ids)), "review.same_organisation");
    desk.sign_on("ordos");
    assert_eq!(desk.refused(&pass(Second, &ids)), "review.wrong_body");
    let done = desk.sign_on("approver").does(&pass(Second, &ids));
    assert_eq!((done.decided, done.approved), (2, 2));
    assert_eq!(state(&desk, ids[0]), ApplicationState::Approved);
    let end = standing(&desk.site, ids[0]).unwrap();
    assert_eq!((end.next, end.reviewed, end.missing_stamps.as_slice()), (None, true, &[][..]));
    assert_eq!(desk.refused(&pass(Second, &ids)), "review.not_waiting");
    assert_eq!(desk.refused(&stamp(StampBy::Employer, &ids)), "stamp.not_open");
}

/// S1-27: who applies for promotion is passed on what the query of the earlier certificate gave.
#[test]
fn a_promotion_needs_the_answer_of_the_query_s1_27() {
    let (mut desk, ids) = filed(20);
    let promoted = ids.iter().copied().find(|id| row(&desk, *id).certificate_no.is_some()).unwrap();
    let bare = Decide { query_evidence: None, reason: None, ..pass(First, &[promoted]) };
    assert_eq!(desk.refused(&bare), "review.doubts");
    assert!(ready(&desk.site, First, &Whom::Waiting, None).unwrap().left.len() > 5);
    desk.does(&pass(First, &[promoted]));
    let links = chain(&desk.site, promoted).unwrap().links;
    let review = links.iter().find(|l| l.state == LinkState::Review(ReviewDecision::Pass)).unwrap();
    assert_eq!(review.text, "已核实佐证 平台查询一致");
    assert!(review.by.starts_with("测试考点 "), "{review:?}");
}

/// S1-27: what the conditions say stands against passing: of one always, of many where evidence is on record.
#[test]
fn the_conditions_stand_against_passing_s1_27() {
    let (mut desk, ids) = filed(9);
    let silent = |ids: &[_]| Decide { reason: None, ..pass(First, ids) };
    let error = desk.try_to(&silent(&ids[..1])).unwrap_err();
    let refusal = error.refusal().unwrap();
    assert_eq!(refusal.get("doubt").unwrap().to_string(), "review_doubt.not_decidable");
    // A sheet gives no papers: nobody is left out of many for that.
    let all = |desk: &Desk| ready(&desk.site, First, &Whom::Waiting, Some("一致")).unwrap();
    assert_eq!((all(&desk).ready.len(), all(&desk).left.len()), (9, 0));
    // Work since yesterday is too little for anything, and it is on record.
    let parts = [(Part::From, "2023-10-14".to_owned()), (Part::Relation, "same".to_owned())];
    let evidence = read(EvidenceKind::Employment, &parts).unwrap();
    desk.does(&AddEvidence { application: ids[0], evidence });
    let left = all(&desk).left;
    assert_eq!(left.iter().map(|l| l.application).collect::<Vec<_>>(), [ids[0]]);
    assert!(left[0].refusal.get("doubt").unwrap().to_string().starts_with("review_doubt.not_"));
    let accepted = Decide { reason: Some("已核实社保记录".into()), ..silent(&ids[..1]) };
    assert_eq!(desk.does(&accepted).decided, 1);
}

#[test]
fn many_are_passed_with_their_number_typed_and_taken_back_at_once() {
    let (mut desk, ids) = filed(9);
    let all = |count| Decide { whom: Whom::Waiting, count, ..pass(First, &ids) };
    assert_eq!(desk.refused(&all(None)), "review.count_needed");
    assert_eq!(desk.refused(&all(Some(8))), "review.count_differs");
    assert_eq!(desk.does(&all(Some(9))).decided, 9);
    assert_eq!(desk.refused(&all(Some(9))), "review.nobody_waits");
    let op = history::next_undo(&desk.site).unwrap();
    desk.does(&Undo { op, reason: "误操作".into() });
    assert_eq!(counts(&desk.site).unwrap().waits_first, 9);
    let back = Decide { whom: Whom::Waiting, reason: Some("x".into()), ..decide(First, ReviewDecision::Return, &ids) };
    assert_eq!(desk.refused(&back), "review.bulk_only_passes");
}

/// S1-83: the reason is told to the unit, the correction comes in again and is examined anew.
#[test]
fn what_is_returned_tells_why_and_starts_the_next_round_s1_83() {
    let (mut desk, ids) = filed(2);
    let bare = Decide { reason: Some(" ".into()), ..send_back(First, ids[0], "") };
    assert_eq!(desk.refused(&bare), "review.reason_needed");
    desk.does(&send_back(First, ids[0], "照片不合格"));
    assert_eq!(state(&desk, ids[0]), ApplicationState::Returned);
    let told = sent_back(&desk.site).unwrap();
    assert_eq!((told.len(), told[0].reason.as_str(), told[0].round), (1, "照片不合格", 1));
    assert!(told[0].employer.is_some());
    assert_eq!(desk.refused(&pass(First, &ids[..1])), "review.not_waiting");
    desk.does(&Again { application: ids[0], phone: None });
    assert_eq!(standing(&desk.site, ids[0]).unwrap().round, 2);
    desk.does(&pass(First, &ids[..1]));
    let reject = Decide { reason: Some("材料不实".into()), ..decide(Second, ReviewDecision::Reject, &ids[..1]) };
    desk.sign_on("approver").does(&reject);
    assert_eq!(state(&desk, ids[0]), ApplicationState::Rejected);
    assert_eq!(sent_back(&desk.site).unwrap()[0].decision, ReviewDecision::Reject);
}

/// S1-63, S1-64, S1-65, S1-66, S1-67: five boxes, each with opinion, stamp, day and who signed, strictly in order.
#[test]
fn every_box_is_recorded_in_order_and_the_last_taken_off_first_s1_67() {
    let (mut desk, ids) = filed(1);
    assert_eq!(desk.refused(&stamp(StampBy::County, &ids)), "stamp.out_of_order");
    assert_eq!(desk.refused(&stamp(StampBy::Region, &ids)), "stamp.not_in_chain");
    let future = PutStamp { dated: Some("2023-10-16".parse().unwrap()), ..stamp(StampBy::Employer, &ids) };
    assert_eq!(desk.refused(&future), "stamp.dated_in_the_future");
    assert_eq!(
        desk.refused(&PutStamp { opinion: " ".into(), ..stamp(StampBy::Employer, &ids) }),
        "stamp.opinion_needed"
    );
    for node in CHAIN {
        desk.does(&stamp(node, &ids));
    }
    let links = chain(&desk.site, ids[0]).unwrap().links;
    let boxes: Vec<_> = links.iter().filter_map(|l| l.node.map(|node| (node, l.state))).collect();
    assert_eq!(boxes, CHAIN.map(|node| (node, LinkState::Stamp(NodeState::Good))));
    assert_eq!(
        (links[0].by.as_str(), links[0].when.as_str(), links[0].text.as_str()),
        ("高经办", "2023-10-15", "同意")
    );
    assert_eq!(desk.refused(&stamp(StampBy::Employer, &ids)), "stamp.already_there");
    let off = |node, reason: &str| TakeStampOff { application: ids[0], node, reason: reason.into() };
    assert_eq!(desk.refused(&off(StampBy::Issuer, " ")), "stamp.reason_needed");
    assert_eq!(desk.refused(&off(StampBy::Employer, "误登")), "stamp.not_the_last");
    desk.does(&off(StampBy::Issuer, "误登"));
    assert_eq!(standing(&desk.site, ids[0]).unwrap().missing_stamps, [StampBy::Issuer]);
}

/// S2-16: unit, then the department above; S2-17, S2-34, S2-35, S2-36, S2-37, S2-40: each box with two signatures and a
/// stamp, the last with the number of its document; S2-26: otherwise it is void and carries nothing.
#[test]
fn the_chain_of_2022_wants_two_signatures_and_a_number_s2_17_s2_26() {
    let mut desk = Desk::new();
    desk.open_batch_of("xinjiang-2022");
    operators(&mut desk);
    of_2022(&mut desk, 1);
    let ids = [kaowu::model::ApplicationId(1)];
    let nodes = [StampBy::Employer, StampBy::Department, StampBy::County, StampBy::Prefecture, StampBy::Region];
    let both = |node| PutStamp { responsible: Some("陈负责".into()), ..stamp(node, &ids) };
    assert_eq!(desk.does(&stamp(nodes[0], &ids)).void, Some(NodeState::Unsigned));
    assert_eq!(desk.refused(&both(nodes[1])), "stamp.out_of_order");
    let bare = PutStamp { stamped: false, ..both(nodes[0]) };
    assert_eq!(desk.does(&bare).void, Some(NodeState::Unstamped));
    nodes[..4].iter().for_each(|node| assert_eq!(desk.does(&both(*node)).void, None));
    assert_eq!(desk.does(&both(nodes[4])).void, Some(NodeState::Unnumbered));
    let wrong = PutStamp { document_no: Some("43".into()), ..both(nodes[4]) };
    assert_eq!(desk.refused(&wrong), "stamp.document_no");
    let right = PutStamp { document_no: Some("新人社函[2022]43号".into()), ..both(nodes[4]) };
    assert_eq!(desk.does(&right).void, None);
    let last = chain(&desk.site, ids[0]).unwrap().links[4].clone();
    assert_eq!((last.text.as_str(), last.by.as_str()), ("同意 新人社函〔2022〕43号", "高经办 陈负责"));
}

/// S1-82: the signed original comes after the approval, once.
#[test]
fn the_original_comes_after_the_approval_s1_82() {
    let (mut desk, ids) = filed(1);
    let original = ReceiveOriginal { applications: ids.clone() };
    assert_eq!(desk.refused(&original), "applications.original_before_approval");
    desk.reviewed();
    assert_eq!(standing(&desk.site, ids[0]).unwrap().original_at, None);
    desk.does(&original);
    assert!(standing(&desk.site, ids[0]).unwrap().original_at.is_some());
    assert_eq!(desk.refused(&original), "applications.originals_are_in");
}

/// S1-28: only who passed both reviews gets a seat.
#[test]
fn seats_go_to_the_approved_alone() {
    let (mut desk, ids) = filed(3);
    assert_eq!(desk.refused(&Arrange { seed: 1 }), "seating.nobody_approved");
    desk.does(&send_back(First, ids[2], "补材料"));
    desk.reviewed();
    let out = desk.does(&Arrange { seed: 1 });
    assert_eq!((out.people, out.unapproved), (2, 1));
    assert_eq!(kaowu::ops::seating::unapproved(&desk.site).unwrap(), 1);
}

/// S1-72: once approved, a sheet brings no other name.
#[test]
fn an_approved_name_is_frozen_s1_72() {
    let shell = Shell::with_batch();
    let codes =
        kaowu::bundle::codes::Codes::load(&|n| kaowu::config::Assets::default().read(&format!("codes/{n}"))).unwrap();
    let mut rows = kaowu::ops::demo::people::rows(&codes, 1, 3);
    shell.sheet(&rows);
    rows[0][6] = "王改名".into();
    let mut sheet = csv::Writer::from_path(shell.path("again.csv")).unwrap();
    sheet.write_record(kaowu::ops::demo::people::HEADINGS).unwrap();
    rows.iter().for_each(|row| sheet.write_record(row).unwrap());
    drop(sheet);
    let answer = shell.run("import again.csv --json");
    assert_eq!(answer.status, 3, "{}", answer.err);
    assert!(answer.out.contains("\"name_frozen\""), "{}", answer.out);
}

/// A notice without reviews is approved by its last stamp.
#[test]
fn without_reviews_the_last_stamp_approves() {
    let mut desk = Desk::new();
    let assets = kaowu::config::Assets::default();
    let child =
        "inherits = \"whole\"\n[notice]\ncode = \"child\"\n[reviews]\nsteps = []\n[stamps]\nchain = [\"employer\"]\n";
    let lookup = |code: &str| match code {
        "child" => Some(child.to_owned()),
        "whole" => assets.read("policies/nmg-2023.toml"),
        other => assets.read(&format!("policies/{other}.toml")),
    };
    let policy = kaowu::policy::load("child", &lookup).unwrap();
    desk.does(&batch::Open { code: "child".into(), name: "child".into(), policy });
    desk.site.choose_batch(None).unwrap();
    desk.people(2);
    let ids = [kaowu::model::ApplicationId(1)];
    assert_eq!(desk.refused(&pass(First, &ids)), "review.no_such_step");
    assert_eq!(desk.does(&stamp(StampBy::Employer, &ids)).approved, 1);
    assert_eq!(state(&desk, ids[0]), ApplicationState::Approved);
    desk.does(&TakeStampOff { application: ids[0], node: StampBy::Employer, reason: "误登".into() });
    assert_eq!(state(&desk, ids[0]), ApplicationState::Submitted);
}

#[test]
fn the_chain_by_commands() {
    let shell = Shell::with_batch();
    let codes =
        kaowu::bundle::codes::Codes::load(&|n| kaowu::config::Assets::default().read(&format!("codes/{n}"))).unwrap();
    let rows = kaowu::ops::demo::people::rows(&codes, 1, 3);
    let mut sheet = csv::Writer::from_path(shell.path("s.csv")).unwrap();
    sheet.write_record(kaowu::ops::demo::people::HEADINGS).unwrap();
    rows.iter().for_each(|row| sheet.write_record(row).unwrap());
    drop(sheet);
    shell.run("import s.csv").done();
    let one =
        shell.run("application stamp employer 1 --opinion 同意 --signed-by 高 --date 2023-09-01 --json").done().json();
    assert_eq!((one["stamped"].as_u64(), one["void"].is_null()), (Some(1), true));
    assert_eq!(shell.run("application stamp employer --all --opinion 同意 --signed-by 高 --count 9").status, 1);
    shell.run("application stamp employer --all --opinion 同意 --signed-by 高 --count 2").done();
    shell.run("application unstamp employer 3 --reason 误登").done();
    let back = shell.run("application review first 2 --decision return");
    assert!(back.status == 1 && back.err.contains("--reason"), "{}", back.err);
    shell.run("application review first 2 --decision return --reason 照片不合格").done();
    let told = shell.run("application returned --json").done().json();
    assert_eq!(told[0]["reason"], "照片不合格");
    let csv = shell.run("export returned --out -").done().out;
    assert!(csv.contains("照片不合格"), "{csv}");
    let way = shell.run("application way 2").done().out;
    assert!(way.contains("初审") && way.contains("退回") && way.contains("照片不合格"), "{way}");
    assert_eq!(shell.run("application review third 1 --decision pass").status, 1);
    assert_eq!(shell.run("application original 1").status, 1);
}
