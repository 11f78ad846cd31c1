//! Random draws, inspections, what is made public, complaints.
mod commands;
mod complaints;
mod rules;
mod screen;
mod world;
