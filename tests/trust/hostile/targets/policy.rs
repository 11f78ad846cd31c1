//! A policy file, alone and over a shipped one, and a file of rules.
use kaowu::config::Assets;
use kaowu::policy::{eligibility, file};
use std::sync::LazyLock;

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::default);

const NAMES: [&str; 6] =
    ["base", "nmg-2023", "nmg-enterprise-2019", "wushen-2024", "wushen-zwfw-2024", "xinjiang-2022"];

/// The first byte says what the rest is.
pub fn run(mut data: &[u8]) {
    let what = super::byte(&mut data) % 8;
    let text = String::from_utf8_lossy(data);
    match what {
        0 => rules(&text),
        1 => pinned(&text),
        // A shipped notice with some lines of its own before its first table, or after its last.
        n @ 2..=5 => {
            let name = NAMES[usize::from(n)];
            let whole = ASSETS.read(&format!("policies/{name}.toml")).unwrap();
            notice(name, &if n % 2 == 0 { format!("{text}\n{whole}") } else { format!("{whole}\n{text}") });
        }
        _ => notice("fuzz", &text),
    }
}

fn notice(name: &str, text: &str) {
    let lookup = |code: &str| match code == name {
        true => Some(text.to_owned()),
        false => NAMES.contains(&code).then(|| ASSETS.read(&format!("policies/{code}.toml"))).flatten(),
    };
    let faults = file::check(name, &lookup);
    match file::load(name, &lookup) {
        Err(_) => assert!(!faults.is_empty(), "refused, and nothing is wrong with it"),
        Ok(adopted) => {
            assert!(faults.is_empty(), "taken with faults: {faults:?}");
            let again = file::from_text(&adopted.text).unwrap();
            assert_eq!((again.digest, again.policy), (adopted.digest, adopted.policy), "a text that is not its own");
        }
    }
}

/// What a batch of an earlier version might hold.
fn pinned(text: &str) {
    let lookup = |code: &str| NAMES.contains(&code).then(|| ASSETS.read(&format!("policies/{code}.toml"))).flatten();
    let _ = file::from_text(text);
    let _ = file::from_pinned("nmg-2023", text, &lookup);
}

fn rules(text: &str) {
    let lookup = |code: &str| (code == "fuzz").then(|| text.to_owned());
    let refused = eligibility::check("fuzz", &lookup);
    assert_eq!(eligibility::load("fuzz", &lookup).is_ok(), refused.is_empty());
}
