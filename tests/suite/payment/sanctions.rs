//! Sanctions: what follows at each stage, the bar across batches, lifting.
use super::world::{BARS, desk, on, open, row, who};
use crate::harness::{Desk, PlantMarks};
use kaowu::bundle::row_fault::code;
use kaowu::config::Assets;
use kaowu::model::{Mark, Points, Subject};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::certificates::{self, Number, Reissue};
use kaowu::ops::checkin::{self, Admit};
use kaowu::ops::demo::people;
use kaowu::ops::exchange::{Import, Mode, Source, check};
use kaowu::ops::history::Undo;
use kaowu::ops::payments::{Readmit, ReceiveOriginal};
use kaowu::ops::results::{self, Filter};
use kaowu::ops::sanctions::{Act, Impose, Imposed, Lift, register};
use kaowu::ops::seating::Arrange;
use kaowu::ops::{ApplicationState, CertificateState};
use std::io::Write;

fn impose(n: i64, act: Act) -> Impose {
    Impose {
        application: who(n),
        act,
        subject: None,
        reason: "学历证书系伪造".into(),
        basis: "通知第八条".into(),
        evidence: Some("学信网查询记录".into()),
    }
}

/// Seated, at the door, under the notice's own sanctions.
fn seated(people: usize) -> Desk {
    let mut desk = desk(people, "");
    desk.does(&RecordFee::All);
    desk.does(&Arrange { seed: 1 });
    desk.at("08:10");
    desk
}

fn admit(desk: &Desk, n: i64) -> Admit {
    let session = checkin::by_code(&desk.site, Some("theory-1")).unwrap().id;
    Admit::of(session, who(n))
}

/// S1-43: before the exam the right to sit is lost.
#[test]
fn before_the_exam_the_right_to_sit_is_lost_s1_43() {
    let mut desk = seated(3);
    let done = desk.does(&impose(1, Act::FalseMaterials));
    assert!(done.excluded && done.voided.is_empty() && done.revoked.is_none() && done.until.is_none());
    assert_eq!(row(&desk, 1).state, ApplicationState::Excluded);
    let error = desk.try_to(&admit(&desk, 1)).unwrap_err();
    let told = error.refusal().unwrap().to_string();
    assert!(told.starts_with("checkin.excluded") && told.contains("act.false_materials"), "{told}");
    assert!(told.contains("通知第八条"), "{told}");
    let listed = &register(&desk.site).unwrap()[0];
    assert_eq!((listed.act.as_str(), listed.evidence.as_deref()), ("false_materials", Some("学信网查询记录")));
    assert_eq!(desk.refused(&impose(1, Act::FalseMaterials)), "sanctions.already_imposed");
}

/// S1-43: after the exam the score is lost; where a part is not marked yet, so that nothing waits for it, the batch too.
#[test]
fn after_the_exam_the_marks_are_void_s1_43() {
    let mut desk = seated(6);
    desk.does(&admit(&desk, 1));
    let done = desk.does(&impose(1, Act::FalseMaterials));
    assert!(done.excluded && done.voided.is_empty());
    let points = Mark::Points(Points::whole(80));
    let all = Subject::ALL.map(|s| (who(2), s, points)).to_vec();
    desk.does(&PlantMarks(all));
    let done = desk.does(&impose(2, Act::FalseMaterials));
    assert!(!done.excluded && done.voided.contains(&Subject::Theory) && done.voided.contains(&Subject::Practical));
    let result = results::outcomes(&desk.site, &Filter::default()).unwrap();
    let result = result.iter().find(|r| r.application == who(2)).unwrap();
    assert_eq!(result.of(Subject::Theory), results::Standing::Void);
}

