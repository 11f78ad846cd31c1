//! Notice 003 as the program reads it.
use super::{address, day, days, policy, unsourced};
use kaowu::policy::Policy;
use kaowu::policy::addresses::Purpose;
use kaowu::policy::certificate::OrganisationClass;
use kaowu::policy::dimensions::{Dimension, Topic};
use kaowu::policy::filing::Medium;
use kaowu::policy::notice::Evaluation;
use kaowu::policy::payment::FeesSetBy;
use kaowu::policy::reviews::Body;
use kaowu::policy::sanctions::{Act, Effect};
use kaowu::policy::scope::ApplicantCategory;
use kaowu::policy::stamps::StampBy;
use kaowu::policy::targets::TargetKind;

fn notice() -> Policy {
    policy("nmg-enterprise-2019")
}

#[test]
fn every_group_names_its_source() {
    assert_eq!(unsourced("nmg-enterprise-2019", "S3-"), Vec::<&str>::new());
}

/// S3-01, S3-02, S3-03, S3-38: fourteen units, no date, an office left out.
#[test]
fn who_issued_it_for_whom_on_what_basis() {
    let policy = notice();
    assert_eq!((policy.notice.date, policy.notice.year), (None, 2019));
    assert_eq!(policy.notice.basis, ["人社厅函〔2019〕83号"]);
    assert_eq!(policy.notice.evaluation, Evaluation::SkillLevel);
    assert_eq!(policy.units.list.len(), 14);
    for (code, region) in [("manzhouli", "150781"), ("erenhot", "152501")] {
        assert!(policy.units.list.iter().any(|u| u.code == code && u.region == region), "{code}");
    }
    assert!(policy.notice.addressees.iter().any(|a| a.contains("二连浩特")));
    assert_eq!((policy.contact.address, policy.contact.phones.len()), (None, 0));
}

/// S3-12
#[test]
fn access_occupations_are_not_taken() {
    let occupations = notice().occupations;
    for name in ["焊工", "家畜繁殖员", "消防设施操作员"] {
        assert!(occupations.excludes("", name), "{name}");
    }
    assert!(!occupations.excludes("6-31-01-03", "电工"));
    assert!(!policy("nmg-2023").occupations.excludes("", "焊工"));
}

/// S3-12: what the notice refuses to applicants no enterprise can file either; a filing is held against the national list.
#[test]
fn what_is_refused_to_applicants_cannot_be_filed() {
    let national = kaowu::config::Assets::default().embedded("codes/licensed-occupations.csv").unwrap();
    for name in notice().occupations.excluded {
        // The national list narrows some names to a part in brackets.
        assert!(national.lines().any(|line| line.split(['（', ',']).next() == Some(name.as_str())), "{name}");
    }
}

/// S3-15, S3-17
#[test]
fn a_filing_goes_to_the_prefecture_and_to_experts_in_two_batches() {
    let policy = notice();
    let filing = policy.filing.unwrap();
    assert_eq!((filing.chain.as_slice(), filing.batches), ([StampBy::Prefecture, StampBy::Experts].as_slice(), 2));
    assert!(filing.condition_list);
    let first = policy.targets.iter().find(|t| t.kind == TargetKind::FirstEnterprises).unwrap();
    assert_eq!((first.about, first.percent), (Some(10), None));
}

/// S3-28, S3-29: paper and files by a day; a directory some time early in June.
#[test]
fn due_dates_are_a_day_and_a_part_of_a_month() {
    let policy = notice();
    let due = |code: &str| {
        let deadline = policy.deadlines.iter().find(|d| d.code == code).unwrap();
        deadline.day(day("2019-01-01"), day("2019-01-01"), &days())
    };
    assert_eq!(due("summary_return"), Some(day("2019-05-20")));
    assert_eq!(due("first_directory"), Some(day("2019-06-10")));
    assert_eq!(policy.filing.unwrap().media, [Medium::Paper, Medium::Electronic]);
}

/// S3-22, S3-23
#[test]
fn more_is_weighed_than_the_parts() {
    let dimensions = notice().dimensions;
    assert_eq!(
        dimensions.weigh,
        [Dimension::Morality, Dimension::Ability, Dimension::Performance, Dimension::Professionalism]
    );
    assert_eq!(dimensions.outline.len(), 8);
    assert!(dimensions.outline.contains(&Topic::EmergencyHandling) && dimensions.work_performance_mark);
    assert!(policy("nmg-2023").dimensions.weigh.is_empty());
}

/// S3-25, S3-27, S3-30
#[test]
fn the_enterprise_assesses_and_issues_after_the_region_has_audited() {
    let policy = notice();
    let by = &policy.responsible;
    for own in [by.theory, by.practical, by.marking, by.certificates] {
        assert_eq!(own, Some(Body::Organisation));
    }
    assert_eq!((by.results_audit, by.supervision), (Some(Body::Region), Some(Body::Region)));
    assert_eq!(policy.certificate.organisation_class, OrganisationClass::Y);
    assert_eq!(address(&policy, Purpose::Certificates), Some("http://jndj.osta.org.cn"));
    assert!(policy.archive.originals && policy.archive.ledger);
}

/// Only its own people, only what is filed; going beyond is looked into.
#[test]
fn only_the_filed_enterprises_own_staff_apply() {
    let policy = notice();
    assert_eq!(policy.applicants.category, ApplicantCategory::Enterprise);
    assert!(policy.applicants.filed_only && !policy.applicants.individual_registration);
    assert_eq!(policy.applicants.through, [Body::Organisation]);
    assert!(policy.stamps.chain.is_empty());
    let sanction = &policy.sanctions[0];
    assert_eq!((sanction.act, sanction.effects.as_slice()), (Act::OutOfScope, [Effect::Inquiry].as_slice()));
}

/// S3-35
#[test]
fn fees_are_the_filings_own_and_may_be_nothing() {
    let payment = notice().payment;
    assert_eq!((payment.set_by, payment.non_profit), (FeesSetBy::Filing, true));
    assert!(!payment.required_at_checkin);
}
