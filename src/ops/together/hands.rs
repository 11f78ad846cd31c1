//! The hands of two where nothing may be asked for beforehand: they are written with the very operation that they sign.
use super::proof::Proof;
use super::{Ask, Wanted};
use crate::model::Stamp;
use crate::ops::Result;
use crate::store::{CountersignatureRow, Tx};

/// Made by [`super::both`] only, from two PINs that were right.
pub(in crate::ops) struct Hands {
    ask: Ask,
    theirs: Proof,
}

impl Hands {
    pub(super) fn of(wanted: &Wanted, mine: Proof, theirs: Proof) -> Hands {
        Hands { ask: Ask::of(wanted, mine), theirs }
    }
}

/// Writes what both agreed to, within the operation's own transaction; nothing where they signed something else.
pub(in crate::ops) fn sign(tx: &mut Tx<'_>, wanted: &Wanted, (hands, now): (&Hands, Stamp)) -> Result<()> {
    if !hands.ask.is_for(wanted) {
        return Ok(());
    }
    let asked = hands.ask.row(tx.next_id::<CountersignatureRow>()?, now);
    tx.insert(&asked)?;
    let (given_by, given_at) = (Some(hands.theirs.operator()), Some(now));
    Ok(tx.update(&asked, &CountersignatureRow { given_by, given_at, ..asked.clone() })?)
}
