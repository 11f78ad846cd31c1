//! Sanctions: who lost what for which act, and who may not apply until when, across all batches of the site.
mod barred;
mod impose;
mod lift;
mod register;

pub use impose::{Impose, Imposed, stage};
pub use lift::{Lift, Lifted, Remains};
pub use register::{Listed, acts, of_person, register};

pub(in crate::ops) use barred::{Barred, may_apply, refuse_barred, standing};
pub(in crate::ops) use impose::{Filed, YEARS, file};

// What the faces name.
pub use crate::policy::sanctions::{Act, FOR_GOOD, Stage};
