//! Notice 001: what its own unit tests beside the policy code do not show.
use super::{address, asked, day, policy, unsourced};
use kaowu::bundle::codes::Codes;
use kaowu::config::Assets;
use kaowu::model::{Level, Route, TitleRank};
use kaowu::policy::Policy;
use kaowu::policy::addresses::Purpose;
use kaowu::policy::approximate::MonthPart;
use kaowu::policy::organisations::{is_personal, of_unit};
use kaowu::policy::pledge::{Locked, PledgeField};
use kaowu::policy::reviews::Body;
use kaowu::policy::routes::{OldCertificate, ServiceFrom};
use kaowu::policy::sanctions::{Act, Effect};
use kaowu::policy::scope::ApplicantCategory;
use kaowu::policy::stamps::StampBy;
use std::collections::BTreeMap;

fn notice() -> Policy {
    policy("nmg-2023")
}

#[test]
fn every_group_names_its_source() {
    assert_eq!(unsourced("nmg-2023", "S1-"), Vec::<&str>::new());
}

/// S1-01, S1-03, S1-05, S1-07, S1-30
#[test]
fn who_issued_it_for_whom_and_when_it_was_planned() {
    let policy = notice();
    assert_eq!(policy.notice.issuer, "内蒙古职业培训与就业促进会");
    assert_eq!(policy.notice.date.map(|d| d.day), Some(day("2023-08-29")));
    assert!(policy.notice.addressees[0].contains("协办单位"));
    let planned = policy.notice.planned.unwrap();
    assert_eq!((planned.year, planned.month, planned.part), (2023, 10, MonthPart::Middle));
    // The day that was set keeps the plan.
    assert!(policy.sessions.iter().all(|s| s.day() <= planned.last_day().unwrap()));
    assert_eq!(
        (policy.applicants.category, policy.applicants.regions),
        (ApplicantCategory::PublicInstitution, vec!["15".to_owned()])
    );
    assert_eq!(policy.occupations.standards_url.as_deref(), Some("http://www.osta.org.cn"));
    assert_eq!(policy.payment.fee_document.as_deref(), Some("内发改费字〔2015〕1552号"));
    assert!(policy.fees.is_empty());
}

/// S1-04, S1-46, S1-47: 98 rows, six sets of levels; 15 do not begin at five, 15 do not reach one.
#[test]
fn the_catalogue_has_the_annexes_rows_and_level_sets() {
    let policy = notice();
    assert!(policy.occupations.adjustable);
    let assets = Assets::default();
    let catalogue = policy.occupations.catalogue.as_deref().unwrap();
    let codes = Codes::with(catalogue, &|name| assets.read(&format!("codes/{name}"))).unwrap();
    assert_eq!(codes.occupations().len(), 98);
    let mut sets: BTreeMap<String, usize> = BTreeMap::new();
    for occupation in codes.occupations() {
        let set: String = occupation.levels().map(|l| l.digit().to_string()).collect();
        *sets.entry(set).or_default() += 1;
    }
    let expected = [("321", 4), ("432", 1), ("4321", 10), ("543", 5), ("5432", 9), ("54321", 69)];
    assert_eq!(sets.iter().map(|(set, n)| (set.as_str(), *n)).collect::<Vec<_>>(), expected);
    let lacks = |level: Level| codes.occupations().iter().filter(|o| !o.has(level)).count();
    assert_eq!((lacks(Level::Five), lacks(Level::One)), (15, 15));
}

/// S1-06
#[test]
fn conditions_are_those_of_the_standards_of_2018_unless_an_occupation_has_its_own() {
    let mut occupations = notice().occupations;
    assert_eq!(occupations.rules_of("6-31-01-03"), "gb-2018");
    let own = kaowu::policy::scope::ConditionsOf { occupation: "6-31-01-03".into(), rules: "gb-2023".into() };
    occupations.conditions_of.push(own);
    assert_eq!((occupations.rules_of("6-31-01-03"), occupations.rules_of("4-12-01-01")), ("gb-2023", "gb-2018"));
}

