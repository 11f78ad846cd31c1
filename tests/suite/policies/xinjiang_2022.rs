//! Notice 002 as the program reads it.
use super::{address, asked, at, codes, day, days, policy, unsourced};
use kaowu::model::{Level, Route, Subject};
use kaowu::policy::Policy;
use kaowu::policy::addresses::Purpose;
use kaowu::policy::announcement::Announced;
use kaowu::policy::authority::{Tier, in_charge};
use kaowu::policy::certificate::ResultDocument;
use kaowu::policy::materials::KeptBy;
use kaowu::policy::notice::Evaluation;
use kaowu::policy::passing::Parts;
use kaowu::policy::publicity::PublicityOf;
use kaowu::policy::reviews::Body;
use kaowu::policy::routes;
use kaowu::policy::sanctions::{Act, Effect};
use kaowu::policy::stamps::StampBy;
use kaowu::policy::subjects::{PracticalMode, ReviewMode};
use kaowu::policy::windows::WindowKind;

fn notice() -> Policy {
    policy("xinjiang-2022")
}

#[test]
fn every_group_names_its_source() {
    assert_eq!(unsourced("xinjiang-2022", "S2-"), Vec::<&str>::new());
}

/// S2-01, S2-02, S2-03, S2-04, S2-31
#[test]
fn who_issued_it_for_whom_on_what_basis() {
    let policy = notice();
    let head = &policy.notice;
    assert_eq!(head.issuer, "新疆维吾尔自治区人力资源和社会保障厅");
    assert_eq!(head.document.as_deref(), Some("新人社函〔2022〕43号"));
    assert_eq!(head.date.map(|d| d.day), Some(day("2022-03-21")));
    assert_eq!((head.basis.as_slice(), head.sittings), (["新人社函〔2021〕100号".to_owned()].as_slice(), Some(2)));
    assert_eq!(head.addressees.len(), 3);
    assert_eq!(head.evaluation, Evaluation::WorkerGrade);
    assert!(policy.applicants.personnel_relation);
    assert_eq!((policy.contact.address, policy.contact.phones.len()), (None, 0));
    assert_eq!(policy.responsible.theory, Some(Body::Region)); // S2-02: one exam for all
}

/// S2-05, S2-06: five levels in two tiers.
#[test]
fn the_authority_follows_tier_and_level() {
    let authorities = notice().authorities;
    let by = |tier, level| in_charge(&authorities, tier, level);
    for level in [Level::Five, Level::Four, Level::Three] {
        assert_eq!(by(Tier::Prefecture, level), Some(Body::Prefecture));
        assert_eq!(by(Tier::Region, level), Some(Body::Region));
    }
    for level in [Level::Two, Level::One] {
        assert_eq!((by(Tier::Prefecture, level), by(Tier::Region, level)), (Some(Body::Region), Some(Body::Region)));
    }
    assert_eq!(in_charge(&policy("nmg-2023").authorities, Tier::Region, Level::One), None);
}

/// S2-14, S2-15: the review opens the moment the hand-in is over, and each last day counts whole.
#[test]
fn two_halves_of_a_year_each_with_a_hand_in_and_a_review() {
    let windows = notice().windows;
    let open = |kind, text: &str| windows.check(kind, at(text)).is_ok();
    for (kind, from, to) in [
        (WindowKind::Registration, "2022-04-10", "2022-04-30"),
        (WindowKind::Review, "2022-05-01", "2022-05-20"),
        (WindowKind::Registration, "2022-08-01", "2022-08-30"),
        (WindowKind::Review, "2022-08-31", "2022-09-30"),
    ] {
        assert!(!open(kind, &format!("{}T23:59:59", day(from).pred_opt().unwrap())), "{kind:?} {from}");
        assert!(open(kind, &format!("{from}T00:00:00")) && open(kind, &format!("{to}T23:59:59")), "{kind:?} {to}");
        assert!(!open(kind, &format!("{}T00:00:00", day(to).succ_opt().unwrap())), "{kind:?} {to}");
    }
    // The first day of the first review is a holiday.
    assert!(!days().is_working(day("2022-05-01")));
}

/// Which way leads to which level; the years are the rule set's.
#[test]
fn routes_and_levels() {
    let policy = notice();
    assert_eq!(policy.occupations.rules_of("6-31-01-03"), "xinjiang-2022");
    let accepted = |route, level| routes::accepted(&policy.routes, route, level).is_ok();
    assert!(accepted(Route::First, Level::Five) && !accepted(Route::First, Level::Four));
    for level in [Level::Four, Level::Three, Level::Two, Level::One] {
        assert!(accepted(Route::Promotion, level), "{level:?}");
    }
    assert!(!accepted(Route::Promotion, Level::Five));
    for level in [Level::Five, Level::Four, Level::Three] {
        assert!(accepted(Route::Resettled, level), "{level:?}");
    }
    assert!(!accepted(Route::Resettled, Level::Two) && !accepted(Route::Transfer, Level::Five));
}

