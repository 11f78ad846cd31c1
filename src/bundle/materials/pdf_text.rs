//! The text that a PDF's pages show, counted. Chinese fonts name a character set of their own instead of carrying a map.
use super::cmap::CMap;
use super::pdf::MOST_STREAM;
use encoding_rs::{GB18030, GBK, UTF_8, UTF_16BE};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;

/// Pages, forms inside forms, and drawing steps that are looked at.
const MOST_PAGES: u32 = 2_000;
const MOST_DEPTH: u8 = 4;
const MOST_FORMS: u32 = 2_000;
/// Bytes of a font's map.
const MOST_MAP: usize = 4 * 1024 * 1024;

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    pub pages: u32,
    /// Han characters, letters and digits.
    pub characters: u32,
    /// Codes whose character nobody can know.
    pub unknown: u32,
}

/// `None`: more than is reasonable to read.
pub fn count(document: &Document) -> Option<Counted> {
    let mut reader = Reader { document, budget: MOST_STREAM, forms: 0, found: Counted::default() };
    for page in document.page_iter() {
        reader.found.pages += 1;
        if reader.found.pages > MOST_PAGES {
            return None;
        }
        let content = document.get_page_content_with_limit(page, reader.budget).ok()?;
        let fonts = document.get_page_fonts(page).unwrap_or_default();
        let (own, named) = document.get_page_resources(page).unwrap_or_default();
        let named = named.into_iter().filter_map(|id| document.get_dictionary(id).ok());
        let resources: Vec<&Dictionary> = own.into_iter().chain(named).collect();
        reader.content(&content, &reader.decoders(&fonts), &resources, 0)?;
    }
    Some(reader.found)
}

type Decoders = BTreeMap<Vec<u8>, Decoder>;

struct Reader<'d> {
    document: &'d Document,
    /// Decompressed bytes that may still be read.
    budget: usize,
    forms: u32,
    found: Counted,
}

impl<'d> Reader<'d> {
    fn decoders(&self, fonts: &BTreeMap<Vec<u8>, &Dictionary>) -> Decoders {
        fonts.iter().map(|(name, font)| (name.clone(), Decoder::of(self.document, font))).collect()
    }

