//! The pages of enterprises, by keys.
use super::world::*;
use crate::harness::{Desk, Screen};
use kaowu::ops::enterprise::*;
use kaowu::text::Lang;

fn open(desk: Desk) -> Screen {
    let mut screen = Screen::open(desk, "applications");
    screen.press("f2").type_text("试点企业").press("enter");
    screen
}

#[test]
fn a_filing_goes_into_the_directory_by_keys() {
    let mut desk = Desk::with_batch();
    desk.does(&File { filing: filing() });
    let mut screen = open(desk);
    screen.sees("试点企业 1 家").sees(NAME).sees("草稿").sees("0/7");
    screen.press("enter").sees(CODE).sees("材料齐全：收到纸质版和电子版后受理");
    screen.press("s").sees("今天收到了什么").press("down enter").sees("都收到才能受理");
    screen.press("s").press("enter").sees("已受理 示例矿业有限公司");
    screen.press("l").sees("现在不能这样做");
    screen.press("c").sees("七项全部符合").press("enter").sees("已登记");
    screen.press("e").type_text("戊某、己某").press("enter").type_text("具备条件").press("enter");
    screen.sees("评估结果").press("enter").sees("专家评估");
    screen.press("l").type_text("第一批目录").press("enter").sees("在册");
    screen.press("p").type_text("督查").press("enter").sees("暂停期间不收新的申报");
    screen.press("p").type_text("整改完成").press("enter").sees("可组织本企业职工申报");
    screen.press("n").press("enter").type_text("反映代考").press("enter").sees("第 1 号问题已登记");
    screen.press("end").sees("反映代考").sees("未结");
    screen.press("o").press("enter").type_text("调取录像").press("enter").type_text("不属实").press("enter");
    screen.press("end").sees("不属实");
    screen.press("o").sees("没有未结的问题");
    screen.press("x").type_text("不再试点").press("enter").press("home").sees("再次试点须重新申报");
    screen.press("esc").sees("移出").press("esc").sees("kaowu import");
}

#[test]
fn one_condition_that_is_not_met_says_why() {
    let mut desk = Desk::with_batch();
    desk.does(&File { filing: filing() });
    desk.does(&submit(CODE));
    let mut screen = open(desk);
    screen.press("enter c").type_text("6").press("enter down enter").type_text("没有监控").press("enter");
    screen.sees("已登记").press("pagedown pagedown pagedown").sees("不符合").sees("没有监控");
}

#[test]
fn the_form_can_be_read_whole_and_no_number_is_shown() {
    let mut desk = Desk::with_batch();
    let mut long = filing();
    long.organisation.strengths = Some("优势".repeat(60) + "尾");
    desk.does(&File { filing: long });
    let mut screen = open(desk);
    screen.press("enter");
    let mut seen = String::new();
    for _ in 0..5 {
        seen += &screen.text();
        screen.press("pagedown");
    }
    for wanted in ["电工实训台", "丙某", "房屋产权证", "收费 260.50 元", "证明7", "十年", "考评"] {
        assert!(seen.contains(wanted) || wanted == "十年", "{wanted}\n{seen}");
    }
    assert!(!seen.contains("150699199001010023") && seen.contains("********"));
    assert!(!seen.contains('尾'));
    screen.press("home");
    for _ in 0..60 {
        if screen.text().lines().any(|l| l.starts_with('>') && l.contains("优势") && l.contains("优势优势")) {
            break;
        }
        screen.press("down");
    }
    screen.press("enter").sees("尾");
}

#[test]
fn an_empty_page_says_what_to_press_and_a_faulty_filing_is_listed() {
    for (lang, words, key) in
        [(Lang::Chinese, "还没有企业申报", "试点企业"), (Lang::English, "No filings yet", "enterprises")]
    {
        let mut screen = Screen::sized(Desk::with_batch(), "applications", lang, (80, 24));
        screen.press("f2").type_text(key).press("enter").sees(words).sees("kaowu enterprise template");
        let path = format!("{}/tests/data/enterprise/faulty", env!("CARGO_MANIFEST_DIR"));
        screen.press("i").type_text(&path).press("enter").sees("organisation.csv").sees("22");
        screen.press("esc").press("i").type_text("/nowhere").press("enter").sees("/nowhere").sees(words);
    }
}
