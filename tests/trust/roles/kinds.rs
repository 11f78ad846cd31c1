//! Who may do what, written down a second time: every kind of operation with the duties that may do it.
use kaowu::model::Role;
use kaowu::ops::KINDS;

/// a administrator, c coordinator, s score manager, p proctor, t typist, r reviewer, u auditor. Nothing: before there are
/// operators, or what is one's own.
const JUDGED: &[(&str, &str)] = &[
    ("cpr", "privacy.reveal"),
    ("cu", "exchange.give"),
    ("a", "operator.bind operator.unbind operator.reset_pin site.pins"),
    (
        "",
        "exchange.import_bundle history.undo site.init operator.pin operator.pin_failed operator.pin_proven together.ask together.give",
    ),
    (
        "c",
        "applications.amend applications.correct applications.file applications.readmit \
         applications.receive_original applications.record_fee applications.resubmit applications.withdraw \
         archive.seal assess.form batch.change_policy batch.close batch.close_anyway batch.open \
         certificates.collect certificates.correct certificates.drop_segment certificates.grant_segment \
         certificates.import_numbers certificates.issue certificates.notify certificates.number certificates.post \
         certificates.reissue certificates.revoke certificates.take_back checkin.close_absent complaint.add \
         complaint.decide complaint.refuse complaint.take_up conduct.decide conduct.lift documents.certify \
         documents.end documents.hand_on documents.issue documents.prepare documents.strike documents.uncertify \
         duty.add duty.change duty.import duty.leave enterprise.attach enterprise.case enterprise.change \
         enterprise.evaluate enterprise.file enterprise.judge enterprise.publish enterprise.submit \
         entry.accept_control entry.settle exchange.import exchange.merge exchange.resolve ledger.record \
         ledger.remove ledger.snapshot materials.check milestone.add_task milestone.mark_done \
         milestone.remove_task milestone.take_back occupation.close occupation.open panel.chair panel.draw \
         panel.form panel.leave panel.move panel.recuse panel.reopen panel.replace panel.rereview papers.correct \
         papers.hand_over papers.plan papers.reopen_room papers.return papers.store payments.close \
         payments.invoice payments.reconcile payments.record payments.refund payments.waive policy.adopt \
         publicity.finalise publicity.object publicity.publish publicity.recheck publicity.take_back \
         publicity.withdraw results.answer_audit results.ask_audit results.compute results.send_summary \
         reviews.answer_objection reviews.decide reviews.object reviews.publish_list reviews.stamp reviews.unstamp \
         rooms.add rooms.add_venue rooms.break_seat rooms.change rooms.change_venue rooms.close rooms.mend_seat \
         rooms.reopen rosters.drop rosters.fill rosters.make rosters.send sanctions.impose sanctions.lift \
         script.ask script.draw script.label seating.arrange seating.clear_need seating.move seating.place \
         seating.set_need seating.swap seating.unseat sessions.add sessions.change sessions.remove staff.add \
         staff.assign staff.change staff.import staff.propose staff.rate staff.retire staff.sign_in staff.tie \
         staff.unassign staff.untie stock.count stock.destroy stock.receive stock.recover stock.reverse \
         stock.spoil stock.use subsidy.claim subsidy.earlier subsidy.insure subsidy.withdraw supervision.draw \
         supervision.mend supervision.publish supervision.report tickets.issue tickets.reissue tickets.void \
         uploads.drop uploads.prepare uploads.receipt uploads.submit sessions.close sessions.reopen exchange.note_fork exchange.accept_fork",
    ),
    ("s", "marks.decide_change marks.decide_unlock marks.lock"),
    ("t", "entry.claim entry.import entry.save"),
    (
        "ac",
        "operator.add operator.disable site.continue site.restore site.trust site.distrust \
         region_key.make region_key.give region_key.take",
    ),
    (
        "cp",
        "checkin.admit checkin.cancel checkin.leave checkin.refuse checkin.sheet conduct.report \
         materials.receive_paper papers.close_room papers.collect papers.unseal",
    ),
    (
        "cr",
        "evidence.judge materials.judge panel.begin panel.end panel.minutes panel.rule panel.seal panel.sign \
         tickets.print",
    ),
    (
        "cs",
        "archive.ask_erasure archive.erase archive.withdraw_erasure marks.ask_change marks.ask_unlock \
         marks.withdraw_change marks.withdraw_unlock publicity.decide script.open",
    ),
    ("ct", "entry.control entry.release evidence.add evidence.amend evidence.remove"),
    ("tr", "panel.score"),
    ("csu", "archive.read"),
    ("cstru", "exchange.export"),
    ("csptru", "publicity.query"),
];

