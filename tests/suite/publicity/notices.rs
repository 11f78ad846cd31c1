//! What each notice says of publicity.
use super::*;
use crate::materials::world::{ZHANG, apply};
use kaowu::model::{Day, Level, Route};
use kaowu::ops::publicity::{self, Hindrances, Query, Stop, gate};
use kaowu::policy::publicity::PublicityOf;

fn codes(found: &Hindrances) -> Vec<&'static str> {
    found.stops.iter().chain(&found.warnings).map(|r| r.code.0).collect()
}

/// A batch of this notice with somebody in it, all marks there and nothing to lock.
fn desk(code: &str) -> Desk {
    let mut desk = Desk::new();
    desk.open_batch_of(code);
    apply(&mut desk, Route::First, Level::Five);
    let all = Subject::ALL.map(|part| (FIRST, part, points("80")));
    desk.does(&PlantMarks(all.to_vec()));
    desk.does(&Compute::default());
    desk
}

/// S0-38: five calendar days in the holidays of October, not one of them a working day; that is told and wants a yes.
#[test]
fn a_period_without_a_working_day_warns_and_wants_to_be_accepted_s0_38() {
    let mut desk = desk("wushen-2024");
    on(&desk, "2024-10-02");
    let (until, found) = publish_check(&desk.site, None).unwrap();
    assert_eq!(until, "2024-10-06".parse::<Day>().ok());
    assert_eq!(codes(&found), ["publicity.no_working_day"]);
    let bare = Publish { place: "网站".into(), until: None, accepted: Vec::new() };
    assert_eq!(desk.refused(&bare), "publicity.unaccepted");
    let done = desk.does(&Publish { accepted: found.codes(), ..bare });
    assert_eq!(done.until, "2024-10-06".parse().unwrap());
    on(&desk, "2024-10-06");
    assert_eq!(desk.refused(&Finalise::default()), "release.window_open");
    on(&desk, "2024-10-07");
    desk.does(&Finalise::default());
}

/// S0-38: before its first day and after its last.
#[test]
fn the_window_of_the_notice_is_told_when_it_is_missed() {
    let mut desk = desk("wushen-2024");
    on(&desk, "2024-09-26");
    let found = publish_check(&desk.site, None).unwrap().1;
    assert_eq!(codes(&found), ["publicity.too_early", "publicity.no_working_day"]);
    on(&desk, "2024-10-08");
    assert_eq!(codes(&publish_check(&desk.site, None).unwrap().1), ["publicity.until_needed"]);
    let until: Option<Day> = "2024-10-14".parse().ok();
    assert_eq!(codes(&publish_check(&desk.site, until).unwrap().1), Vec::<&str>::new());
    let done = desk.does(&Publish { place: "网站".into(), until, accepted: Vec::new() });
    assert_eq!(Some(done.until), until);
}

/// S2-19: the list of applicants was public before the exam; results are made final without a window.
#[test]
fn where_applicants_were_public_results_are_final_by_one_act_s2_19() {
    let mut desk = desk("xinjiang-2022");
    assert_eq!(desk.site.policy().unwrap().publicity.of, PublicityOf::Applicants);
    assert_eq!(gate(&desk.site).unwrap().stops(), [Stop::NotFinal]);
    assert_eq!(codes(&publish_check(&desk.site, None).unwrap().1), ["publicity.not_asked"]);
    let done = desk.does(&Finalise::default());
    assert_eq!((done.number, done.people), (1, 1));
    assert_eq!(gate(&desk.site).unwrap().stops(), []);
    assert!(publicity::public(&desk.site, "").is_err(), "nothing of it is public");
    let query = Query { name: ZHANG.0.into(), id_number: ZHANG.1.into() };
    assert!(desk.does(&query).unwrap().is_final, "whoever it is about is told");
    assert_eq!(desk.refused(&Finalise::default()), "publicity.already_final");
}

/// S3-24: nothing of the results goes on before the region has approved them.
#[test]
fn the_regions_audit_comes_first_s3_24() {
    let mut desk = desk("nmg-enterprise-2019");
    assert_eq!(gate(&desk.site).unwrap().stops().first(), Some(&Stop::AuditMissing));
    let bare = Publish { place: "公告栏".into(), until: None, accepted: Vec::new() };
    assert_eq!(desk.refused(&bare), "release.audit_missing");
    desk.release();
    assert_eq!(gate(&desk.site).unwrap().stops(), []);
}
