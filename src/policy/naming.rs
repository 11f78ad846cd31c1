//! Which file is which material, by the words in its name.
use super::materials::{Holder, Material};
use crate::model::file_facts::stem_and_ending;
use std::collections::BTreeMap;

/// Code of a material to words in the names of its files.
pub type Names = BTreeMap<String, Vec<String>>;

/// Among the names: words that only say that a person's number follows.
const NUMBER: &str = "number";

/// Codes of the materials that a file is, by the word that ends last in its name, and the longest of those: Chinese puts
/// the thing itself last (上一级证书查询截图 is a screenshot). The folder speaks where the name says nothing. Several
/// codes share a word when one file may hold both, such as both sides of a card.
pub fn named<'m>(materials: &[&'m Material], names: &Names, holder: Holder<'_>, path: &str) -> Vec<&'m str> {
    let (stem, _) = stem_and_ending(path);
    let number = names.get(NUMBER).map(Vec::as_slice).unwrap_or_default();
    let stem = without(stem, holder, number);
    let found = by_words(materials, names, &stem);
    if !found.is_empty() {
        return found;
    }
    let folder = path.rsplit('/').nth(1).unwrap_or_default();
    by_words(materials, names, &format!("{}{stem}", without(folder, holder, number)))
}

fn without(text: &str, holder: Holder<'_>, number: &[String]) -> String {
    let mut text = text.to_owned();
    let words = number.iter().map(String::as_str).chain([holder.name, holder.number]);
    for part in words.filter(|part| !part.is_empty()) {
        text = text.replace(part, " ");
    }
    // Blanks and signs people put between the words.
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn by_words<'m>(materials: &[&'m Material], names: &Names, text: &str) -> Vec<&'m str> {
    let mut best: Vec<&'m str> = Vec::new();
    let mut at = (0, 0);
    for material in materials {
        let listed = names.get(&material.code).map(Vec::as_slice).unwrap_or_default();
        let words = if material.names.is_empty() { listed } else { &material.names };
        let ends =
            words.iter().filter(|w| !w.is_empty()).filter_map(|w| Some((text.rfind(w.as_str())? + w.len(), w.len())));
        let Some(end) = ends.max() else { continue };
        if end > at {
            best.clear();
            at = end;
        }
        if end == at && !best.contains(&material.code.as_str()) {
            best.push(&material.code);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ZHANG: Holder<'static> = Holder { name: "张三", number: "150699199001010017" };

    fn materials(codes: &[&str]) -> Vec<Material> {
        let text: String = codes.iter().map(|c| format!("[[materials]]\ncode = \"{c}\"\n")).collect();
        let table: toml::Table = text.parse().unwrap();
        table["materials"].clone().try_into().unwrap()
    }

    fn names() -> Names {
        let base: toml::Table = include_str!("../../data/policies/base.toml").parse().unwrap();
        base["material_names"].clone().try_into().unwrap()
    }

    fn of(codes: &[&str], path: &str) -> Vec<String> {
        let all = materials(codes);
        let all: Vec<&Material> = all.iter().collect();
        named(&all, &names(), ZHANG, path).into_iter().map(str::to_owned).collect()
    }

    const ALL: [&str; 9] = [
        "form",
        "education_certificate",
        "identity_front",
        "identity_back",
        "pledge",
        "previous_certificate",
        "query_screenshot",
        "summary",
        "paper",
    ];

    #[test]
    fn the_last_word_of_a_name_decides() {
        for (path, code) in [
            ("张三_申报表.pdf", "form"),
            ("上一级证书.jpg", "previous_certificate"),
            ("上一级证书查询截图.png", "query_screenshot"),
            ("张三150699199001010017 技术总结（终稿）.pdf", "summary"),
            ("身份证号150699199001010017_承诺书.jpg", "pledge"),
            ("身份证/正面.jpg", "identity_front"),
            ("身份证 - 反面.jpg", "identity_back"),
            ("技术总结/论文.pdf", "paper"),
        ] {
            assert_eq!(of(&ALL, path), [code], "{path}");
        }
    }

    #[test]
    fn one_file_may_hold_both_sides() {
        assert_eq!(of(&ALL, "身份证正反面.pdf"), ["identity_front", "identity_back"]);
        // One side of two, nobody can know which.
        assert_eq!(of(&ALL, "身份证.jpg"), Vec::<String>::new());
        assert_eq!(of(&["identity"], "身份证反面.jpg"), ["identity"]);
    }

    #[test]
    fn what_says_nothing_is_nothing() {
        assert_eq!(of(&ALL, "IMG_2023.jpg"), Vec::<String>::new());
        assert_eq!(of(&ALL, "张三_150699199001010017.jpg"), Vec::<String>::new());
    }

    #[test]
    fn a_policy_may_have_words_of_its_own() {
        let mut own = materials(&["form"]);
        own[0].names = vec!["登记簿".into()];
        let own: Vec<&Material> = own.iter().collect();
        assert_eq!(named(&own, &names(), ZHANG, "登记簿.pdf"), ["form"]);
        assert!(named(&own, &names(), ZHANG, "申报表.pdf").is_empty());
    }

    proptest! {
        #[test]
        fn any_name_is_answered(path in "\\PC{0,30}") {
            let _ = of(&ALL, &path);
        }
    }
}