/// Operations that an auditor may do: being told something, which is written down. Nothing of a batch changes.
const TOLD: &str = "archive.read exchange.export exchange.give publicity.query";

/// What makes, changes or signs off a mark.
const MARKS: &str =
    "entry.claim entry.save entry.import panel.score marks.lock marks.decide_change marks.decide_unlock";

/// What nobody does with nobody's PIN, whatever its values are.
const SIGNED: &str = "certificates.correct certificates.reissue certificates.revoke marks.ask_change marks.ask_unlock \
                      marks.decide_change marks.decide_unlock publicity.finalise publicity.publish sessions.reopen";

fn letter(role: Role) -> char {
    match role {
        Role::Admin => 'a',
        Role::Coordinator => 'c',
        Role::ScoreManager => 's',
        Role::Proctor => 'p',
        Role::Typist => 't',
        Role::Reviewer => 'r',
        Role::Auditor => 'u',
    }
}

fn is_among(kind: &str, list: &str) -> bool {
    list.split_whitespace().any(|one| one == kind)
}

pub fn is_signed(kind: &str) -> bool {
    is_among(kind, SIGNED)
}

/// The duties of a kind: `None` where nobody has judged it.
pub fn duties(kind: &str) -> Option<&'static str> {
    JUDGED.iter().find(|(_, kinds)| is_among(kind, kinds)).map(|(duties, _)| *duties)
}

/// Whether somebody with these roles may try this at all.
pub fn may(roles: &[Role], kind: &str) -> bool {
    let duties = duties(kind).unwrap_or_else(|| panic!("{kind} is not judged yet: add it to JUDGED"));
    duties.is_empty() || roles.iter().any(|role| duties.contains(letter(*role)))
}

#[test]
fn every_operation_is_judged_and_asks_for_those_duties() {
    for kind in KINDS {
        let mut asked: Vec<_> = kind.roles.iter().map(|role| letter(*role)).collect();
        let duties = duties(kind.name).unwrap_or_else(|| panic!("{} is not judged yet: add it to JUDGED", kind.name));
        let mut judged: Vec<_> = duties.chars().collect();
        asked.sort_unstable();
        judged.sort_unstable();
        assert_eq!(asked, judged, "{}", kind.name);
    }
    let all: Vec<_> = JUDGED.iter().flat_map(|(_, kinds)| kinds.split_whitespace()).collect();
    for kind in &all {
        assert_eq!(all.iter().filter(|one| *one == kind).count(), 1, "{kind} is judged twice");
    }
}

/// Nobody but those whose duty it is.
#[test]
fn administrators_auditors_proctors_and_coordinators_stay_out_of_what_is_not_theirs() {
    for kind in KINDS {
        let has = |role: Role| kind.roles.contains(&role);
        let area = kind.name.split('.').next().unwrap();
        assert!(
            !has(Role::Admin) || ["operator", "site", "region_key", "together", "backup"].contains(&area),
            "{}",
            kind.name
        );
        assert!(!has(Role::Auditor) || is_among(kind.name, TOLD) || area == "together", "{}", kind.name);
        if is_among(kind.name, MARKS) {
            assert!(!has(Role::Proctor) && !has(Role::Coordinator), "{}", kind.name);
        }
        let signs_off = kind.name.starts_with("marks.") && !kind.roles.contains(&Role::Coordinator);
        assert!(!signs_off || kind.roles == [Role::ScoreManager], "{}", kind.name);
    }
}
