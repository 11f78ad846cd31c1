//! The table that tells older rows from newer ones.
use super::column::Form;
use super::rule::{Rule, Unit};
use super::tables::{Table, must};
use Form::Text;

/// What this site and those that it heard of have replaced, by digests: from the journal and from merges.
pub const REPLACED: Table = Table {
    name: "replaced",
    record: "replaced_row",
    columns: &[must("part", Text), must("place", Text), must("version", Text)],
    key: &["part", "place", "version"],
    batch: "batch",
    order: &["part", "place", "version"],
    merge: Rule::of(Unit::Past),
};
