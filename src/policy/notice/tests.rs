//! What the 2023 notice states, as the program reads it. Names end in the statement they show.
use crate::model::{Calendar, Day, Level, Refusal, Route, Stamp, Subject};
use crate::policy::stamps::{Placed, StampBy};
use crate::policy::subjects::{PracticalMode, ReviewMode, TheoryMode};
use crate::policy::units::Belongs;
use crate::policy::windows::{self, WindowKind};
use crate::policy::{Adopted, Policy, file, passing::Parts, routes};

pub(in crate::policy) const BASE: &str = include_str!("../../../data/policies/base.toml");
pub(in crate::policy) const NMG_2023: &str = include_str!("../../../data/policies/nmg-2023.toml");

pub(in crate::policy) fn shipped(code: &str) -> Option<String> {
    match code {
        "base" => Some(BASE.to_owned()),
        "nmg-2023" => Some(NMG_2023.to_owned()),
        _ => None,
    }
}

pub(in crate::policy) fn nmg_2023() -> Adopted {
    file::load("nmg-2023", &shipped).unwrap_or_else(|fault| panic!("{fault}"))
}

fn policy() -> Policy {
    nmg_2023().policy
}

fn at(text: &str) -> Stamp {
    Stamp::parse(&format!("{text}+08:00")).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn theory_and_practical_are_both_on_paper_s1_21() {
    let subjects = policy().subjects;
    assert_eq!((subjects.theory, subjects.practical), (TheoryMode::Paper, PracticalMode::Paper));
    assert_eq!(subjects.review, ReviewMode::Materials); // S1-22
}

#[test]
fn technicians_sit_three_parts_and_workers_two_s1_23() {
    let subjects = policy().subjects;
    let two: Parts = [Subject::Theory, Subject::Practical].into_iter().collect();
    for level in [Level::Five, Level::Four, Level::Three] {
        assert_eq!(subjects.required(level), two);
    }
    for level in [Level::Two, Level::One] {
        assert_eq!(subjects.required(level), two.with(Subject::Review));
    }
    assert_eq!(subjects.levels(), Level::ALL);
}

#[test]
fn registration_counts_its_last_day_whole_s1_25() {
    let windows = policy().windows;
    let open = |text: &str| windows.check(WindowKind::Registration, at(text));
    assert_eq!(open("2023-08-30T00:00:00"), Ok(()));
    assert_eq!(open("2023-09-19T23:59:59"), Ok(()));
    let early: Refusal = open("2023-08-29T23:59:59").unwrap_err();
    assert_eq!(early.to_string(), "window.not_open what=window.registration opens=2023-08-30");
    assert!(open("2023-09-20T00:00:00").unwrap_err().is(windows::CLOSED));
}

#[test]
fn payment_has_three_days_s1_29() {
    let windows = policy().windows;
    assert!(windows.check(WindowKind::Payment, at("2023-09-24T12:00:00")).is_err());
    assert_eq!(windows.check(WindowKind::Payment, at("2023-09-25T00:00:00")), Ok(()));
    assert_eq!(windows.check(WindowKind::Payment, at("2023-09-27T20:00:00")), Ok(()));
    assert!(windows.check(WindowKind::Payment, at("2023-09-28T00:00:00")).is_err());
    assert_eq!(windows.check(WindowKind::TicketPrinting, at("2030-01-01T00:00:00")), Ok(()));
}

#[test]
fn two_sessions_on_one_morning_s1_31() {
    let sessions = policy().sessions;
    let times: Vec<_> = sessions.iter().map(|s| (s.subject, s.starts().clock(), s.minutes())).collect();
    assert_eq!(
        times,
        [(Subject::Theory, "08:30".to_owned(), Some(90)), (Subject::Practical, "10:30".to_owned(), Some(120))]
    );
    assert!(sessions.iter().all(|s| s.day() == day("2023-10-15")));
}

#[test]
fn deadlines_around_the_exam_s1_33_s1_34_s1_36() {
    let exam = day("2023-10-15");
    let due: Vec<_> =
        policy().deadlines.iter().map(|d| (d.code.clone(), d.day(exam, exam, &Calendar::default()))).collect();
    assert_eq!(
        due,
        [
            ("arrangement".to_owned(), Some(day("2023-10-06"))),
            ("handbook".to_owned(), Some(day("2023-10-09"))),
            ("results".to_owned(), Some(day("2023-10-27"))),
        ]
    );
}

#[test]
fn publicity_fits_between_exam_and_deadline_s1_36() {
    let last = policy().publicity.last_day(day("2023-10-20"), &Calendar::default());
    assert_eq!(last, Some(day("2023-10-27")));
}

/// S1-63, S1-64, S1-65, S1-66, S1-67: employer, department, county, prefecture, issuer, each after the one before.
#[test]
fn five_stamps_strictly_in_order_s1_67() {
    let stamps = policy().stamps;
    let chain = [StampBy::Employer, StampBy::Department, StampBy::County, StampBy::Prefecture, StampBy::Issuer];
    assert_eq!(stamps.chain, chain);
    let dated = day("2023-09-01");
    let put = |by| Placed { by, agrees: true, stamped: true, signers: 1, dated, has_document_no: false };
    assert_eq!(stamps.may_add(&[], StampBy::Employer, dated), Ok(()));
    let refusal = stamps.may_add(&[put(StampBy::Employer)], StampBy::County, dated).unwrap_err();
    assert_eq!(refusal.to_string(), "stamp.out_of_order stamp=stamp.county first=stamp.department");
    for (n, by) in chain.iter().enumerate() {
        let placed: Vec<_> = chain[..n].iter().copied().map(put).collect();
        assert_eq!(stamps.may_add(&placed, *by, dated), Ok(()));
        assert_eq!(stamps.missing(&placed).len(), chain.len() - n);
    }
    assert_eq!(stamps.missing(&chain.map(put)), []);
}

#[test]
fn routes_open_levels_s1_09_s1_11_s1_13() {
    let rules = policy().routes;
    assert_eq!(routes::accepted(&rules, Route::Transfer, Level::Two), Ok(()));
    assert!(routes::accepted(&rules, Route::Transfer, Level::One).unwrap_err().is(routes::LEVEL));
    assert!(routes::accepted(&rules, Route::Veteran, Level::Two).unwrap_err().is(routes::LEVEL));
    assert!(routes::accepted(&rules, Route::Resettled, Level::Five).unwrap_err().is(routes::NOT_ACCEPTED));
    let fields = rules.iter().find(|r| r.kind == Route::Recognition).map(|r| r.fields.len());
    assert_eq!(fields, Some(8)); // S1-10
}

#[test]
fn a_technician_hands_in_a_summary_and_the_highest_level_an_achievement_s1_18_s1_20() {
    let materials = policy().materials;
    let codes = |route, level| -> Vec<String> {
        materials.iter().filter(|m| m.is_required(route, level)).map(|m| m.code.clone()).collect()
    };
    let first = codes(Route::First, Level::Five);
    assert_eq!(first, ["form", "education_certificate", "identity_front", "identity_back", "pledge", "photo"]);
    assert!(codes(Route::Promotion, Level::Four).contains(&"query_screenshot".to_owned())); // S1-17
    assert_eq!(codes(Route::First, Level::Two).last().unwrap(), "summary");
    let achievements = materials.iter().filter(|m| m.one_of.as_deref() == Some("achievement"));
    assert_eq!(achievements.filter(|m| m.is_required(Route::First, Level::One)).count(), 3);
}

#[test]
fn a_photo_is_named_after_its_person_s1_16() {
    let photo = policy().photo;
    assert_eq!(photo.named("王芳", "150699199001010017"), "王芳-150699199001010017");
    assert_eq!((photo.formats.len(), photo.below_bytes), (3, Some(2 * 1024 * 1024)));
}

#[test]
fn the_capital_takes_direct_units_and_manzhouli_is_its_own_s1_24_s1_78() {
    let units = policy().units;
    let takes = |employer| units.takes(employer).map(|u| u.code.as_str());
    assert_eq!(units.list.len(), 13);
    assert_eq!(takes(Belongs::Direct), Some("hohhot"));
    assert_eq!(takes(Belongs::Region("150626")), Some("ordos"));
    assert_eq!(takes(Belongs::Region("150702")), Some("hulunbuir"));
    assert_eq!(takes(Belongs::Region("150781")), Some("manzhouli"));
    assert_eq!(takes(Belongs::Region("650000")), None);
}

#[test]
fn every_value_of_the_notice_names_its_source() {
    let unsourced: Vec<_> =
        NMG_2023.split("\n\n").filter(|block| block.starts_with('[') && !block.contains("S1-")).collect();
    assert_eq!(unsourced, Vec::<&str>::new());
}
