//! Group registration (集体报名): one sheet, one folder of photos, one folder for each candidate.
use super::materials::{Holder, PHOTO_MISSING, Photo};
use crate::model::file_facts::stem_and_ending;
use crate::model::{Code, fold};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupRegistration {
    /// Name of the sheet without its ending.
    pub sheet: String,
    pub photo_folder: String,
    /// `{name}` and `{identity}`.
    pub candidate_folder: String,
    /// Whether the archive's name must hold the organisation's.
    pub archive_names_organisation: bool,
}

pub const FOLDER_WITHOUT_ROW: Code = Code("folder_without_row");
pub const PHOTO_WITHOUT_ROW: Code = Code("photo_without_row");
/// Nothing that belongs to the row, or under a name that is not the one asked for.
pub const FOLDER_MISSING_OR_MISNAMED: Code = Code("folder_missing_or_misnamed");
pub const PHOTO_TWICE: Code = Code("photo_twice");
pub const ROW_TWICE: Code = Code("row_twice");
pub const ARCHIVE_NAME: Code = Code("archive_name");

/// Places in the lists that were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Row(usize),
    Folder(usize),
    Photo(usize),
}

/// Which folder and photo belong to which row, and what belongs to none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// For each row.
    pub folders: Vec<Option<usize>>,
    pub photos: Vec<Option<usize>>,
    pub findings: Vec<(Place, Code)>,
}

