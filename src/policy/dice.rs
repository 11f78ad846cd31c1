//! Random numbers that follow from a recorded seed: SplitMix64 (Steele, Lea, Flood 2014). Never change the stream, nor the
//! order in which [`Dice::shuffle`] uses it: recorded arrangements, proposals and draws would no longer come out the same.

pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`; 0 for 0.
    pub fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.roll() % n).unwrap_or(0)
    }

    /// Fisher-Yates from the last place down, each place swapped with one at or below it. The remainder favours some places
    /// by less than n / 2^64, which no drawing of lots can show.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for place in (1..all.len()).rev() {
            all.swap(place, self.below(place + 1));
        }
    }
}

/// A permutation of `0..n` that depends on `seed` alone.
pub fn shuffle(seed: u64, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    Dice::new(seed).shuffle(&mut order);
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_seed_always_gives_the_same_order() {
        assert_eq!(Dice::new(0).roll(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(shuffle(7, 12), shuffle(7, 12));
        assert_ne!(shuffle(7, 12), shuffle(8, 12));
        assert_eq!((shuffle(7, 0), shuffle(7, 1)), (vec![], vec![0]));
    }

    proptest! {
        #[test]
        fn a_shuffle_is_a_permutation(seed: u64, n in 0usize..300) {
            let mut order = shuffle(seed, n);
            order.sort_unstable();
            prop_assert_eq!(order, (0..n).collect::<Vec<_>>());
        }
    }
}
