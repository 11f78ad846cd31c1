//! Plain values and state machines. No I/O, no clock, no environment, no sentence for people.
pub mod clean;
pub mod id;
pub mod level;
pub mod mark;
pub mod points;
pub mod refusal;
pub mod role;
pub mod stamp;
pub mod subject;

pub use id::*;
pub use level::Level;
pub use mark::Mark;
pub use points::Points;
pub use refusal::{Code, Datum, Refusal};
pub use role::Role;
pub use stamp::{Clock, Day, FixedClock, Stamp, SystemClock};
pub use subject::Subject;