fn certified() -> (Desk, Imposed) {
    let mut desk = seated(4);
    desk.at("18:00");
    let points = Mark::Points(Points::whole(80));
    let marks = (1..=4).flat_map(|n| Subject::ALL.map(|s| (who(n), s, points))).collect();
    desk.does(&PlantMarks(marks));
    let issued_on = desk.site.now().day();
    desk.release();
    desk.does(&Number { issued_on });
    let done = desk.does(&impose(3, Act::FalseMaterials));
    (desk, done)
}

/// S1-43: after the certificate it is void, and no passing score is left from which a new one could be numbered.
#[test]
fn a_certificate_is_revoked_s1_43() {
    let (mut desk, done) = certified();
    let number = done.revoked.unwrap();
    let all = certificates::register(&desk.site, &certificates::Filter::default()).unwrap();
    let state = |n: &str| all.iter().find(|c| c.number == n).unwrap().state;
    assert_eq!(state(&number), CertificateState::Revoked);
    assert_eq!(all.iter().filter(|c| c.state == CertificateState::Revoked).count(), 1);
    let issued_on = desk.site.now().day();
    assert!(desk.try_to(&Reissue { application: who(3), issued_on, reason: "x".into() }).is_err());
}

/// The decision was told outside: it is lifted, not undone, and says what remains.
#[test]
fn a_sanction_is_lifted_and_says_what_remains() {
    let (mut desk, done) = certified();
    let op =
        kaowu::ops::history::page(&desk.site, &kaowu::ops::history::Filter::default(), None, 1).unwrap()[0].operation;
    assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "history.not_undoable");
    let lift = |reason: &str| Lift { sanction: done.number, reason: reason.into() };
    assert_eq!(desk.refused(&lift(" ")), "sanctions.reason_needed");
    assert_eq!(desk.refused(&Lift { sanction: 99, reason: "x".into() }), "sanctions.unknown");
    let lifted = desk.does(&lift("复核后撤销"));
    assert_eq!(lifted.remains.revoked, [done.revoked.clone().unwrap()]);
    assert!(lifted.remains.voided.len() >= 2 && !lifted.remains.excluded);
    assert_eq!(desk.refused(&lift("x")), "sanctions.already_lifted");
    assert!(register(&desk.site).unwrap()[0].lifted);
}

#[test]
fn each_particular_is_asked_for() {
    let mut desk = desk(3, BARS);
    assert_eq!(
        desk.refused(&Impose { reason: " ".into(), ..impose(1, Act::FalseMaterials) }),
        "sanctions.reason_needed"
    );
    assert_eq!(desk.refused(&Impose { basis: " ".into(), ..impose(1, Act::FalseMaterials) }), "sanctions.basis_needed");
    assert_eq!(desk.refused(&impose(1, Act::Cheating)), "sanctions.not_in_policy");
    assert_eq!(desk.refused(&impose(1, Act::Misconduct)), "sanctions.subject_needed");
    assert_eq!(desk.refused(&impose(99, Act::FalseMaterials)), "applications.unknown");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&impose(1, Act::FalseMaterials)), "duty.role_needed");
}

/// Only the part that is named is lost.
#[test]
fn one_part_alone_may_be_lost() {
    let mut desk = desk(2, BARS);
    let points = Mark::Points(Points::whole(80));
    desk.does(&PlantMarks(Subject::ALL.map(|s| (who(1), s, points)).to_vec()));
    let only = Impose { subject: Some(Subject::Practical), ..impose(1, Act::Misconduct) };
    let done = desk.does(&only);
    assert_eq!((done.voided, done.excluded), (vec![Subject::Practical], false));
}

/// The rows of the sheet that `Desk::people` imports.
fn sheet(desk: &Desk, count: usize) -> (tempfile::NamedTempFile, Source) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "{}", people::HEADINGS.join(",")).unwrap();
    for row in people::rows(&desk.site.codes().unwrap(), 1, count) {
        writeln!(file, "{}", row.join(",")).unwrap();
    }
    file.flush().unwrap();
    let source = Source { path: file.path().to_owned(), name: "sheet.csv".into(), ..Source::default() };
    (file, source)
}

