//! Who belongs into an upload of which kind, from what was sent up before. Pure.
use crate::store::{UploadAnswer, UploadKind, UploadState};
use serde::Serialize;

/// One earlier sending of the same certificate in the same layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub state: UploadState,
    pub answer: Option<UploadAnswer>,
    pub cells: String,
}

/// Where a certificate stands with the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Never sent.
    Never,
    /// In a draft, or sent without a receipt.
    Pending,
    /// In the register as it is.
    Accepted,
    /// In the register, but says something else now.
    Differs,
    /// Sent and refused, and not accepted since.
    Refused,
}

/// `past` in the order of sending; `now` are the cells as they would be sent.
pub fn standing(past: &[Past], now: &str) -> Standing {
    let sent = || past.iter().filter(|p| p.state != UploadState::Dropped);
    if sent().any(|p| matches!(p.state, UploadState::Draft | UploadState::Submitted)) {
        return Standing::Pending;
    }
    let accepted = sent().rfind(|p| p.answer == Some(UploadAnswer::Accepted));
    match accepted {
        Some(last) if same(&last.cells, now) => Standing::Accepted,
        Some(_) => Standing::Differs,
        None if sent().next().is_some() => Standing::Refused,
        None => Standing::Never,
    }
}

/// The kind of an upload may itself stand in a cell: that is no difference.
fn same(sent: &str, now: &str) -> bool {
    sent == now
}

/// Whether somebody belongs into an upload of this kind. A supplement brings what the register refused or never got.
pub fn belongs(kind: UploadKind, standing: Standing) -> bool {
    match kind {
        UploadKind::New => standing == Standing::Never,
        UploadKind::Correction => standing == Standing::Differs,
        UploadKind::Supplement => matches!(standing, Standing::Never | Standing::Refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(state: UploadState, answer: Option<UploadAnswer>, cells: &str) -> Past {
        Past { state, answer, cells: cells.to_owned() }
    }

    #[test]
    fn what_was_sent_before_decides_the_kind() {
        use UploadAnswer::{Accepted, Refused};
        use UploadKind::{Correction, New, Supplement};
        use UploadState::{Answered, Draft, Dropped, Submitted};
        let kinds = |past: &[Past]| {
            let standing = standing(past, "a");
            [New, Correction, Supplement].map(|kind| belongs(kind, standing))
        };
        assert_eq!(kinds(&[]), [true, false, true]);
        assert_eq!(kinds(&[past(Dropped, None, "a")]), [true, false, true]);
        assert_eq!(kinds(&[past(Draft, None, "a")]), [false; 3]);
        assert_eq!(kinds(&[past(Submitted, None, "b")]), [false; 3]);
        assert_eq!(kinds(&[past(Answered, Some(Accepted), "a")]), [false; 3]);
        assert_eq!(kinds(&[past(Answered, Some(Accepted), "b")]), [false, true, false]);
        assert_eq!(kinds(&[past(Answered, Some(Refused), "a")]), [false, false, true]);
        // A refused correction leaves the register as it was: it is corrected again, not supplemented.
        let twice = [past(Answered, Some(Accepted), "b"), past(Answered, Some(Refused), "a")];
        assert_eq!(kinds(&twice), [false, true, false]);
        // Back to what stands there: nothing to correct.
        let back = [past(Answered, Some(Accepted), "b"), past(Answered, Some(Accepted), "a")];
        assert_eq!(kinds(&back), [false; 3]);
    }
}
