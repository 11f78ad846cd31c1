//! PDFs with Chinese text, as office programs write them: by a map, or by a character set that the font names.
use encoding_rs::{GB18030, GBK};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Font {
    /// Identity-H with a ToUnicode map, as WPS, Word and browsers write.
    Unicode,
    Ucs2,
    Utf16,
    GbkEuc,
    GbpcEuc,
    Gbk2k,
    /// Glyph numbers, and no word about what they mean.
    NoMap,
}

pub const READABLE: [Font; 6] = [Font::Unicode, Font::Ucs2, Font::Utf16, Font::GbkEuc, Font::GbpcEuc, Font::Gbk2k];

impl Font {
    fn encoding(self) -> &'static str {
        match self {
            Font::Unicode | Font::NoMap => "Identity-H",
            Font::Ucs2 => "UniGB-UCS2-H",
            Font::Utf16 => "UniGB-UTF16-H",
            Font::GbkEuc => "GBK-EUC-H",
            Font::GbpcEuc => "GBpc-EUC-H",
            Font::Gbk2k => "GBK2K-H",
        }
    }

    fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            // Glyph numbers are the character's place in the text, from 1.
            Font::Unicode | Font::NoMap => (1..=text.chars().count() as u16).flat_map(u16::to_be_bytes).collect(),
            Font::Ucs2 | Font::Utf16 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Font::GbkEuc | Font::GbpcEuc => GBK.encode(text).0.into_owned(),
            Font::Gbk2k => GB18030.encode(text).0.into_owned(),
        }
    }
}

/// One page with the text in two pieces, as justified lines have them.
pub fn pdf(font: Font, text: &str) -> Vec<u8> {
    saved(document(font, text))
}

pub fn document(font: Font, text: &str) -> Document {
    let mut document = Document::with_version("1.5");
    let mut dictionary = dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "SimSun", "Encoding" => font.encoding(),
    };
    if font == Font::Unicode {
        let map = document.add_object(Stream::new(Dictionary::new(), map(text).into_bytes()));
        dictionary.set("ToUnicode", map);
    }
    let name = document.add_object(dictionary);
    let string = |bytes: Vec<u8>| Object::String(bytes, StringFormat::Hexadecimal);
    let bytes = font.bytes(text);
    let pieces = vec![string(bytes), Object::Integer(-120)];
    let operations = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 12.into()]),
        Operation::new("TJ", vec![Object::Array(pieces)]),
        Operation::new("ET", vec![]),
    ];
    let resources = dictionary! { "Font" => dictionary! { "F1" => name } };
    page(&mut document, Content { operations }.encode().unwrap(), resources);
    document
}

/// A page with a picture and not one letter.
pub fn scanned() -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let picture = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1 };
    let picture = document.add_object(Stream::new(picture, vec![0]));
    let resources = dictionary! { "XObject" => dictionary! { "Im0" => picture } };
    page(&mut document, b"q 500 0 0 700 0 0 cm /Im0 Do Q".to_vec(), resources);
    saved(document)
}

/// The text inside a form that the page draws, as some printers write.
pub fn in_a_form(text: &str) -> Vec<u8> {
    let mut document = document(Font::GbkEuc, text);
    let first = document.get_pages()[&1];
    let content = document.get_page_content(first);
    let resources = document.get_dictionary(first).unwrap().get(b"Resources").unwrap().clone();
    let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => resources };
    let form = document.add_object(Stream::new(form, content));
    let drawn = document.add_object(Stream::new(Dictionary::new(), b"/Fm0 Do".to_vec()));
    let page = document.get_object_mut(first).unwrap().as_dict_mut().unwrap();
    page.set("Contents", drawn);
    page.set("Resources", dictionary! { "XObject" => dictionary! { "Fm0" => form } });
    saved(document)
}

fn page(document: &mut Document, content: Vec<u8>, resources: Dictionary) {
    let content = document.add_object(Stream::new(Dictionary::new(), content));
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    let kids = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(kids));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
}

pub fn saved(mut document: Document) -> Vec<u8> {
    document.compress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn map(text: &str) -> String {
    let mut lines = Vec::new();
    for (at, c) in text.chars().enumerate() {
        let mut units = [0; 2];
        let hex: String = c.encode_utf16(&mut units).iter().map(|unit| format!("{unit:04X}")).collect();
        lines.push(format!("<{:04X}> <{hex}>", at + 1));
    }
    let blocks: Vec<String> = lines
        .chunks(100)
        .map(|block| format!("{} beginbfchar\n{}\nendbfchar", block.len(), block.join("\n")))
        .collect();
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /A def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{}\nendcmap\nend\nend\n",
        blocks.join("\n")
    )
}

/// So many characters that count, with blanks and signs between them that do not.
pub fn essay(characters: usize) -> String {
    let mut text = String::new();
    for n in 0..characters {
        text.push(['技', '能', '安', '全', 'A', '7'][n % 6]);
        if n % 10 == 9 {
            text.push_str("，。 （");
        }
    }
    text
}
