//! Script numbers (密号): whoever marks or types sees a number, never whose it is (S0-23). Drawn by room, unsealed by two
//! once the marks of the session are locked.
mod draw;
mod hide;
mod label;
mod list;
mod unseal;

pub use draw::{Draw, Drawn, fresh_seed};
pub use hide::{Address, NO_SUCH, SEAT_DRAWN, USE_NUMBER, by_number, by_ticket, paper};
pub(in crate::ops) use hide::{Veil, may_show, may_take_back, needs_number};
pub use label::{Label, Labels};
pub use list::{Line, Mapped, Stage, bags, map, may_know_rooms};
pub use unseal::{Ask, Open, Turned};

pub use crate::store::views::scripts::Bagged;

use crate::model::{Code, Refusal, SessionId};
use crate::ops::checkin::UNKNOWN_SESSION;
use crate::ops::{Result, Work};
use crate::store::{SessionRow, rows};

/// The notice marks no script under a number.
pub const OFF: Code = Code("script.off");
pub const OPEN_ALREADY: Code = Code("script.open_already");
pub const SEALED_NONE: Code = Code("script.none_sealed");
pub const NOT_LOCKED: Code = Code("script.not_locked");
pub const NO_BAG: Code = Code("script.no_bag");

fn session(work: &Work<'_, '_>, id: SessionId) -> Result<SessionRow> {
    let found = rows::first::<SessionRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (id, work.batch()?.id))?;
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN_SESSION).with("session", id))?)
}
