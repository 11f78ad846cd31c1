//! The stock of blank forms (空白证书): a ledger in which every line follows the one before. A site's stock is its own,
//! whatever the batch.
mod book;
mod count;
mod destroy;
mod look;
mod recover;
mod reverse;
mod simple;
mod spoil;

pub use crate::policy::stock::{Balance, NONE_TO_DESTROY, QUANTITY, SAME_PERSON, TOO_FEW, effect};
pub use book::{IN_FUTURE, Line, NO_WITNESS, REASON};
pub use count::{Count, Counted};
pub use destroy::Destroy;
pub use look::{Listed, balances, ledger};
pub use recover::{NOT_VOID, Recover};
pub use reverse::{HAS_COPIES, REVERSED, Reverse, UNKNOWN};
pub use simple::{Receive, Use};
pub use spoil::{NOT_HERE, Spoil};

pub(in crate::ops) use book::{Booking, book};
