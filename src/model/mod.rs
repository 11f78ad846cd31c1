//! Plain values and state machines. No I/O, no clock, no environment, no sentence for people.
pub mod certificate_no;
pub mod fold;
pub mod id;
pub mod identity;
pub mod level;
pub mod mark;
pub mod phone;
pub mod points;
pub mod reading;
pub mod refusal;
pub mod role;
pub mod sex;
pub mod stamp;
pub mod subject;

pub use certificate_no::CertificateNo;
pub use id::*;
pub use identity::{DocumentKind, IdentityNo};
pub use level::Level;
pub use mark::Mark;
pub use points::Points;
pub use refusal::{Code, Datum, Refusal};
pub use role::Role;
pub use sex::Sex;
pub use stamp::{Clock, Day, FixedClock, Stamp, SystemClock};
pub use subject::Subject;
