//! A made-up enterprise with a whole filing, and the way of it into the directory.
use crate::harness::{Desk, fit};
use kaowu::config::Assets;
use kaowu::model::Level;
use kaowu::ops::enterprise::*;
use kaowu::ops::{batch, demo::people};
use kaowu::policy;

pub const CODE: &str = "91150699MA0KW0001B";
pub const NAME: &str = "示例矿业有限公司";
/// Of its certificates.
pub const PREFIX: &str = "Y000015000101";
pub const OTHER: &str = "91150699MA0KW0002E";

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn head() -> Organisation {
    Organisation {
        credit_code: CODE.into(),
        name: NAME.into(),
        kind: OrganisationKind::Enterprise,
        address: some("示例旗工业园区1号"),
        certificate_prefix: some(PREFIX),
        round: 1,
        unit: some("示例市人社局"),
        contact: some("甲某"),
        post: some("科长"),
        landline: some("0477-8581234"),
        mobile: some("15400000001"),
        email: some("name@example.com"),
        strengths: some("十年培训"),
        venue: some("两间教室，一处实训场"),
        systems: some("六十台计算机，全程录像"),
    }
}

fn occupation(name: &str, code: &str, (lowest, highest): (Level, Level), fee: i64) -> FiledOccupation {
    FiledOccupation { name: name.into(), code: code.into(), lowest, highest, fee: Some(fee) }
}

fn person(kind: StaffKind, name: &str, id: &str, unit: Option<String>) -> Staff {
    let serves = if kind == StaffKind::FullTime { vec![] } else { vec!["电工".into(), "6-20-01-01".into()] };
    Staff {
        kind,
        name: name.into(),
        id_number: id.into(),
        unit,
        post: some("技师"),
        education: some("大专"),
        duty: (kind == StaffKind::FullTime).then(|| "考务".to_owned()),
        occupations: serves,
    }
}

fn paper(kind: AttachmentKind, title: &str, person: Option<String>) -> Attachment {
    Attachment { kind, title: title.into(), file: Some(format!("{title}.pdf")), person, number: None, dated: None }
}

fn condition(number: i64) -> Condition {
    Condition { number, evidence: Some(format!("证明{number}")), met: None, note: None, judged_by: None }
}

/// A filing that lacks nothing.
pub fn filing() -> Filing {
    Filing {
        organisation: head(),
        occupations: vec![
            occupation("电工", "6-31-01-03", (Level::Five, Level::Three), 0),
            occupation("钳工", "6-20-01-01", (Level::Four, Level::Four), 26050),
        ],
        equipment: vec![Equipment {
            name: "电工实训台".into(),
            brand: some("某牌"),
            model: some("DG-1"),
            quantity: 20,
            owner: some("本单位"),
        }],
        staff: vec![
            person(StaffKind::FullTime, "乙某", "150699199001010015", None),
            person(StaffKind::Assessor, "丙某", "150699199001010023", some("某职业学院")),
            person(StaffKind::Supervisor, "丁某", "150699198503120033", some(NAME)),
        ],
        attachments: vec![
            paper(AttachmentKind::Regulation, "考务管理制度", None),
            paper(AttachmentKind::VenueProof, "房屋产权证", None),
            paper(AttachmentKind::EquipmentProof, "设备发票", None),
            paper(AttachmentKind::Commitment, "丙某承诺书", some("150699199001010023")),
        ],
        conditions: (1..=CONDITIONS).map(condition).collect(),
    }
}

/// The same for another enterprise.
pub fn other(round: i64) -> Filing {
    let mut filing = filing();
    let head = &mut filing.organisation;
    (head.credit_code, head.name, head.round) = (OTHER.into(), "示例化工有限公司".into(), round);
    (head.certificate_prefix, head.unit) = (None, Some("另一市人社局".into()));
    filing.staff.iter_mut().filter(|s| s.unit.as_deref() == Some(NAME)).for_each(|s| s.unit = None);
    filing
}

pub fn day(text: &str) -> kaowu::model::Day {
    text.parse().unwrap()
}

pub fn submit(who: &str) -> Submit {
    Submit { organisation: who.into(), paper_on: Some(day("2019-05-18")), electronic_on: Some(day("2019-05-17")) }
}

pub fn judge(who: &str, conditions: Vec<i64>, judged: Judged) -> Judge {
    let note = (judged == Judged::Unmet).then(|| "没有监控".to_owned());
    Judge { organisation: who.into(), conditions, judged, note }
}

pub fn evaluate(who: &str, result: EvaluationResult) -> Evaluate {
    let (experts, opinion) = (vec!["戊某".into(), "己某".into()], "具备条件".into());
    Evaluate { organisation: who.into(), experts, opinion, result, dated: day("2019-05-28") }
}

pub fn publish(who: &[&str]) -> Publish {
    let organisations = who.iter().map(|w| (*w).to_owned()).collect();
    Publish { organisations, from: day("2019-06-03"), to: None, reason: "第一批目录".into() }
}

pub fn change(who: &str, to: Move, reason: &str) -> Change {
    Change { organisation: who.into(), to, reason: reason.into() }
}

/// Files, submits, judges and evaluates.
pub fn evaluated(desk: &mut Desk, filing: Filing) {
    let who = filing.organisation.credit_code.clone();
    desk.does(&File { filing });
    desk.does(&submit(&who));
    desk.does(&judge(&who, (1..=CONDITIONS).collect(), Judged::Met));
    desk.does(&evaluate(&who, EvaluationResult::Qualified));
}

pub fn listed(desk: &mut Desk, filing: Filing) {
    let who = filing.organisation.credit_code.clone();
    evaluated(desk, filing);
    desk.does(&publish(&[&who]));
}

/// A batch under notice 003: filed enterprises only.
pub fn open_batch(desk: &mut Desk) {
    desk.open_batch_of("nmg-enterprise-2019");
}

/// The same with an exam day, which the notice leaves to each enterprise.
pub fn open_batch_with_exam(desk: &mut Desk) {
    let assets = Assets::default();
    let own = include_str!("../../data/enterprise/own-plan.toml");
    let lookup = |code: &str| match code {
        "own-plan" => Some(own.to_owned()),
        code => assets.read(&format!("policies/{code}.toml")),
    };
    let policy = policy::load("own-plan", &lookup).unwrap_or_else(|f| panic!("{f:?}"));
    desk.does(&batch::Open { code: "own-plan".into(), name: "2023".into(), policy });
    desk.site.choose_batch(None).unwrap();
}

/// One made-up applicant of an employer.
pub fn applicant(desk: &Desk, (employer, occupation, level): (&str, &str, &str), nth: usize) -> people::Row {
    let codes = desk.site.codes().unwrap();
    let row = people::rows(&codes, 7, nth + 1).swap_remove(nth);
    // The enterprise hands its own people in.
    let by = if employer.is_empty() { NAME } else { employer };
    let columns = [
        ("报名单位", by),
        ("所在单位", employer),
        ("考生来源", "国有企业"),
        ("职业工种名称", occupation),
        ("认定等级", level),
        ("是否有职业资格证书", "否"),
        ("证书等级", ""),
        ("证书编号", ""),
        ("认定分类", "初次认定"),
    ];
    fit(vec![row], &columns).swap_remove(0)
}
