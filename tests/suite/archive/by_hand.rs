//! The same by command and by keys.
use super::world::World;
use crate::harness::{Desk, Screen, Shell};
use kaowu::tui::panes::PAGES;

#[test]
fn a_batch_is_closed_sealed_checked_and_read_by_command() {
    let (shell, _) = Shell::seated(2);
    shell.run("batch close --anyway --reason 取消考试").done();
    let lacks = shell.run("archive lacks --batch nmg-2023 --json").done().json();
    assert!(!lacks.as_array().unwrap().is_empty());
    let refused = shell.run("archive seal --batch nmg-2023 --keeper 钱保管 --place 二楼");
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("kaowu archive lacks"), "{}", refused.err);
    let seal = "archive seal --batch nmg-2023 --keeper 钱保管 --place 二楼 --out sealed --reason 未考 --json";
    let made = shell.run(seal).done().json();
    let checked = shell.run("archive check sealed --json").done().json();
    assert_eq!((&checked["seal"], checked["register"].as_str()), (&made["seal"], Some("ours")));
    let read = "archive read --batch nmg-2023 --archive 1 --what 第一卷 --reader 李查阅 --purpose 核对 --approved-by 赵负责 \
                --witness 周在场 --witness 吴在场";
    shell.run(read).done();
    assert_eq!(shell.run("archive list --json").done().json()[0]["readings"], 1);
    assert!(shell.run("archive readings").done().out.contains("李查阅"));
    let early = shell.run("archive erasure ask --batch nmg-2023 --reason 期满");
    assert!(early.status == 1 && early.err.contains("2028-10-15"), "{}", early.err);
    std::fs::write(shell.path("sealed/guide.html"), "x").unwrap();
    assert_eq!(shell.run("archive check sealed").status, 70);
}

fn page(desk: Desk) -> Screen {
    let mut screen = Screen::open(desk, "results");
    let place = PAGES.iter().position(|page| page.id == "archive").unwrap();
    screen.press("ctrl-v").press(&"down ".repeat(place)).press("enter");
    screen
}

#[test]
fn a_batch_goes_from_open_to_sealed_and_read_by_keys() {
    let World { site, home, .. } = World::certified();
    let mut screen = page(Desk::of(site));
    screen.sees("未关闭").press("s").sees("还没有关闭");
    screen.press("c").type_text("年度归档").press("enter").sees("批次已关闭").sees("未封存");
    screen.press("w").sees("签字原件").press("esc");
    screen.press("s").type_text("钱保管").press("enter").type_text("二楼").press("enter");
    screen.type_text("纸质另存").press("enter").sees("已封存").sees("保管期内");
    screen.press("v").press("enter").sees("全部文件与目录相符").press("esc");
    screen.press("r");
    for text in ["第一卷", "李查阅", "核对", "赵负责", "周在场", "吴在场"] {
        screen.type_text(text).press("enter");
    }
    screen.sees("已登记查阅").press("l").sees("李查阅").press("esc");
    screen.press("e").sees("保管期到");
    assert!(home.path().join("exports").read_dir().unwrap().count() > 0);
}

/// Nobody has a batch open after it was closed; the page takes up the one that waits to be sealed.
#[test]
fn a_closed_batch_is_sealed_another_day() {
    let World { site, home: _home, .. } = World::certified();
    let mut desk = Desk::of(site);
    desk.does(&kaowu::ops::batch::CloseAnyway { reason: "年度归档".into() });
    desk.site.choose_batch(None).unwrap();
    assert!(desk.site.batch().is_err());
    let mut screen = page(desk);
    screen.sees("未封存").press("s").sees("归档后由谁保管");
}
