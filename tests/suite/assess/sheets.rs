//! Each assessor's own sheet: criteria, mandatory items, whose hand (S0-24, S0-25).
use super::world::{SignsOnAs, manned, view, with_group};
use crate::harness::Desk;
use crate::rooms::fixtures::who;
use kaowu::model::{MemberId, Points, Role};
use kaowu::ops::panel::{self, Score, own_sheet};
use kaowu::ops::upkeep::AddOperator;
use kaowu::policy::criteria;

const WHOLE: &str = "prepare=12,wiring=30,test=20,fault=15,tidy=5";

fn sheet(member: MemberId, total: i32, items: &str, fails: &[&str]) -> Score {
    let items = Some(criteria::read(items).unwrap()).filter(|items| !items.is_empty());
    let fails = fails.iter().map(|code| (*code).to_owned()).collect();
    Score { items, fails, ..Score::total(member, who(1), Points::whole(total)) }
}

/// A coordinator signed off, a reviewer signed on.
fn group() -> (Desk, Vec<MemberId>, kaowu::ops::assess::Formed) {
    let (mut desk, formed) = with_group();
    let members = view(&desk, &formed).members.iter().map(|m| m.id).collect();
    desk.sign_on("typist-a");
    (desk, members, formed)
}

#[test]
fn the_parts_of_a_sheet_add_up_s0_25() {
    let (mut desk, members, formed) = group();
    let level = view(&desk, &formed).candidates[0].level;
    assert!(!level.is_technician(), "the sheet of levels 5 to 3");
    let one = members[0];
    assert_eq!(desk.refused(&sheet(one, 81, WHOLE, &[])), "criteria.sum_differs");
    assert_eq!(desk.refused(&sheet(one, 77, "prepare=12,wiring=30,test=20,fault=15", &[])), "criteria.item_missing");
    assert_eq!(
        desk.refused(&sheet(one, 82, "prepare=16,wiring=26,test=20,fault=15,tidy=5", &[])),
        "criteria.item_too_high"
    );
    assert_eq!(desk.refused(&sheet(one, 82, &format!("{WHOLE},extra=0"), &[])), "criteria.unknown_item");
    let odd = "prepare=12.25,wiring=29.75,test=20,fault=15,tidy=5";
    assert_eq!(desk.refused(&sheet(one, 82, odd, &[])), "mark.off_step");
    assert_eq!(desk.does(&sheet(one, 82, WHOLE, &[])), Points::whole(82));
    let remark = Some(" 布线改过 ".to_owned());
    desk.does(&Score { remark, ..sheet(one, 82, WHOLE, &[]) });
    let stored = own_sheet(&desk.site, one, who(1)).unwrap().unwrap();
    assert_eq!((stored.items.as_deref(), stored.fails.as_str()), (Some(WHOLE), ""));
    assert_eq!(stored.remark.as_deref(), Some("布线改过"));
    // A sheet on paper that has only its total.
    assert_eq!(desk.does(&sheet(members[1], 75, "", &[])), Points::whole(75));
    assert_eq!(own_sheet(&desk.site, members[1], who(1)).unwrap().unwrap().items, None);
}

#[test]
fn a_failed_mandatory_item_decides_what_the_sheet_comes_to_s0_25() {
    let (mut desk, members, formed) = group();
    assert_eq!(desk.refused(&sheet(members[0], 82, WHOLE, &["safety-9"])), "criteria.unknown_fail");
    assert_eq!(desk.does(&sheet(members[0], 82, WHOLE, &["safety-2"])), Points::whole(50));
    assert_eq!(desk.does(&sheet(members[0], 50, WHOLE, &["safety-2"])), Points::whole(50), "the total after it too");
    assert_eq!(desk.does(&sheet(members[1], 82, WHOLE, &["safety-2", "safety-1"])), Points::ZERO);
    desk.does(&sheet(members[2], 82, WHOLE, &[]));
    let stored = |m: MemberId| own_sheet(&desk.site, m, who(1)).unwrap().unwrap().fails;
    let fails: Vec<_> = members.iter().map(|m| stored(*m)).collect();
    assert_eq!(fails, ["safety-2", "safety-1,safety-2", ""]);
    assert!(criteria::fails_disagree(fails.iter().map(String::as_str)), "the lead rules");
    let _ = formed;
}

#[test]
fn a_member_with_an_account_writes_their_own_sheets_and_nobody_elses_s0_24() {
    let (mut desk, staff) = manned(3);
    let op = |name: &str, role| AddOperator {
        name: name.into(),
        roles: vec![role],
        os_user: None,
        unit: None,
        pin_hash: None,
    };
    desk.does(&op("kaoping-1", Role::Reviewer));
    desk.does(&SignsOnAs(staff[0], "kaoping-1"));
    let made = super::world::form(&desk);
    let formed = desk.does(&made);
    let members: Vec<_> = view(&desk, &formed).members.iter().map(|m| m.id).collect();
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&sheet(members[0], 82, WHOLE, &[])), "panel.own_sheet");
    desk.does(&sheet(members[1], 80, "", &[]));
    desk.sign_on("kaoping-1");
    assert_eq!(desk.refused(&sheet(members[2], 82, WHOLE, &[])), "panel.judges_too");
    desk.does(&sheet(members[0], 82, WHOLE, &[]));
    assert_eq!(own_sheet(&desk.site, members[1], who(1)).unwrap(), None, "nobody else's is told");
    desk.sign_on("coordinator");
    assert_eq!(desk.refused(&sheet(members[2], 82, WHOLE, &[])), "duty.either_role_needed");
}

#[test]
fn nobody_judges_somebody_who_did_not_come() {
    let (mut desk, formed) = with_group();
    let member = view(&desk, &formed).members[0].id;
    let session = view(&desk, &formed).panel.session.unwrap();
    desk.at("20:00");
    let close = crate::checkin::world::close(&desk, session, None);
    desk.does(&close);
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&sheet(member, 82, WHOLE, &[])), "panel.absent");
}

#[test]
fn a_review_has_the_criteria_of_the_policy_s1_22() {
    let (mut desk, formed) = crate::panel::world::with_panel(40);
    let shown = panel::show(&desk.site, formed.panel).unwrap();
    let (member, who) = (shown.members[0].id, shown.candidates[0].application);
    let plan = panel::plan(&desk.site, &shown.panel, who).unwrap();
    let codes: Vec<_> = plan.items.iter().map(|i| (i.code.as_str(), i.max)).collect();
    let whole = |code, max| (code, Points::whole(max));
    assert_eq!(codes, [whole("materials", 40), whole("defence", 40), whole("achievements", 20)]);
    desk.sign_on("reviewer");
    let items = criteria::read("materials=30,defence=32,achievements=15").unwrap();
    let full = Score { items: Some(items), ..Score::total(member, who, Points::whole(77)) };
    assert_eq!(desk.does(&full), Points::whole(77));
    assert_eq!(desk.refused(&Score { fails: vec!["safety-1".into()], ..full }), "criteria.unknown_fail");
}
