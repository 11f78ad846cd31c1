//! People on duty, the ledger, subsidies, enterprises, the plan.
mod commands;
mod duty;
mod ledger;
mod others;
mod paper;
mod screen;
mod subsidy;
mod world;
