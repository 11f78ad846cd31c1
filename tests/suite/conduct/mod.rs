//! Incidents: reported, decided, taken back; what reaches marks, seats and later batches.
mod by_command;
mod decisions;
mod hands;
mod on_screen;
mod outcomes;
mod reports;
mod world;
