//! The results pane by keys.
use super::rules::{P, T, all, plant, points};
use crate::harness::{Desk, Screen};
use kaowu::model::{Mark, Points};
use kaowu::ops::results::{self, Filter};
use kaowu::text::Lang;

/// Everybody of lower levels has marks; the first of them 100 and 20, the second absent, the third 0.
fn marked(people: usize) -> Desk {
    let mut desk = Desk::seated(people);
    let low: Vec<_> = all(&desk).into_iter().filter(|r| !r.level.is_technician()).collect();
    plant(&mut desk, &low[0], &[(T, points(100)), (P, points(20))]);
    plant(&mut desk, &low[1], &[(T, Mark::Absent), (P, Mark::Absent)]);
    plant(&mut desk, &low[2], &[(T, points(0)), (P, points(70))]);
    for (n, person) in (0..).zip(&low[3..]) {
        plant(&mut desk, person, &[(T, points(40 + n % 60)), (P, Mark::Points(Points::new(6050)))]);
    }
    desk
}

#[test]
fn the_board_drills_down_to_people_and_a_person() {
    let desk = marked(60);
    let board = results::board(&desk.site).unwrap();
    let line = board.rows[1].clone();
    let count = results::listed(
        &desk.site,
        &Filter { occupation: Some(line.occupation.clone()), level: Some(line.level), ..Filter::default() },
        1,
    );
    let total = count.unwrap().total;
    let mut screen = Screen::open(desk, "results");
    screen.sees("申报 60").sees("合格率").sees("已定").sees(&format!("> {}", board.rows[0].occupation_name));
    screen.press("down enter").sees(&format!("共 {total} 人")).sees(&line.occupation_name);
    screen.press("enter").sees("个人成绩").sees("不计平均分").press("esc").press("esc").sees("申报 60");
}

#[test]
fn a_hundred_and_twenty_is_shown_as_failed_s1_23() {
    let desk = marked(60);
    let person = all(&desk).into_iter().find(|r| !r.level.is_technician()).unwrap();
    let mut screen = Screen::open(desk, "results");
    screen.press("/").type_text(person.ticket.as_deref().unwrap()).sees("共 1 人");
    screen.sees("100").sees("20").sees("不要求").sees("不合格");
    screen.press("enter enter").sees("20（合格线 60，未达到）");
    screen.press("esc esc").sees("申报 60");
}

#[test]
fn absent_zero_and_not_required_are_told_apart() {
    let desk = marked(60);
    let low: Vec<_> = all(&desk).into_iter().filter(|r| !r.level.is_technician()).collect();
    let line = |screen: &mut Screen, ticket: &str| {
        let text = screen.text();
        text.lines().find(|l| l.contains(ticket) && l.starts_with("> ")).unwrap_or_else(|| panic!("{text}")).to_owned()
    };
    let mut screen = Screen::open(desk, "results");
    for (person, words) in [(&low[1], ["缺考", "缺考"]), (&low[2], [" 0 ", " 70 "])] {
        let ticket = person.ticket.clone().unwrap();
        screen.press("/ ctrl-u").type_text(&ticket).press("enter");
        let shown = line(&mut screen, &ticket);
        assert!(words.iter().all(|w| shown.contains(w)) && shown.contains("不要求"), "{shown}");
    }
}

#[test]
fn filters_by_level_and_outcome_are_picked() {
    let desk = marked(60);
    let passed = results::board(&desk.site).unwrap().totals.passed;
    let mut screen = Screen::open(desk, "results");
    screen.press("r down enter").sees(&format!("共 {passed} 人")).sees("名单");
    screen.press("l down enter").sees("五级/初级工");
    screen.press("c").sees("共 60 人").press("esc").sees("已定");
    screen.press("o esc").sees("已定");
}

#[test]
fn marks_are_drawn_as_columns_and_parts_are_switched() {
    let mut screen = Screen::open(marked(60), "results");
    screen.press("d").sees("[理论]").sees("合格线 60").sees("90+").sees("█");
    screen.press("right").sees("[技能]").press("right").sees("[综合评审]").sees("没有确定的成绩");
    screen.press("tab").sees("[缺成绩]").sees("未编入评审组");
    screen.press("enter").sees("共 1 人");
}

#[test]
fn an_empty_batch_says_what_to_do() {
    Screen::open(Desk::with_batch(), "results").sees("kaowu import");
    let mut english = Screen::sized(marked(40), "results", Lang::English, (120, 36));
    english.sees("applied 40").sees("theory").sees("rate").press("p").sees("not req.").sees("40 people");
}

#[test]
fn bars_and_columns_have_an_ascii_form() {
    let mut screen = Screen::open(marked(60), "results");
    let text = screen.ascii();
    assert!(text.contains("###") && !text.contains('█'), "{text}");
    screen.press("d");
    let text = screen.ascii();
    assert!(text.contains("#######") && !text.contains('█'), "{text}");
}

/// Region, employer, occupation and level, room, people; and the same way back.
#[test]
fn the_way_down_ends_at_a_person_and_leads_back() {
    let desk = marked(60);
    let region = results::groups(&desk.site, results::Depth::Region, &results::Within::default()).unwrap().remove(0);
    let mut screen = Screen::open(desk, "results");
    screen.press("g").sees("范围：全部").sees("[盟市（地区）]").sees("申报 60").sees("已定");
    screen.press("enter").sees("[用人单位]").sees(&kaowu::text::results::name(&region.name));
    screen.press("enter").sees("[职业等级]").press("enter").sees("[考场]").sees("考点");
    // The spread is of the same people.
    screen.press("d").sees("范围：全部 >").press("esc").sees("[考场]");
    screen.press("enter").sees("人").press("enter").sees("个人成绩").press("esc");
    screen.press("esc").sees("[考场]").press("esc").sees("[职业等级]").press("esc esc").sees("[盟市（地区）]");
    screen.press("esc").sees("[汇总]");
}

/// S1-37, S1-36: computed, then what changed, then sent; each is one key away and says what it did.
#[test]
fn results_are_computed_and_the_summary_is_sent_by_keys_s1_37() {
    let mut desk = Desk::seated(6);
    desk.at("18:00");
    for person in all(&desk) {
        plant(&mut desk, &person, &[(T, points(80)), (P, points(70)), (super::rules::R, points(75))]);
    }
    let mut screen = Screen::open(desk, "results");
    screen.press("s").sees("尚未计算").sees("按 n 计算结果").sees("通知不要求").sees("还有 10 个工作日");
    screen.press("n").sees("已计算结果").sees("与现有成绩一致").sees("合格 6");
    screen.press("n").sees("没有变动");
    screen.press("t").sees("报送给哪个单位").type_text("就促会").press("enter").sees("谁在汇总表上签字");
    screen.type_text("主任").press("enter").sees("怎样报送").press("enter").sees("签字盖章了吗").press("enter");
    screen.sees("已报送").sees("coordinator 报 就促会");
    screen.press("a").sees("报审").press("enter").sees("不要求结果审核").press("esc");
    screen.press("v").sees("没有可对比的批次");
}