/// S1-08, S1-09
#[test]
fn a_transfer_takes_both_kinds_of_certificate_and_has_no_end() {
    let policy = notice();
    let transfer = policy.routes.iter().find(|r| r.kind == Route::Transfer).unwrap();
    assert_eq!(transfer.old_certificates, [OldCertificate::Qualification, OldCertificate::SkillLevel]);
    assert_eq!((transfer.until, transfer.service_from), (None, Some(ServiceFrom::OldCertificate)));
    assert_eq!((transfer.promotion_after_years, transfer.same_level, transfer.related), (Some(1), true, true));
}

/// S1-10, S1-11
#[test]
fn a_title_opens_one_level_in_eight_fields() {
    let policy = notice();
    let recognition = policy.routes.iter().find(|r| r.kind == Route::Recognition).unwrap();
    let fields = ["工程", "农业", "工艺美术", "文物博物", "实验技术", "艺术", "体育", "技工院校教师"];
    assert_eq!(recognition.fields, fields);
    let opens: Vec<_> = recognition.titles.iter().map(|t| (t.rank, t.level)).collect();
    let expected =
        [(TitleRank::Junior, Level::Three), (TitleRank::Middle, Level::Two), (TitleRank::Senior, Level::One)];
    assert_eq!(opens, expected);
    assert!(recognition.related);
}

/// S1-12, S1-13
#[test]
fn a_veterans_pay_opens_levels_and_its_year_counts() {
    let policy = notice();
    let veteran = policy.routes.iter().find(|r| r.kind == Route::Veteran).unwrap();
    let opens = |paid: Level| veteran.treatments.iter().find(|t| t.paid_as.contains(&paid)).unwrap().may_apply.clone();
    assert_eq!(opens(Level::Five), [Level::Five, Level::Four]);
    assert_eq!(opens(Level::Four), [Level::Five, Level::Four]);
    for paid in [Level::Three, Level::Two, Level::One] {
        assert_eq!(opens(paid), [Level::Three]);
    }
    assert_eq!((veteran.service_from, veteran.promotion_after_years), (Some(ServiceFrom::TreatmentYear), Some(1)));
}

/// S1-14, S1-15, S1-19, S1-80
#[test]
fn the_form_is_two_copies_and_a_pdf_and_its_original_comes_before_the_fee() {
    let policy = notice();
    let all = asked(&policy, Route::First, Level::One);
    let form = all.iter().find(|m| m.code == "form").unwrap();
    assert_eq!((form.copies, form.formats.as_slice()), (Some(2), ["pdf".to_owned()].as_slice()));
    assert!(all.iter().any(|m| m.code == "pledge" && m.signed));
    let summary = all.iter().find(|m| m.code == "summary").unwrap();
    assert_eq!((summary.topics.len(), summary.min_characters), (6, Some(1000)));
    assert!(summary.topics.contains(&"传授技艺".to_owned()));
    assert!(policy.payment.original_first);
}

/// S1-51: the paper photo is not the file.
#[test]
fn the_paper_photo_has_its_own_size() {
    let photo = notice().photo;
    assert_eq!((photo.paper_size.as_deref(), photo.electronic_size), (Some("1.5寸"), None));
}

/// S1-22, S1-24, S1-28, S1-35
#[test]
fn each_part_of_the_work_has_its_body() {
    let policy = notice();
    let by = &policy.responsible;
    assert_eq!((by.registration, by.arrangement), (Some(Body::CoOrganiser), Some(Body::CoOrganiser)));
    assert_eq!(
        (by.marking, by.review, by.papers),
        (Some(Body::Supervisor), Some(Body::Supervisor), Some(Body::Supervisor))
    );
    assert_eq!((by.certificates, by.handing_out), (Some(Body::Issuer), Some(Body::CoOrganiser)));
    assert_eq!(by.supervision, Some(Body::Supervisor));
    let steps: Vec<_> = policy.reviews.steps.iter().map(|s| (s.step.code(), s.by)).collect();
    assert_eq!(steps, [("first", Body::CoOrganiser), ("second", Body::Issuer)]);
    assert!(policy.reviews.distinct_organisations && policy.archive.papers);
}

