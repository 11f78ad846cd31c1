//! One application from the office's sheet to its payment, by keyboard alone at 80x24.
use super::world::first_of_sheet;
use crate::harness::{Desk, Screen, Shell};
use kaowu::model::Role;
use kaowu::ops::upkeep::AddOperator;
use kaowu::text::Lang;

fn walk(lang: Lang) {
    let home = Shell::new();
    let mut desk = Desk::with_batch();
    let (name, unit) = ("approver".into(), Some("就促会".into()));
    desk.does(&AddOperator { name, roles: vec![Role::Coordinator], os_user: None, unit, pin_hash: None });
    let says = |chinese: &'static str, english: &'static str| if lang == Lang::Chinese { chinese } else { english };
    let mut screen = Screen::sized(desk, "applications", lang, (80, 24));
    let path = first_of_sheet(&home.home()).display().to_string();
    screen.press("i").type_text(&path).press("enter a").sees(says("申报 1 件", "1 applications"));
    // Eligibility: the claim of the sheet is judged, and the condition is met.
    screen.press("enter tab").sees(says("判定相关性", "judge")).press("g enter enter").sees("✓ ");
    // Materials: the paper form comes in; the rest is not there.
    screen.press("tab").sees(says("[材料]", "[Materials]")).press("o enter");
    screen.sees(says("已收纸质件：申报表", "Received on paper: Application form"));
    // First review: five boxes, then the doubt that papers are missing is accepted with a reason.
    screen.press("tab").sees(says("待办：初审", "first review"));
    for _ in 0..5 {
        screen.press("s enter").type_text("高经办").press("enter");
    }
    screen.press("p").sees(says("材料", "material")).type_text("材料原件已当面核验").press("enter");
    screen.sees(says("初审通过", "first review passed"));
    screen.press("p").sees(says("须由另一人办理", "somebody else"));
    // Second review by somebody of another organisation; then the original, and the payment.
    screen.press("esc ctrl-o").type_text("approver").press("enter f3 enter tab tab tab p");
    screen.type_text("材料原件已当面核验").press("enter").sees(says("复审通过", "second review passed"));
    screen.press("o").sees(says("原件已收", "original form is in"));
    screen.press("tab").sees(says("[缴费]", "[Payment]")).press("p").type_text("175").press("enter");
    screen.type_text("4200001").press("enter enter").type_text("银行补单").press("enter");
    screen.sees(says("已登记缴费 1 笔", "Recorded 1 payments")).sees("4200001");
    screen.press("esc").sees(says("未缴费 0", "0 unpaid"));
}

#[test]
fn one_application_goes_all_its_way_by_keyboard_in_chinese() {
    walk(Lang::Chinese);
}

#[test]
fn one_application_goes_all_its_way_by_keyboard_in_english() {
    walk(Lang::English);
}