/// S2-33, S2-41
#[test]
fn the_form_is_signed_in_two_copies_for_two_keepers() {
    let policy = notice();
    let promotion = asked(&policy, Route::Promotion, Level::Four);
    assert_eq!(codes(&promotion), ["form", "photo", "appraisals", "engagement_document"]);
    assert_eq!(codes(&asked(&policy, Route::Resettled, Level::Four)).last(), Some(&"placement_document"));
    let form = promotion[0];
    assert_eq!((form.copies, form.signed), (Some(2), true));
    assert_eq!(form.kept_by, [KeptBy::PersonalFile, KeptBy::Issuer]);
    assert_eq!(policy.photo.paper_size.as_deref(), Some("1寸"));
    assert_eq!(policy.terms.ethnic_group, "族别");
}

/// S2-25, S2-26, S2-27, S2-34, S2-35, S2-36, S2-37, S2-40
#[test]
fn five_stamps_with_two_signers_each_and_void_without() {
    let stamps = notice().stamps;
    let chain = [StampBy::Employer, StampBy::Department, StampBy::County, StampBy::Prefecture, StampBy::Region];
    assert_eq!((stamps.chain.as_slice(), stamps.signers), (chain.as_slice(), 2));
    assert!(stamps.in_order && stamps.required_for_approval && stamps.roster);
}

/// S2-28
#[test]
fn nobody_registers_alone() {
    let policy = notice();
    assert!(!policy.applicants.individual_registration);
    assert_eq!(policy.applicants.through, [Body::Department, Body::Prefecture]);
    assert_eq!(policy.responsible.registration, Some(Body::Department));
}

/// S2-19: six columns, and no identity number among them.
#[test]
fn the_list_of_applicants_is_public_before_the_exam() {
    let policy = notice();
    let list = policy.reviews.list.unwrap();
    assert_eq!(list.columns, ["name", "employer", "occupation", "years", "held_level", "level"]);
    assert_eq!(policy.publicity.of, PublicityOf::Applicants);
}

/// S2-21, S2-22, S2-23, S2-30
#[test]
fn the_plan_is_announced_a_month_before() {
    let policy = notice();
    let announced = policy.deadlines.iter().find(|d| d.code == "announcement").unwrap();
    let due = |exam: &str| announced.day(day(exam), day(exam), &days());
    assert_eq!(due("2022-06-18"), Some(day("2022-05-18")));
    assert_eq!(due("2022-03-31"), Some(day("2022-02-28")));
    let announcement = policy.announcement.as_ref().unwrap();
    let contains = [Announced::Time, Announced::Place, Announced::Mode, Announced::PracticalBody, Announced::Contact];
    assert_eq!(announcement.contains, contains);
    assert_eq!(
        (announcement.theory_material, announcement.practical_material),
        (Some(Body::Region), Some(Body::Agency))
    );
    assert_eq!(policy.responsible.arrangement, Some(Body::Region));
    let site = policy.addresses.iter().find(|a| a.purpose == Purpose::Publication).unwrap();
    assert_eq!((site.name.as_str(), address(&policy, Purpose::Publication)), ("自治区职业资格工作网", None));
}

/// S2-24: two parts, and a document instead of a certificate.
#[test]
fn theory_and_practice_lead_to_a_qualification_document() {
    let policy = notice();
    let two: Parts = [Subject::Theory, Subject::Practical].into_iter().collect();
    assert!(Level::ALL.into_iter().all(|level| policy.subjects.required(level) == two));
    assert_eq!((policy.subjects.practical, policy.subjects.review), (PracticalMode::HandsOn, ReviewMode::None));
    assert_eq!(policy.responsible.practical, Some(Body::Agency));
    assert_eq!(policy.certificate.document, ResultDocument::QualificationDocument);
    assert_eq!(policy.certificate.issuer, "新疆维吾尔自治区人力资源和社会保障厅");
    assert_eq!(policy.responsible.certificates, Some(Body::Region));
}

/// S2-29
#[test]
fn false_papers_are_criticised_and_bar_for_three_years() {
    let sanction = &notice().sanctions[0];
    assert_eq!((sanction.act, sanction.barred_years), (Act::FalseMaterials, Some(3)));
    assert_eq!(sanction.effects, [Effect::Criticism, Effect::LoseExam]);
}
