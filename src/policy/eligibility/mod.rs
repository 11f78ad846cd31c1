//! Conditions for applying (申报条件): rule sets as data, and the evaluation that explains itself.
pub mod evidence;
