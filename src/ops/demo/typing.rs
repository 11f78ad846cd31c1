//! Made-up papers typed by two, now and then with a slip, and settled by the coordinator.
use super::build::{Build, COORDINATOR, TYPISTS, WHY_KEPT, WHY_RETURNED};
use super::doors;
use super::people::Dice;
use crate::model::AttendanceState;
use crate::model::{ApplicationId, Code, Mark, Points, Subject};
use crate::ops::Result;
use crate::ops::entry::{self, Action, Difference, Paper, Pile, Save, Settle, Slot};
use crate::policy::marking::{FULL, LOW, NOT_CHECKED_IN, WAS_ABSENT, WAS_PRESENT};

/// A made-up typist means every mark.
const MEANT: [Code; 5] = [LOW, FULL, WAS_ABSENT, WAS_PRESENT, NOT_CHECKED_IN];
/// Of 100 marks typed, so many are typed wrongly.
const SLIPS: usize = 2;
/// Between two marks, as long as the stage's hours suffice.
const SECONDS: i64 = 5;
const HOURS: i64 = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    Hasty,
    /// The second time somebody looks at a paper, it is read rightly.
    Careful,
}

/// The morning after: of the piles a third is typed twice, the half once, the rest waits.
pub(super) fn marking(work: &mut Build<'_>) -> Result<()> {
    doors::close(work)?;
    work.move_clock(work.after_exam(0, (14, 0)));
    let piles = entry::piles(&work.site)?;
    let (twice, once) = (piles.len() / 3, piles.len() / 2);
    let first: Vec<_> = piles.iter().enumerate().take(twice + once).collect();
    for (n, pile) in &first {
        type_pile(work, pile, typist(*n), Care::Hasty)?;
    }
    for (n, pile) in first.iter().take(twice) {
        type_pile(work, pile, typist(n + 1), Care::Hasty)?;
    }
    work.move_clock(work.after_exam(1, (9, 0)));
    count(work)
}

/// The rest is typed, and every difference goes back to a typist until both agree.
pub(super) fn settle_all(work: &mut Build<'_>) -> Result<()> {
    const ROUNDS: usize = 5;
    let piles = entry::piles(&work.site)?;
    for shift in [0, 1] {
        for (n, pile) in piles.iter().enumerate() {
            type_pile(work, pile, typist(n + shift), Care::Hasty)?;
        }
    }
    work.move_clock(work.after_exam(1, (14, 0)));
    for _ in 0..ROUNDS {
        work.sign_on(COORDINATOR)?;
        let differences = entry::differences(&work.site)?;
        for (n, difference) in differences.iter().enumerate() {
            settle(work, difference, n)?;
        }
        // The third typist enters anew what was kept of one entry.
        for name in TYPISTS {
            work.sign_on(name)?;
            for pile in entry::piles(&work.site)?.iter().filter(|p| p.counts.may_second + p.counts.to_correct > 0) {
                type_pile(work, pile, name, Care::Careful)?;
            }
        }
    }
    count(work)
}

fn count(work: &mut Build<'_>) -> Result<()> {
    let all = entry::progress(&entry::piles(&work.site)?);
    let whole = |n: i64| usize::try_from(n).unwrap_or(0);
    (work.made.settled, work.made.differing) = (whole(all.settled), whole(all.differing));
    Ok(())
}

/// The two who type share the piles: what one types first, the other types second.
fn typist(n: usize) -> &'static str {
    TYPISTS.get(n % 2).copied().unwrap_or(COORDINATOR)
}

fn type_pile(work: &mut Build<'_>, pile: &Pile, name: &'static str, care: Care) -> Result<()> {
    work.sign_on(name)?;
    let pace = pace(work);
    for (paper, stage) in entry::pile(&work.site, pile)? {
        if !stage.is_open() {
            continue;
        }
        let (application, subject) = (paper.application, pile.subject);
        let right = on_paper(work, (application, subject), here(&paper));
        let mut dice = Dice::new(work.plan.seed ^ 0x511B ^ place(application, subject).rotate_left(7) ^ tag(name));
        let slips = care == Care::Hasty && dice.chance(SLIPS);
        let mark = if slips { slipped(right) } else { right };
        work.pass(pace);
        work.site.perform(&Save { accepted: MEANT.to_vec(), ..Save::new(application, subject, mark) })?;
    }
    Ok(())
}

fn here(paper: &Paper) -> bool {
    paper.attendance.is_some_and(AttendanceState::was_here)
}

fn pace(work: &Build<'_>) -> i64 {
    let entries = i64::try_from(work.plan.candidates).unwrap_or(i64::MAX).saturating_mul(4).max(1);
    (HOURS * 3600 / entries).min(SECONDS)
}

fn place(application: ApplicationId, subject: Subject) -> u64 {
    let part = Subject::ALL.into_iter().position(|s| s == subject).unwrap_or(0);
    application.0.unsigned_abs() * 8 + u64::try_from(part).unwrap_or(0)
}

fn tag(name: &str) -> u64 {
    name.bytes().fold(0, |sum, byte| sum * 31 % 1_000_003 + u64::from(byte))
}

/// What stands on somebody's paper: the same whenever it is read.
fn on_paper(work: &Build<'_>, (application, subject): (ApplicationId, Subject), here: bool) -> Mark {
    let mut dice = Dice::new(work.plan.seed ^ 0xBA5E ^ place(application, subject));
    if !here {
        return Mark::Absent;
    }
    if dice.below(1000) < 6 {
        return Mark::Void;
    }
    Mark::Points(on_step(around(&mut dice, 72), work.adopted.policy.marking.step))
}

/// Hundredths of a point, at most 27 points above or below `middle`, mostly within ten.
pub(super) fn around(dice: &mut Dice, middle: i32) -> i32 {
    let of = |dice: &mut Dice| i32::try_from(dice.below(1801)).unwrap_or(0);
    middle * 100 - 2700 + of(dice) + of(dice) + of(dice)
}

pub(super) fn on_step(hundredths: i32, step: i32) -> Points {
    Points::new(hundredths.clamp(0, 10_000) / step.max(1) * step.max(1))
}

/// Tens and units change places; where they are the same, the units are one off.
fn slipped(right: Mark) -> Mark {
    let Mark::Points(points) = right else { return right };
    let (whole, rest) = (points.hundredths() / 100, points.hundredths() % 100);
    let turned = whole % 10 * 10 + whole / 10;
    match whole {
        100 => Mark::Points(Points::whole(10)),
        _ if turned == whole => Mark::Points(Points::new((whole - 1) * 100 + rest)),
        _ => Mark::Points(Points::new(turned * 100 + rest)),
    }
}

/// Mostly the wrong entry goes back to its typist; every third time the right one is kept and typed anew beside it.
fn settle(work: &mut Build<'_>, difference: &Difference, n: usize) -> Result<()> {
    let (application, subject) = (difference.application, difference.subject);
    // Only papers with points are typed wrongly, so whoever they belong to was here.
    let right = on_paper(work, (application, subject), true);
    let (wrong, keep) =
        if difference.first.mark == right { (Slot::Second, Slot::First) } else { (Slot::First, Slot::Second) };
    let kept = n % 3 == 2 && [difference.first.mark, difference.second.mark].contains(&right);
    let (action, reason) = match kept {
        true => (Action::Keep(keep), WHY_KEPT),
        false => (Action::SendBack(wrong), WHY_RETURNED),
    };
    work.pass(30);
    work.site.perform(&Settle { application, subject, action, reason: reason.to_owned() })?;
    Ok(())
}
