//! `tests/verify/verify.py` shares no code with the program and comes to the same answer.
use super::world::{World, add};
use kaowu::ops::history::export;
use std::path::Path;
use std::process::Command;

/// What the other verifier says; `None` without Python.
fn verified(file: &Path) -> Option<(bool, String)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify/verify.py");
    let Ok(output) = Command::new("python3").arg(script).arg(file).output() else {
        println!("skipped: there is no python3");
        return None;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Some((output.status.success(), text))
}

#[test]
fn another_program_verifies_an_export_and_finds_every_alteration() {
    let world = World::with(3);
    for n in 0..3 {
        add(&mut world.open(), &format!("proctor-{n}"));
    }
    let path = world.path("journal.jsonl");
    let site = world.open();
    let exported = export(&site, &path).unwrap();
    let Some((good, text)) = verified(&path) else { return };
    assert!(good, "{text}");
    assert!(text.contains(&format!("OK: {} operations", exported.operations)), "{text}");
    assert!(text.contains("1 signed heads"), "{text}");
    assert!(text.replace(' ', "").contains(&exported.head), "{text}");
    let good = std::fs::read_to_string(&path).unwrap();
    assert!(!good.contains("15069919"), "no number of a person");
    assert_eq!(export(&site, &path).unwrap_err().refusal().unwrap().code.0, "upkeep.file_exists");
    let lines: Vec<&str> = good.lines().collect();
    let without = |n: usize| {
        let rest: Vec<_> = lines.iter().enumerate().filter(|(at, _)| *at != n).map(|(_, line)| *line).collect();
        rest.join("\n") + "\n"
    };
    let key = good.split("\"public_key\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let altered = [
        good.replacen("\"actor_name\":\"coordinator\"", "\"actor_name\":\"somebody\"", 1),
        good.replacen("\"kind\":\"operator.add\"", "\"kind\":\"operator.ad\"", 1),
        good.replacen("\"at\":1", "\"at\":2", 1),
        without(3),
        without(lines.len() - 2),
        good.replacen("kaowu-head-1 1 ", "kaowu-head-1 2 ", 1),
        good.replacen(&key, "RWQ", 1),
        good.replacen("\"key\":\"1\"", "\"key\":\"9\"", 1),
        good[..good.len() / 2].to_owned(),
    ];
    for (n, text) in altered.iter().enumerate() {
        assert_ne!(*text, good, "case {n}");
        let file = world.path(&format!("altered-{n}.jsonl"));
        std::fs::write(&file, text).unwrap();
        let (ok, said) = verified(&file).unwrap();
        assert!(!ok && said.contains("BROKEN"), "case {n}: {said}");
    }
}
