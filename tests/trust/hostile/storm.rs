//! F11: sizes and pastes at random over every tab and page. `KAOWU_STORM=10000` runs and prints the long one.
use super::targets::keys::Desk;
use super::world::{World, attacks};
use kaowu::ops::demo::Stage;
use kaowu::text::Lang;
use kaowu::tui::chord::Chord;
use kaowu::tui::input::Input;
use kaowu::tui::panes::{PAGES, PANES};

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

const SIZES: [(u16, u16); 14] = [
    (80, 24),
    (0, 0),
    (1, 1),
    (0, 50),
    (50, 0),
    (59, 15),
    (60, 16),
    (61, 17),
    (100, 30),
    (2, 200),
    (200, 2),
    (132, 43),
    (500, 2),
    (1000, 500),
];

fn size(dice: &mut Dice) -> Input {
    let (width, height) = match dice.below(8) {
        0..=3 => SIZES[dice.below(SIZES.len() - 1)],
        // Slow to draw, and seldom the one that breaks.
        4 if dice.below(40) == 0 => SIZES[SIZES.len() - 1],
        _ => (u16::try_from(dice.below(180)).unwrap(), u16::try_from(dice.below(60)).unwrap()),
    };
    Input::Resize(width, height)
}

fn paste(dice: &mut Dice, attacks: &[String]) -> Input {
    let attack = &attacks[dice.below(attacks.len())];
    Input::Paste(match dice.below(6) {
        0 => attack.clone(),
        1 => format!("张三{attack}\r\n李四\t{attack}"),
        2 => "很".repeat(dice.below(30_000)),
        3 => "1\n".repeat(dice.below(500)),
        4 => format!("e{}", "\u{301}".repeat(dice.below(3_000))),
        _ => "\u{1F469}\u{200D}\u{1F467}\u{1F1E8}\u{1F1F3}𠮷".repeat(dice.below(50)),
    })
}

/// Keys that open something, so that the storm meets fields, lists and questions.
fn key(dice: &mut Dice) -> Input {
    let all = "/ enter esc tab down up f1 f2 ctrl-v P n e a r c s x ? pageup end ctrl-o backspace";
    let all: Vec<_> = all.split(' ').collect();
    match Chord::parse(all[dice.below(all.len())]).unwrap_or(Chord::Esc) {
        Chord::Char(c) => Input::Text(c),
        chord => Input::Key(chord),
    }
}

/// To one of the tabs, or a page over it.
fn go(desk: &mut Desk, place: usize) {
    let esc = vec![Input::Key(Chord::Esc); 4];
    let mut all: Vec<Input> = [Input::Resize(80, 24)].into_iter().chain(esc).collect();
    match place.checked_sub(PANES.len()) {
        None => all.push(Input::Key(Chord::F(u8::try_from(place + 3).unwrap()))),
        Some(page) => {
            all.extend([Input::Key(Chord::F(3)), Input::Key(Chord::Ctrl('v'))]);
            all.extend(vec![Input::Key(Chord::Down); page % PAGES.len()]);
            all.push(Input::Key(Chord::Enter));
        }
    }
    for input in all {
        desk.take(&[input]);
    }
}

#[test]
fn sizes_and_pastes_at_random_break_nothing() {
    let steps: usize = std::env::var("KAOWU_STORM").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let (attacks, mut dice) = (attacks(), Dice(11));
    let (mut sizes, mut pastes, mut keys) = (0, 0, 0);
    let places = PANES.len() + PAGES.len();
    for (n, stage) in [Stage::Exam, Stage::Marking, Stage::Certified].into_iter().enumerate() {
        let world = World::poisoned(stage, &attacks, false);
        let mut desk = world.seat(Lang::ALL[n % 2], PANES[0].id);
        for step in 0..steps / 3 {
            if step % 12 == 0 {
                go(&mut desk, step / 12 % places);
            }
            let input = match dice.below(5) {
                0 | 1 => size(&mut dice),
                2 | 3 => paste(&mut dice, &attacks),
                _ => key(&mut dice),
            };
            match &input {
                Input::Resize(..) => sizes += 1,
                Input::Paste(_) => pastes += 1,
                _ => keys += 1,
            }
            // A question whether to leave was answered: on with another one.
            if !desk.take(&[input]) {
                desk = world.seat(Lang::ALL[step % 2], PANES[step % PANES.len()].id);
            }
        }
    }
    println!("storm: {sizes} sizes, {pastes} pastes, {keys} keys over {places} tabs and pages at 3 stages: no panic");
}
