//! What stands of a mark once incidents have had their say. The mark itself is never changed.
use crate::model::{Effect, Mark, Points};

/// Hundredths of a percent in the whole.
pub const WHOLE: i64 = 10_000;

/// One effect on one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnMark {
    pub effect: Effect,
    /// Hundredths of a point for `Minus`, hundredths of a percent for `MinusShare`, 0 for `Void`.
    pub amount: i64,
}

impl OnMark {
    pub const VOID: OnMark = OnMark { effect: Effect::Void, amount: 0 };
}

/// The mark that counts. Void wins over everything, also where no mark is there yet: nobody waits for the mark of a void
/// paper. Shares are of the points given, so that the order of effects does not matter; a share is rounded half up to
/// `step`, in hundredths of a point, as marks of that part are. Never below zero.
pub fn after_effects(mark: Option<Mark>, effects: &[OnMark], step: i32) -> Option<Mark> {
    if effects.iter().any(|e| e.effect == Effect::Void) {
        return Some(Mark::Void);
    }
    let Some(Mark::Points(given)) = mark else { return mark };
    let sum = |kind| effects.iter().filter(|e| e.effect == kind).map(|e| e.amount).fold(0i64, i64::saturating_add);
    let (points, share) = (sum(Effect::Minus), sum(Effect::MinusShare).min(WHOLE));
    let given = i64::from(given.hundredths());
    let kept = if share > 0 { round(given.saturating_mul(WHOLE - share), i64::from(step)) } else { given };
    let left = kept.saturating_sub(points).max(0);
    Some(Mark::Points(Points::new(i32::try_from(left).unwrap_or(0))))
}

/// Hundredths of a point times [`WHOLE`], to a multiple of `step`, half up.
fn round(scaled: i64, step: i64) -> i64 {
    let unit = step.max(1).saturating_mul(WHOLE);
    scaled.saturating_add(unit / 2).div_euclid(unit).saturating_mul(step.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(text: &str) -> Option<Mark> {
        Mark::parse(text)
    }

    const TEN: OnMark = OnMark { effect: Effect::Minus, amount: 1000 };
    const TENTH: OnMark = OnMark { effect: Effect::MinusShare, amount: 1000 };
    const ALL: OnMark = OnMark { effect: Effect::MinusShare, amount: WHOLE };

    #[test]
    fn ten_points_ten_percent_zero_and_void() {
        assert_eq!(after_effects(points("65.5"), &[TEN], 50), points("55.5"));
        assert_eq!(after_effects(points("7"), &[TEN], 50), points("0"));
        // 67.5 less a tenth is 60.75, which is 61 by half points.
        assert_eq!(after_effects(points("67.5"), &[TENTH], 50), points("61"));
        assert_eq!(after_effects(points("67.5"), &[TENTH], 10), points("60.8"));
        assert_eq!(after_effects(points("88"), &[ALL], 50), points("0"));
        assert_eq!(after_effects(points("88"), &[TEN, OnMark::VOID], 50), Some(Mark::Void));
    }

    #[test]
    fn absent_stays_absent_and_a_void_paper_waits_for_nobody() {
        assert_eq!(after_effects(Some(Mark::Absent), &[TEN, TENTH], 50), Some(Mark::Absent));
        assert_eq!(after_effects(None, &[TEN], 50), None);
        assert_eq!(after_effects(None, &[OnMark::VOID], 50), Some(Mark::Void));
        assert_eq!(after_effects(Some(Mark::Absent), &[OnMark::VOID], 50), Some(Mark::Void));
    }

    fn effect() -> impl Strategy<Value = OnMark> {
        let kinds = prop::sample::select(Effect::ALL);
        (kinds, 1i64..=WHOLE).prop_map(|(effect, amount)| OnMark { effect, amount })
    }

    proptest! {
        #[test]
        fn effects_never_help_nor_go_below_zero_and_their_order_is_nothing(
            half in 0i32..=200, mut effects in prop::collection::vec(effect(), 0..5),
        ) {
            // Marks stand on the step, so that rounding cannot lift one above what was given.
            let given = Points::new(half * 50);
            let one = after_effects(Some(Mark::Points(given)), &effects, 50);
            match one {
                Some(Mark::Points(left)) => prop_assert!(left >= Points::ZERO && left <= given),
                other => prop_assert_eq!(other, Some(Mark::Void)),
            }
            prop_assert_eq!(one == Some(Mark::Void), effects.iter().any(|e| e.effect == Effect::Void));
            effects.reverse();
            prop_assert_eq!(after_effects(Some(Mark::Points(given)), &effects, 50), one);
        }

        #[test]
        fn without_effects_every_mark_is_itself(half in 0i32..=200, step in 1i32..=100) {
            for mark in [Some(Mark::Points(Points::new(half * 50))), Some(Mark::Absent), Some(Mark::Void), None] {
                prop_assert_eq!(after_effects(mark, &[], step), mark);
            }
        }
    }
}
