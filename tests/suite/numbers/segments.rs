//! Which serials belong to which of the sites that share the first 13 places.
use super::world::*;
use kaowu::model::Role;
use kaowu::ops::certificates::{DropSegment, GrantSegment, Number, Revoke, segments};
use kaowu::ops::{NumberSegmentRow, Operation, Result, Work};
use serde::Serialize;

fn number() -> Number {
    Number { issued_on: day("2023-10-15") }
}

#[test]
fn a_site_numbers_inside_its_own_segment_only() {
    let mut desk = released(12);
    desk.does(&grant(Some("02"), (1, 500)));
    assert_eq!(desk.refused(&number()), "certificates.no_segment");
    desk.does(&grant(None, (501, 1000)));
    let done = desk.does(&number());
    assert_eq!(done.people, 12);
    for run in &done.levels {
        assert!(run.first.ends_with("000501"), "{run:?}");
    }
    let all = segments(&desk.site).unwrap();
    assert_eq!(all.iter().map(|s| (s.own, s.highest > 500)).collect::<Vec<_>>(), [(false, false), (true, true)]);
    assert_eq!(desk.refused(&DropSegment { segment: all[1].row.id }), "segment.in_use");
    desk.does(&DropSegment { segment: all[0].row.id });
    assert_eq!(desk.refused(&DropSegment { segment: 77 }), "segment.unknown");
}

#[test]
fn a_segment_that_is_used_up_is_followed_by_the_next_and_then_by_a_refusal() {
    let mut desk = released(40);
    let level = people(&desk, 40).iter().filter(|p| p.level.digit() == 5).count();
    assert!(level > 4, "{level}");
    desk.does(&grant(None, (10, 11)));
    assert_eq!(desk.refused(&number()), "certificates.serial_exhausted");
    assert!(register(&desk.site).is_empty(), "all or nothing");
    desk.does(&grant(None, (700, 800)));
    desk.does(&number());
    let fives: Vec<_> = register(&desk.site).into_iter().filter(|c| c.level.digit() == 5).map(|c| c.number).collect();
    let serials: Vec<i64> = fives.iter().map(|n| n[16..].parse().unwrap()).collect();
    assert_eq!(serials[..4], [10, 11, 700, 701]);
}

#[test]
fn a_grant_says_by_which_document_and_overlaps_nobody() {
    let mut desk = released(1);
    desk.does(&grant(Some("02"), (100, 200)));
    let with = |change: fn(&mut GrantSegment)| {
        let mut one = grant(None, (201, 300));
        change(&mut one);
        one
    };
    assert_eq!(desk.refused(&with(|g| g.first = 200)), "segment.overlaps");
    assert_eq!(desk.refused(&with(|g| g.document = " ".into())), "segment.document_needed");
    assert_eq!(desk.refused(&with(|g| g.first = 0)), "segment.bad_range");
    assert_eq!(desk.refused(&with(|g| g.last = 1_000_000)), "segment.bad_range");
    assert_eq!(desk.refused(&with(|g| g.first = 301)), "segment.bad_range");
    assert_eq!(desk.refused(&with(|g| g.prefix = Some("S1".into()))), "segment.no_prefix");
    desk.does(&with(|g| g.year = Some(24)));
    // A segment of one year only does not serve another.
    assert_eq!(desk.refused(&number()), "certificates.no_segment");
    desk.does(&with(|g| g.year = Some(23)));
    desk.does(&number());
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&grant(None, (900, 901))), "duty.role_needed");
}

#[derive(Serialize)]
struct Raw(NumberSegmentRow);

impl Operation for Raw {
    const KIND: &'static str = "certificates.grant_segment";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        Ok(work.tx.insert(&self.0)?)
    }
}

#[test]
fn the_database_itself_refuses_segments_that_overlap() {
    let mut desk = released(1);
    let id = desk.does(&grant(None, (100, 200)));
    let row = segments(&desk.site).unwrap().remove(0).row;
    assert_eq!(row.id, id);
    let other = Raw(NumberSegmentRow { id: 9, site: "02".into(), first: 150, last: 160, year: Some(23), ..row });
    let error = desk.try_to(&other).unwrap_err().to_string();
    assert!(error.starts_with("constraint"), "{error}");
}

#[test]
fn a_void_number_stays_used_inside_a_segment_too() {
    let mut desk = released(3);
    desk.does(&grant(None, (50, 60)));
    desk.does(&number());
    let first = register(&desk.site).remove(0);
    desk.does(&Revoke { certificate: first.id, reason: "姓名有误".into() });
    assert_eq!(desk.refused(&number()), "certificates.nobody_to_number");
    // The highest of any level: as many as the fullest level has people.
    let of = |level| register(&desk.site).iter().filter(|c| c.level == level).count();
    let most = kaowu::model::Level::ALL.into_iter().map(of).max().unwrap();
    assert_eq!(segments(&desk.site).unwrap()[0].highest, 49 + i64::try_from(most).unwrap());
}
