//! Bytes of an office's file as UTF-8 text, without holding the file in memory.
//!
//! The encoding is chosen on a first pass over the whole file: a byte-order mark, else strict UTF-8, else strict
//! GB18030. A byte that fits neither is named with its place; nothing is replaced. The second pass yields the text
//! with LF or CRLF line ends and a last line that is always ended, so that lines can be counted.
use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_16BE, UTF_16LE};
use serde::Serialize;
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

const CHUNK: usize = 64 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Encoding {
    #[serde(rename = "UTF-8")]
    Utf8,
    #[serde(rename = "UTF-16LE")]
    Utf16Le,
    #[serde(rename = "UTF-16BE")]
    Utf16Be,
    #[serde(rename = "GB18030")]
    Gb18030,
}

impl Encoding {
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Gb18030 => "GB18030",
        }
    }

    /// Reads what people call it: `utf-8`, `gbk`, `gb2312`, `gb18030`, `utf-16le` …
    pub fn parse(name: &str) -> Option<Encoding> {
        match name.to_ascii_lowercase().replace('_', "-").as_str() {
            "utf-8" | "utf8" => Some(Encoding::Utf8),
            "utf-16" | "utf-16le" | "utf16" => Some(Encoding::Utf16Le),
            "utf-16be" => Some(Encoding::Utf16Be),
            "gb18030" | "gbk" | "gb2312" | "cp936" => Some(Encoding::Gb18030),
            _ => None,
        }
    }

    fn decoder(self) -> Option<Decoder> {
        match self {
            Encoding::Utf8 => None,
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
            Encoding::Gb18030 => Some(GB18030.new_decoder_without_bom_handling()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineEnd {
    /// LF or CRLF.
    Lf,
    /// CR alone, as old spreadsheets for the Mac wrote.
    Cr,
}

/// What the first pass chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub encoding: Encoding,
    /// Bytes of the byte-order mark; 0 without one.
    pub mark: u64,
    pub line_end: LineEnd,
}

/// A byte that the encoding does not know. `offset` counts bytes from 0, `line` from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Malformed {
    pub encoding: Encoding,
    pub offset: u64,
    pub line: u64,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} byte={} line={}", self.encoding.name(), self.offset, self.line)
    }
}

impl std::error::Error for Malformed {}

/// The malformed place inside an error of a [`Text`] reader, if that is what it was.
pub fn malformed(error: &io::Error) -> Option<Malformed> {
    error.get_ref()?.downcast_ref::<Malformed>().copied()
}

/// Standard input, which cannot be read twice, as a file without a name that vanishes with its handle.
pub fn spool(from: &mut impl Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(from, &mut file)?;
    file.rewind()?;
    Ok(file)
}

/// First pass: reads to the end, chooses, and goes back to the start. `forced` skips the choosing, not the check.
pub fn choose<R: Read + Seek>(source: &mut R, forced: Option<Encoding>) -> io::Result<Choice> {
    source.rewind()?;
    let mut head = Vec::new();
    source.by_ref().take(3).read_to_end(&mut head)?;
    let (marked, mark) = match head.as_slice() {
        [0xEF, 0xBB, 0xBF] => (Some(Encoding::Utf8), 3),
        [0xFF, 0xFE, ..] => (Some(Encoding::Utf16Le), 2),
        [0xFE, 0xFF, ..] => (Some(Encoding::Utf16Be), 2),
        _ => (None, 0),
    };
    let certain = marked.or(forced);
    let first = try_encoding(source, certain.unwrap_or(Encoding::Utf8), mark);
    let choice = match first {
        Err(e) if certain.is_none() && malformed(&e).is_some() => match try_encoding(source, Encoding::Gb18030, 0) {
            // Both fail: the encoding that got further is the one to be mended.
            Err(other) => Err(further(e, other)),
            good => good,
        },
        done => done,
    }?;
    source.rewind()?;
    Ok(choice)
}

fn further(one: io::Error, two: io::Error) -> io::Error {
    match (malformed(&one), malformed(&two)) {
        (Some(a), Some(b)) if a.offset > b.offset => one,
        _ => two,
    }
}

