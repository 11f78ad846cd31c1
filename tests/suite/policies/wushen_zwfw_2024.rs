//! Notice 004 as the program reads it.
use super::{address, asked, at, codes, day, days, policy, unsourced};
use crate::harness::Desk;
use kaowu::bundle::codes::Codes;
use kaowu::config::Assets;
use kaowu::model::{Level, Route};
use kaowu::ops::applications;
use kaowu::ops::exchange::{Import, Mode, Severity, Source};
use kaowu::policy::Policy;
use kaowu::policy::addresses::Purpose;
use kaowu::policy::certificate::OrganisationClass;
use kaowu::policy::materials::{Background, Pixels};
use kaowu::policy::reviews::Body;
use kaowu::policy::sanctions::{Act, Effect};
use kaowu::policy::subjects::ReviewMode;
use kaowu::policy::targets::TargetKind;

fn notice() -> Policy {
    policy("wushen-zwfw-2024")
}

#[test]
fn every_group_names_its_source() {
    assert_eq!(unsourced("wushen-zwfw-2024", "S4-"), Vec::<&str>::new());
}

/// S4-01, S4-02, S4-04
#[test]
fn who_issued_it_for_whom_on_what_basis() {
    let policy = notice();
    let head = &policy.notice;
    assert_eq!(head.issuer, "乌审旗政务服务中心");
    assert_eq!(head.document.as_deref(), Some("乌政务中心发〔2024〕9号"));
    assert_eq!(head.date.map(|d| d.day), Some(day("2024-09-29")));
    assert_eq!(head.basis, ["国发〔2024〕3号", "中办发〔2022〕58号"]);
    assert_eq!(
        (head.addressees[0].as_str(), policy.applicants.regions[0].as_str()),
        ("旗政务服务中心各进驻部门", "150626")
    );
}

/// S4-05, S4-29
#[test]
fn month_ends_and_a_share_to_reach() {
    let policy = notice();
    let examined = policy.deadlines.iter().find(|d| d.code == "all_examined").unwrap();
    assert_eq!(examined.day(day("2024-10-19"), day("2024-10-20"), &days()), Some(day("2024-10-31")));
    let share = policy.targets.iter().find(|t| t.kind == TargetKind::CertifiedOnDuty).unwrap();
    assert_eq!((share.percent, share.by.map(|d| d.day)), (Some(80), Some(day("2024-12-31"))));
}

/// S4-06, S4-07
#[test]
fn an_agency_trains_examines_and_issues() {
    let policy = notice();
    let by = &policy.responsible;
    for agency in [by.registration, by.theory, by.practical, by.certificates, by.training] {
        assert_eq!(agency, Some(Body::Agency));
    }
    assert_eq!(policy.certificate.organisation_class, OrganisationClass::S);
    assert!(policy.training.is_some_and(|t| t.voluntary));
}

/// S4-08, S4-09
#[test]
fn one_occupation_at_three_levels() {
    let policy = notice();
    assert_eq!(policy.subjects.levels(), [Level::Five, Level::Four, Level::Three]);
    assert_eq!(policy.subjects.review, ReviewMode::None);
    let assets = Assets::default();
    let catalogue = policy.occupations.catalogue.as_deref().unwrap();
    let codes = Codes::with(catalogue, &|name| assets.read(&format!("codes/{name}"))).unwrap();
    let only = codes.occupation("政务服务办事员").unwrap();
    assert_eq!((codes.occupations().len(), only.levels().collect::<Vec<_>>()), (1, policy.subjects.levels()));
    assert_eq!(policy.certificate.query_url.as_deref(), Some("http://www.osta.org.cn"));
    assert_eq!(address(&policy, Purpose::Certificates), Some("http://www.osta.org.cn"));
    assert_eq!(policy.occupations.rules_of(&only.code), "zwfw-2024");
}

/// S4-12: in fen.
#[test]
fn a_subsidy_has_a_ceiling_for_each_level() {
    let subsidy = notice().subsidy.unwrap();
    assert_eq!(subsidy.document, "人社部发〔2024〕40号");
    let caps = [Level::Five, Level::Four, Level::Three, Level::Two].map(|level| subsidy.cap(level));
    assert_eq!(caps, [Some(100_000), Some(150_000), Some(200_000), None]);
    assert_eq!((subsidy.insured_months, subsidy.claim_within_months), (12, 12));
    assert_eq!((subsidy.most_per_year, subsidy.once_each), (3, true));
}

