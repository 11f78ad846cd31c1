//! Forms filled from the data: what stands on them, as HTML and as a workbook, and templates of a site's own.
use crate::harness::fit::XINJIANG;
use crate::harness::{Desk, Screen, Shell, fit};
use calamine::{Data, Reader, Xlsx};
use kaowu::model::{ApplicationId, EvidenceKind, Level};
use kaowu::ops::applications::by_id;
use kaowu::ops::prints::{FORMS, Form, Format, Scope};
use kaowu::ops::{ApplicationRow, Error, Result};
use kaowu::ops::{ApplicationState, EvidenceRow, Operation, OperatorRow, StampRow, Work, batch};
use kaowu::store::rows;
use kaowu::text::Lang;
use std::io::Cursor;

fn world() -> (Desk, ApplicationRow) {
    let mut desk = Desk::with_batch();
    desk.people(4);
    let row = by_id(&desk.site, ApplicationId(1)).unwrap();
    (desk, row)
}

fn html(desk: &Desk, form: &str, who: &[ApplicationId]) -> String {
    String::from_utf8(Form::find(form).unwrap().print(&desk.site, &Scope::people(who), Format::Html).unwrap().bytes)
        .unwrap()
}

fn book(desk: &Desk, form: &str, who: &[ApplicationId]) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = Form::find(form).unwrap().print(&desk.site, &Scope::people(who), Format::Xlsx).unwrap().bytes;
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// S0-14, S1-14: two copies; S1-68: two pages each, for both sides of a sheet.
#[test]
fn a_person_gets_two_copies_of_two_pages_s0_14_s1_14_s1_68() {
    let (desk, row) = world();
    let html = html(&desk, "application-form", &[row.id]);
    assert_eq!(html.matches("<section").count(), 4, "two copies of two pages");
    assert!(html.contains("size: A4") && html.contains("正反面打印，一式2份，第1份"), "{html}");
    assert!(html.contains("第2份"));
}

/// S1-48 to S1-62 name the fields, S1-63 to S1-67 the opinions in their order.
#[test]
fn every_field_of_the_annex_stands_on_the_form_s1_48_s1_49_s1_50_s1_51_s1_52_s1_53_s1_54_s1_55_s1_57_s1_58_s1_59() {
    let (desk, row) = world();
    let html = html(&desk, "application-form", &[row.id]);
    let sex = row.sex.unwrap().official();
    let phone = row.phone.as_deref().unwrap();
    for (label, value) in [
        ("姓名", row.name.as_str()),
        ("性别", sex),
        ("民族", row.ethnic_group.as_deref().unwrap_or_default()),
        ("身份证号码", &row.id_number),
        ("文化程度", row.education.as_deref().unwrap_or_default()),
        ("联系电话", phone),
        ("工作单位", row.employer.as_deref().unwrap_or_default()),
        ("申报职业", &row.occupation_name),
        ("申报等级", &row.level.official().replace('/', "&#x2f;")),
        ("申报工种", "--"),
    ] {
        let found = [1, 2, 3, 4, 5, 6].iter().any(|span| {
            let cell = if *span == 1 { "<td>".to_owned() } else { format!("<td colspan=\"{span}\">") };
            html.contains(&format!("<th>{label}</th>{cell}{value}</td>"))
        });
        assert!(found, "{label} is not followed by {value}:\n{html}");
    }
    for label in
        ["申报类别", "参加工作时间", "本职业工龄", "上一级<br/>证书编号", "工作简历", "1.5寸", "技术特长", "技术革新"]
    {
        assert!(html.contains(label), "{label}");
    }
    // S1-63..67: the chain of the notice, in order.
    let order = ["单位意见：", "主管部门意见：", "旗（县、市、区）", "盟（市）", "促进会意见："];
    let places: Vec<_> = order.iter().map(|o| html.find(o).unwrap_or_else(|| panic!("{o}"))).collect();
    assert!(places.is_sorted(), "{places:?}");
}

/// Every sentence of the notice's pledge, with the year, and what is filled in below.
#[test]
fn the_pledge_names_the_year_and_the_person_s1_69_s1_70_s1_71_s1_72_s1_73_s1_74_s1_75() {
    let (desk, row) = world();
    let html = html(&desk, "pledge", &[row.id]);
    assert_eq!(html.matches("<section").count(), 1);
    let lines = desk.site.policy().unwrap().pledge.printed(2023);
    assert_eq!(lines.len(), 6);
    assert!(lines[0].contains("2023年度"), "{}", lines[0]);
    for (number, line) in "一二三四五六".chars().zip(&lines) {
        assert!(html.contains(&format!("<p>{number}、{line}</p>")), "{line}:\n{html}");
    }
    for part in [&row.id_number, row.phone.as_deref().unwrap(), "承诺人（签名）", "年　月　日"] {
        assert!(html.contains(part), "{part}:\n{html}");
    }
}

