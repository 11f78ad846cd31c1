//! By keyboard alone at 80x24.
use super::world::{ABSENT, EXPERTS, MISREAD, PASSED, TURNED, named, sheet};
use crate::harness::{Desk, Screen, Shell};
use kaowu::model::{Role, Stamp};
use kaowu::ops::checkin::{self, Seated};
use kaowu::ops::upkeep::AddOperator;
use kaowu::ops::{batch, entry, panel};
use kaowu::text::Lang;
use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;

/// One terminal, and the clock on its wall.
struct Day {
    screen: Screen,
    clock: Rc<Cell<Stamp>>,
    lang: Lang,
    sheet: PathBuf,
    folder: PathBuf,
}

/// Runs the day in the shell's home; the database stays there.
pub fn run(lang: Lang) -> Shell {
    let shell = Shell::new();
    let mut desk = Desk::in_file(&shell.path("site.db"));
    desk.open_batch();
    let (name, unit) = ("approver".into(), Some("就促会".into()));
    desk.does(&AddOperator { name, roles: vec![Role::Coordinator], os_user: None, unit, pin_hash: None });
    let clock = desk.clock();
    let screen = Screen::sized(desk, "applications", lang, (80, 24));
    let mut day = Day { screen, clock, lang, sheet: sheet(&shell.home()), folder: shell.home() };
    day.intake();
    day.doors();
    day.marks();
    day.review();
    day.results();
    day.certificates();
    day.history();
    shell
}

#[test]
fn the_exam_day_by_keyboard_in_chinese() {
    run(Lang::Chinese);
}

#[test]
fn the_exam_day_by_keyboard_in_english() {
    run(Lang::English);
}

impl Day {
    fn press(&mut self, keys: &str) -> &mut Day {
        self.screen.press(keys);
        self.look(keys)
    }

    fn types(&mut self, text: &str) -> &mut Day {
        self.screen.type_text(text);
        self
    }

    fn look(&mut self, keys: &str) -> &mut Day {
        if std::env::var_os("JOURNEY").is_some() {
            println!("== {keys}\n{}", self.screen.text());
        }
        self
    }

    #[track_caller]
    fn sees(&mut self, chinese: &str, english: &str) -> &mut Day {
        self.screen.sees(if self.lang == Lang::Chinese { chinese } else { english });
        self
    }

    #[track_caller]
    fn shows(&mut self, text: &str) -> &mut Day {
        self.screen.sees(text);
        self
    }

    fn at(&mut self, clock: &str) -> &mut Day {
        self.clock.set(Stamp::parse(&format!("2023-10-15T{clock}:00+08:00")).unwrap());
        self
    }

    fn sign_on(&mut self, name: &str) -> &mut Day {
        // English has a duty of the same name, which the approver has too.
        let others = name == "coordinator" && self.lang == Lang::English;
        self.press("ctrl-o").types(name).press(if others { "down enter" } else { "enter" }).shows(name)
    }

    fn intake(&mut self) {
        self.sees("还没有申报", "No applications yet");
        let path = self.sheet.display().to_string();
        self.press("i").types(&path).press("enter");
        self.sees("新增 8，变更 0，不变 0，拒收 0", "8 added, 0 changed, 0 unchanged, 0 refused").shows("candidate-33");
        self.sees("所有行都合格", "Every row is right");
        self.press("a").sees("申报 8 件，未缴费 8，已撤回 0", "8 applications, 8 unpaid, 0 withdrawn");
        self.reviews();
        self.press("a").sees("有 8 人未缴费", "8 have not paid").types("8").press("enter");
        self.sees("未缴费 0", "0 unpaid");
        self.press("f4").sees("有 8 人尚无座位", "8 have no seat yet").press("a").types("7").press("enter");
        self.sees("编排座位，种子 7", "Arrange seats, seed 7").types("8").press("enter");
        self.sees("全部已编排", "Everybody has a seat").shows("23150601010101");
    }

