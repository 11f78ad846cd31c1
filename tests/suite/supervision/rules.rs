//! Through the one door.
use super::world::*;
use crate::harness::Desk;
use kaowu::model::{Day, DrawId, Role};
use kaowu::ops::history::{Undo, may_undo, next_undo};
use kaowu::ops::milestones::board;
use kaowu::ops::prints::{Form, Format, Scope};
use kaowu::ops::supervision::*;
use kaowu::ops::upkeep::AddOperator;
use kaowu::ops::{DrawEntryRow, DrawKind, InspectionResult, Operation, Work};
use kaowu::store::rows;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Somebody changes a stored entry.
#[derive(serde::Serialize)]
struct Alter {
    #[serde(skip)]
    how: fn(&DrawEntryRow) -> Option<DrawEntryRow>,
}

impl Operation for Alter {
    const KIND: &'static str = "test.alter";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> kaowu::ops::Result<()> {
        for row in rows::select::<DrawEntryRow>(work.tx.db(), "ORDER BY id", [])? {
            if let Some(after) = (self.how)(&row) {
                work.tx.update(&row, &after)?;
            }
        }
        Ok(())
    }
}

/// S3-34: pools, seed, recusal and result are kept; drawing again gives the same, until somebody changes what is stored.
#[test]
fn anybody_can_draw_again_and_get_the_same() {
    let mut desk = Desk::with_batch();
    let kin = Exclusion { name: "督戊".into(), reason: "亲属参加考试".into() };
    let done = desk.does(&Draw { exclude: vec![kin], ..draw() });
    let shown = whole(&desk.site, done.draw).unwrap();
    assert_eq!((shown.drawn.len(), shown.entries.len()), (2, 9));
    for one in &shown.drawn {
        assert_eq!(one.supervisors.len(), 2, "as the policy says");
        assert!(!one.supervisors.contains(&"督戊".to_owned()), "left out: {one:?}");
        let own = supervisors().into_iter().filter(|s| s.unit == one.unit);
        assert!(own.into_iter().all(|s| !one.supervisors.contains(&s.name)), "of the same unit: {one:?}");
    }
    let left_out = shown.entries.iter().find(|e| e.name == "督戊").unwrap();
    assert_eq!(left_out.excluded.as_deref(), Some("亲属参加考试"));
    assert!(redraw(&desk.site, done.draw).unwrap().equal);
    // The same pools and seed give the same; another seed may not.
    let again = desk.does(&Draw { exclude: vec![], ..draw() });
    let other = desk.does(&Draw { exclude: vec![], ..draw() });
    let result = |id: DrawId| whole(&desk.site, id).unwrap().drawn;
    assert_eq!(result(again.draw), result(other.draw));
    let seeds = (0..20).map(|seed| desk.site.preview(&Draw { seed, ..draw() }).map(|d| d.out.objects));
    assert!(seeds.into_iter().all(|objects| objects.unwrap() == 2));
}

/// S3-34: a changed result, a changed pool and a withdrawn exclusion are each seen.
#[test]
fn a_changed_record_is_seen() {
    let changes: [fn(&DrawEntryRow) -> Option<DrawEntryRow>; 3] = [
        |row| (row.drawn_for.is_some()).then(|| DrawEntryRow { drawn_for: None, ..row.clone() }),
        |row| (row.unit == "人社局").then(|| DrawEntryRow { excluded: Some("后来加的".into()), ..row.clone() }),
        |row| row.excluded.is_some().then(|| DrawEntryRow { excluded: None, ..row.clone() }),
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let mut desk = Desk::with_batch();
        let exclude = supervisors().into_iter().take(2).map(|s| Exclusion { name: s.name, reason: "休假".into() });
        let op = Draw { objects: 4, per_object: Some(2), exclude: exclude.collect(), ..draw() };
        let id = desk.does(&op).draw;
        assert!(redraw(&desk.site, id).unwrap().equal);
        desk.does(&Alter { how: change });
        let found = redraw(&desk.site, id).unwrap();
        assert!(!found.equal && !found.differing.is_empty(), "change {at}: {found:?}");
    }
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let mut desk = Desk::with_batch();
    let refused = |desk: &mut Desk, draw: Draw, code: &str| assert_eq!(desk.refused(&draw), code);
    refused(&mut desk, Draw { objects: 5, ..draw() }, "supervision.too_few_objects");
    refused(&mut desk, Draw { per_object: Some(6), ..draw() }, "supervision.too_few_supervisors");
    refused(&mut desk, Draw { witness: " ".into(), ..draw() }, "supervision.no_witness");
    refused(&mut desk, Draw { title: String::new(), ..draw() }, "supervision.no_title");
    refused(&mut desk, Draw { seed: -1, ..draw() }, "supervision.bad_seed");
    refused(&mut desk, Draw { supervisors: vec![], ..draw() }, "supervision.no_supervisors");
    refused(&mut desk, Draw { kind: DrawKind::Enterprise, ..draw() }, "supervision.no_objects");
    refused(&mut desk, Draw { area: Some("某地".into()), ..draw() }, "supervision.unknown_area");
    let out = |name: &str, reason: &str| vec![Exclusion { name: name.into(), reason: reason.into() }];
    refused(&mut desk, Draw { exclude: out("督甲", ""), ..draw() }, "supervision.why_left_out");
    refused(&mut desk, Draw { exclude: out("某人", "病"), ..draw() }, "supervision.not_in_pool");
    desk.does(&draw());
    let op = next_undo(&desk.site).unwrap();
    assert!(may_undo(&desk.site, op).is_err());
    assert!(desk.try_to(&Undo { op, reason: "不满意".into() }).is_err(), "a draw stays");
    assert_eq!(draws(&desk.site, None).unwrap().len(), 1);
}