/// A batch of the notice of 2022, with evidence of an engagement and the chain stamped.
fn promotion() -> (Desk, ApplicationRow) {
    let mut desk = Desk::new();
    let policy = batch::policy(desk.site.assets(), "xinjiang-2022").unwrap();
    desk.does(&batch::Open { code: "xj".into(), name: "2022".into(), policy });
    desk.site.choose_batch(None).unwrap();
    let rows = kaowu::ops::demo::people::rows(&desk.site.codes().unwrap(), 1, 4);
    desk.sheet(&fit(rows, XINJIANG));
    let row = by_id(&desk.site, ApplicationId(1)).unwrap();
    desk.does(&PlantDossier(row.id));
    (desk, row)
}

/// S2-32 and S2-33 name the fields, S2-34 to S2-37 and S2-40 the nodes with two signers each (S2-25), S2-38 and S2-39
/// the blocks of marks; S2-41: who keeps which copy; S2-42: two pages each.
#[test]
fn the_form_for_promotion_s2_25_s2_32_s2_33_s2_34_s2_35_s2_36_s2_37_s2_38_s2_39_s2_40_s2_41_s2_42() {
    let (desk, row) = promotion();
    let html = html(&desk, "application-form", &[row.id]);
    assert_eq!(html.matches("<section").count(), 4, "two copies of two pages");
    for part in [
        "<th>族别</th>",
        "照片<br/>（1寸）",
        "<th>现聘任等级</th><td colspan=\"2\">中级工</td>",
        "<th>聘任时间</th><td colspan=\"2\">2012.03</td>",
        "<th>资格文件（文号）</th><td colspan=\"2\">新人社发〔2012〕1号</td>",
        "签字：",
        "经办人：甲经办　负责人：甲负责",
        "社评机构名称",
        "备案号",
        "综合评审成绩",
        "资格文号：",
        "第1份，存入本人档案",
        "第2份，发文单位留存备查",
        "钢笔",
    ] {
        assert!(html.contains(part), "{part}:\n{html}");
    }
    let order = [
        "所在单位初审意见",
        "主管部门推荐意见",
        "区、县级人社部门",
        "工考办",
        "理论知识考核成绩",
        "自治区职业技能鉴定中心意见",
    ];
    let places: Vec<_> =
        order.iter().map(|o| html.find(&format!("<th>{o}")).or_else(|| html.find(o)).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

/// S2-43: the head; S2-44: the columns in their order; S2-45: the head-count of those approved; S2-46: who fills it in.
#[test]
fn the_roster_has_the_columns_of_the_annex_s2_18_s2_43_s2_44_s2_45_s2_46() {
    let (desk, row) = promotion();
    let mut book = book(&desk, "roster", &[]);
    let range = book.worksheet_range("名册").unwrap();
    let lines: Vec<Vec<String>> = range.rows().map(|r| r.iter().map(ToString::to_string).collect()).collect();
    let head = lines.iter().position(|l| l[0] == "序号").unwrap();
    let columns = [
        "序号",
        "姓名",
        "性别",
        "族别",
        "身份证号码",
        "申报职业（工种）",
        "申报等级",
        "现聘任等级",
        "聘任时间",
        "申报单位",
        "联系电话",
    ];
    assert_eq!(lines[head], columns);
    assert!(lines[head + 1..head + 5].iter().any(|l| l[1] == row.name && l[4] == row.id_number && l[7] == "中级工"));
    let above = lines[..head].concat().join(" ");
    for part in ["上级主管部门（盖章）", "填报人：coordinator", "填报人联系电话", "制表日期：2023年10月15日"]
    {
        assert!(above.contains(part), "{part}: {above}");
    }
    let below = lines[head + 5..].concat().join(" ");
    assert!(below.contains("经审核，以上 1 人符合晋级考核条件"), "{below}");
}

#[test]
fn a_batch_is_one_file_and_one_sheet_for_each_page() {
    let (desk, _) = world();
    let mut book = book(&desk, "application-form", &[]);
    assert_eq!(book.sheet_names().len(), 4 * 4);
    let first = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&first).unwrap();
    assert!(range.cells().any(|(_, _, cell)| *cell == Data::String("身份证号码".into())));
    let numbers = range.cells().filter(|(_, _, cell)| matches!(cell, Data::Float(_))).count();
    assert_eq!(numbers, 0, "whole numbers would lose their last places");
}

#[test]
fn what_somebody_typed_cannot_become_markup() {
    let mut desk = Desk::with_batch();
    let mut rows = kaowu::ops::demo::people::rows(&desk.site.codes().unwrap(), 1, 1);
    let employer = kaowu::ops::demo::people::HEADINGS.iter().position(|h| *h == "所在单位").unwrap();
    rows[0][employer] = "<script>alert(1)</script>局".into();
    desk.sheet(&rows);
    let html = html(&desk, "application-form", &[]);
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;"), "{html}");
}

#[test]
fn a_notice_without_the_form_and_a_batch_without_people_say_so() {
    let (desk, _) = world();
    let code = |e: Error| e.refusal().unwrap().code.0;
    let roster = Form::find("roster").unwrap();
    assert_eq!(code(roster.print(&desk.site, &Scope::default(), Format::Html).unwrap_err()), "prints.not_in_notice");
    let empty = Desk::with_batch();
    for form in FORMS.iter().filter(|f| f.name != "roster") {
        assert_eq!(code(form.print(&empty.site, &Scope::default(), Format::Html).unwrap_err()), "prints.nobody");
    }
}

#[test]
fn the_command_writes_a_file_and_the_journal_says_so() {
    let (shell, _) = Shell::seated(3);
    let answer = shell.run("print pledge --out forms --json").done().json();
    assert_eq!(answer["people"], 3);
    let text = std::fs::read_to_string(shell.path("forms/nmg-2023-pledge.html")).unwrap();
    assert_eq!(text.matches("<section").count(), 3);
    let log = shell.run("log --json").done().out;
    assert!(log.contains("pledge"), "{log}");
    let one = shell.run("print application-form --application 2 --format xlsx --json").done().json();
    assert_eq!(one["people"], 1);
}

/// An office writes its own template: it is used, and a mistake in it is told with its line.
#[test]
fn a_site_has_its_own_template() {
    let (shell, _) = Shell::seated(1);
    std::fs::create_dir_all(shell.path("data/forms")).unwrap();
    let own = "{% extends \"page.html\" %}{% block body %}\n{% for p in people %}<section>\n<p>{{ p.name }}: 本局格式</p></section>\n\
               {% endfor %}{% endblock %}";
    let file = shell.path("data/forms/pledge.html");
    std::fs::write(&file, own).unwrap();
    let answer = shell.run("print pledge --json").done().json();
    assert!(std::fs::read_to_string(answer["file"].as_str().unwrap()).unwrap().contains("本局格式"));
    std::fs::write(&file, own.replace("p.name", "p.nmae")).unwrap();
    let failed = shell.run("print pledge");
    assert_eq!(failed.status, 4, "{}", failed.err);
    assert!(failed.err.contains("forms/pledge.html") && failed.err.contains('3'), "{}", failed.err);
}

/// An engagement, a first stamp and an approval, put in without their own operations.
#[derive(Debug, serde::Serialize)]
struct PlantDossier(ApplicationId);

impl Operation for PlantDossier {
    const KIND: &'static str = "test.plant_dossier";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let evidence = kaowu::model::Evidence {
            kind: EvidenceKind::Engagement,
            from: Some("2012-03-01".parse().unwrap()),
            to: None,
            relation: None,
            level: Some(Level::try_from(4).unwrap()),
            rank: None,
            class: None,
            subject: None,
            unit: None,
            number: Some("新人社发〔2012〕1号".into()),
            months: None,
        };
        work.tx.insert(&EvidenceRow::of(1, self.0, &evidence))?;
        let operator = rows::first::<OperatorRow>(work.tx.db(), "WHERE name = ?1", ["coordinator"])?.unwrap().id;
        work.tx.insert(&StampRow {
            id: 1,
            application: self.0,
            node: "employer".into(),
            opinion: "同意".into(),
            agrees: true,
            stamped: true,
            handled_by: Some("甲经办".into()),
            responsible: Some("甲负责".into()),
            dated: "2022-04-12".parse().unwrap(),
            document_no: None,
            operator,
            at: work.now,
        })?;
        let before = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [self.0])?.unwrap();
        work.tx.update(&before, &ApplicationRow { state: ApplicationState::Approved, ..before.clone() })?;
        Ok(())
    }
}

