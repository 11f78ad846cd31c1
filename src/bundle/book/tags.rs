//! Start tags of a long XML text, one after another, without building anything of it.
use std::io::{self, BufRead, Read};

/// Bytes from one `<` to the next: the longest cell a spreadsheet can hold, as entities, and some more.
pub const MOST: u64 = 1024 * 1024;

pub struct Tags<R> {
    from: R,
    token: Vec<u8>,
    pub read: u64,
}

/// `TooLong`: more than [`MOST`] between two tags.
#[derive(Debug)]
pub enum Ended {
    Io(io::Error),
    TooLong,
}

impl<R: BufRead> Tags<R> {
    pub fn new(from: R) -> Tags<R> {
        Tags { from, token: Vec::new(), read: 0 }
    }

    /// What stands after the next `<`, up to the one that follows. `None` at the end.
    pub fn next(&mut self) -> Result<Option<&[u8]>, Ended> {
        self.token.clear();
        let n = self.from.by_ref().take(MOST).read_until(b'<', &mut self.token).map_err(Ended::Io)?;
        self.read += n as u64;
        match self.token.last() {
            None => Ok(None),
            Some(b'<') => Ok(Some(&self.token)),
            Some(_) if n as u64 == MOST => Err(Ended::TooLong),
            Some(_) => Ok(Some(&self.token)),
        }
    }
}

/// The name of a start tag without its prefix.
pub fn name(token: &[u8]) -> &[u8] {
    let end = token.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'<'));
    let whole = token.get(..end.unwrap_or(token.len())).unwrap_or_default();
    whole.rsplit(|b| *b == b':').next().unwrap_or_default()
}

/// The value of an attribute, by its name without prefix.
pub fn attribute<'t>(token: &'t [u8], wanted: &str) -> Option<&'t str> {
    let tag = token.split(|b| *b == b'>').next()?;
    let text = std::str::from_utf8(tag).ok()?;
    let (_, mut rest) = text.split_once(|c: char| c.is_ascii_whitespace())?;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, more) = after.get(1..)?.split_once(quote)?;
        if key.trim().rsplit(':').next() == Some(wanted) {
            return Some(value);
        }
        rest = more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_attributes_are_found() {
        let text = "<a><x:row r=\"5\" hidden='1' s=\"a>b\"><c/>text</x:row></a>";
        let mut tags = Tags::new(text.as_bytes());
        let mut names = Vec::new();
        let mut hidden = None;
        while let Some(token) = tags.next().unwrap() {
            names.push(String::from_utf8_lossy(name(token)).into_owned());
            if name(token) == b"row" {
                hidden = attribute(token, "hidden").map(str::to_owned);
                assert_eq!(attribute(token, "r"), Some("5"));
                assert_eq!(attribute(token, "ht"), None);
            }
        }
        assert_eq!(names, ["", "a", "row", "c", "", ""]);
        assert_eq!((hidden.as_deref(), tags.read), (Some("1"), text.len() as u64));
    }

    #[test]
    fn an_endless_text_is_refused() {
        let mut tags = Tags::new(std::io::BufReader::new(std::io::repeat(b'x')));
        assert!(matches!(tags.next(), Err(Ended::TooLong)));
    }
}