    /// The stamps come from the offices; the reviews are passed by keys, the second by somebody of the issuer.
    fn reviews(&mut self) {
        let site = &mut self.screen.app.site;
        kaowu::ops::demo::stamp_everybody(site).unwrap();
        self.press("b").sees("初审：上一级证书查询", "first review: query of earlier certificates");
        self.types("一致").press("enter").sees("通过 8 人", "8 will pass").types("8").press("enter");
        self.sees("初审通过 8 人", "first review passed: 8");
        self.sign_on("approver").press("f3 b").sees("复审：批量通过", "second review: pass many");
        self.types("8").press("enter").sees("审核全部通过 8 人", "approved 8").sign_on("coordinator").press("f3");
    }

    fn seated(&self, session: usize) -> Vec<Seated> {
        let site = &self.screen.app.site;
        let session = batch::sessions(site).unwrap()[session].id;
        checkin::register(site, session, None).unwrap()
    }

    fn doors(&mut self) {
        self.at("08:10").sign_on("proctor").press("f5");
        self.sees("理论 08:30  已开门", "theory 08:30  door open");
        self.everybody_in(0);
        self.at("08:46").sign_on("coordinator").press("f5").sees("08:45 已关门", "door closed at 08:45");
        self.close_absent();
        self.at("10:10").sign_on("proctor").press("f5").sees("技能 10:30  已开门", "practical 10:30  door open");
        self.everybody_in(1);
        self.at("10:46").sign_on("coordinator").press("f5").close_absent();
    }

    fn everybody_in(&mut self, session: usize) {
        let coming = self.seated(session).into_iter().filter(|p| p.name != ABSENT);
        for (n, person) in coming.enumerate() {
            // A scanner types the digits and ends with Enter.
            self.types(person.ticket.as_ref().unwrap()).press("enter");
            self.sees(
                &format!("+ {}  第1考场 {}号", person.name, person.seat),
                &format!("+ {}  room 1 seat {}", person.name, person.seat),
            );
            self.sees(&format!("已到 {}", n + 1), &format!("here {}", n + 1));
        }
    }

    /// The command has no key of its own: it is chosen by its words.
    fn close_absent(&mut self) {
        let words = if self.lang == Lang::Chinese { "缺考" } else { "absent" };
        self.press("f2")
            .types("zzz")
            .sees("没有符合的条目", "Nothing fits")
            .press("ctrl-u")
            .types(words)
            .press("enter")
            .shows(ABSENT)
            .types("1")
            .press("enter");
        self.sees("缺考 1  未到 0", "absent 1  expected 0");
    }

    fn marks(&mut self) {
        self.at("14:00");
        for typist in ["typist-a", "typist-b"] {
            self.sign_on(typist).press("f6");
            for (subject, pile) in entry::piles(&self.screen.app.site).unwrap().iter().enumerate() {
                self.press("enter");
                match typist {
                    "typist-a" => self.sees("第一次录入  0/8", "FIRST entry  0/8"),
                    _ => self.sees("第二次录入  0/8", "SECOND entry  0/8"),
                };
                for (paper, _) in entry::pile(&self.screen.app.site, pile).unwrap() {
                    self.type_mark(typist, paper.name(), subject);
                }
                self.press("esc down");
            }
        }
        self.settle();
        self.sees("已定 16/16，不一致 0", "Settled 16 of 16, differing 0");
    }

    fn type_mark(&mut self, typist: &str, name: &str, subject: usize) {
        let slip = match (typist, name, subject) {
            ("typist-b", name, 0) if name == TURNED.0 => Some(TURNED.1),
            ("typist-b", name, 1) if name == MISREAD.0 => Some(MISREAD.1),
            _ => None,
        };
        let mark = slip.unwrap_or(named(name).written[subject]);
        // Whose paper it is stands there before the mark is typed.
        self.sees(&format!("姓名   {name}"), &format!("name       {name}")).types(mark).press("enter");
        if slip.is_some() {
            self.sees("已保存，两次不一致", "the entries differ and go to a coordinator");
        } else if mark == "0" {
            self.sees("低于 20 分", "below 20").press("y");
        }
    }

