//! The order in which a bag moves, who may be there, and when it is opened.
use super::Papers;
use crate::model::{BagState, Code, PaperMove, Refusal, Stamp, fold};

pub const WRONG_ORDER: Code = Code("papers.wrong_order");
pub const TOO_FEW_FETCH: Code = Code("papers.too_few_fetch");
pub const SAME_PERSON: Code = Code("papers.same_person");
pub const UNSEAL_TOO_EARLY: Code = Code("papers.unseal_too_early");

/// Where a bag is after a movement. A bag that nobody needed goes back unopened.
pub fn after(state: BagState, kind: PaperMove) -> Result<BagState, Refusal> {
    match (state, kind) {
        (BagState::Stored, PaperMove::HandedOver) => Ok(BagState::Out),
        (BagState::Out, PaperMove::Unsealed) => Ok(BagState::Open),
        (BagState::Open, PaperMove::Collected) => Ok(BagState::Collected),
        (BagState::Collected | BagState::Out, PaperMove::Returned) => Ok(BagState::Returned),
        (state, PaperMove::Corrected) => Ok(state),
        (state, kind) => {
            let refusal = Refusal::new(WRONG_ORDER).word("state", format!("bag_state.{}", state.code()));
            Err(refusal.word("move", format!("paper_move.{}", kind.code())))
        }
    }
}

/// Several people who must not be one and the same.
pub fn apart(people: &[&str]) -> Result<(), Refusal> {
    let folded: Vec<_> = people.iter().map(|name| fold::name(name)).collect();
    let twice = folded.iter().enumerate().find(|(n, name)| folded.iter().take(*n).any(|other| other == *name));
    match twice {
        Some((_, name)) => Err(Refusal::new(SAME_PERSON).with("name", name.as_ref())),
        None => Ok(()),
    }
}

/// Whether enough people fetch, none of them twice and none from the giving side.
pub fn fetched_by(papers: &Papers, giver: &str, takers: &[String]) -> Result<(), Refusal> {
    let everybody: Vec<&str> = std::iter::once(giver).chain(takers.iter().map(String::as_str)).collect();
    apart(&everybody)?;
    let least = i64::from(papers.fetchers);
    if takers.len() < usize::from(papers.fetchers) {
        return Err(Refusal::new(TOO_FEW_FETCH).with("count", takers.len()).with("least", least));
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    InTime,
    /// After the start: somebody says why.
    Late {
        minutes: i64,
    },
}

/// From so many minutes before the start.
pub fn may_unseal(papers: &Papers, starts: Stamp, now: Stamp) -> Result<Opening, Refusal> {
    let from = starts.plus_minutes(-i64::from(papers.unseal_before_min));
    let begun = |earlier: Stamp, later: Stamp| earlier.minutes_since(later).saturating_neg();
    if now < from {
        return Err(Refusal::new(UNSEAL_TOO_EARLY).with("from", from).with("minutes", begun(now, from)));
    }
    Ok(if now <= starts { Opening::InTime } else { Opening::Late { minutes: begun(starts, now) } })
}
