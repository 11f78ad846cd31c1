//! Notice 000 as the program reads it.
use super::{address, asked, at, codes, day, days, policy, unsourced};
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::{Level, Refusal, Route, SessionMode, Subject};
use kaowu::ops::seating::Arrange;
use kaowu::ops::{batch, checkin};
use kaowu::policy::Policy;
use kaowu::policy::addresses::Purpose;
use kaowu::policy::certificate::ResultDocument;
use kaowu::policy::materials::{Background, Pixels};
use kaowu::policy::passing::Parts;
use kaowu::policy::publicity::DayUnit;
use kaowu::policy::reviews::Body;
use kaowu::policy::routes::{self, OldCertificate, ServiceFrom};
use kaowu::policy::scope::ApplicantCategory;
use kaowu::policy::sessions::{Sitting, is_due};
use kaowu::policy::subjects::{PracticalMode, PracticalOf, ReviewMode, TheoryMode};
use kaowu::policy::windows::{CLOSED, NOT_OPEN, WindowKind};

fn notice() -> Policy {
    policy("wushen-2024")
}

#[test]
fn every_group_names_its_source() {
    assert_eq!(unsourced("wushen-2024", "S0-"), Vec::<&str>::new());
}

/// S0-01, S0-02, S0-03, S0-07
#[test]
fn who_issued_it_for_whom_on_what_basis() {
    let policy = notice();
    let head = &policy.notice;
    assert_eq!(head.issuer, "乌审旗人力资源和社会保障局");
    assert_eq!(head.document.as_deref(), Some("乌人社发〔2024〕32号"));
    assert_eq!(head.date.map(|d| d.day), Some(day("2024-08-08")));
    assert_eq!((head.year, head.addressees.as_slice()), (2024, ["各有关单位".to_owned()].as_slice()));
    assert!(head.title.contains("工勤技能人员") && head.title.contains("2024"));
    assert!(head.basis.contains(&"鄂人社发〔2024〕203号".to_owned()));
    assert_eq!(policy.applicants.category, ApplicantCategory::PublicInstitution);
    assert_eq!(policy.applicants.regions, ["150626"]);
    assert_eq!(policy.occupations.standards_url.as_deref(), Some("http://www.osta.org.cn"));
    assert_eq!(policy.terms.applicants, "工勤技能人员");
}

/// S0-04, S0-05, S0-06, S0-42: annex 2 is not there, so the list of 2023 stands in and says so.
#[test]
fn occupations_may_be_closed_and_conditions_are_those_of_2023() {
    let policy = notice();
    assert!(policy.occupations.adjustable);
    assert_eq!(policy.occupations.rules_of("6-31-01-03"), "gb-2023");
    let missing: Vec<_> = policy.annexes.iter().filter(|a| !a.supplied).map(|a| a.number).collect();
    assert_eq!(missing, [1, 2, 3, 4, 5]);
    let stand_in = policy.annexes.iter().find(|a| a.number == 2).unwrap().stand_in.as_deref();
    assert_eq!((stand_in, policy.occupations.catalogue.as_deref()), (Some("nmg-2023"), Some("occupations")));
}

/// S0-08, S0-09, S0-10, S0-11, S0-12, S0-13
#[test]
fn a_transfer_is_on_the_same_level_up_to_technician_until_the_end_of_2024() {
    let policy = notice();
    let transfer = policy.routes.iter().find(|r| r.kind == Route::Transfer).unwrap();
    assert_eq!(transfer.old_certificates, [OldCertificate::Qualification]);
    assert!(transfer.same_level && transfer.related);
    assert_eq!((transfer.promotion_after_years, transfer.service_from), (Some(1), Some(ServiceFrom::OldCertificate)));
    assert_eq!(transfer.until.map(|d| d.to_string()).as_deref(), Some("2024-12-31"));
    assert_eq!(routes::accepted(&policy.routes, Route::Transfer, Level::Two), Ok(()));
    assert!(routes::accepted(&policy.routes, Route::Transfer, Level::One).unwrap_err().is(routes::LEVEL));
    assert!(routes::accepted(&policy.routes, Route::Veteran, Level::Five).unwrap_err().is(routes::NOT_ACCEPTED));
}