/// S1-27, S1-40, S1-79
#[test]
fn addresses_and_channels() {
    let policy = notice();
    assert_eq!(address(&policy, Purpose::EarlierCertificates), Some("https://nmgswyt3.12333k.cn/"));
    assert_eq!(address(&policy, Purpose::Platform), Some("http://nmdjrd.bjupi.com"));
    // The text has a blank inside this one.
    assert_eq!(policy.certificate.query_url.as_deref(), Some("https://nmgswyt3.12333k.cn/"));
    let account = policy.addresses.iter().find(|a| a.purpose == Purpose::Registration).unwrap();
    assert!(account.name.contains("就业时空") && account.url.is_none());
    assert_eq!((policy.payment.channel.as_deref(), policy.payment.invoice), (Some("就业时空"), true));
}

/// S1-41: never a condition.
#[test]
fn training_is_as_one_likes() {
    let training = notice().training.unwrap();
    assert!(training.voluntary && training.online && training.announced_later && training.occupations.is_empty());
}

/// S1-43
#[test]
fn false_papers_cost_the_exam_the_marks_or_the_certificate() {
    let sanctions = notice().sanctions;
    assert_eq!(sanctions[0].act, Act::FalseMaterials);
    assert_eq!(sanctions[0].effects, [Effect::LoseExam, Effect::LoseMarks, Effect::LoseCertificate]);
    assert_eq!(sanctions[0].barred_years, None);
}

/// S1-63, S1-64, S1-65, S1-66, S1-67
#[test]
fn five_nodes_stamp_the_form() {
    let stamps = notice().stamps;
    let chain = [StampBy::Employer, StampBy::Department, StampBy::County, StampBy::Prefecture, StampBy::Issuer];
    assert_eq!(stamps.chain, chain);
    assert_eq!((stamps.in_order, stamps.signers), (true, 1));
}

/// S1-69, S1-70, S1-71, S1-72, S1-73, S1-74, S1-75
#[test]
fn the_pledge_has_six_lines_with_the_year_and_four_fields() {
    let policy = notice();
    let pledge = &policy.pledge;
    let printed = pledge.printed(policy.notice.year);
    assert_eq!(printed.len(), 6);
    assert!(printed[0].contains("2023年度") && !printed.iter().any(|line| line.contains('{')));
    let codes: Vec<_> = pledge.lines.iter().map(|l| l.code.as_str()).collect();
    assert_eq!(codes, ["rules", "eligible", "materials", "unchanged", "discipline", "consequences"]);
    assert_eq!(pledge.locks, [Locked::Name, Locked::IdentityNumber, Locked::Photo]);
    let fields = [PledgeField::IdentityNumber, PledgeField::Phone, PledgeField::Signature, PledgeField::Date];
    assert_eq!((pledge.fields.as_slice(), pledge.required), (fields.as_slice(), true));
}

/// S1-45, S1-76, S1-77, S1-78: thirteen of each, one for each unit, and nobody's own number.
#[test]
fn the_directory_has_a_supervisor_and_a_co_organiser_for_every_unit() {
    let policy = notice();
    assert_eq!((policy.units.list.len(), policy.organisations.len()), (13, 26));
    for unit in &policy.units.list {
        for role in [Body::Supervisor, Body::CoOrganiser] {
            let office = of_unit(&policy.organisations, role, &unit.code);
            assert!(office.is_some_and(|o| o.address.is_some()), "{} {role:?}", unit.code);
        }
    }
    let ordos = of_unit(&policy.organisations, Body::CoOrganiser, "ordos").unwrap();
    assert_eq!(ordos.name, "内蒙古文远职业培训学校");
    let hohhot = of_unit(&policy.organisations, Body::CoOrganiser, "hohhot").unwrap();
    assert!(hohhot.name.contains("直属单位"));
    assert!(policy.organisations.iter().all(|o| !o.phone.as_deref().is_some_and(is_personal)));
    assert!(policy.contact.phones.iter().all(|phone| !is_personal(phone)));
}