/// Rooms, sessions and venues of the site are pools of their own.
#[test]
fn rooms_sessions_and_venues_can_be_drawn() {
    let mut desk = Desk::seated(70);
    for (kind, objects) in [(DrawKind::Room, 3), (DrawKind::Session, 2), (DrawKind::Venue, 1)] {
        let id = desk.does(&Draw { kind, objects, list: vec![], ..draw() }).draw;
        assert_eq!(whole(&desk.site, id).unwrap().drawn.len(), objects);
        assert!(redraw(&desk.site, id).unwrap().equal);
    }
}

/// S3-21: every session has its supervision record; those without one are named.
#[test]
fn every_session_is_supervised() {
    let mut desk = Desk::with_batch();
    let open =
        |desk: &Desk| uncovered(&desk.site).unwrap().into_iter().map(|u| (u.session, u.begun)).collect::<Vec<_>>();
    assert_eq!(open(&desk), [("theory-1".to_owned(), false), ("practical-1".to_owned(), false)]);
    desk.at("09:00");
    assert_eq!(desk.does(&report()).1, "theory-1");
    assert_eq!(open(&desk), [("practical-1".to_owned(), false)]);
    desk.at("11:00");
    assert_eq!(open(&desk), [("practical-1".to_owned(), true)]);
    let bad = |change: fn(&mut Report)| {
        let mut one = report();
        change(&mut one);
        one
    };
    for (one, code) in [
        (bad(|r| r.session = Some("none".into())), "supervision.unknown_session"),
        (bad(|r| r.supervisors = vec![" ".into()]), "supervision.nobody"),
        (bad(|r| r.methods.clear()), "supervision.no_method"),
        (bad(|r| r.methods = vec!["guess".into()]), "supervision.unknown_method"),
        (bad(|r| r.findings = "\n".into()), "supervision.no_findings"),
        (bad(|r| r.on = Some(Day::MAX)), "supervision.in_future"),
        (bad(|r| r.result = InspectionResult::ToMend), "supervision.mend_by_needed"),
        (bad(|r| r.mend_by = Some(Day::MIN)), "supervision.mend_by_early"),
        (bad(|r| r.session = None), "supervision.no_object"),
        (bad(|r| r.draw = Some(DrawId(9))), "supervision.unknown_draw"),
    ] {
        assert_eq!(desk.refused(&one), code);
    }
}

