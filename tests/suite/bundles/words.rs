//! Every fault of a row has its words, in both languages, with the same placeholders.
use kaowu::bundle::row_fault::code;
use std::collections::BTreeSet;

fn faults(language: &str) -> toml::Table {
    let mut faults = toml::Table::new();
    for file in ["import", "sheets"] {
        let path = format!("{}/data/locales/{language}/{file}.toml", env!("CARGO_MANIFEST_DIR"));
        let table: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        faults.extend(table["fault"].as_table().unwrap().clone());
    }
    // These come from the database, not from the file.
    faults.retain(|code, _| !["in_other_batch", "other_name", "frozen", "out_of_batch"].contains(&code));
    faults
}

fn placeholders(text: &str) -> BTreeSet<String> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn every_fault_has_its_words() {
    let codes: BTreeSet<&str> = code::ALL.iter().map(|code| code.0).collect();
    assert_eq!(codes.len(), code::ALL.len());
    let (chinese, english) = (faults("zh-CN"), faults("en"));
    for words in [&chinese, &english] {
        assert_eq!(words.keys().map(String::as_str).collect::<BTreeSet<_>>(), codes);
    }
    for (key, text) in &chinese {
        let other = english[key].as_str().unwrap();
        assert_eq!(placeholders(text.as_str().unwrap()), placeholders(other), "{key}");
    }
}
