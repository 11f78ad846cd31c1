//! A pile is its typist's while it is open: opening claims it, leaving gives it back.
use super::papers::Papers;
use crate::model::Refusal;
use crate::ops::entry::{Claim, Lease, Release, Slot, Stage, Turn};
use crate::ops::{Error, Result};
use crate::tui::cx::{Cx, Tone};

/// Whose turn it is in an open pile.
#[derive(Debug, Clone, Default)]
pub enum Claimed {
    /// Nothing is open to the reader.
    #[default]
    Nothing,
    Mine(Slot),
    /// Why the reader only looks: somebody else types it.
    Theirs(Refusal),
}

impl Papers {
    /// Claims the entries that wait for the reader, those of the topmost paper first. Where others hold all of them, the pile is only
    /// looked at, and the message says who types.
    pub fn claim(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if !self.types {
            return Ok(());
        }
        let mut why = None;
        let mut turns: Vec<Turn> = Vec::new();
        for turn in self.rows.iter().filter_map(|(_, stage)| turn_of(*stage)) {
            if !turns.contains(&turn) {
                turns.push(turn);
            }
        }
        for turn in turns {
            let Some(slot) = turn.slot() else { continue };
            match cx.perform(&Claim { session: self.pile.session, room: self.pile.room, slot }) {
                Ok(_) => {
                    (self.claimed, self.kind) = (Claimed::Mine(slot), Some(turn));
                    // Without it the claim stands as one made by command.
                    self.lease = Lease::take(cx.site, (self.pile.session, self.pile.room), slot).ok().flatten();
                    return Ok(());
                }
                Err(Error::Refused(refusal)) => why = why.or(Some(refusal)),
                Err(other) => return Err(other),
            }
        }
        if let Some(refusal) = why.filter(|_| !self.rows.iter().any(|(_, stage)| *stage == Stage::Correct)) {
            let text = cx.locale.say_data(&format!("refusal.{}", refusal.code.0), &refusal.data);
            cx.toast(Tone::Warn, text);
            (self.claimed, self.types, self.kind) = (Claimed::Theirs(refusal), false, None);
        }
        Ok(())
    }

    /// Gives the pile back; a claim that is gone already is no matter.
    pub fn release(&mut self, cx: &mut Cx<'_>) {
        self.lease = None;
        if let Claimed::Mine(slot) = std::mem::take(&mut self.claimed) {
            let (session, room) = (self.pile.session, self.pile.room);
            let _ = cx.perform(&Release { session, room, slot, reason: String::new() });
        }
    }
}

/// Which entry waits for the reader at this stage; corrections are no claim's affair.
pub fn turn_of(stage: Stage) -> Option<Turn> {
    match stage {
        Stage::Empty => Some(Turn::First),
        Stage::MaySecond => Some(Turn::Second),
        Stage::MayThird => Some(Turn::Third),
        _ => None,
    }
}
