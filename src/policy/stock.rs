//! The stock of blank forms: what each movement does to it, and that it never falls below nothing.
use crate::model::{Code, Refusal, StockMove};

pub const TOO_FEW: Code = Code("stock.too_few");
pub const NONE_TO_DESTROY: Code = Code("stock.none_to_destroy");
pub const QUANTITY: Code = Code("stock.quantity");
pub const SAME_PERSON: Code = Code("stock.same_person");
/// A serial that others cannot be counted from.
pub const SERIAL: Code = Code("stock.serial");

/// Usable forms, and spoilt ones that wait to be destroyed. Also a change of both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    pub usable: i64,
    pub spoilt: i64,
}

/// What so many forms that move in this way change. Counting and taking back have changes of their own.
pub fn effect(kind: StockMove, quantity: i64) -> Result<Balance, Refusal> {
    if quantity <= 0 {
        return Err(Refusal::new(QUANTITY).with("quantity", quantity));
    }
    let (usable, spoilt) = match kind {
        StockMove::Received => (quantity, 0),
        StockMove::Used => (-quantity, 0),
        StockMove::Spoilt => (-quantity, quantity),
        StockMove::Recovered => (0, quantity),
        StockMove::Destroyed => (0, -quantity),
        StockMove::Counted | StockMove::Reversed => (0, 0),
    };
    Ok(Balance { usable, spoilt })
}

/// What there is after a change.
pub fn after(now: Balance, change: Balance) -> Result<Balance, Refusal> {
    let next =
        Balance { usable: now.usable.saturating_add(change.usable), spoilt: now.spoilt.saturating_add(change.spoilt) };
    if next.usable < 0 {
        return Err(Refusal::new(TOO_FEW).with("have", now.usable).with("need", change.usable.saturating_neg()));
    }
    if next.spoilt < 0 {
        return Err(Refusal::new(NONE_TO_DESTROY)
            .with("have", now.spoilt)
            .with("need", change.spoilt.saturating_neg()));
    }
    Ok(next)
}

/// Counting and destroying are watched by a second person.
pub fn two_people(responsible: &str, witness: &str) -> Result<(), Refusal> {
    if responsible == witness { Err(Refusal::new(SAME_PERSON).with("name", responsible)) } else { Ok(()) }
}

/// The serials of so many forms from the first on: its last digits run on, in as many places.
pub fn serial_run(first: &str, count: usize) -> Result<Vec<String>, Refusal> {
    if count == 1 {
        return Ok(vec![first.to_owned()]);
    }
    let bad = || Refusal::new(SERIAL).with("serial", first);
    let head = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = first.strip_prefix(head).unwrap_or_default();
    let start: u64 = digits.parse().map_err(|_| bad())?;
    let one = |n: u64| format!("{head}{:0width$}", n, width = digits.len());
    let all: Vec<_> = (start..).take(count).map(one).collect();
    // More places than the first one has: another series of forms.
    if all.last().is_some_and(|last| last.len() > first.len()) { Err(bad()) } else { Ok(all) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn serials_run_on_in_their_places() {
        assert_eq!(serial_run("NM0098", 3).unwrap(), ["NM0098", "NM0099", "NM0100"]);
        assert_eq!(serial_run("甲", 1).unwrap(), ["甲"]);
        for (first, count) in [("NM", 2), ("NM98", 3), ("", 2)] {
            assert!(serial_run(first, count).unwrap_err().is(SERIAL), "{first}");
        }
    }

    proptest! {
        /// Whatever is tried, nothing falls below zero, and what is left is the sum of what was taken.
        #[test]
        fn the_balance_is_the_sum_and_never_below_zero(moves in prop::collection::vec((0usize..5, -3i64..40), 0..60)) {
            let kinds = [StockMove::Received, StockMove::Used, StockMove::Spoilt, StockMove::Recovered, StockMove::Destroyed];
            let (mut now, mut sum) = (Balance::default(), Balance::default());
            for (kind, quantity) in moves {
                let Ok(change) = effect(kinds[kind], quantity) else { continue };
                if let Ok(next) = after(now, change) {
                    now = next;
                    sum = Balance { usable: sum.usable + change.usable, spoilt: sum.spoilt + change.spoilt };
                }
                prop_assert!(now.usable >= 0 && now.spoilt >= 0);
                prop_assert_eq!(now, sum);
            }
        }
    }
}