/// S4-17, S4-19, S4-20, S4-21, S4-22
#[test]
fn seven_materials_of_which_one_is_a_choice() {
    let policy = notice();
    let all = asked(&policy, Route::First, Level::Five);
    let expected = [
        "information_sheet",
        "identity",
        "photo",
        "education_verification",
        "education_certificate",
        "work_proof",
        "form",
        "pledge",
    ];
    assert_eq!(codes(&all), expected);
    let choice: Vec<_> =
        all.iter().filter(|m| m.one_of.as_deref() == Some("education")).map(|m| m.code.as_str()).collect();
    assert_eq!(choice, ["education_verification", "education_certificate"]);
    let signed: Vec<_> = all.iter().filter(|m| m.signed).map(|m| m.code.as_str()).collect();
    assert_eq!(signed, ["form", "pledge"]);
    let brought: Vec<_> = all.iter().filter(|m| m.on_exam_day).map(|m| m.code.as_str()).collect();
    assert_eq!(brought, ["identity", "education_verification", "education_certificate", "work_proof"]);
}

/// S4-18
#[test]
fn the_photo_is_two_inches_and_small() {
    let photo = notice().photo;
    assert_eq!((photo.formats.as_slice(), photo.background), (["jpg".to_owned()].as_slice(), Background::White));
    assert_eq!((photo.below_bytes, photo.pixels), (Some(20 * 1024), Some(Pixels { width: 413, height: 579 })));
    assert_eq!(photo.named("王芳", "150699199001010017"), "王芳_150699199001010017");
}

/// What the three-way reconciliation goes by.
#[test]
fn a_group_hands_in_one_sheet_one_photo_folder_and_a_folder_each() {
    let policy = notice();
    assert!(policy.applicants.individual_registration);
    let group = policy.group_registration.unwrap();
    assert_eq!((group.sheet.as_str(), group.photo_folder.as_str()), ("信息采集表", "照片"));
    assert_eq!((group.candidate_folder.as_str(), group.archive_names_organisation), ("{name}_{identity}", true));
}

#[test]
fn a_ledger_is_kept_and_laggards_are_criticised() {
    let policy = notice();
    assert!(policy.archive.ledger);
    let sanction = &policy.sanctions[0];
    assert_eq!((sanction.act, sanction.effects.as_slice()), (Act::PoorProgress, [Effect::Criticism].as_slice()));
}

/// S4-16, S4-24: the one sheet of a group registration goes in under the notice, every row of it and without a fault.
#[test]
fn the_information_sheet_of_a_group_goes_in_clean_s4_16_s4_24() {
    let mut desk = Desk::new();
    desk.clock().set(at("2024-10-15T09:00:00"));
    desk.open_batch_of("wushen-zwfw-2024");
    let path = crate::source::root().join("tests/data/zwfw-2024/信息采集表.xlsx");
    let source = Source { path, name: "信息采集表.xlsx".into(), ..Source::default() };
    let import = Import { source: &source, mode: Mode::Strict, assets: &Assets::default(), refusals: None };
    let report = desk.try_to(&import).unwrap().out;
    assert_eq!(report.layout, "collection-zwfw");
    // Its years are made up beside the day that work began; nothing else is odd, and no row is refused for it.
    let faults: Vec<_> = report.faults.iter().map(|f| (f.line, f.code.0, f.severity)).collect();
    let odd = [2, 3, 4, 9, 12, 14, 18, 19, 20, 21, 22, 23].map(|line| (line, "years_too_many", Severity::Warning));
    assert_eq!(faults, odd);
    assert_eq!((report.counts.read, report.counts.added, report.counts.refused), (24, 24, 0));
    let all = applications::lines(&desk.site, None).unwrap();
    assert_eq!(all.len(), 24);
    let row = applications::by_id(&desk.site, all[0].id).unwrap();
    assert_eq!((row.occupation.as_str(), row.occupation_name.as_str()), ("3-01-01-06", "政务服务办事员"));
}
