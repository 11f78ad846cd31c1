//! A site's bundle: the same site in another home, and nothing else accepted.
mod archive;
mod commands;
mod damage;
mod documents;
mod dossier;
mod duty;
mod exam_day;
mod masked;
mod merging;
mod page;
mod publicity;
mod register;
mod results;
mod round_trip;
mod scores;
pub mod world;
