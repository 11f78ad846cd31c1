//! Results of a made-up site on their way to the public.
use super::build::{Build, COORDINATOR, NOTICE_BOARD, SCORES};
use crate::ops::marks::Lock;
use crate::ops::publicity::{Finalise, Publish, current, finalise_check, gate, publish_check};
use crate::ops::results::Compute;
use crate::ops::{Result, batch};
use crate::policy::certificate::{Numbers, numbered};
use crate::policy::publicity::PublicityOf;

/// Marks locked, results computed and, where the notice has results shown, published.
pub(super) fn shown(work: &mut Build<'_>) -> Result<()> {
    work.sign_on(SCORES)?;
    for session in batch::sessions(&work.site)? {
        // A session in which nobody sat has nothing to lock.
        if let Err(error) = work.site.perform(&Lock { session: session.id })
            && error.refusal().is_none()
        {
            return Err(error);
        }
        work.pass(60);
    }
    work.sign_on(COORDINATOR)?;
    work.site.perform(&Compute::default())?;
    if work.adopted.policy.publicity.of == PublicityOf::Results {
        let accepted = publish_check(&work.site, None)?.1.codes();
        work.pass(60);
        work.site.perform(&Publish { place: NOTICE_BOARD.to_owned(), until: None, accepted })?;
    }
    Ok(())
}

/// After the last day of the window.
pub(super) fn made_final(work: &mut Build<'_>) -> Result<()> {
    let until = current(&work.site)?.and_then(|shown| shown.until_day);
    if let Some(until) = until.filter(|until| *until >= work.site.now().day()) {
        work.move_clock(crate::model::Stamp::at(until.and_time(chrono::NaiveTime::MIN)).plus_minutes((24 + 9) * 60));
    }
    let found = finalise_check(&work.site)?;
    // The region's audit is somebody else's act.
    if found.stops.is_empty() {
        let accepted = found.codes();
        work.site.perform(&Finalise { accepted })?;
        work.pass(60);
    }
    Ok(())
}

/// Whether somebody here may be given a number.
pub(super) fn numbers(work: &Build<'_>) -> Result<bool> {
    let by_notice = numbered(&work.adopted.policy.certificate, Numbers::Own).is_ok();
    let letter = work.adopted.policy.certificate.organisation_class.letter();
    let own = work.site.row()?.organisation.is_some_and(|code| code.starts_with(letter));
    Ok(by_notice && own && gate(&work.site)?.stops().is_empty())
}