/// S3-34: what was drawn is inspected by those drawn, put right, and made public without anybody's name.
#[test]
fn results_are_put_right_and_made_public() {
    let mut desk = Desk::with_batch();
    let id = desk.does(&draw()).draw;
    let drawn = whole(&desk.site, id).unwrap().drawn.remove(0);
    let of_draw = Report {
        draw: Some(id),
        session: None,
        object: drawn.object.clone(),
        supervisors: vec![],
        result: InspectionResult::ToMend,
        mend_by: Some(day("2023-10-20")),
        ..report()
    };
    assert_eq!(desk.refused(&Report { object: "别处".into(), ..of_draw.clone() }), "supervision.not_drawn");
    let stranger = Report { supervisors: vec!["别人".into()], ..of_draw.clone() };
    assert_eq!(desk.refused(&stranger), "supervision.other_supervisors");
    let (number, _) = desk.does(&of_draw);
    assert_eq!(inspections(&desk.site, None).unwrap()[0].supervisors.lines().collect::<Vec<_>>(), drawn.supervisors);
    let late = board(&desk.site, Some(day("2023-10-23"))).unwrap();
    let item = late.items.iter().find(|i| i.code == format!("mend.{number}")).unwrap();
    assert_eq!((item.standing.code(), item.working_days_left), ("late", Some(-1)));
    let mend = |mended: &str, on: Option<Day>| Mend { inspection: number, mended: mended.into(), on };
    assert_eq!(desk.refused(&mend(" ", None)), "supervision.what_was_done");
    assert_eq!(desk.refused(&mend("已装", Some(day("2023-10-01")))), "supervision.mended_early");
    assert_eq!(desk.refused(&Mend { inspection: 9, ..mend("已装", None) }), "supervision.unknown_inspection");
    desk.does(&mend("已装监控", None));
    assert_eq!(desk.refused(&mend("已装", None)), "supervision.mended_already");
    let other = desk.does(&report()).0;
    assert_eq!(desk.refused(&Mend { inspection: other, ..mend("已装", None) }), "supervision.nothing_to_mend");
    assert_eq!(publication(&desk.site).unwrap(), []);
    let publish = |what: What, place: &str| Publish { what, place: place.into(), on: None };
    assert_eq!(desk.refused(&publish(What::Draw(id), "")), "supervision.no_place");
    let early = Publish { on: Some(day("2023-10-14")), ..publish(What::Draw(id), "网站") };
    assert_eq!(desk.refused(&early), "supervision.published_before");
    desk.does(&publish(What::Draw(id), "网站"));
    desk.does(&publish(What::Inspection(number), "公告栏"));
    let public = publication(&desk.site).unwrap();
    assert_eq!(public.len(), 2);
    let text = serde_json::to_string(&public).unwrap();
    assert!(text.contains(&drawn.object) && text.contains("公告栏") && text.contains("2023-10-15"), "{text}");
    assert!(!text.contains("督") && !text.contains("见证"), "somebody's name: {text}");
    let print = |form: &str| {
        let form = Form::find(form).unwrap();
        String::from_utf8(form.print(&desk.site, &Scope::default(), Format::Html).unwrap().bytes).unwrap()
    };
    let list = print("supervision-list");
    assert!(list.contains("公告栏") && list.contains("限期整改") && !list.contains("督甲") && !list.contains("见证某"));
    let record = print("supervision-draw");
    assert!(record.contains("20231015") && record.contains("见证某") && record.contains("督戊"), "{record}");
    let report = print("supervision-report");
    assert!(report.contains("考场秩序良好") && report.contains("查阅资料") && report.contains("已装监控"), "{report}");
    assert_eq!(report.matches("<section").count(), 2);
}

/// S3-33: supervision is by area; whoever supervises for a unit sees and draws there only, a league its counties too.
#[test]
fn a_unit_supervises_its_own_area() {
    let mut desk = Desk::with_batch();
    let supervise = |name: &str, unit: &str| AddOperator {
        name: name.into(),
        roles: vec![Role::Coordinator],
        os_user: None,
        unit: Some(unit.into()),
        pin_hash: None,
    };
    desk.does(&supervise("hulunbuir", "hulunbuir"));
    desk.does(&supervise("manzhouli", "manzhouli"));
    desk.does(&Draw { area: Some("鄂尔多斯市".into()), ..draw() });
    let names = |desk: &Desk, id: DrawId| {
        let mut names: Vec<_> = whole(&desk.site, id).unwrap().drawn.into_iter().map(|d| d.object).collect();
        names.sort();
        names
    };
    assert_eq!(names(&desk, DrawId(1)), ["乙校", "甲校"]);
    desk.sign_on("hulunbuir");
    assert_eq!(own_area(&desk.site).unwrap().as_deref(), Some("1507"));
    assert_eq!(draws(&desk.site, own_area(&desk.site).unwrap().as_deref()).unwrap(), []);
    assert!(whole(&desk.site, DrawId(1)).is_err(), "another league's draw");
    let own = desk.does(&draw()).draw;
    assert_eq!(names(&desk, own), ["丁校", "丙校"], "its county-level city too");
    assert_eq!(desk.refused(&Draw { area: Some("1506".into()), ..draw() }), "supervision.out_of_area");
    assert_eq!(desk.refused(&report()), "supervision.out_of_area", "a session of a site in another league");
    desk.sign_on("manzhouli");
    let own = desk.does(&Draw { objects: 1, ..draw() }).draw;
    assert_eq!(names(&desk, own), ["丁校"]);
    assert!(whole(&desk.site, DrawId(2)).is_err(), "the league's draw is not the county's");
    desk.sign_on("coordinator");
    assert_eq!(draws(&desk.site, None).unwrap().len(), 3, "the site itself sees all");
    assert_eq!(draws(&desk.site, Some("1507")).unwrap().len(), 2);
}
