//! Every pane at every size, and under keys that nobody means.
use crate::harness::{Desk, PlantMarks, Screen};
use kaowu::model::{ApplicationId, Mark, Points, Subject};
use kaowu::ops::history;
use kaowu::ops::upkeep::{Depth, Verdict, check};
use kaowu::text::Lang;
use kaowu::tui::app::Next;
use kaowu::tui::chord::Chord;
use kaowu::tui::input::Input;
use kaowu::tui::panes::PANES;
use proptest::prelude::*;

/// People seated, some at the door, some with marks: every pane has rows.
fn desk() -> Desk {
    let mut desk = Desk::seated(40);
    let points = Mark::Points(Points::parse("80").unwrap());
    let marks = (1..=20).flat_map(|n| [Subject::Theory, Subject::Practical].map(|s| (ApplicationId(n), s, points)));
    desk.does(&PlantMarks(marks.collect()));
    desk
}

/// Layers that a pane opens over itself, by the keys that open them; the last is half-way through a search.
const OVER: [&str; 6] = ["", "f1", "f2", "ctrl-o", "ctrl-x", "/"];

#[test]
fn every_size_in_every_pane() {
    for lang in Lang::ALL {
        for pane in PANES {
            let mut screen = Screen::sized(desk(), pane.id, lang, (80, 24));
            for over in OVER {
                screen.press(over);
                for size in [(60, 16), (61, 17), (200, 60), (80, 24)] {
                    let text = screen.resize(size).text();
                    let place = text.lines().next().unwrap().trim_start().split("  ").next().unwrap();
                    // A fixed clock takes the room on the lowest screens.
                    let is_whole = !place.is_empty() && (size.0 < 80 || !place.contains(".."));
                    assert!(!text.contains("60x16") && is_whole, "{} {over} {size:?}:\n{text}", pane.id);
                }
                let text = screen.resize((59, 15)).text();
                assert!(text.contains("59x15") && text.contains("60x16"), "{} {over}:\n{text}", pane.id);
                for size in [(1, 1), (2, 1), (1, 60), (200, 1), (59, 16), (60, 15), (300, 100)] {
                    screen.resize(size).draw();
                }
                screen.resize((80, 24)).press("esc esc esc");
            }
            assert!(!screen.has_quit());
        }
    }
}

/// Keys, texts and sizes in any order; the digits and letters are keys in one place and text in another.
fn input() -> impl Strategy<Value = Input> {
    let keys = "enter esc tab backtab up down left right home end pageup pagedown backspace delete insert f1 f2 f3 f4 f5 \
                f6 f7 f8 f9 f10 f11 ctrl-a ctrl-g ctrl-k ctrl-l ctrl-n ctrl-o ctrl-p ctrl-r ctrl-t ctrl-u ctrl-w ctrl-x \
                ctrl-y";
    let keys: Vec<_> = keys.split_whitespace().filter_map(|key| Chord::parse(key).ok()).map(Input::Key).collect();
    assert!(keys.len() > 30);
    let texts = ["张", "231506010101", "1-1", "86.5", "=1+1", "\u{1b}\u{202e}", "a\r\nb", ""];
    let sizes = [(80, 24), (60, 16), (59, 15), (1, 1), (200, 60)];
    prop_oneof![
        6 => prop::sample::select(keys),
        5 => prop::char::range('!', '~').prop_map(Input::Text),
        1 => any::<char>().prop_map(Input::Text),
        1 => prop::sample::select(texts.to_vec()).prop_map(|t| Input::Paste(t.to_owned())),
        1 => prop::sample::select(sizes.to_vec()).prop_map(|(w, h)| Input::Resize(w, h)),
    ]
}

/// Presses everything, drawing after each, beginning in each pane.
fn trample(operator: &str, inputs: &[Input]) -> Result<(), TestCaseError> {
    let mut desk = desk();
    desk.sign_on(operator);
    let sound = verdicts(&desk);
    let mut screen = Screen::open(desk, PANES[0].id);
    for (at, input) in inputs.iter().enumerate() {
        // Wherever the keys have led, another pane comes to its turn.
        if at % 25 == 0 {
            screen.press(&format!("esc esc f{}", 3 + at / 25 % PANES.len()));
        }
        if let Input::Resize(width, height) = input {
            screen.resize((*width, *height));
        } else if screen.app.step(input) == Next::Quit {
            continue;
        }
        screen.draw();
    }
    let site = &screen.app.site;
    prop_assert_eq!(history::verify(site).unwrap().broken_at, None);
    let desk = Desk::after(screen);
    // Undoing the planted marks mends what was wrong from the start.
    let found = verdicts(&desk);
    prop_assert!(found.iter().all(|v| sound.contains(v)), "{:?}", found);
    Ok(())
}

/// What the site's own check finds wrong.
fn verdicts(desk: &Desk) -> Vec<&'static str> {
    let checks = check(&desk.site, Depth::Deep).unwrap();
    checks.into_iter().filter(|c| c.verdict == Verdict::Fail).map(|c| c.check).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_keys_break_anything_for_a_coordinator(inputs in prop::collection::vec(input(), 300)) {
        trample("coordinator", &inputs)?;
    }

    #[test]
    fn no_keys_break_anything_for_a_typist(inputs in prop::collection::vec(input(), 300)) {
        trample("typist-a", &inputs)?;
    }
}