/// Three ways: every row has its folder and its photo, and there is nothing else. Only names are looked at; whether a
/// photo's own name is right is a fault of the photo.
pub fn reconcile(
    rule: &GroupRegistration,
    photo: &Photo,
    rows: &[Holder<'_>],
    folders: &[&str],
    photos: &[&str],
) -> Reconciled {
    let mut found = Reconciled::default();
    let stems: Vec<&str> = photos.iter().map(|file| stem_and_ending(file).0).collect();
    found.folders = belongings(rows, folders, &|row| rule.named(row));
    found.photos = belongings(rows, &stems, &|row| photo.named(row.name, row.number));
    let mut seen = HashSet::new();
    for (at, row) in rows.iter().enumerate() {
        if !seen.insert(row.number.to_uppercase()) {
            found.findings.push((Place::Row(at), ROW_TWICE));
            continue;
        }
        let folder = found.folders.get(at).copied().flatten().and_then(|n| folders.get(n));
        if !folder.is_some_and(|folder| same(folder, &rule.named(*row))) {
            found.findings.push((Place::Row(at), FOLDER_MISSING_OR_MISNAMED));
        }
        if found.photos.get(at).copied().flatten().is_none() {
            found.findings.push((Place::Row(at), PHOTO_MISSING));
        }
    }
    let (given_folders, given_photos) = (given(&found.folders), given(&found.photos));
    let free = (0..folders.len()).filter(|at| !given_folders.contains(at));
    found.findings.extend(free.map(|at| (Place::Folder(at), FOLDER_WITHOUT_ROW)));
    for (at, stem) in stems.iter().enumerate().filter(|(at, _)| !given_photos.contains(at)) {
        let second = numbers(stem).iter().any(|number| seen.contains(number));
        found.findings.push((Place::Photo(at), if second { PHOTO_TWICE } else { PHOTO_WITHOUT_ROW }));
    }
    found
}

fn given(places: &[Option<usize>]) -> HashSet<usize> {
    places.iter().flatten().copied().collect()
}

/// What a name may be known by.
type Keys = dyn Fn(&str) -> Vec<String>;

/// For each row the name that is meant for it: the one asked for, else one with its number, else the only one with its
/// name when no other row is called so.
fn belongings(rows: &[Holder<'_>], names: &[&str], asked: &dyn Fn(Holder<'_>) -> String) -> Vec<Option<usize>> {
    let mut called: HashMap<&str, usize> = HashMap::new();
    rows.iter().for_each(|row| *called.entry(row.name).or_default() += 1);
    let alone = |row: Holder<'_>| called.get(row.name) == Some(&1);
    let whole = |name: &str| vec![name.to_uppercase()];
    let of_row: [&dyn Fn(Holder<'_>) -> String; 3] =
        [&|row| asked(row).to_uppercase(), &|row| row.number.to_uppercase(), &|row| {
            if alone(row) { row.name.to_uppercase() } else { String::new() }
        }];
    let of_name: [&Keys; 3] = [&whole, &numbers, &words];
    let mut taken = vec![None; rows.len()];
    let mut free: BTreeSet<usize> = (0..names.len()).collect();
    for (wanted, offered) in of_row.into_iter().zip(of_name) {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for at in &free {
            let keys = names.get(*at).map(|name| offered(name)).unwrap_or_default();
            keys.into_iter().for_each(|key| places.entry(key).or_default().push(*at));
        }
        for (place, row) in taken.iter_mut().zip(rows).filter(|(place, _)| place.is_none()) {
            let key = wanted(*row);
            let candidates = places.get(&key).filter(|_| !key.is_empty());
            *place = candidates.and_then(|all| all.iter().copied().find(|at| free.remove(at)));
        }
    }
    taken
}

fn same(one: &str, other: &str) -> bool {
    one.to_uppercase() == other.to_uppercase()
}

/// Runs of letters and digits as numbers of documents have them.
fn numbers(name: &str) -> Vec<String> {
    let parts = name.chars().map(fold::half_width).collect::<String>().to_uppercase();
    parts.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Parts of a name between digits and signs; the dot inside a person's name is none.
fn words(name: &str) -> Vec<String> {
    let name = fold::name(name).to_uppercase();
    name.split(|c: char| !c.is_alphabetic() && c != '·').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Characters of an organisation's name in a row that name it; people leave out the town or the office.
const NAMING: usize = 5;

/// Whether an archive is named after one of the organisations.
pub fn names_organisation(archive: &str, organisations: &[&str]) -> bool {
    let archive = fold::word(archive);
    organisations.iter().any(|name| {
        let name: Vec<char> = fold::word(name).chars().collect();
        let enough = NAMING.min(name.len()).max(1);
        name.windows(enough).any(|part| archive.contains(&part.iter().collect::<String>()))
    })
}

impl GroupRegistration {
    pub fn named(&self, row: Holder<'_>) -> String {
        self.candidate_folder.replace("{identity}", row.number).replace("{name}", row.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule() -> (GroupRegistration, Photo) {
        let rule = GroupRegistration {
            sheet: "信息采集表".into(),
            photo_folder: "照片".into(),
            candidate_folder: "{name}_{identity}".into(),
            archive_names_organisation: true,
        };
        let photo = "formats = [\"jpg\"]\nbackground = \"white\"\nfile_name = \"{name}_{identity}\"";
        (rule, toml::from_str(photo).unwrap())
    }

    fn of(rows: &[(&'static str, &'static str)], folders: &[&str], photos: &[&str]) -> Reconciled {
        let (rule, photo) = rule();
        let rows: Vec<_> = rows.iter().map(|(name, number)| Holder { name, number }).collect();
        reconcile(&rule, &photo, &rows, folders, photos)
    }

    const TWO: [(&str, &str); 2] = [("甲", "150199200011277184"), ("乙", "15019919870729963X")];

    /// S4-24: the sheet, the folders and the photos agree, or it is said where they do not.
    #[test]
    fn three_ways() {
        let folders = ["甲_150199200011277184", "乙_15019919870729963x"];
        let photos = ["甲_150199200011277184.JPG", "乙_15019919870729963X.JPG"];
        let all = of(&TWO, &folders, &photos);
        assert_eq!((all.folders.as_slice(), all.findings.as_slice()), (&[Some(0), Some(1)][..], &[][..]));
        let found = of(&TWO, &["乙"], &["甲-150199200011277184.JPG", "丙_1.JPG", "甲150199200011277184(1).JPG"]);
        assert_eq!((found.folders, found.photos), (vec![None, Some(0)], vec![Some(0), None]));
        assert_eq!(
            found.findings,
            [
                (Place::Row(0), FOLDER_MISSING_OR_MISNAMED),
                (Place::Row(1), FOLDER_MISSING_OR_MISNAMED),
                (Place::Row(1), PHOTO_MISSING),
                (Place::Photo(1), PHOTO_WITHOUT_ROW),
                (Place::Photo(2), PHOTO_TWICE),
            ]
        );
    }

    #[test]
    fn namesakes_are_not_guessed() {
        let twins = [("甲", "150199200011277184"), ("甲", "15019919870729963X")];
        let found = of(&twins, &["甲"], &["甲.JPG"]);
        assert_eq!((found.folders, found.photos), (vec![None, None], vec![None, None]));
        assert_eq!(of(&[TWO[0], TWO[0]], &[], &[]).findings.last(), Some(&(Place::Row(1), ROW_TWICE)));
    }

    /// S4-25: the archive is called after the organisation.
    #[test]
    fn archives_are_named_after_the_organisation() {
        assert!(names_organisation("乌审旗政务服务局 集体报名", &["乌审旗政务服务局"]));
        assert!(names_organisation("政务服务中心报名", &["乌审旗政务服务中心综合窗口"]));
        assert!(!names_organisation("报名材料", &["乌审旗政务服务局", ""]));
        assert!(!names_organisation("乌审旗医院", &["乌审旗政务服务局"]));
    }

    proptest! {
        /// Nothing is given to two rows, and everything is either given or told.
        #[test]
        fn every_folder_and_photo_is_accounted_for(
            folders in proptest::collection::vec("(甲|乙|丙)?_?(150199200011277184|15019919870729963X)?", 0..5),
            photos in proptest::collection::vec("(甲|乙|丙)?[_-]?(150199200011277184|15019919870729963X)?\\.JPG", 0..5),
        ) {
            let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
            let photos: Vec<&str> = photos.iter().map(String::as_str).collect();
            let found = of(&TWO, &folders, &photos);
            for (taken, all) in [(&found.folders, folders.len()), (&found.photos, photos.len())] {
                let mut given: Vec<usize> = taken.iter().flatten().copied().collect();
                given.sort_unstable();
                given.dedup();
                prop_assert_eq!(given.len(), taken.iter().flatten().count());
                prop_assert!(given.iter().all(|n| *n < all));
            }
            let left = found.findings.iter().filter(|(place, _)| !matches!(place, Place::Row(_))).count();
            let given = found.folders.iter().chain(&found.photos).flatten().count();
            prop_assert_eq!(left + given, folders.len() + photos.len());
        }
    }
}
