//! What an applicant meets: who may apply, with which papers, through which stamps and reviews.
use super::{Check, Found, field, range, twice};
use crate::model::ReviewStep;
use crate::policy::Policy;
use crate::policy::fault::*;
use crate::policy::reviews::LIST_COLUMNS;
use crate::policy::source::Path;
use std::collections::BTreeMap;

pub const CHECKS: &[Check] = &[applicants, routes, materials, photo, group, stamps, reviews, pledge];

fn applicants(policy: &Policy) -> Found {
    let applicants = &policy.applicants;
    let at = field("applicants");
    let mut found = prefixes(at.key("regions"), applicants.regions.iter().map(String::as_str), "");
    let units = policy.units.list.iter().map(|u| u.region.as_str());
    found.extend(prefixes(field("units").key("list"), units, "region"));
    found
}

/// GB/T 2260: two digits for a province, two more for each step below it.
fn prefixes<'a>(list: Path, values: impl Iterator<Item = &'a str>, key: &str) -> Found {
    let good = |v: &str| matches!(v.len(), 2 | 4 | 6) && v.bytes().all(|b| b.is_ascii_digit());
    let wrong = values.enumerate().filter(|(_, value)| !good(value));
    wrong
        .map(|(index, value)| {
            let at = list.index(index);
            let at = if key.is_empty() { at } else { at.key(key) };
            (at, Problem::new(REGION_PREFIX).with("value", value))
        })
        .collect()
}

fn routes(policy: &Policy) -> Found {
    let mut found = Found::new();
    if policy.routes.is_empty() {
        found.push((field("routes"), Problem::new(EMPTY)));
    }
    for (index, route) in policy.routes.iter().enumerate() {
        let at = field("routes").index(index);
        let held = policy.subjects.levels();
        let lost = route.levels.iter().find(|level| !held.contains(level));
        found.extend(lost.map(|level| (at.key("levels"), Problem::new(LEVEL_NOT_HELD).word("level", level.key()))));
        let inside = |level| route.levels.is_empty() || route.levels.contains(&level);
        for (line, title) in route.titles.iter().enumerate().filter(|(_, title)| !inside(title.level)) {
            let problem = Problem::new(LEVEL_NOT_HELD).word("level", title.level.key());
            found.push((at.key("titles").index(line).key("level"), problem));
        }
        let treatments = route.treatments.iter().enumerate();
        for (line, level) in treatments.flat_map(|(n, t)| t.may_apply.iter().map(move |l| (n, *l))) {
            if !inside(level) {
                let problem = Problem::new(LEVEL_NOT_HELD).word("level", level.key());
                found.push((at.key("treatments").index(line).key("may_apply"), problem));
            }
        }
    }
    found
}

fn materials(policy: &Policy) -> Found {
    let mut found = Found::new();
    let mut groups: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (index, material) in policy.materials.iter().enumerate() {
        let at = field("materials").index(index);
        if material.code.is_empty() {
            found.push((at.key("code"), Problem::new(EMPTY)));
        }
        found.extend(formats(&at.key("formats"), &material.formats));
        if material.copies == Some(0) {
            found.push((at.key("copies"), range(1, i64::from(u8::MAX))));
        }
        if material.min_characters == Some(0) {
            found.push((at.key("min_characters"), range(1, i64::from(u32::MAX))));
        }
        if let Some(group) = &material.one_of {
            groups.entry(group).or_insert((index, 0)).1 += 1;
        }
    }
    for (group, (index, _)) in groups.into_iter().filter(|(_, (_, members))| *members < 2) {
        let at = field("materials").index(index).key("one_of");
        found.push((at, Problem::new(ALONE).with("group", group)));
    }
    found
}

/// File formats are compared in lower case and without the dot.
fn formats(list: &Path, formats: &[String]) -> Found {
    let plain = |f: &str| !f.is_empty() && f.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let wrong = formats.iter().enumerate().filter(|(_, format)| !plain(format));
    wrong.map(|(n, format)| (list.index(n), Problem::new(FILE_FORMAT).with("value", format.as_str()))).collect()
}

fn photo(policy: &Policy) -> Found {
    let (photo, at) = (&policy.photo, field("photo"));
    let mut found = formats(&at.key("formats"), &photo.formats);
    if photo.formats.is_empty() {
        found.push((at.key("formats"), Problem::new(EMPTY)));
    }
    if photo.below_bytes.is_some_and(|bytes| bytes < 1024) {
        found.push((at.key("below_bytes"), range(1024, i64::from(u32::MAX))));
    }
    if let Some(pixels) = photo.pixels {
        let sides = [("width", pixels.width), ("height", pixels.height)];
        let wrong = sides.into_iter().filter(|(_, side)| !(16..=20_000).contains(side));
        found.extend(wrong.map(|(name, _)| (at.key("pixels").key(name), range(16, 20_000))));
    }
    found
}

fn group(policy: &Policy) -> Found {
    let Some(group) = &policy.group_registration else { return Found::new() };
    let at = field("group_registration");
    let named = [("sheet", &group.sheet), ("photo_folder", &group.photo_folder)];
    let mut found: Found = named
        .into_iter()
        .filter(|(_, name)| name.trim().is_empty())
        .map(|(key, _)| (at.key(key), Problem::new(EMPTY)))
        .collect();
    let left = group.candidate_folder.replace("{name}", "").replace("{identity}", "");
    if let Some((_, open)) = left.split_once('{') {
        let name = open.split('}').next().unwrap_or_default();
        found.push((at.key("candidate_folder"), Problem::new(PHOTO_PLACEHOLDER).with("name", name)));
    } else if !group.candidate_folder.contains("{identity}") {
        // Two people of one name would share a folder.
        found.push((at.key("candidate_folder"), Problem::new(NO_IDENTITY)));
    }
    found
}

fn stamps(policy: &Policy) -> Found {
    let signers = (1..=2).contains(&policy.stamps.signers);
    if signers { Found::new() } else { vec![(field("stamps").key("signers"), range(1, 2))] }
}

fn reviews(policy: &Policy) -> Found {
    let (reviews, at) = (&policy.reviews, field("reviews"));
    let mut found = twice(at.key("steps"), "step", reviews.steps.iter().map(|s| s.step.code()));
    if reviews.steps.first().is_some_and(|s| s.step == ReviewStep::Second) {
        found.push((at.key("steps").index(0).key("step"), Problem::new(STEPS_ORDER)));
    }
    if let Some(list) = &reviews.list {
        let at = at.key("list").key("columns");
        if list.columns.is_empty() {
            found.push((at.clone(), Problem::new(EMPTY)));
        }
        let unknown = list.columns.iter().enumerate().filter(|(_, c)| !LIST_COLUMNS.contains(&c.as_str()));
        found.extend(unknown.map(|(n, column)| {
            let problem = Problem::new(LIST_COLUMN).with("value", column.as_str());
            (at.index(n), problem.with("choices", LIST_COLUMNS.join(", ")))
        }));
        found.extend(twice(at, "", list.columns.iter().map(String::as_str)));
    }
    found
}

fn pledge(policy: &Policy) -> Found {
    let at = field("pledge").key("lines");
    let mut found = twice(at.clone(), "code", policy.pledge.lines.iter().map(|l| l.code.as_str()));
    let blank = policy.pledge.lines.iter().enumerate().filter(|(_, line)| line.text.trim().is_empty());
    found.extend(blank.map(|(n, _)| (at.index(n).key("text"), Problem::new(EMPTY))));
    found
}