/// S0-15, S0-17, S0-18, S0-19, S0-20, S0-21
#[test]
fn materials_grow_with_route_and_level() {
    let policy = notice();
    let first = asked(&policy, Route::First, Level::Five);
    assert_eq!(codes(&first), ["form", "education_certificate", "identity_front", "identity_back", "pledge", "photo"]);
    assert_eq!(first[0].copies, Some(2));
    assert!(first[4].signed);
    let promotion = codes(&asked(&policy, Route::Promotion, Level::Four));
    assert_eq!(promotion[6..], ["previous_certificate", "query_screenshot"]);
    let technician = asked(&policy, Route::First, Level::Two);
    let summary = technician.last().unwrap();
    assert_eq!(
        (summary.code.as_str(), summary.min_characters, summary.formats[0].as_str()),
        ("summary", Some(1000), "pdf")
    );
    assert_eq!(summary.topics, ["业务水平", "解决技能问题和技术创新", "安全生产", "自我学习", "参加竞赛"]);
    let highest = asked(&policy, Route::First, Level::One);
    let summary = highest.iter().find(|m| m.code == "summary").unwrap();
    assert!(summary.topics.contains(&"解决技术问题和技术创新".to_owned()));
    assert!(summary.topics.contains(&"传授技艺".to_owned()));
    let one_of: Vec<_> = highest.iter().filter(|m| m.one_of.as_deref() == Some("achievement")).collect();
    assert_eq!(one_of.iter().map(|m| m.min_characters).collect::<Vec<_>>(), [None, Some(3000), Some(3000)]);
}

/// S0-16
#[test]
fn the_photo_is_one_inch_and_named_with_an_underline() {
    let photo = notice().photo;
    assert_eq!((photo.formats, photo.background), (vec!["jpeg".to_owned(), "jpg".to_owned()], Background::White));
    assert_eq!(photo.pixels, Some(Pixels { width: 295, height: 413 }));
    assert_eq!(photo.file_name.replace("{name}", "王芳").replace("{identity}", "1"), "王芳_1");
    assert_eq!((photo.electronic_size.as_deref(), photo.below_bytes), (Some("1寸"), None));
}

/// S0-22, S0-23, S0-24, S0-25, S0-26, S0-27
#[test]
fn three_parts_each_of_a_hundred_and_sixty_to_pass() {
    let policy = notice();
    let subjects = &policy.subjects;
    assert_eq!((subjects.theory, subjects.practical), (TheoryMode::Paper, PracticalMode::ByOccupation));
    assert_eq!(subjects.review, ReviewMode::Materials);
    let two: Parts = [Subject::Theory, Subject::Practical].into_iter().collect();
    for level in [Level::Five, Level::Four, Level::Three] {
        assert_eq!(subjects.required(level), two);
    }
    for level in [Level::Two, Level::One] {
        assert_eq!(subjects.required(level), two.with(Subject::Review));
    }
    // Each occupation may say how its practical part is held.
    let mut own = subjects.clone();
    let mode = PracticalMode::HandsOn;
    own.practical_of.push(PracticalOf { occupation: "6-31-01-03".into(), levels: vec![Level::Five], mode });
    assert_eq!(own.practical_of("6-31-01-03", Level::Five), PracticalMode::HandsOn);
    assert_eq!(own.practical_of("6-31-01-03", Level::Four), PracticalMode::ByOccupation);
    for part in Subject::ALL {
        assert_eq!(policy.passing.of(part).to_string(), "60");
    }
}

/// S0-28, S0-31: to the minute; the closing minute itself is too late.
#[test]
fn registration_and_payment_open_and_close_at_a_time_of_day() {
    let windows = notice().windows;
    let check = |kind, text: &str| windows.check(kind, at(text));
    let not_open: Refusal = check(WindowKind::Registration, "2024-07-31T07:59:59").unwrap_err();
    assert!(not_open.is(NOT_OPEN));
    assert_eq!(check(WindowKind::Registration, "2024-07-31T08:00:00"), Ok(()));
    assert_eq!(check(WindowKind::Registration, "2024-08-25T17:59:59"), Ok(()));
    assert!(check(WindowKind::Registration, "2024-08-25T18:00:00").unwrap_err().is(CLOSED));
    assert!(check(WindowKind::Payment, "2024-09-02T07:59:59").unwrap_err().is(NOT_OPEN));
    assert_eq!(check(WindowKind::Payment, "2024-09-02T08:00:00"), Ok(()));
    assert_eq!(check(WindowKind::Payment, "2024-09-04T17:59:59"), Ok(()));
    assert!(check(WindowKind::Payment, "2024-09-04T18:00:00").unwrap_err().is(CLOSED));
}

/// S0-37: whole days.
#[test]
fn tickets_are_printed_for_a_week() {
    let windows = notice().windows;
    assert!(windows.check(WindowKind::TicketPrinting, at("2024-09-13T23:59:59")).is_err());
    assert_eq!(windows.check(WindowKind::TicketPrinting, at("2024-09-14T00:00:00")), Ok(()));
    assert_eq!(windows.check(WindowKind::TicketPrinting, at("2024-09-20T23:59:59")), Ok(()));
    assert!(windows.check(WindowKind::TicketPrinting, at("2024-09-21T00:00:00")).is_err());
}

/// S0-33
#[test]
fn payment_follows_the_second_review_and_amounts_are_not_known() {
    let policy = notice();
    assert!(policy.payment.after_second_review && policy.fees.is_empty());
    assert_eq!(policy.payment.fee_document.as_deref(), Some("内发改费字〔2015〕1552号"));
    assert_eq!(policy.payment.channel.as_deref(), Some("微信扫码支付"));
    assert_eq!(policy.reviews.steps.len(), 2);
}

