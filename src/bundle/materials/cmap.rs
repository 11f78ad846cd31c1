//! The map from a font's codes to characters (ToUnicode), read leniently: programs write it in many ways, and only its
//! lists matter here.
use std::collections::HashMap;

/// Codes that one map may have: those of two bytes, and room.
const MOST: usize = 200_000;
const MOST_SPACES: usize = 256;

#[derive(Debug, Default)]
pub struct CMap {
    /// Bytes of a code, its first and last value.
    spaces: Vec<(usize, u32, u32)>,
    texts: HashMap<u32, String>,
}

enum Token<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

impl CMap {
    /// `None` when there is no list in it.
    pub fn parse(bytes: &[u8]) -> Option<CMap> {
        let mut map = CMap::default();
        let mut list: Vec<Token<'_>> = Vec::new();
        for token in Tokens(bytes) {
            match token {
                Token::Word(b"begincodespacerange" | b"beginbfchar" | b"beginbfrange") => list.clear(),
                Token::Word(b"endcodespacerange") => map.spaces(&list),
                Token::Word(b"endbfchar") => map.chars(&list),
                Token::Word(b"endbfrange") => map.ranges(&list),
                Token::Word(_) => {}
                other if list.len() < 3 * MOST => list.push(other),
                _ => return None,
            }
        }
        let good = (1..MOST).contains(&map.texts.len()) && map.spaces.len() <= MOST_SPACES;
        good.then_some(map)
    }

    fn spaces(&mut self, list: &[Token<'_>]) {
        for pair in list.chunks(2) {
            if let [Token::Hex(low), Token::Hex(high)] = pair {
                self.spaces.push((low.len(), number(low), number(high)));
            }
        }
    }

    fn chars(&mut self, list: &[Token<'_>]) {
        for pair in list.chunks(2) {
            if let [Token::Hex(code), Token::Hex(text)] = pair {
                self.texts.insert(number(code), utf16(text));
            }
        }
    }

    /// `<first> <last> <text of the first>` or `<first> <last> [<text> <text> …]`.
    fn ranges(&mut self, list: &[Token<'_>]) {
        let mut tokens = list.iter();
        while let (Some(Token::Hex(low)), Some(Token::Hex(high))) = (tokens.next(), tokens.next()) {
            let (low, high) = (number(low), number(high));
            match tokens.next() {
                Some(Token::Hex(text)) => self.range(low, high, &utf16(text)),
                Some(Token::Open) => {
                    let texts = tokens.by_ref().map_while(|t| if let Token::Hex(text) = t { Some(text) } else { None });
                    let codes = (low..=high).zip(texts);
                    self.texts.extend(codes.map(|(code, text)| (code, utf16(text))));
                }
                _ => return,
            }
        }
    }

    /// The last character counts up; those before it stay.
    fn range(&mut self, low: u32, high: u32, text: &str) {
        let mut head = text.chars();
        let Some(last) = head.next_back() else { return };
        for (code, step) in (low..=high).zip(0..) {
            let counted = u32::from(last).checked_add(step).and_then(char::from_u32);
            if self.texts.len() >= MOST {
                return;
            }
            self.texts.insert(code, head.clone().chain(counted).collect());
        }
    }

    /// Each code of a string as text; `None` for one that the map does not know.
    pub fn read(&self, bytes: &[u8], each: &mut dyn FnMut(Option<&str>)) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let size = self.size(rest);
            let (code, after) = rest.split_at_checked(size).unwrap_or((rest, &[]));
            rest = after;
            let code = number(code);
            each(self.texts.get(&code).map(String::as_str));
        }
    }

    /// Bytes of the code that comes next.
    fn size(&self, rest: &[u8]) -> usize {
        let fits = |size: usize| {
            let code = rest.get(..size).map(number)?;
            self.spaces.iter().any(|(n, low, high)| *n == size && (*low..=*high).contains(&code)).then_some(size)
        };
        let declared = self.spaces.first().map(|(size, ..)| *size);
        (1..=4).find_map(fits).or(declared).filter(|n| (1..=4).contains(n)).unwrap_or(2)
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, b| n << 8 | u32::from(*b))
}

fn utf16(bytes: &[u8]) -> String {
    match bytes {
        [one] => char::from(*one).to_string(),
        bytes => encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

struct Tokens<'a>(&'a [u8]);

impl<'a> Tokens<'a> {
    fn skip(&mut self, count: usize) {
        self.0 = self.0.get(count..).unwrap_or_default();
    }

    /// Up to the first byte that `end` takes.
    fn until(&mut self, end: impl Fn(u8) -> bool) -> &'a [u8] {
        let at = self.0.iter().position(|b| end(*b)).unwrap_or(self.0.len());
        let (head, rest) = self.0.split_at_checked(at).unwrap_or((self.0, &[]));
        self.0 = rest;
        head
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match self.0 {
                [] => return None,
                [b'%', ..] => drop(self.until(|b| b == b'\n' || b == b'\r')),
                [b'<', b'<', ..] | [b'>', b'>', ..] => self.skip(2),
                [b'<', ..] => {
                    self.skip(1);
                    let digits: Vec<u8> = self.until(|b| b == b'>').iter().copied().filter_map(hex).collect();
                    self.skip(1);
                    let even = |pair: &[u8]| pair.iter().fold(0, |n, d| n << 4 | d);
                    return Some(Token::Hex(digits.chunks(2).map(even).collect()));
                }
                [b'[', ..] => {
                    self.skip(1);
                    return Some(Token::Open);
                }
                [b']', ..] => {
                    self.skip(1);
                    return Some(Token::Close);
                }
                [first, ..] if first.is_ascii_alphabetic() => {
                    return Some(Token::Word(self.until(|b| !b.is_ascii_alphanumeric())));
                }
                _ => self.skip(1),
            }
        }
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(map: &str, bytes: &[u8]) -> String {
        let mut out = String::new();
        CMap::parse(map.as_bytes()).unwrap().read(bytes, &mut |text| out.push_str(text.unwrap_or("?")));
        out
    }

    #[test]
    fn lists_are_read_however_they_are_written() {
        let map = "/CIDSystemInfo << /Registry (Adobe) >> def % note\n1 begincodespacerange <0000><FFFF> endcodespacerange\n\
                   2 beginbfchar <0001> <6280> <0002><D842DFB7>\nendbfchar\n\
                   2 beginbfrange\n<0010> <0012> <4E00>\n<0020> <0021> [<5B89> <5168>]\nendbfrange";
        assert_eq!(read(map, &[0, 1, 0, 2, 0, 0x11, 0, 0x20, 0, 0x21, 0, 9]), "技𠮷丁安全?");
        let one_byte = "begincodespacerange <00> <FF> endcodespacerange beginbfchar <41> <0041> endbfchar";
        assert_eq!(read(one_byte, b"A"), "A");
        assert!(CMap::parse(b"beginbfchar endbfchar").is_none());
    }

    proptest! {
        #[test]
        fn no_bytes_stop_it(map in "(begin|end|bfchar|bfrange|codespacerange| |<|>|[0-9A-F]{2,4}|\\[|\\]|%|\n){0,60}",
                            bytes in proptest::collection::vec(any::<u8>(), 0..20)) {
            if let Some(map) = CMap::parse(map.as_bytes()) {
                map.read(&bytes, &mut |_| ());
            }
        }
    }
}
