//! The notices as data, and what is done with policies: checked, adopted, changed, dated, narrowed.
mod adopt;
mod calendar;
mod catalogue;
mod change;
mod check;
mod nmg_2023;
mod nmg_enterprise_2019;
mod occupations;
mod sixth;
mod wushen_2024;
mod wushen_zwfw_2024;
mod xinjiang_2022;

use kaowu::bundle::codes::Codes;
use kaowu::config::Assets;
use kaowu::model::{Calendar, Day, Level, Route, Stamp};
use kaowu::policy::Policy;
use kaowu::policy::materials::Material;

/// A notice as it comes with the program.
fn policy(code: &str) -> Policy {
    let assets = Assets::default();
    kaowu::policy::load(code, &|name| assets.read(&format!("policies/{name}.toml"))).unwrap().policy
}

/// The text of a notice's file.
fn text(code: &str) -> &'static str {
    let file: &'static str = format!("policies/{code}.toml").leak();
    let assets = Assets::default();
    assets.embedded(file).unwrap()
}

fn days() -> Calendar {
    let assets = Assets::default();
    kaowu::ops::calendar::of(&Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap())
}

fn at(text: &str) -> Stamp {
    Stamp::parse(&format!("{text}+08:00")).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// What one applicant hands in.
fn asked(policy: &Policy, route: Route, level: Level) -> Vec<&Material> {
    policy.materials.iter().filter(|m| m.is_required(route, level)).collect()
}

fn codes<'p>(materials: &[&'p Material]) -> Vec<&'p str> {
    materials.iter().map(|m| m.code.as_str()).collect()
}

/// Every group of values of a file names the statement it comes from.
fn unsourced(code: &str, sign: &str) -> Vec<&'static str> {
    let blocks = text(code).split("\n\n");
    blocks.filter(|block| block.starts_with('[') && !block.contains(sign)).collect()
}

/// Where a purpose leads to.
fn address(policy: &Policy, purpose: kaowu::policy::addresses::Purpose) -> Option<&str> {
    policy.addresses.iter().find(|a| a.purpose == purpose).and_then(|a| a.url.as_deref())
}
