//! What follows the marks of a made-up site: a review panel, its ruling, results made public and final, certificate numbers.
use super::build::{Build, COORDINATOR, EXPERTS, PANEL, REVIEWER, SIGNED_ON_PAPER};
use super::people::Dice;
use super::releasing;
use super::typing::{self, around, on_step};
use crate::model::{MemberId, PanelId};
use crate::ops::Result;
use crate::ops::certificates::{self, Number};
use crate::ops::panel::{self, Begin, End, Form, NewMember, Score, Seal, Sheet, Sign};

/// Of 100 sheets of the last expert, so many are in when the panel is looked at.
const LAST_EXPERT: usize = 60;

/// Every written mark settled, the panel at work.
pub(super) fn review(work: &mut Build<'_>) -> Result<()> {
    typing::settle_all(work)?;
    work.move_clock(work.after_exam(2, (9, 0)));
    work.sign_on(COORDINATOR)?;
    if panel::waiting(&work.site)? > 0 {
        let member = |(n, (name, unit)): (usize, (&str, &str))| NewMember {
            name: name.to_owned(),
            unit: unit.to_owned(),
            chair: n == 0,
        };
        let members = EXPERTS.into_iter().enumerate().map(member).collect();
        let formed = work.site.perform(&Form { name: PANEL.to_owned(), members, candidates: None })?;
        begin(work, formed.out.panel)?;
        sheets(work, formed.out.panel, LAST_EXPERT)?;
    }
    work.move_clock(work.after_exam(2, (15, 0)));
    work.sign_together()
}

/// The other sheets come in and the panel is sealed; marks are locked, results computed and shown to the public.
pub(super) fn published(work: &mut Build<'_>) -> Result<()> {
    for one in panel::panels(&work.site)? {
        sheets(work, one.id, 100)?;
        work.move_clock(work.after_exam(3, (9, 30)));
        work.sign_on(COORDINATOR)?;
        end(work, one.id)?;
        sign(work, one.id)?;
        work.site.perform(&Seal { panel: one.id })?;
    }
    work.move_clock(work.after_exam(3, (10, 0)));
    work.sign_on(COORDINATOR)?;
    releasing::shown(work)
}

/// The window is over: results are final, and everybody who passed has a number where the notice has numbers.
pub(super) fn certified(work: &mut Build<'_>) -> Result<()> {
    work.move_clock(work.after_exam(12, (9, 30)));
    work.sign_on(COORDINATOR)?;
    releasing::made_final(work)?;
    if releasing::numbers(work)? && certificates::counts(&work.site)?.waiting > 0 {
        let issued_on = work.site.now().day();
        work.made.certificates = work.site.perform(&Number { issued_on })?.out.people;
    }
    work.pass(30 * 60);
    Ok(())
}

/// The papers of everybody are read side by side.
fn begin(work: &mut Build<'_>, panel: PanelId) -> Result<()> {
    for candidate in panel::show(&work.site, panel)?.candidates {
        work.site.perform(&Begin { panel, application: candidate.application })?;
    }
    Ok(())
}

fn end(work: &mut Build<'_>, panel: PanelId) -> Result<()> {
    let open = |c: &panel::Candidate| c.began_at.is_some() && c.ended_at.is_none() && !c.withdrawn && !c.void;
    for candidate in panel::show(&work.site, panel)?.candidates.iter().filter(|c| open(c)) {
        work.site.perform(&End { panel, application: candidate.application, reason: None })?;
    }
    Ok(())
}

/// Made-up experts have no accounts: their hands stand on paper, the chair's last.
fn sign(work: &mut Build<'_>, panel: PanelId) -> Result<()> {
    let mut members = panel::show(&work.site, panel)?.members;
    members.sort_by_key(|m| m.chair);
    for member in members {
        let proof = panel::on_paper(&work.site, member.id)?;
        work.site.perform(&Sign { proof, reason: Some(SIGNED_ON_PAPER.to_owned()) })?;
    }
    Ok(())
}

/// Enters the sheets that are not in; of the last expert's so many of 100 candidates.
fn sheets(work: &mut Build<'_>, panel: PanelId, of_last: usize) -> Result<()> {
    work.sign_on(REVIEWER)?;
    let view = panel::show(&work.site, panel)?;
    let step = work.adopted.policy.marking.step;
    let until = view.candidates.len() * of_last / 100;
    for (m, member) in view.members.iter().enumerate() {
        let count = if m + 1 == view.members.len() { until } else { view.candidates.len() };
        for candidate in view.candidates.iter().take(count) {
            if candidate.withdrawn || candidate.sheets.get(m) != Some(&Sheet::Out) {
                continue;
            }
            let mut dice = Dice::new(work.plan.seed ^ 0x9A4E ^ (candidate.application.0.unsigned_abs() << 3));
            let points = on_step(around(&mut dice, 75) + taste(work, member.id, candidate.application.0), step);
            work.pass(20);
            work.site.perform(&Score::total(member.id, candidate.application, points))?;
            work.made.sheets += 1;
        }
    }
    Ok(())
}

/// How far an expert's opinion lies from the others', in hundredths of a point.
fn taste(work: &Build<'_>, member: MemberId, application: i64) -> i32 {
    let place = application.unsigned_abs() * 16 + member.0.unsigned_abs();
    let mut dice = Dice::new(work.plan.seed ^ 0x7A57 ^ place);
    i32::try_from(dice.below(801)).unwrap_or(0) - 400
}
