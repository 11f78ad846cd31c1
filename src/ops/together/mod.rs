//! What nobody does alone: one asks with their PIN, another gives leave with theirs, and it counts once, for exactly this
//! operation, for ten minutes.
mod ask;
mod facts;
mod give;
mod hands;
mod proof;
mod waiting;
mod wanted;

pub(in crate::ops) use ask::here;
pub use ask::{Ask, ask};
pub use facts::{Fact, NAMED};
pub use give::{GIVEN, Give, OWN, UNKNOWN, both, give};
pub(in crate::ops) use hands::{Hands, sign};
pub use proof::NO_PIN;
pub use waiting::{Waiting, seconds, stands, unasked, waiting, who_can};
pub use wanted::{Again, NEEDED, PIN_NEEDED, Wanted, Witness, again};
pub(super) use wanted::{Signed, put_to_use};

use crate::model::{Code, Role, Stamp};
use crate::ops::{People, Result};
use crate::store::rows::Connection;

/// How long leave counts from when it was asked for: ten minutes, in milliseconds.
pub const LASTS: i64 = 600_000;

/// Who gives leave where marks, results and certificates are at stake.
pub const COSIGN: &[Role] = &[Role::Coordinator, Role::ScoreManager, Role::Auditor];
/// Who gives leave where operators, PINs and the site itself are.
pub const KEEP: &[Role] = &[Role::Admin, Role::Coordinator, Role::ScoreManager, Role::Auditor];

/// Two people of those who keep the site, once there were two of them with a PIN: the first ones are added by one. Whoever was
/// disabled since counts, or one person could disable all others and be alone again.
pub fn once_two(db: &Connection) -> Result<People> {
    Ok(if waiting::ever_could(db, KEEP)?.len() >= 2 { People::Two(KEEP) } else { People::One })
}

/// Whether one person gives or takes these duties alone: whoever may give leave to others, and whoever gives marks, is a
/// hand that counts beside another's.
pub(in crate::ops) fn for_duties(db: &Connection, roles: &[Role]) -> Result<People> {
    let counts = |role: &Role| KEEP.contains(role) || matches!(role, Role::Typist | Role::Reviewer);
    if roles.iter().any(counts) { once_two(db) } else { Ok(People::One) }
}

/// Nobody else could sign.
pub const NOBODY: Code = Code("together.nobody");
/// Nothing is asked for at another terminal: both sign here.
pub const HERE: Code = Code("together.here");

/// Asked for too long ago.
pub const LAPSED: Code = Code("together.lapsed");

/// Whether something that was asked for then can still be decided.
pub fn lasts(asked_at: Stamp, now: Stamp) -> bool {
    (asked_at.0..=asked_at.0.saturating_add(LASTS)).contains(&now.0)
}