    /// One entry goes back to its typist, the other is kept and typed anew by a third.
    fn settle(&mut self) {
        self.sign_on("coordinator").press("f6").sees("两次录入不一致：2 份", "Marks whose entries differ: 2");
        self.shows(TURNED.0).shows(TURNED.1).shows("86.5").shows(MISREAD.0).shows(MISREAD.1);
        self.press("r down enter").types("看卷").press("enter").sees("二录退回", "2 sent back");
        self.press("down 1")
            .types("看卷")
            .press("enter")
            .sees("须由他人重录第二次", "somebody else types the second again");
        self.sign_on("typist-b").press("f6 enter").types("86.5").press("enter");
        self.sees("两次一致，成绩已定", "both entries agree, settled").press("esc");
        self.sign_on("typist-c").press("f6 down enter").types("60").press("enter");
        self.sees("两次一致，成绩已定", "both entries agree, settled").press("esc");
    }

    fn review(&mut self) {
        self.sign_on("coordinator").press("f7").sees("待编组 3 人", "Waiting for a panel: 3").press("n");
        for expert in EXPERTS {
            self.types(expert).press("enter");
        }
        self.press("enter").sees("评分表 0/9", "sheets 0/9");
        self.sign_on("reviewer").press("f7 enter");
        let site = &self.screen.app.site;
        let id = panel::panels(site).unwrap()[0].id;
        let people: Vec<String> = panel::show(site, id).unwrap().candidates.into_iter().map(|c| c.name).collect();
        for member in 0..EXPERTS.len() {
            for name in &people {
                self.types(named(name).sheets[member]).press("enter");
            }
        }
        self.sees("评分表 9/9", "sheets 9/9");
        self.sign_on("coordinator").press("f7 enter").sees("下一步：记起止时间 3 人", "begin and end 3 candidates");
        for _ in &people {
            self.press("b b").types("材料审阅").press("enter down");
        }
        self.sees("3 人签名，组长最后（g）", "3 members sign, the chair last (g)").press("g");
        for _ in EXPERTS {
            self.press("enter").types("评审表原件").press("enter");
        }
        self.press("s").types("3").press("enter");
        self.sees("已封存，成绩已定", "Sealed: the marks are settled").shows("57.7");
    }

    fn results(&mut self) {
        self.press("f8").sees("合格 3  不合格 5  不全 0  合格率 37.5%", "passed 3  failed 5  open 0  rate 37.5%");
        self.press("p").sees("80.5        70        80 合格", "80.5        70        80 passed");
        // 0, absent, void and not required are four different words.
        self.sees("0        62    不要求 不合格", "0        62  not req. failed");
        self.sees("缺考      缺考    不要求 不合格", "absent    absent  not req. failed");
        self.sees("作废        88    不要求 不合格", "void        88  not req. failed");
        self.press("m").sees("成绩已齐", "Nothing is missing");
    }

    fn certificates(&mut self) {
        self.press("f9").sees("待编号 3", "waiting 3");
        self.press("n").sees("结果尚未计算", "not computed").press("esc");
        crate::harness::release(&mut self.screen.app.site);
        self.press("f8 f9 n enter").types("3").press("enter");
        for (number, name) in ["2000001", "2000002", "3000001"].iter().zip(PASSED) {
            self.shows(&format!("S00001500000123{number} {name}"));
        }
        self.press("enter").shows("内蒙古职业培训与就业促进会").press("esc");
        self.press("e")
            .sees("已导出 3 份证书", "3 certificates written")
            .shows("exports/upload-11-nmg-2023-2023-10-15.csv");
        let sheet = std::fs::read_to_string(self.folder.join("exports/upload-11-nmg-2023-2023-10-15.csv")).unwrap();
        assert!(sheet.starts_with("\u{FEFF}姓名,") && sheet.lines().count() == 4, "{sheet}");
        self.press("r").types("姓名有误").press("enter").sees("作废 1", "revoked 1");
    }

    /// The last operation is taken back, and the journal says so.
    fn history(&mut self) {
        self.press("f10").shows("upload").sees("作废证书", "revoke a cert").sees("编证书号", "number certificates");
        self.press("u").sees("撤销第 108 号操作", "operation 108").types("误撤").press("enter");
        self.sees("已被 110 撤销", "by 110")
            .press("enter")
            .shows("误撤")
            .sees("作废 -> 有效", "revoked -> valid")
            .press("esc");
        self.press("f9").sees("已编号 3   待编号 0   作废 0", "numbered 3   waiting 0   revoked 0");
        self.press("q");
        assert!(self.screen.has_quit());
    }
}
