//! Materials handed in: archives nobody trusts, texts counted, checklists, judgements, group registrations.
mod archives;

mod group;
mod individual;
mod judging;

mod pdf;
mod raw_zip;
mod texts;
mod world;
