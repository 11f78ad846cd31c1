//! A desk with a panel of three.
use crate::harness::Desk;
use kaowu::model::{PanelId, Points};
use kaowu::ops::panel::{self, Begin, End, Form, Formed, NewMember, Score, Sign, View};
use kaowu::ops::results::{self, Filter, ResultRow};

pub fn member(name: &str, unit: &str, chair: bool) -> NewMember {
    NewMember { name: name.into(), unit: unit.into(), chair }
}

pub fn three() -> Vec<NewMember> {
    vec![member("甲评委", "理工学院", true), member("乙评委", "技师学院", false), member("丙评委", "", false)]
}

pub fn form(members: Vec<NewMember>) -> Form {
    Form { name: "第一组".into(), members, candidates: None }
}

/// People who need a review.
pub fn technicians(desk: &Desk) -> Vec<ResultRow> {
    let all = results::outcomes(&desk.site, &Filter::default()).unwrap();
    all.into_iter().filter(|r| r.level.is_technician()).collect()
}

pub fn with_panel(people: usize) -> (Desk, Formed) {
    let mut desk = Desk::seated(people);
    let formed = desk.does(&form(three()));
    (desk, formed)
}

pub fn view(desk: &Desk, panel: PanelId) -> View {
    panel::show(&desk.site, panel).unwrap()
}

/// Everybody is begun and ended, too soon but with a reason.
pub fn timed(desk: &mut Desk, panel: PanelId) {
    desk.sign_on("coordinator");
    for candidate in view(desk, panel).candidates.iter().filter(|c| !c.void && !c.withdrawn) {
        let application = candidate.application;
        desk.does(&Begin { panel, application });
        desk.does(&End { panel, application, reason: Some("材料审阅方式".into()) });
    }
}

/// Every sheet of a panel: 70 and up by the member's place.
pub fn fill(desk: &mut Desk, panel: PanelId) {
    timed(desk, panel);
    desk.sign_on("reviewer");
    let view = view(desk, panel);
    for candidate in &view.candidates {
        for (place, member) in (0..).zip(&view.members) {
            let points = Points::whole(70 + place);
            desk.does(&Score::total(member.id, candidate.application, points));
        }
    }
    desk.sign_on("coordinator");
}

/// Everybody's hand stands on paper, the chair's last.
pub fn sign(desk: &mut Desk, panel: PanelId) {
    let mut members = view(desk, panel).members;
    members.sort_by_key(|m| m.chair);
    for member in members {
        let proof = panel::on_paper(&desk.site, member.id).unwrap();
        desk.does(&Sign { proof, reason: Some("评审表原件".into()) });
    }
}
