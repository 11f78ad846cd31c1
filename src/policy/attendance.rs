//! From which state of the exam day somebody may go on to which. Misconduct is set and taken back by incidents alone.
use crate::model::{AttendanceState, Code};

pub const ALREADY_PRESENT: Code = Code("checkin.already_present");
/// Handed in, left or was removed; nobody comes in twice.
pub const OUT_ALREADY: Code = Code("checkin.out_already");
pub const ALREADY_REFUSED: Code = Code("checkin.already_refused");
/// Marked absent; a coordinator's reason may still let them in.
pub const ALREADY_ABSENT: Code = Code("checkin.already_absent");
pub const NOT_INSIDE: Code = Code("checkin.not_inside");
/// Nothing was done that could be taken back.
pub const NOT_PRESENT: Code = Code("checkin.not_present");
/// A closing is taken back by letting somebody in.
pub const CLOSED_ABSENT: Code = Code("checkin.closed_absent");
pub const BY_INCIDENT: Code = Code("checkin.by_incident");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Admit,
    Refuse,
    /// Hand in, or leave early.
    Leave,
    /// The last step is taken back.
    TakeBack,
}

/// Why the step cannot be made from a state; `None` is expected.
pub fn may(state: Option<AttendanceState>, step: Step) -> Result<(), Code> {
    use AttendanceState::{Absent, HandedIn, Late, LeftEarly, Misconduct, Present, Refused};
    match (step, state) {
        (Step::Admit, None | Some(Refused | Absent))
        | (Step::Refuse, None)
        | (Step::Leave, Some(Present | Late))
        | (Step::TakeBack, Some(Present | Late | Refused | HandedIn | LeftEarly | Absent)) => Ok(()),
        (Step::Admit | Step::Refuse, Some(Present | Late)) => Err(ALREADY_PRESENT),
        (Step::Refuse, Some(Refused)) => Err(ALREADY_REFUSED),
        (Step::Refuse, Some(Absent)) => Err(ALREADY_ABSENT),
        (Step::Admit | Step::Refuse, Some(HandedIn | LeftEarly | Misconduct)) => Err(OUT_ALREADY),
        (Step::Leave, Some(HandedIn | LeftEarly | Misconduct)) => Err(OUT_ALREADY),
        (Step::Leave, None | Some(Refused | Absent)) => Err(NOT_INSIDE),
        (Step::TakeBack, None) => Err(NOT_PRESENT),
        (Step::TakeBack, Some(Misconduct)) => Err(BY_INCIDENT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_inside_may_only_leave_and_who_is_out_stays_out() {
        for state in AttendanceState::ALL.iter().copied().map(Some).chain([None]) {
            let inside = state.is_some_and(AttendanceState::is_inside);
            assert_eq!(may(state, Step::Leave).is_ok(), inside, "{state:?}");
            let was_here = state.is_some_and(AttendanceState::was_here);
            assert_eq!(may(state, Step::Admit).is_ok(), !was_here, "{state:?}");
            assert_eq!(may(state, Step::Refuse).is_ok(), state.is_none(), "{state:?}");
        }
        assert_eq!(may(None, Step::TakeBack), Err(NOT_PRESENT));
        assert_eq!(may(Some(AttendanceState::Misconduct), Step::TakeBack), Err(BY_INCIDENT));
        assert_eq!(may(Some(AttendanceState::HandedIn), Step::Admit), Err(OUT_ALREADY));
    }
}
