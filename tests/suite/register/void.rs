//! S1-43: revocation with reason and sanction; reissue and correction.
use super::*;
use kaowu::model::{CertificateId, Stage, VoidKind};
use kaowu::ops::certificates::{self, Correct, Reissue, Revoke};
use kaowu::ops::history::{self, Undo};
use kaowu::ops::register::{What, story};
use kaowu::ops::sanctions::{Act, Impose};
use kaowu::ops::stock::{Recover, balances};

fn again(certificate: CertificateId, reason: &str) -> Reissue {
    Reissue { certificate, made_on: today(), made: None, blank: None, reason: reason.into() }
}

#[test]
fn a_reissue_keeps_the_number_and_is_told_beside_the_date() {
    let mut desk = made(2, 5);
    let one = certificates(&desk).remove(0);
    desk.does(&own(&one));
    assert_eq!(desk.refused(&again(one.id, " ")), "certificates.reissue_reason");
    let dated = |desk: &Desk| {
        let face = certificates::face(&desk.site, one.id).unwrap();
        face.lines.iter().find(|l| l.code == "issued_on").unwrap().value.clone()
    };
    assert_eq!(dated(&desk), "2023-10-15");
    let done = desk.does(&again(one.id, "遗失，已登报"));
    assert_eq!((done.number.as_str(), done.copy, done.old), (one.number.as_str(), 2, None));
    assert_eq!(dated(&desk), "2023-10-15 补发 2023-10-15");
    let line = certificates(&desk).remove(0);
    assert_eq!((line.stage, line.copies), (Stage::Made, 2));
    assert_eq!(balances(&desk.site).unwrap()[0].1.usable, 2);
    desk.does(&own(&one));
    // The old one turns up: it comes back once, and waits to be destroyed.
    let back = Recover { certificate: one.id, responsible: None, reason: Some("找到旧证".into()) };
    desk.does(&back);
    assert_eq!(desk.refused(&back), "stock.not_void");
    assert_eq!(balances(&desk.site).unwrap()[0].1.spoilt, 1);
}

#[test]
fn a_certificate_that_was_never_made_is_not_made_again() {
    let mut desk = numbered(1);
    let one = certificates(&desk).remove(0);
    assert_eq!(desk.refused(&again(one.id, "遗失")), "register.not_made");
}

#[test]
fn a_correction_voids_the_old_one_and_names_the_new() {
    let mut desk = made(2, 5);
    let one = certificates(&desk).remove(0);
    let correct = Correct { certificate: one.id, issued_on: today(), reason: "姓名有误".into() };
    let done = desk.does(&correct);
    assert_eq!(done.old, one.number);
    assert_ne!(done.number, one.number);
    let all = certificates(&desk);
    let of = |number: &str| all.iter().find(|c| c.number == number).unwrap();
    assert_eq!((of(&done.old).stage, of(&done.number).stage), (Stage::Void, Stage::ToMake));
    let last = story(&desk.site, one.id).unwrap().events.pop().unwrap().what;
    let What::Void { kind, successor, .. } = last else { panic!("{last:?}") };
    assert_eq!((kind, successor.as_deref()), (VoidKind::Corrected, Some(done.number.as_str())));
    assert_eq!(desk.refused(&own(&one)), "register.void");
    assert_eq!(desk.refused(&again(one.id, "遗失")), "certificates.already_revoked");
    // The void one is at hand and is destroyed.
    desk.does(&Recover { certificate: one.id, responsible: None, reason: None });
    // Nobody corrects the same one twice while its holder has a valid one.
    assert_eq!(desk.refused(&correct), "certificates.already_numbered");
    assert_eq!(
        desk.refused(&Recover { certificate: of(&done.number).id, responsible: None, reason: None }),
        "stock.not_void"
    );
}

#[test]
fn a_revocation_names_its_sanction_s1_43() {
    let mut desk = made(3, 5);
    let all = certificates(&desk);
    let impose = Impose {
        application: all[0].application,
        act: Act::FalseMaterials,
        subject: None,
        reason: "伪造工作证明".into(),
        basis: "承诺书第 3 条".into(),
        evidence: None,
    };
    let imposed = desk.does(&impose);
    assert_eq!(imposed.revoked.as_deref(), Some(all[0].number.as_str()));
    let last = story(&desk.site, all[0].id).unwrap().events.pop().unwrap().what;
    let What::Void { kind, reason, sanction, .. } = last else { panic!("{last:?}") };
    assert_eq!((kind, reason.as_str(), sanction), (VoidKind::Revoked, "伪造工作证明", Some(imposed.number)));
    // A sanction of somebody else is no ground.
    let revoke = |sanction| Revoke { certificate: all[1].id, reason: "同案".into(), sanction };
    assert_eq!(desk.refused(&revoke(Some(imposed.number))), "certificates.no_such_sanction");
    assert_eq!(desk.refused(&revoke(Some(99))), "certificates.no_such_sanction");
    desk.does(&revoke(None));
    let op = history::page(&desk.site, &history::Filter::default(), None, 1).unwrap()[0].operation;
    desk.does(&Undo { op, reason: "误操作".into() });
    assert_eq!(certificates(&desk)[1].stage, Stage::Made);
    assert!(matches!(story(&desk.site, all[1].id).unwrap().events.last().unwrap().what, What::Made { .. }));
}
