//! Plain values and state machines. No I/O, no clock, no environment, no sentence for people.
pub mod id;
pub mod level;
pub mod mark;
pub mod points;
pub mod refusal;
pub mod role;
pub mod route;
pub mod stamp;
pub mod subject;
pub mod workday;

pub use id::*;
pub use level::Level;
pub use mark::Mark;
pub use points::Points;
pub use refusal::{Code, Datum, Refusal};
pub use role::Role;
pub use route::Route;
pub use stamp::{Clock, Day, FixedClock, Stamp, SystemClock};
pub use subject::Subject;
pub use workday::Calendar;
