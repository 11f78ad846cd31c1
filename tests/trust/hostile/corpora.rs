//! What the fuzzer has found worth keeping, and mutations of it: every target takes or refuses all of it.
use super::targets;
use std::fs;
use std::path::PathBuf;

type Target = fn(&[u8]);

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name);
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 4, "{} is too small", folder.display());
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n.max(1)
    }
}

/// Bytes changed, cut out, doubled, or put together from two.
fn mutated(dice: &mut Dice, all: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = all[dice.below(all.len())].clone();
    for _ in 0..=dice.below(4) {
        let (at, length) = (dice.below(bytes.len()), dice.below(32));
        let end = (at + length).min(bytes.len());
        match dice.below(6) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.below(8),
            1 if !bytes.is_empty() => bytes[at] = [0, 0x1B, b'"', b',', b'\n', b'<', 0x80, 0xFF][dice.below(8)],
            2 => drop(bytes.drain(at..end)),
            3 => {
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            4 => {
                let other = &all[dice.below(all.len())];
                let from = dice.below(other.len());
                let part = other[from..(from + length).min(other.len())].to_vec();
                bytes.splice(at..at, part);
            }
            _ => bytes.truncate(at),
        }
    }
    bytes
}

/// Runs the corpus and so many mutations of it; what is running when a target fails is left in a file to be looked at.
fn replay(name: &str, target: Target, mutations: usize) {
    let all = corpus(name);
    let mut dice = Dice(u64::try_from(name.len()).unwrap());
    let more: usize = std::env::var("KAOWU_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(mutations);
    let inputs = all.iter().cloned().chain(std::iter::repeat_with(|| mutated(&mut dice, &all)).take(more));
    for (n, input) in inputs.enumerate() {
        let failed = std::panic::catch_unwind(|| target(&input)).is_err();
        assert!(!failed, "{name}: input {n} fails: {:?}", String::from_utf8_lossy(&input));
    }
}

#[test]
fn sheets_are_taken_or_refused() {
    replay("sheet", targets::sheet::run, 500);
}

#[test]
fn bundles_are_taken_or_refused() {
    replay("bundle", targets::bundle::run, 60);
}

#[test]
fn keys_and_pastes_break_nothing() {
    replay("keys", targets::keys::run, 24);
}

#[test]
fn entries_go_as_their_shadow() {
    replay("entries", targets::entries::run, 8_000);
}

#[test]
fn policy_files_are_taken_or_refused() {
    replay("policy", targets::policy::run, 200);
}