    fn content(&mut self, bytes: &[u8], fonts: &Decoders, resources: &[&'d Dictionary], depth: u8) -> Option<()> {
        self.budget = self.budget.checked_sub(bytes.len())?;
        // A page whose drawing steps make no sense shows nothing.
        let Ok(content) = Content::decode(bytes) else { return Some(()) };
        let (mut font, mut saved) = (None, Vec::new());
        for step in content.operations {
            match step.operator.as_str() {
                "q" => saved.push(font),
                "Q" => font = saved.pop().flatten(),
                "Tf" => font = step.operands.first().and_then(|n| n.as_name().ok()).and_then(|name| fonts.get(name)),
                "Tj" | "TJ" | "'" | "\"" => self.show(font, &step.operands),
                "Do" if depth < MOST_DEPTH => {
                    let form = step.operands.first().and_then(|n| n.as_name().ok());
                    let form = form.and_then(|name| self.form(name, resources));
                    if let Some(form) = form {
                        self.draw(form, fonts, resources, depth + 1)?;
                    }
                }
                _ => {}
            }
        }
        Some(())
    }

    /// The strings of one step, also those between the spacings of a list.
    fn show(&mut self, font: Option<&Decoder>, operands: &[Object]) {
        for operand in operands {
            match operand {
                Object::String(bytes, _) => self.count(font, bytes),
                Object::Array(parts) => {
                    parts.iter().filter_map(|part| part.as_str().ok()).for_each(|bytes| self.count(font, bytes));
                }
                _ => {}
            }
        }
    }

    fn count(&mut self, font: Option<&Decoder>, bytes: &[u8]) {
        let found = font.unwrap_or(&Decoder::Unknown).count(bytes);
        self.found.characters = self.found.characters.saturating_add(found.characters);
        self.found.unknown = self.found.unknown.saturating_add(found.unknown);
    }

    fn form(&self, name: &[u8], resources: &[&'d Dictionary]) -> Option<&'d lopdf::Stream> {
        let objects = resources.iter().find_map(|r| self.inner(r, b"XObject")?.get(name).ok())?;
        let (_, object) = self.document.dereference(objects).ok()?;
        let stream = object.as_stream().ok()?;
        is_named(&stream.dict, b"Form").then_some(stream)
    }

    fn draw(&mut self, form: &'d lopdf::Stream, fonts: &Decoders, around: &[&'d Dictionary], depth: u8) -> Option<()> {
        self.forms += 1;
        if self.forms > MOST_FORMS {
            return None;
        }
        let bytes = form.decompressed_content_with_limit(self.budget).ok()?;
        let Some(own) = self.inner(&form.dict, b"Resources") else {
            return self.content(&bytes, fonts, around, depth);
        };
        let mut named = BTreeMap::new();
        for (name, font) in self.inner(own, b"Font").into_iter().flat_map(Dictionary::iter) {
            let font = self.document.dereference(font).ok().and_then(|(_, font)| font.as_dict().ok());
            named.extend(font.map(|font| (name.clone(), font)));
        }
        self.content(&bytes, &self.decoders(&named), &[own], depth)
    }

    fn inner(&self, of: &'d Dictionary, name: &[u8]) -> Option<&'d Dictionary> {
        let (_, object) = self.document.dereference(of.get(name).ok()?).ok()?;
        object.as_dict().ok()
    }
}

/// How the codes of one font become characters.
enum Decoder {
    /// The font carries a map.
    Mapped(CMap),
    Western,
    Charset(&'static encoding_rs::Encoding),
    Unknown,
}

impl Decoder {
    fn of(document: &Document, font: &Dictionary) -> Decoder {
        if let Some(map) = map(document, font) {
            return Decoder::Mapped(map);
        }
        let encoding = font.get(b"Encoding").and_then(|e| document.dereference(e)).map(|(_, e)| e);
        let name = encoding.and_then(Object::as_name).unwrap_or_default();
        let composed = is_named(font, b"Type0");
        match charset(name) {
            Some(charset) => Decoder::Charset(charset),
            None if composed || is_symbolic(document, font) && name.is_empty() => Decoder::Unknown,
            None => Decoder::Western,
        }
    }

    fn count(&self, bytes: &[u8]) -> Counted {
        let mut found = Counted::default();
        let text = match self {
            // Letters and digits stand where ASCII has them in every Western encoding.
            Decoder::Western => {
                let letters = bytes.iter().filter(|b| b.is_ascii_alphanumeric() || **b >= 0xC0).count();
                found.characters = u32::try_from(letters).unwrap_or(u32::MAX);
                return found;
            }
            Decoder::Unknown => {
                found.unknown = u32::try_from(bytes.len().div_ceil(2)).unwrap_or(u32::MAX);
                return found;
            }
            Decoder::Mapped(map) => {
                let mut text = String::new();
                map.read(bytes, &mut |found| text.push_str(found.unwrap_or("\u{FFFD}")));
                text
            }
            Decoder::Charset(charset) => charset.decode_without_bom_handling(bytes).0.into_owned(),
        };
        for c in text.chars() {
            if c.is_alphanumeric() {
                found.characters = found.characters.saturating_add(1);
            } else if c == '\u{FFFD}' || matches!(c, '\u{E000}'..='\u{F8FF}') {
                found.unknown = found.unknown.saturating_add(1);
            }
        }
        found
    }
}

/// The map to Unicode that the font carries.
fn map(document: &Document, font: &Dictionary) -> Option<CMap> {
    let (_, stream) = document.dereference(font.get(b"ToUnicode").ok()?).ok()?;
    let stream = stream.as_stream().ok()?;
    let bytes = stream.get_plain_content_with_limit(MOST_MAP).ok()?;
    CMap::parse(&bytes)
}

/// Character sets that Chinese fonts name, across or down the page.
fn charset(name: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let name = name.strip_suffix(b"-H").or_else(|| name.strip_suffix(b"-V"))?;
    Some(match name {
        b"UniGB-UCS2" | b"UniGB-UTF16" | b"UniCNS-UCS2" | b"UniCNS-UTF16" => UTF_16BE,
        b"UniGB-UTF8" => UTF_8,
        b"GBK-EUC" | b"GBpc-EUC" | b"GB-EUC" | b"GBKp-EUC" => GBK,
        b"GBK2K" => GB18030,
        _ => return None,
    })
}

fn is_named(dictionary: &Dictionary, subtype: &[u8]) -> bool {
    dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == subtype)
}

/// Signs of its own instead of letters.
fn is_symbolic(document: &Document, font: &Dictionary) -> bool {
    let descriptor = font.get(b"FontDescriptor").and_then(|d| document.dereference(d));
    let flags = descriptor.and_then(|(_, d)| d.as_dict()).and_then(|d| d.get(b"Flags")).and_then(Object::as_i64);
    flags.is_ok_and(|flags| flags & 4 != 0)
}
