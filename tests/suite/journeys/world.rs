//! Eight people, what stands on their papers, and what a reader of both journeys compares.
use crate::harness::Shell;
use kaowu::bundle::codes::Codes;
use kaowu::config::Assets;
use kaowu::ops::demo::people;
use serde_json::Value;
use std::path::{Path, PathBuf};

pub struct Person {
    pub name: &'static str,
    /// Theory and practical as they are typed; `-` is absent, `v` is void.
    pub written: [&'static str; 2],
    /// What the three experts give; empty below level 2.
    pub sheets: [&'static str; 3],
}

const NONE: [&str; 3] = ["", "", ""];

/// In the order of the sheet. Everybody but 林芳 comes.
pub const PEOPLE: [Person; 8] = [
    Person { name: "吴涛", written: ["66", "58"], sheets: NONE },
    Person { name: "李娟", written: ["80.5", "70"], sheets: ["80", "70", "90"] },
    Person { name: "张三", written: ["86.5", "90"], sheets: NONE },
    Person { name: "林芳", written: ["-", "-"], sheets: NONE },
    Person { name: "宋娜", written: ["75", "75"], sheets: ["55", "60", "58"] },
    Person { name: "冯建国", written: ["0", "62"], sheets: NONE },
    Person { name: "尉迟娟", written: ["60", "60"], sheets: ["60", "60", "60"] },
    Person { name: "吴晓东", written: ["v", "88"], sheets: NONE },
];

pub const ABSENT: &str = "林芳";
/// The second typist turns the figures of this one round; the coordinator sends it back.
pub const TURNED: (&str, &str) = ("张三", "68.5");
/// The second typist reads this practical mark wrongly; the coordinator keeps the first entry.
pub const MISREAD: (&str, &str) = ("尉迟娟", "66");
/// In the order of their certificate numbers.
pub const PASSED: [&str; 3] = ["李娟", "尉迟娟", "张三"];
/// The chair first.
pub const EXPERTS: [&str; 3] = ["甲评委 理工学院", "乙评委 技师学院", "丙评委 行业协会"];

pub fn named(name: &str) -> &'static Person {
    PEOPLE.iter().find(|p| p.name == name).unwrap()
}

/// The office's sheet as a file.
pub fn sheet(folder: &Path) -> PathBuf {
    let assets = Assets::default();
    let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    let mut text = people::HEADINGS.join(",") + "\n";
    for (row, person) in people::rows(&codes, 1, PEOPLE.len()).iter().zip(&PEOPLE) {
        assert_eq!(row[6], person.name);
        text += &(row.join(",") + "\n");
    }
    let path = folder.join("office.csv");
    std::fs::write(&path, text).unwrap();
    path
}

/// The first of them alone.
pub fn first_of_sheet(folder: &Path) -> PathBuf {
    let all = std::fs::read_to_string(sheet(folder)).unwrap();
    let path = folder.join("one.csv");
    std::fs::write(&path, all.lines().take(2).collect::<Vec<_>>().join("\n") + "\n").unwrap();
    path
}

/// What `result list` says of a home, without the numbers that a database gives its own rows.
pub fn results(shell: &Shell) -> Value {
    let mut list = shell.run("result list --json").done().json();
    for row in list.as_array_mut().unwrap() {
        row.as_object_mut().unwrap().remove("application").unwrap();
    }
    list
}
