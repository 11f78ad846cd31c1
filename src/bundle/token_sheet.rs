//! A list of people by tokens, from site to site: what names nobody to whoever has no key.
use super::write::{Heading, Rows, Style};
use std::io::{self, Read, Write};

/// One application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub site: String,
    /// Name of the region's key.
    pub key: String,
    pub token: String,
    pub occupation: String,
    pub level: String,
    /// The application's number at its site.
    pub application: String,
}

const HEADINGS: [&str; 6] = ["site", "key", "token", "occupation", "level", "application"];
/// Longest list that is read.
const MOST: u64 = 512 * 1024 * 1024;

pub fn write<W: Write>(to: W, lines: impl Iterator<Item = Line>) -> io::Result<(W, u64)> {
    let mut rows = Rows::begin(to, Style::Machine, &HEADINGS.map(Heading::plain))?;
    let mut count = 0;
    for one in lines {
        rows.row([&one.site, &one.key, &one.token, &one.occupation, &one.level, &one.application].map(String::as_str))?;
        count += 1;
    }
    Ok((rows.finish()?, count))
}

/// Every line, or the first that is not as [`write`] writes it.
pub fn read(from: impl Read) -> Result<Vec<Line>, u64> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(from.take(MOST));
    let mut all = Vec::new();
    for (line, record) in (1..).zip(reader.records()) {
        let record = record.map_err(|_| line)?;
        if line == 1 {
            if !record.iter().eq(HEADINGS) {
                return Err(line);
            }
            continue;
        }
        let cell = |n: usize| record.get(n).unwrap_or_default().to_owned();
        let one = Line {
            site: cell(0),
            key: cell(1),
            token: cell(2),
            occupation: cell(3),
            level: cell(4),
            application: cell(5),
        };
        let token = one.token.len() == 64 && one.token.bytes().all(|b| b.is_ascii_hexdigit());
        if !token || one.site.is_empty() || one.key.is_empty() {
            return Err(line);
        }
        all.push(one);
    }
    if all.is_empty() { Err(1) } else { Ok(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_back_and_another_file_is_none() {
        let one = Line {
            site: "01".into(),
            key: "12345678".into(),
            token: "ab".repeat(32),
            occupation: "4-08-08-06".into(),
            level: "3".into(),
            application: "7".into(),
        };
        let (bytes, count) = write(Vec::new(), std::iter::once(one.clone())).unwrap();
        assert_eq!((read(&bytes[..]).unwrap(), count), (vec![one], 1));
        for bad in [
            "",
            "site,key\n",
            "姓名,身份证号\n张三,1\n",
            "site,key,token,occupation,level,application\n01,k,short,,,\n",
        ] {
            assert!(read(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