/// S1-02: Mongolian script, as in the heading of the notice, comes through intake, screen and print as it was.
#[test]
fn mongolian_script_survives_s1_02() {
    let script = "ᠥᠪᠥᠷ ᠮᠣᠩᠭᠣᠯ";
    let mut desk = Desk::with_batch();
    let mut rows = kaowu::ops::demo::people::rows(&desk.site.codes().unwrap(), 1, 1);
    let employer = kaowu::ops::demo::people::HEADINGS.iter().position(|h| *h == "所在单位").unwrap();
    rows[0][employer] = format!("{script} 就业服务中心");
    desk.sheet(&rows);
    assert!(html(&desk, "application-form", &[]).contains(script));
    let mut screen = Screen::sized(desk, "applications", Lang::Chinese, (120, 36));
    screen.press("enter").sees(script).sees("就业服务中心");
}

#[test]
fn a_form_is_narrowed_only_by_what_it_takes() {
    let (shell, _) = Shell::seated(3);
    for option in ["--session theory-1", "--room 1", "--venue 1"] {
        let refused = shell.run(&format!("print pledge {option}"));
        assert_eq!(refused.status, 1, "{option}");
        let name = option.split(' ').next().unwrap();
        assert!(refused.err.contains(name), "{}", refused.err);
    }
}
