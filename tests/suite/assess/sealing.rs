//! A group from its sheets to the marks: absent, a mandatory item that the assessors see differently, the seal.
use super::world::{view, with_group};
use crate::checkin::world::Put;
use crate::panel::world::sign;
use crate::rooms::fixtures::who;
use kaowu::model::{AttendanceState, Points, Role};
use kaowu::ops::panel::{self, Next, Rule, Score, Seal};
use kaowu::ops::{AttendanceRow, MarkKind, MarkRow, Operation, Result, Work};
use kaowu::policy::criteria;
use kaowu::store::{health, rows};

/// Reads the marks of hands-on work, and counts marks that rest on nothing.
#[derive(serde::Serialize)]
struct Look;

impl Operation for Look {
    const KIND: &'static str = "test.look";
    const ROLES: &'static [Role] = &[];
    type Out = (Vec<MarkRow>, i64);

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Self::Out> {
        let marks = "WHERE subject = 'practical' ORDER BY application";
        Ok((rows::select(work.tx.db(), marks, [])?, health::unfounded_marks(work.tx.db())?))
    }
}

#[test]
fn a_group_is_sealed_with_its_marks_the_lead_decides_a_disputed_item_s0_24_s0_25() {
    let (mut desk, formed) = with_group();
    let shown = view(&desk, &formed);
    let (panel, session, members) = (formed.panel, shown.panel.session.unwrap(), shown.members.clone());
    let absent =
        AttendanceRow { state: AttendanceState::Absent, ..AttendanceRow::present(session, who(4), desk.site.now()) };
    desk.does(&Put(absent));
    desk.sign_on("typist-a");
    for (place, member) in (0..).zip(&members) {
        let items = criteria::read("prepare=12,wiring=30,test=20,fault=15,tidy=5").unwrap();
        let fails = if place == 1 { vec!["safety-2".to_owned()] } else { Vec::new() };
        desk.does(&Score { items: Some(items), fails, ..Score::total(member.id, who(1), Points::whole(82)) });
        for n in [2, 3] {
            desk.does(&Score::total(member.id, who(n), Points::whole(80 + place)));
        }
        assert_eq!(desk.refused(&Score::total(member.id, who(4), Points::whole(80))), "panel.absent");
    }
    desk.sign_on("coordinator");
    let asked = view(&desk, &formed);
    assert_eq!((asked.next, asked.missing.rulings.len()), (Next::Rule, 1), "{:?}", asked.missing);
    assert_eq!(desk.refused(&Seal { panel }), "panel.not_ready");
    let lead = members.iter().find(|m| m.chair).unwrap().id;
    let proof = panel::on_paper(&desk.site, lead).unwrap();
    let rule = Rule { application: who(1), points: Points::whole(50), reason: "一票否决成立".into(), proof };
    desk.does(&rule);
    assert_eq!(desk.refused(&Rule { application: who(2), ..rule }), "panel.not_asked");
    sign(&mut desk, panel);
    assert_eq!(view(&desk, &formed).next, Next::Seal);
    let sealed = desk.does(&Seal { panel });
    assert_eq!((sealed.candidates, sealed.ruled.len()), (3, 1));
    let (marks, unfounded) = desk.site.preview(&Look).unwrap().out;
    let found: Vec<_> = marks.into_iter().map(|row| (row.application, row.mark, row.points)).collect();
    let points = |n: i64, points| (who(n), MarkKind::Points, Some(Points::whole(points)));
    assert_eq!(found, [points(1, 50), points(2, 81), points(3, 81), (who(4), MarkKind::Absent, None)]);
    assert_eq!(unfounded, 0);
}
