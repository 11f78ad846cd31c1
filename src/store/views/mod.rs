//! Read models that join tables; one file each.
pub mod applicants;
pub mod applications;
pub mod arrangement;
pub mod candidates;
pub mod certificates;
pub mod checkin;
pub mod conduct;
pub mod drill;
pub mod earned;
pub mod engagements;
pub mod enterprise;
pub mod entry_bag;
pub mod entry_queue;
pub mod exclusion;
pub mod hall;
pub mod history;
pub mod intake;
pub mod locks;
pub mod milestones;
pub mod panels;
pub mod papers;
pub mod payments;
pub mod policy_change;
pub mod publicity;
pub mod results;
pub mod reviews;
pub mod rooms;
pub mod roster;
pub mod scripts;
pub mod search;
pub mod seats;
pub mod staffing;
pub mod tickets;
pub mod typing;
pub mod venues;

/// Row numbers as a JSON list, for `IN (SELECT value FROM json_each(?))`.
fn id_list(ids: impl Iterator<Item = i64>) -> String {
    let ids: Vec<_> = ids.map(|id| id.to_string()).collect();
    format!("[{}]", ids.join(","))
}
