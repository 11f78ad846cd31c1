//! Rosters of those who passed, one for each league, with the index of their materials (S1-44).
use super::world::*;
use crate::certificates::Settled;
use crate::harness::Desk;
use kaowu::model::ApplicationId;
use kaowu::ops::prints::{Form, Format, Scope};
use kaowu::ops::reviews::StampBy;
use kaowu::ops::rosters::{self, Drop, FillBox, Kind, Make, Send};

fn passed(people: usize) -> Desk {
    let mut desk = Desk::seated(people);
    desk.at("18:00");
    desk.does(&Settled { people: ids(people as i64), points: 80 });
    desk.does(&Approved(Some("ordos")));
    desk
}

fn make(unit: Option<&str>) -> Make {
    let unit = unit.map(str::to_owned);
    Make { kind: Kind::Passed, unit, filled_by: "高经办".into(), phone: Some("0477-1234567".into()) }
}

#[test]
fn each_league_compiles_stamps_and_submits_its_own_s1_44() {
    let mut desk = passed(5);
    assert_eq!(desk.refused(&make(None)), "rosters.unit_needed");
    assert_eq!(desk.refused(&make(Some("mars"))), "rosters.unknown_unit");
    assert_eq!(desk.refused(&make(Some("baotou"))), "rosters.nobody");
    assert_eq!(rosters::units(&desk.site, Kind::Passed).unwrap()[0].0, "ordos");
    desk.does(&Photo(ApplicationId(1), "ab".repeat(32)));
    let made = desk.does(&make(Some("ordos")));
    assert_eq!(made.people, 5);
    assert_eq!(desk.refused(&make(Some("ordos"))), "rosters.there_is_one");
    let roster = made.roster;
    let send = Send { roster, to: "就促会".into(), on: None };
    assert_eq!(desk.refused(&send), "rosters.box_void");
    desk.does(&FillBox { roster, node: StampBy::Prefecture, signed: signed(), head_count: None });
    assert!(rosters::stops(&desk.site, roster).unwrap().is_empty());
    let form = Form::find("passed-roster").unwrap();
    let scope = Scope { number: Some(roster), ..Scope::default() };
    let html = String::from_utf8(form.print(&desk.site, &scope, Format::Html).unwrap().bytes).unwrap();
    assert!(html.contains("合格人员名册") && html.contains("鄂尔多斯市") && html.contains("申报材料目录"));
    assert!(html.contains("<td>照片</td>"));
    desk.does(&send);
    assert_eq!(desk.refused(&send), "rosters.not_open");
    assert_eq!(rosters::roster(&desk.site, roster).unwrap().row.sent_to.as_deref(), Some("就促会"));
}

#[test]
fn a_roster_that_says_what_is_true_no_more_is_made_anew() {
    let mut desk = passed(3);
    let roster = desk.does(&make(Some("ordos"))).roster;
    desk.does(&FillBox { roster, node: StampBy::Prefecture, signed: signed(), head_count: None });
    assert_eq!(rosters::roster(&desk.site, roster).unwrap().current, Some(true));
    desk.does(&Other::Mark(ApplicationId(2), 30));
    assert_eq!(rosters::roster(&desk.site, roster).unwrap().current, Some(false));
    assert_eq!(desk.refused(&Send { roster, to: "就促会".into(), on: None }), "rosters.changed_since");
    assert_eq!(desk.refused(&Drop { roster, reason: String::new() }), "rosters.reason_needed");
    desk.does(&Drop { roster, reason: "一人不合格".into() });
    assert_eq!(desk.does(&make(Some("ordos"))).people, 2);
}

#[test]
fn the_notice_of_2023_has_no_roster_of_applicants_with_boxes() {
    let mut desk = passed(1);
    let of_applicants = Make { kind: Kind::Applicants, ..make(None) };
    assert_eq!(desk.refused(&of_applicants), "rosters.not_in_the_notice");
    assert_eq!(desk.refused(&Make { filled_by: " ".into(), ..make(Some("ordos")) }), "rosters.filled_by_needed");
}
