//! Experts of the comprehensive review: pool, recusal, draws, changes of the day (S0-25, S1-22, S1-35).
mod command;
mod on_the_day;
mod rules;
mod screen;
pub mod world;
