//! Seats of a batch: where people go, who sits beside whom, and what the check says of it.
mod checking;
mod independent;
mod late;
mod placing;
mod stations;
mod world;
