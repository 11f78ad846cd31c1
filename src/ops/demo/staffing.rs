//! People of a made-up site: enough for every room and post, given their places by the same proposal that a coordinator
//! asks for, and experts to draw panels from.
use super::build::Build;
use super::people::Dice;
use crate::model::{AssessorGrade, Duty, Role};
use crate::ops::Result;
use crate::ops::staff::{Add, Particulars, Propose};
use crate::ops::upkeep::AddOperator;
use crate::store::{ApplicationRow, rows};

/// A site with more rooms is made to look at many people, not at staff: adding them one by one would take longer than the rest.
const MOST_ROOMS: usize = 30;
const PER_ROOM: usize = 2;
const RESERVE: usize = 2;
const FAMILY: [&str; 10] = ["郝", "巴", "云", "贺", "乔", "温", "段", "康", "阎", "武"];
const GIVEN: [&str; 12] =
    ["海涛", "秀英", "志强", "丽华", "永胜", "春梅", "国栋", "晓东", "文静", "振华", "玉山", "金花"];
const UNITS: [&str; 4] = ["演示第一中学", "演示第二中学", "演示职业中专", "演示技工学校"];
/// Experts beside those of the made-up panel. The first have an account of their own name.
const EXPERTS: [(&str, &str); 10] = [
    ("萨仁", "演示农业大学"),
    ("高云山", "演示工程学院"),
    ("齐木格", "演示职工大学"),
    ("韩立新", "演示行业学会"),
    ("苏德", "演示研究所"),
    ("哈斯", "演示农业大学"),
    ("林志远", "演示工程学院"),
    ("乌兰", "演示机电学院"),
    ("田玉梅", "演示电力学会"),
    ("何建业", "演示设计院"),
];
const WITH_ACCOUNT: usize = 3;
/// Experts who work where a candidate does: a draw keeps them apart.
const COLLEAGUES: [&str; 2] = ["毕力格", "尤文华"];

pub(super) fn staff(work: &mut Build<'_>) -> Result<()> {
    if work.made.rooms == 0 || work.made.rooms > MOST_ROOMS {
        return Ok(());
    }
    let posts =
        [Duty::Chief, Duty::Supervisor, Duty::Supervisor, Duty::Keeper, Duty::Keeper, Duty::Runner, Duty::Medical];
    let proctors = work.made.rooms * PER_ROOM + RESERVE;
    let duties = posts.into_iter().chain(std::iter::repeat_n(Duty::Proctor, proctors));
    let mut dice = Dice::new(work.plan.seed ^ 0x57AF);
    let pick = |all: &[&'static str], at: usize| all.get(at % all.len().max(1)).copied().unwrap_or_default();
    for (n, duty) in duties.enumerate() {
        // Every pair of names once, before any comes again.
        let name = format!("{}{}", pick(&FAMILY, n), pick(&GIVEN, n + n / 60));
        let mut who = Particulars::new(&name, pick(&UNITS, dice.below(UNITS.len())), &[duty]);
        who.phone = Some(format!("154{:08}", 20_000_000 + n));
        work.site.perform(&Add { who })?;
    }
    experts(work)?;
    work.site.perform(&Propose { seed: work.plan.seed, session: None })?;
    Ok(())
}

fn experts(work: &mut Build<'_>) -> Result<()> {
    for (n, (name, unit)) in EXPERTS.into_iter().enumerate() {
        let mut who = expert(name, unit);
        if n < WITH_ACCOUNT {
            let (name, roles) = (name.to_owned(), vec![Role::Reviewer]);
            let account = AddOperator { name, roles, os_user: None, unit: None, pin_hash: None };
            who.operator = Some(work.site.perform(&account)?.out);
        }
        work.site.perform(&Add { who })?;
    }
    for (name, unit) in COLLEAGUES.into_iter().zip(employers(work)?) {
        work.site.perform(&Add { who: expert(name, &unit) })?;
    }
    Ok(())
}

/// Somebody who may judge every occupation at every level.
fn expert(name: &str, unit: &str) -> Particulars {
    Particulars { grade: AssessorGrade::Senior, ..Particulars::new(name, unit, &[Duty::Reviewer]) }
}

/// Where those work who need a review, each place once.
fn employers(work: &Build<'_>) -> Result<Vec<String>> {
    let batch = work.site.batch()?.id;
    let all = "WHERE batch = ?1 AND state IN ('submitted', 'approved') ORDER BY id";
    let mut found: Vec<String> = Vec::new();
    for row in rows::select::<ApplicationRow>(work.site.store().db(), all, [batch])? {
        if let Some(unit) = row.employer.filter(|unit| row.level.is_technician() && !found.contains(unit)) {
            found.push(unit);
        }
    }
    Ok(found)
}