/// S0-34, S0-35, S0-36: those who write and those who work with their hands are different people.
#[test]
fn the_exam_day_has_two_papers_and_an_afternoon_without_an_end() {
    let sessions = notice().sessions;
    let times: Vec<_> = sessions.iter().map(|s| (s.subject, s.mode, s.starts().minute(), s.minutes())).collect();
    assert_eq!(
        times,
        [
            (Subject::Theory, None, "2024-09-21 08:30".to_owned(), Some(90)),
            (Subject::Practical, Some(PracticalMode::Paper), "2024-09-21 10:30".to_owned(), Some(120)),
            (Subject::Practical, Some(PracticalMode::HandsOn), "2024-09-21 14:00".to_owned(), None),
        ]
    );
}

/// S0-38: five days of the calendar, none of them a working day.
#[test]
fn publicity_lies_in_the_holidays() {
    let policy = notice();
    let window = policy.publicity.window.unwrap();
    assert_eq!((window.start.day, window.end.day), (day("2024-10-02"), day("2024-10-06")));
    assert_eq!((policy.publicity.unit, policy.publicity.days), (DayUnit::Calendar, 5));
    assert_eq!(days().inside(window.start.day, window.end.day), 0);
    assert_eq!(policy.publicity.last_day(day("2024-09-25"), &days()), Some(day("2024-10-06")));
}

/// S0-39, S0-41
#[test]
fn certificates_come_from_the_association_and_are_queried_at_its_site() {
    let policy = notice();
    assert_eq!(policy.certificate.issuer, "内蒙古职业培训与就业促进会");
    assert_eq!(policy.certificate.document, ResultDocument::Certificate);
    assert_eq!(policy.certificate.query_url.as_deref(), Some("http://jndj.osta.org.cn/"));
    assert_eq!(address(&policy, Purpose::Certificates), Some("http://jndj.osta.org.cn/"));
    assert_eq!(address(&policy, Purpose::Registration), Some("http://www.nmgjch.cn/"));
    assert_eq!(policy.responsible.handing_out, Some(Body::CoOrganiser));
}

/// S0-43: the hall, and nobody's own number.
#[test]
fn the_contact_is_an_office() {
    let contact = notice().contact;
    assert_eq!((contact.address.as_deref(), contact.phones.len()), (Some("乌审旗零工市场综合服务大厅"), 0));
}

/// S0-36: somebody sits the paper or works with their hands, never both; until an occupation says, the paper.
#[test]
fn nobody_has_two_practical_sessions() {
    let mut desk = Desk::new();
    let assets = Assets::default();
    let mut adopted = batch::policy(&assets, "wushen-2024").unwrap();
    desk.does(&batch::Open { code: "w".into(), name: "w".into(), policy: adopted.clone() });
    desk.site.choose_batch(None).unwrap();
    desk.people(20);
    let seated = |desk: &Desk, code: &str| {
        let session = checkin::by_code(&desk.site, Some(code)).unwrap().id;
        checkin::register(&desk.site, session, None).unwrap().len()
    };
    desk.reviewed();
    desk.does(&Arrange { seed: 1 });
    let all = ["theory-1", "practical-paper", "practical-hands-on"].map(|code| seated(&desk, code));
    assert_eq!(all, [20, 20, 0]);
    let policy = &mut adopted.policy;
    policy.subjects.practical = PracticalMode::HandsOn;
    let sat = |mode| Sitting { subject: Subject::Practical, mode, levels: None };
    let (paper, hands_on) = (sat(Some(SessionMode::Paper)), sat(Some(SessionMode::HandsOn)));
    let all = [sat(None), paper, hands_on];
    let due = |policy: &Policy, session: &Sitting<'_>| is_due(policy, &all, session, "6-31-01-03", Level::Five);
    assert!(due(policy, &hands_on) && !due(policy, &paper));
    let mode = PracticalMode::Paper;
    policy.subjects.practical_of.push(PracticalOf { occupation: "6-31-01-03".into(), levels: vec![], mode });
    assert!(due(policy, &paper) && !due(policy, &hands_on));
    assert!(due(policy, &sat(None)) && !due(policy, &Sitting { levels: Some("2,1"), ..sat(None) }));
}

/// S0-44
#[test]
fn the_bodies_that_take_part_have_their_roles() {
    let bodies = notice().organisations;
    let named = |role| bodies.iter().find(|o| o.role == role).map(|o| o.name.as_str());
    assert_eq!(named(Body::County), Some("乌审旗人力资源和社会保障局"));
    assert_eq!(named(Body::Issuer), Some("内蒙古职业培训与就业促进会"));
    assert!(named(Body::Prefecture).is_some_and(|name| name.starts_with("鄂尔多斯市")));
    assert!(named(Body::Region).is_some_and(|name| name.starts_with("内蒙古自治区")));
}