/// S2-29: barred for three years, checked where applications come in, in every other batch, until the last day.
#[test]
fn the_barred_are_refused_across_batches_s2_29() {
    let mut desk = desk(3, BARS);
    let done = desk.does(&impose(2, Act::FalseMaterials));
    assert_eq!((done.until.as_deref(), done.excluded), (Some("2026-09-25"), true));
    let barred = row(&desk, 2).name;
    open(&mut desk, "next", "");
    let (_file, source) = sheet(&desk, 3);
    let report = check(&desk.site, &source, None).unwrap();
    assert_eq!((report.counts.added, report.counts.refused), (2, 1));
    let fault = report.faults.iter().find(|f| f.code.0 == "barred").unwrap();
    assert_eq!((fault.value.as_str(), fault.line), (barred.as_str(), 3));
    assert!(fault.data.iter().any(|(n, v)| *n == "until" && v.to_string() == "2026-09-25"));
    assert!(fault.data.iter().any(|(n, v)| *n == "basis" && v.to_string() == "通知第八条"));
    assert!(!code::ALL.iter().any(|c| c.0 == "barred"), "not a fault of the file alone");
    let assets = Assets::default();
    let import = Import { source: &source, mode: Mode::KeepGood, assets: &assets, refusals: None };
    assert_eq!(desk.does(&import).counts.added, 2);
    on(&desk, "2026-09-26T00:00:00");
    assert_eq!(check(&desk.site, &source, None).unwrap().counts.refused, 0);
    on(&desk, "2026-09-25T23:00:00");
    assert_eq!(check(&desk.site, &source, None).unwrap().counts.refused, 1);
    desk.does(&Lift { sanction: done.number, reason: "复核".into() });
    assert_eq!(check(&desk.site, &source, None).unwrap().counts.refused, 0);
}

/// S2-29: somebody barred in another batch is turned away at the door of this one, whatever the reason given.
#[test]
fn the_barred_are_turned_away_at_the_door_s2_29() {
    let mut desk = desk(3, BARS);
    open(&mut desk, "next", "");
    desk.people(3);
    desk.reviewed();
    desk.does(&RecordFee::All);
    desk.does(&Arrange { seed: 1 });
    desk.site.choose_batch(Some("pay")).unwrap();
    desk.does(&impose(2, Act::FalseMaterials));
    desk.site.choose_batch(Some("next")).unwrap();
    desk.at("08:10");
    desk.does(&admit(&desk, 4));
    assert_eq!(desk.refused(&admit(&desk, 5)), "checkin.barred");
    assert_eq!(desk.refused(&Admit { over: Some("x".into()), ..admit(&desk, 5) }), "checkin.barred");
}

/// S1-82: the sheet comes again and knows nothing of the paper; what is recorded of it stays.
#[test]
fn a_sheet_that_comes_again_leaves_the_original_form_recorded_s1_82() {
    let mut desk = desk(3, "");
    desk.does(&ReceiveOriginal { applications: vec![who(2)] });
    let (_file, source) = sheet(&desk, 3);
    assert_eq!(check(&desk.site, &source, None).unwrap().counts.unchanged, 3);
}

#[test]
fn readmission_waits_for_the_sanction_to_be_lifted() {
    let mut desk = desk(2, BARS);
    let done = desk.does(&impose(1, Act::FalseMaterials));
    let back = Readmit { application: who(1), reason: "查无实据".into() };
    assert_eq!(desk.refused(&back), "applications.sanctioned");
    let lifted = desk.does(&Lift { sanction: done.number, reason: "查无实据".into() });
    assert!(lifted.remains.excluded);
    assert_eq!(row(&desk, 1).state, ApplicationState::Excluded);
    desk.does(&back);
    assert_eq!(row(&desk, 1).state, ApplicationState::Approved);
}
