//! The pages `register` and `stock` by keys.
use super::*;
use crate::harness::Screen;
use kaowu::text::Lang;

fn open(desk: Desk, page: &str, lang: Lang, size: (u16, u16)) -> Screen {
    let mut screen = Screen::sized(desk, "certificates", lang, size);
    screen.press("f2").type_text(page).press("enter");
    screen
}

#[test]
fn the_register_leads_from_blank_forms_to_the_holder_s0_40() {
    let desk = numbered(3);
    let one = certificates(&desk).remove(0);
    let mut screen = open(desk, "证书发放", Lang::Chinese, (80, 24));
    screen.sees("待制作 3").sees("按 m 制作").press("c").sees("还没有制作");
    screen.press("k").sees("> 空白证书：可用 0").sees("按 n 登记入库");
    screen.press("n").type_text("10").sees("登记后：可用 10").press("enter").type_text("NM0001-NM0010");
    screen.press("f4").sees("第 1 笔 空白证书入库，可用 10").press("k").sees("待制作 3");
    screen.press("m").sees("3 份；空白证书现有 10 张，用后剩 7 张").press("tab tab").type_text("NM0001").press("f4");
    screen.sees("已制作 3 份证书，空白证书剩 7 张").sees("按 n 登记通知");
    // A slip in a list means nobody, not everybody.
    screen.press("n").type_text("伊").press("f4").sees("没有").sees("什么也没有保存").press("esc");
    screen.press("n").press("f4").sees("已登记通知 1 份");
    screen.press("c").sees("还缺：出示证件号码").press("tab tab tab").type_text(&one.id_number[12..]).press("f4");
    screen.sees("签字后才能登记").press("esc");
    screen.press("c").press("tab tab tab").type_text(&one.id_number[12..]).press("tab tab tab ctrl-u");
    screen.type_text("yes").press("f4").sees("已登记领取 1 份").sees("本人领取");
    screen.press("b").sees("原登记保留").type_text("误登").press("enter").sees("已退回").sees("退回：误登");
    screen.press("p").press("tab ctrl-u").type_text("某街 1 号").press("tab tab").type_text("E1").press("f4");
    screen.sees("已登记邮寄给");
    screen.press("r").sees("编号不变").type_text("遗失").press("f4").sees("已补发，第 2 次制作").sees("（补发）");
    screen.press("x").type_text("撤销试验").press("f4").sees("已作废");
    screen.press("enter").sees("作废（撤销）：撤销试验").sees("邮寄").press("esc");
    screen.press("/").type_text("S0000150000019").sees("没有符合的证书").press("esc").sees("作废 1");
    screen.press("s").sees("状态：待领取").press("a").sees("状态：全部");
    screen.press("e").sees("没有文件夹");
}

#[test]
fn the_stock_is_counted_and_destroyed_by_keys() {
    let mut screen = open(made(2, 9), "空白证书台账", Lang::Chinese, (80, 24));
    screen.sees("空白证书：可用 7").press("d").sees("待销毁的只有 0 张");
    screen.press("w").type_text("2").press("tab").type_text("受潮").press("f4").sees("可用 5，待销毁 2");
    screen.press("d").type_text("2").press("tab").type_text("coordinator").press("f4").sees("请另一人监督");
    screen.press("ctrl-u").type_text("李监销").press("f4").sees("待销毁 0");
    screen.press("c").type_text("4").sees("相差：可用 -1").press("tab tab").type_text("李监盘").press("f4");
    screen.sees("请写明原因").press("tab tab").type_text("短少").press("f4").sees("已盘点：可用 -1");
    screen.press("home r").type_text("找到了").press("enter").sees("冲销").sees("可用 5");
    screen.press("b").type_text("S0000150000012").press("enter").sees("没有证书");
    screen.press("i").sees("> 证书外壳").sees("还没有流水").press("u").type_text("1").press("f4").sees("只有 0 张");
}

#[test]
fn both_pages_read_in_english_and_wide() {
    let mut screen = open(made(2, 9), "Hand-over", Lang::English, (120, 36));
    screen.sees("2 certificates").sees("to collect 2").sees("level");
    screen.press("k").sees("blank certificates: usable 7").sees("used").sees("responsible");
    screen.press("k c").sees("Signature").sees("Still missing: Document shown").press("esc");
}
