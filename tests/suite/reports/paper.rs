//! Lists and prints.
use super::world::*;
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::DocumentKind;
use kaowu::ops::ActivityKind;
use kaowu::ops::exchange::lists::{Identity, List, Manner, Style};
use kaowu::ops::prints::{Form, Format, Scope};
use kaowu::ops::reports::{Insure, Insured, Record, TakeSnapshot};
use kaowu::text::{Lang, Locale};

fn world() -> Desk {
    let mut desk = desk();
    ten(&mut desk);
    desk.does(&TakeSnapshot {});
    let what = "窗口宣传".to_owned();
    desk.does(&Record { kind: ActivityKind::Publicity, what, on: None, department: None, people: Some(9) });
    let (document, id_number) = (DocumentKind::ResidentId, applicants(&desk)[0].id_number.clone());
    desk.does(&Insure { file: String::new(), people: vec![Insured { document, id_number, months: 24, as_of: None }] });
    desk
}

fn list(desk: &Desk, what: &str, identity: Identity) -> String {
    let (locale, _) = Locale::load(&Assets::default(), Lang::Chinese);
    let words = |key: &str| locale.word(key).to_owned();
    let manner = Manner { style: Style::Machine, identity, words: &words };
    let (bytes, rows) = List::find(what).unwrap().write(&desk.site, &manner, Vec::new()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.lines().count() as u64, rows + 1, "{text}");
    text
}

fn print(desk: &Desk, form: &str) -> String {
    let form = Form::find(form).unwrap();
    form.print(&desk.site, &Scope::default(), Format::Xlsx).unwrap();
    String::from_utf8(form.print(&desk.site, &Scope::default(), Format::Html).unwrap().bytes).unwrap()
}

/// S4-11: holders with their levels, for posts, promotion and pay; S4-09: and where anybody can look them up.
#[test]
fn holders_stand_by_department_and_level_s4_11_s4_09() {
    let desk = world();
    let text = list(&desk, "duty-holders", Identity::Masked);
    assert_eq!(text.lines().count(), 6);
    assert!(text.contains("osta.org.cn") && text.contains("外证某"), "{text}");
    let number = &applicants(&desk)[0].id_number;
    assert!(!text.contains(number.as_str()));
    assert!(list(&desk, "duty-holders", Identity::Full).contains(number.as_str()));
}

/// S4-29 to S4-32, S4-12: every list has its rows.
#[test]
fn the_other_lists_s4_12_s4_29_s4_30_s4_31_s4_32() {
    let desk = world();
    assert!(list(&desk, "duty", Identity::Masked).contains("未考某"));
    assert!(list(&desk, "duty-rate", Identity::Masked).contains("1,甲局,5,3,60.00%,1,1,1,发证后达标"));
    assert!(list(&desk, "duty-snapshots", Identity::Masked).contains("2024-10-15,全部,10,5,,50.00%,1,2"));
    assert!(list(&desk, "special-ledger", Identity::Masked).contains("宣传,全部,窗口宣传,9,coordinator"));
    let subsidies = list(&desk, "subsidies", Identity::Masked);
    assert!(subsidies.contains("可申领") && subsidies.contains("缺缴费月数"), "{subsidies}");
    assert!(list(&desk, "exam-plan", Identity::Masked).contains(OCCUPATION));
    assert_eq!(list(&desk, "enterprises", Identity::Masked).lines().count(), 1);
}

/// S4-32: who is commended and who is criticised; S4-30: the ledger; S4-12: the list to claim by.
#[test]
fn reports_are_printed_s4_12_s4_30_s4_32() {
    let desk = world();
    let report = print(&desk, "duty-report");
    assert!(report.contains("50.00%") && report.contains("拟通报批评") && report.contains("未考某"), "{report}");
    assert!(!report.contains(&applicants(&desk)[3].id_number));
    let ledger = print(&desk, "special-ledger");
    assert!(ledger.contains("窗口宣传") && ledger.contains("60.00%"), "{ledger}");
    let list = print(&desk, "subsidy-list");
    assert!(list.contains("人社部发〔2024〕40号") && list.contains("缺缴费月数"), "{list}");
    assert!(print(&desk, "exam-plan").contains("申报 24 人"));
    let nothing = Form::find("enterprise-report").unwrap().print(&desk.site, &Scope::default(), Format::Html);
    assert_eq!(nothing.err().unwrap().refusal().unwrap().code.0, "prints.nothing");
}

/// S3-36: the directory in figures.
#[test]
fn the_directory_is_printed_s3_36() {
    let mut desk = Desk::new();
    crate::enterprise::world::open_batch(&mut desk);
    crate::enterprise::world::listed(&mut desk, crate::enterprise::world::filing());
    let page = print(&desk, "enterprise-report");
    assert!(
        page.contains("在册 1 家") && page.contains("首批目标约 10 家") && page.contains("取得证书 0 人"),
        "{page}"
    );
    assert!(list(&desk, "enterprises", Identity::Masked).contains("在册"));
}
