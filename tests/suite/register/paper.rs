//! What goes out: the delivery list of 15 columns, the sheet to sign, the ledger of 11, and their prints.
use super::*;
use kaowu::config::Assets;
use kaowu::model::NoticeWay;
use kaowu::ops::exchange::lists::{Identity, List, Manner, Style};
use kaowu::ops::prints::{Form, Format, Scope};
use kaowu::ops::register::Notify;
use kaowu::text::{Lang, Locale};

fn written(desk: &Desk, what: &str, identity: Identity) -> Vec<String> {
    let (locale, _) = Locale::load(&Assets::default(), Lang::Chinese);
    let words = |key: &str| locale.word(key).to_owned();
    let manner = Manner { style: Style::People, identity, words: &words };
    let (bytes, _) = List::find(what).unwrap().write(&desk.site, &manner, Vec::new()).unwrap();
    String::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
}

fn printed(desk: &Desk, form: &str) -> String {
    let printed = Form::find(form).unwrap().print(&desk.site, &Scope::default(), Format::Html).unwrap();
    String::from_utf8(printed.bytes).unwrap()
}

#[test]
fn the_delivery_list_has_its_fifteen_columns() {
    let mut desk = made(3, 3);
    let all = certificates(&desk);
    desk.does(&own(&all[0]));
    let lines = written(&desk, "delivery", Identity::Masked);
    let headings = "姓名,证件类型,证件号码,职业（工种）,职业工种名称,等级,证书编号,发证日期,实际发放时间,领取方式,领取人,联系电话,邮寄地址,快递单号,备注";
    assert_eq!(lines[0], headings);
    assert_eq!(lines.len(), 4);
    assert!(lines[1].contains("2023-10-15,本人领取") && !lines[1].contains(&all[0].id_number), "{}", lines[1]);
    assert!(lines[2].contains("待领取"), "{}", lines[2]);
    assert!(written(&desk, "delivery", Identity::Full)[1].contains(&all[0].id_number));
    let html = printed(&desk, "delivery-list");
    assert!(html.contains("本人领取") && html.contains("待领取") && !html.contains(&all[0].id_number));
}

#[test]
fn whoever_can_collect_stands_on_the_sheet_and_in_the_notice_s0_40() {
    let mut desk = made(4, 9);
    let all = certificates(&desk);
    desk.does(&own(&all[0]));
    let certificates = vec![all[1].id];
    desk.does(&Notify { certificates, way: NoticeWay::Phone, told: None, contact: None, on: None });
    let lines = written(&desk, "collection", Identity::Masked);
    assert_eq!(lines[0], "姓名,证件号码,证书编号,版面发证日期,领取签字");
    assert_eq!(lines.len(), 4);
    for form in ["collection-sheet", "collection-notice"] {
        let html = printed(&desk, form);
        assert!(!html.contains(&all[0].number) && html.contains(&all[1].number), "{form}");
        assert!(html.contains(all[1].employer.as_deref().unwrap()), "{form}");
    }
}

#[test]
fn the_ledger_goes_out_with_both_balances() {
    let desk = made(2, 5);
    let lines = written(&desk, "stock", Identity::Masked);
    assert_eq!(lines[0], "机构,物品,流水类型,数量,可用结余,待销毁,责任人,操作员,关联对象,备注,时间");
    assert!(lines[1].starts_with("01,空白证书,入库,5,5,0,张保管,coordinator,"), "{}", lines[1]);
    assert!(lines[2].starts_with("01,空白证书,领用,"), "{}", lines[2]);
    assert!(lines[2].contains("NM000001—NM000002"), "{}", lines[2]);
    let html = printed(&desk, "stock-list");
    assert!(html.contains("领用") && html.contains("可用结余"));
    let empty = Desk::with_batch();
    let refused = Form::find("stock-list").unwrap().print(&empty.site, &Scope::default(), Format::Html).unwrap_err();
    assert_eq!(refused.refusal().unwrap().code.0, "prints.nothing");
}
