//! Characters of PDFs: counted by whatever way the font has, or said to be past counting.
use super::texts::{self, Font};
use kaowu::bundle::materials::{Ask, facts};
use kaowu::model::{FileKind, TextLayer};
use lopdf::{Dictionary, EncryptionState, EncryptionVersion, Object, Permissions, Stream};

fn text(bytes: &[u8]) -> TextLayer {
    facts(bytes, bytes.len() as u64, Ask::Characters).text
}

/// S0-18, S1-18: the characters of a summary, in every encoding that office programs write.
#[test]
fn chinese_text_is_counted_without_blanks_and_signs() {
    for font in texts::READABLE {
        for count in [999, 1000] {
            let bytes = texts::pdf(font, &texts::essay(count));
            assert_eq!(text(&bytes), TextLayer::Counted(count as u32), "{font:?}");
        }
    }
    // Rare characters stand outside the two bytes of GBK.
    assert_eq!(text(&texts::pdf(Font::Gbk2k, "㛃𠮷，吉")), TextLayer::Counted(3));
    assert_eq!(text(&texts::pdf(Font::Utf16, "㛃𠮷，吉")), TextLayer::Counted(3));
    assert_eq!(text(&texts::in_a_form("表格里的文字")), TextLayer::Counted(6));
}

#[test]
fn scans_and_fonts_that_say_nothing_are_for_a_person() {
    assert_eq!(text(&texts::scanned()), TextLayer::Scanned);
    assert_eq!(text(&texts::pdf(Font::NoMap, &texts::essay(1000))), TextLayer::Undecodable);
}

#[test]
fn a_password_is_told() {
    let mut document = texts::document(Font::Ucs2, "秘密");
    document.trailer.set("ID", Object::Array(vec![Object::string_literal("a"), Object::string_literal("a")]));
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "o",
        user_password: "u",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    assert_eq!(text(&texts::saved(document)), TextLayer::Encrypted);
}

/// A damaged file, a bomb and a loop are answers; the program goes on.
#[test]
fn damaged_and_hostile_files_are_answers() {
    let good = texts::pdf(Font::Ucs2, &texts::essay(300));
    for cut in [20, good.len() / 3, good.len() / 2, good.len() - 40] {
        let found = facts(&good[..cut], cut as u64, Ask::Characters);
        // What can be mended may be counted, but the cut is told.
        assert!(found.kind == FileKind::Pdf && found.damaged, "cut at {cut}");
    }
    for at in (0..good.len()).step_by(37) {
        let mut bent = good.clone();
        bent[at] ^= 0x5A;
        let _ = text(&bent);
    }
    // A page of 400 MB of blanks.
    let mut bomb = texts::document(Font::Ucs2, "");
    let page = bomb.get_pages()[&1];
    let mut stream = Stream::new(Dictionary::new(), vec![b' '; 400 << 20]);
    stream.compress().unwrap();
    let stream = bomb.add_object(stream);
    bomb.get_object_mut(page).unwrap().as_dict_mut().unwrap().set("Contents", stream);
    assert_eq!(text(&texts::saved(bomb)), TextLayer::TooLarge);
    // A form that draws itself.
    let mut endless = texts::document(Font::Ucs2, "甲");
    let page = endless.get_pages()[&1];
    let form = endless.new_object_id();
    let resources = lopdf::dictionary! { "XObject" => lopdf::dictionary! { "Fm0" => form } };
    let own = lopdf::dictionary! { "Subtype" => "Form", "Resources" => resources.clone() };
    endless.objects.insert(form, Object::Stream(Stream::new(own, b"/Fm0 Do /Fm0 Do /Fm0 Do".to_vec())));
    let drawn = endless.add_object(Stream::new(Dictionary::new(), b"/Fm0 Do".to_vec()));
    let dictionary = endless.get_object_mut(page).unwrap().as_dict_mut().unwrap();
    dictionary.set("Contents", drawn);
    dictionary.set("Resources", resources);
    assert_eq!(text(&texts::saved(endless)), TextLayer::Scanned);
}
