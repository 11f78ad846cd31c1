//! Quality supervision (质量督导): random draws of whom to inspect and who inspects, inspection records, what is made public.
//! Whoever supervises for a unit sees that unit's area (S3-33).
mod area;
mod draw;
mod list;
mod mend;
mod pool;
mod publish;
mod read;
mod report;

pub use crate::policy::supervision::inspection::METHODS;
pub use area::{area, own_area};
pub use draw::{Draw, Drawing, Exclusion};
pub use list::lots;
pub use mend::{Mend, may_mend};
pub use pool::Lot;
pub use publish::{Publish, What};
pub use read::{
    Differing, Drawn, Public, Redrawn, Uncovered, Whole, draws, inspections, publication, redraw, uncovered, whole,
};
pub use report::Report;
