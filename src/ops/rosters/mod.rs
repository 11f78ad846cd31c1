//! Rosters on paper (名册): drawn up, stamped box by box, handed on; one with a blank or void box is void as a whole
//! (S2-27, S2-43 to S2-45), and that of the passed goes with an index of their materials (S1-44).
mod end;
mod fill;
mod index;
mod make;
mod read;

pub use end::{Drop, SEND_TO, Send};
pub use fill::{FillBox, Filled, NO_BOX};
pub use index::{MaterialLine, materials};
pub use make::{FILLED_BY, Made, Make, NO_UNIT, NOBODY, NOT_IN_THE_NOTICE};
pub(in crate::ops) use read::on_good_ones;
pub use read::{BoxLine, NOT_FOUND, Roster, people, roster, rosters, stops, unit_names, units};

pub use crate::policy::rosters::{BoxState, Kind};
