//! A site's bundle: the same site in another home, and nothing else accepted.
mod commands;
mod damage;
mod documents;
mod dossier;
mod exam_day;
mod page;
mod publicity;
mod results;
mod round_trip;
mod scores;
pub mod world;
