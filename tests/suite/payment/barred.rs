//! S2-29: whoever is barred does not come in by the form either, nor under a corrected number, nor again after a return.
use super::world::{BARS, on, open, waiting};
use crate::form::world::{file_it, form_layout, good, put, with};
use crate::harness::Desk;
use kaowu::model::ApplicationId;
use kaowu::ops::applications::form::{Typed, stored};
use kaowu::ops::applications::{Amend, Correct, File, Resubmit};
use kaowu::ops::sanctions::{Act, Impose, Lift};
use kaowu::ops::{ApplicationState, Error, Operation};

/// Another person than that of the good form.
const OTHER: &str = "150699198512310015";

fn another() -> Typed {
    let mut typed = with(good(), &[("id_number", OTHER), ("name", "李四")]);
    typed.follow_number();
    typed
}

/// The good form's person in the batches `pay` and `next`, then barred by the first; the sanction's number and the second
/// application.
fn barred() -> (Desk, i64, ApplicationId) {
    let mut desk = waiting(1, BARS);
    on(&desk, "2023-09-05T09:00:00");
    let application = file_it(&mut desk, &good());
    open(&mut desk, "next", "");
    let again = file_it(&mut desk, &good());
    desk.site.choose_batch(Some("pay")).unwrap();
    let impose = Impose {
        application,
        act: Act::FalseMaterials,
        subject: None,
        reason: "学历证书系伪造".into(),
        basis: "通知第八条".into(),
        evidence: Some("学信网查询记录".into()),
    };
    let done = desk.does(&impose);
    assert_eq!(done.until.as_deref(), Some("2026-09-04"));
    (desk, done.number, again)
}

/// The code of what the form is told, at a field or as a whole.
fn told<O: Operation>(desk: &mut Desk, op: &O) -> String
where
    O::Out: std::fmt::Debug,
{
    match desk.try_to(op).unwrap_err() {
        Error::Rejected(report) => report.faults[0].code.0.to_owned(),
        error => error.refusal().unwrap().code.0.to_owned(),
    }
}

#[test]
fn the_form_of_somebody_barred_is_refused_until_the_sanction_is_lifted_s2_29() {
    let (mut desk, sanction, _) = barred();
    open(&mut desk, "third", "");
    let (typed, layout) = (good(), form_layout());
    let file = File { typed: &typed, late: None, layout: &layout };
    let Error::Rejected(report) = desk.try_to(&file).unwrap_err() else { panic!("not told at a field") };
    let [fault] = report.faults.as_slice() else { panic!("{report:?}") };
    assert_eq!(fault.code.0, "barred");
    let until = fault.data.iter().find(|(name, _)| *name == "until").unwrap();
    assert_eq!(until.1.to_string(), "2026-09-04");
    assert_eq!(told(&mut desk, &File { late: Some("漏报".into()), ..file }), "barred");
    file_it(&mut desk, &another());
    desk.does(&Lift { sanction, reason: "复核".into() });
    file_it(&mut desk, &typed);
}

#[test]
fn a_returned_application_of_somebody_barred_stays_returned_s2_29() {
    let (mut desk, sanction, again) = barred();
    desk.site.choose_batch(Some("next")).unwrap();
    put(&mut desk, again, ApplicationState::Returned);
    assert_eq!(desk.refused(&Resubmit { application: again, late: None }), "sanctions.barred");
    desk.does(&Lift { sanction, reason: "复核".into() });
    desk.does(&Resubmit { application: again, late: None });
}

/// A corrected number is a person coming in; a corrected name is not.
#[test]
fn nobody_becomes_somebody_barred_by_a_correction_s2_29() {
    let (mut desk, _, _) = barred();
    open(&mut desk, "third", "");
    let application = file_it(&mut desk, &another());
    let (seen, layout) = (stored(&desk.site, application).unwrap(), form_layout());
    let barred = "150699199001010015";
    let mut typed = with(seen.clone(), &[("id_number", barred)]);
    typed.follow_number();
    let amend = Amend { application, typed: &typed, seen: &seen, reason: "输错".into(), layout: &layout };
    assert_eq!(told(&mut desk, &amend), "barred");
    put(&mut desk, application, ApplicationState::Approved);
    let correct = |name: Option<&str>, number: Option<&str>| {
        let (name, number) = (name.map(str::to_owned), number.map(str::to_owned));
        Correct { application, name, document: None, number, reason: "户口簿".into() }
    };
    assert!(told(&mut desk, &correct(None, Some(barred))).ends_with("barred"));
    desk.does(&correct(Some("李思"), None));
}

/// The name of somebody barred can still be put right where the application stands.
#[test]
fn a_barred_persons_name_is_corrected_all_the_same() {
    let (mut desk, _, application) = barred();
    desk.site.choose_batch(Some("next")).unwrap();
    let reason = "户口簿".to_owned();
    desk.does(&Correct { application, name: Some("张珊".into()), document: None, number: None, reason });
}