fn try_encoding<R: Read + Seek>(source: &mut R, encoding: Encoding, mark: u64) -> io::Result<Choice> {
    let mut choice = Choice { encoding, mark, line_end: LineEnd::Lf };
    let mut text = Text::open(source, choice)?;
    text.check = Utf8Check::On;
    let (mut lf, mut cr) = (false, false);
    loop {
        // The line end added after the last line is not the file's own.
        if text.fill()? == 0 || text.ended {
            break;
        }
        let new = text.ready.get(text.at..text.filled).unwrap_or_default();
        lf = lf || new.contains(&b'\n');
        cr = cr || (!lf && new.contains(&b'\r'));
        text.at = text.filled;
    }
    if cr && !lf {
        choice.line_end = LineEnd::Cr;
    }
    Ok(choice)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Utf8Check {
    On,
    Off,
}

/// Second pass: the text as UTF-8. A malformed place is an error whose [`malformed`] tells where.
pub struct Text<R> {
    source: R,
    choice: Choice,
    decoder: Option<Decoder>,
    check: Utf8Check,
    /// Undecoded bytes; unused for UTF-8.
    raw: Vec<u8>,
    raw_at: usize,
    raw_filled: usize,
    /// Text not yet handed out: `ready[at..filled]`.
    ready: Vec<u8>,
    at: usize,
    filled: usize,
    /// Bytes of an unfinished UTF-8 character at the end of the last chunk.
    tail: Vec<u8>,
    offset: u64,
    line: u64,
    last: u8,
    /// The decoder has had its last call.
    drained: bool,
    ended: bool,
}

impl<R: Read + Seek> Text<R> {
    pub fn open(mut source: R, choice: Choice) -> io::Result<Text<R>> {
        source.seek(SeekFrom::Start(choice.mark))?;
        Ok(Text::over(source, choice))
    }
}

impl<R: Read> Text<R> {
    /// From a source that stands behind its mark.
    pub fn over(source: R, choice: Choice) -> Text<R> {
        let decoder = choice.encoding.decoder();
        let raw = if decoder.is_some() { vec![0; CHUNK] } else { Vec::new() };
        Text {
            source,
            choice,
            decoder,
            check: Utf8Check::Off,
            raw,
            raw_at: 0,
            raw_filled: 0,
            ready: vec![0; CHUNK],
            at: 0,
            filled: 0,
            tail: Vec::new(),
            offset: choice.mark,
            line: 1,
            last: b'\n',
            drained: false,
            ended: false,
        }
    }

    /// Fills `ready` anew and answers how many bytes it holds; 0 at the end.
    fn fill(&mut self) -> io::Result<usize> {
        self.at = 0;
        self.filled = 0;
        if self.ended {
            return Ok(0);
        }
        if self.decoder.is_some() {
            self.transcode()?
        } else {
            self.pass_through()?
        }
        if self.choice.line_end == LineEnd::Cr {
            let new = self.ready.get_mut(..self.filled).unwrap_or_default();
            new.iter_mut().filter(|b| **b == b'\r').for_each(|b| *b = b'\n');
        }
        if self.filled == 0 {
            self.ended = true;
            if self.last != b'\n'
                && let Some(first) = self.ready.first_mut()
            {
                *first = b'\n';
                self.filled = 1;
            }
        }
        let new = self.ready.get(..self.filled).unwrap_or_default();
        self.last = new.last().copied().unwrap_or(self.last);
        Ok(self.filled)
    }

    fn pass_through(&mut self) -> io::Result<()> {
        self.filled = read_some(&mut self.source, &mut self.ready)?;
        if self.check == Utf8Check::On {
            self.check_utf8()?;
        }
        Ok(())
    }

    /// Checks the new bytes together with the unfinished character before them.
    fn check_utf8(&mut self) -> io::Result<()> {
        let new = self.ready.get(..self.filled).unwrap_or_default();
        let joined;
        let bytes = if self.tail.is_empty() {
            new
        } else {
            joined = [self.tail.as_slice(), new].concat();
            joined.as_slice()
        };
        let at_end = new.is_empty();
        let (good, bad) = match std::str::from_utf8(bytes) {
            Ok(_) => (bytes.len(), false),
            Err(e) => (e.valid_up_to(), e.error_len().is_some() || at_end),
        };
        let (checked, rest) = bytes.split_at_checked(good).unwrap_or_default();
        self.offset += good as u64;
        self.line += count_lines(checked);
        if bad {
            return Err(broken(Malformed { encoding: Encoding::Utf8, offset: self.offset, line: self.line }));
        }
        self.tail = rest.to_vec();
        Ok(())
    }

    fn transcode(&mut self) -> io::Result<()> {
        while self.filled == 0 {
            if self.raw_at == self.raw_filled {
                self.raw_at = 0;
                self.raw_filled = read_some(&mut self.source, &mut self.raw)?;
            }
            let last = self.raw_filled == 0;
            let Some(decoder) = self.decoder.as_mut() else { return Ok(()) };
            let from = self.raw.get(self.raw_at..self.raw_filled).unwrap_or_default();
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(from, &mut self.ready, last);
            self.raw_at += read;
            self.offset += read as u64;
            self.filled = written;
            self.line += count_lines(self.ready.get(..written).unwrap_or_default());
            if let DecoderResult::Malformed(bad, after) = result {
                let back = u64::from(bad) + u64::from(after);
                let offset = self.offset.saturating_sub(back);
                return Err(broken(Malformed { encoding: self.choice.encoding, offset, line: self.line }));
            }
            if last {
                self.drained = true;
                return Ok(());
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.filled && self.choice.encoding == Encoding::Utf8 && !self.ended && !out.is_empty() {
            // UTF-8 goes straight from the file into the reader's buffer.
            let n = read_some(&mut self.source, out)?;
            let new = out.get_mut(..n).unwrap_or_default();
            end_lines(self.choice.line_end, new);
            if let Some(last) = new.last() {
                self.last = *last;
                return Ok(n);
            }
        }
        if self.at == self.filled && self.fill()? == 0 {
            return Ok(0);
        }
        let ready = self.ready.get(self.at..self.filled).unwrap_or_default();
        let n = ready.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..n), ready.get(..n)) {
            to.copy_from_slice(from);
        }
        self.at += n;
        Ok(n)
    }
}

fn end_lines(with: LineEnd, text: &mut [u8]) {
    if with == LineEnd::Cr {
        text.iter_mut().filter(|b| **b == b'\r').for_each(|b| *b = b'\n');
    }
}

fn read_some(source: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(into) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// Counts in bytes first, 255 at a time, which the processor does many at once.
pub fn count_lines(bytes: &[u8]) -> u64 {
    let few = |chunk: &[u8]| chunk.iter().fold(0u8, |n, b| n.wrapping_add(u8::from(*b == b'\n')));
    bytes.chunks(255).map(|chunk| u64::from(few(chunk))).sum()
}

fn broken(place: Malformed) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn text(bytes: &[u8]) -> (Choice, String) {
        let mut source = Cursor::new(bytes.to_vec());
        let choice = choose(&mut source, None).unwrap();
        let mut out = String::new();
        Text::open(source, choice).unwrap().read_to_string(&mut out).unwrap();
        (choice, out)
    }

    fn refused(bytes: &[u8]) -> Malformed {
        malformed(&choose(&mut Cursor::new(bytes.to_vec()), None).unwrap_err()).unwrap()
    }

    #[test]
    fn the_mark_decides_and_is_dropped() {
        let (choice, out) = text("\u{FEFF}姓名\n".as_bytes());
        assert_eq!((choice.encoding, choice.mark, out.as_str()), (Encoding::Utf8, 3, "姓名\n"));
        let (choice, out) = text(&[0xFF, 0xFE, 0x0D, 0x54, 0x0A, 0x00]);
        assert_eq!((choice.encoding, out.as_str()), (Encoding::Utf16Le, "名\n"));
        let (choice, out) = text(&[0xFE, 0xFF, 0x54, 0x0D, 0x00, 0x0A]);
        assert_eq!((choice.encoding, out.as_str()), (Encoding::Utf16Be, "名\n"));
    }

    #[test]
    fn what_is_not_utf8_is_gb18030() {
        let (bytes, _, _) = GB18030.encode("姓名,𠮷㛃\r\n");
        let (choice, out) = text(&bytes);
        assert_eq!((choice.encoding, out.as_str()), (Encoding::Gb18030, "姓名,𠮷㛃\r\n"));
    }

    #[test]
    fn a_broken_byte_is_named_by_its_place() {
        let place = refused(b"a\nb\xFFc\n");
        assert_eq!((place.offset, place.line), (3, 2));
        let mut bytes = GB18030.encode("姓名\n").0.into_owned();
        bytes.push(0xD0);
        let place = refused(&bytes);
        assert_eq!((place.encoding, place.offset, place.line), (Encoding::Gb18030, 5, 2));
    }

    #[test]
    fn characters_across_chunks_are_whole() {
        for shift in 0..4 {
            let long = format!("{}{}", "a".repeat(shift), "姓名𠮷".repeat(CHUNK / 4));
            assert_eq!(text(long.as_bytes()).1, format!("{long}\n"));
            let (gb, _, _) = GB18030.encode(&long);
            assert_eq!(text(&gb).1, format!("{long}\n"));
        }
    }

    #[test]
    fn what_cannot_be_read_twice_is_spooled() {
        let mut file = spool(&mut &b"\xEF\xBB\xBFa"[..]).unwrap();
        let choice = choose(&mut file, None).unwrap();
        let mut out = String::new();
        Text::open(file, choice).unwrap().read_to_string(&mut out).unwrap();
        assert_eq!(out, "a\n");
    }

    #[test]
    fn carriage_returns_alone_end_lines() {
        let (choice, out) = text(b"a\rb");
        assert_eq!((choice.line_end, out.as_str()), (LineEnd::Cr, "a\nb\n"));
        assert_eq!(text(b"a\r\nb\r\n").1, "a\r\nb\r\n");
        assert_eq!(text(b"").1, "");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let mut source = Cursor::new(bytes.clone());
            if let Ok(choice) = choose(&mut source, None) {
                let mut out = String::new();
                Text::open(source, choice).unwrap().read_to_string(&mut out).unwrap();
                let ended = out.is_empty() || out.ends_with('\n');
                proptest::prop_assert!(ended);
            }
        }
    }
}
