//! What stands in the locked file. The lock says nothing of who closed it, so the giver's site signs whom the key is for.
use super::{DAMAGED, bytes};
use crate::model::id_token::RegionKey;
use crate::model::site_key::{PublicKey, SecretKey, signature_file, signed_by};
use crate::model::{Code, base64};

pub const UNSIGNED: Code = Code("region_key.unsigned");

/// Of every version.
const BEGIN: &str = "kaowu-region-key ";
const VERSION: &str = "2";
/// Lines that are signed.
const LINES: usize = 4;

#[derive(Debug)]
pub(super) struct Letter {
    /// Code of the site that gives it.
    pub site: String,
    /// The key that the file is locked to.
    pub recipient: String,
    pub key: RegionKey,
}

impl Letter {
    fn text(&self) -> String {
        let key = base64::encode(self.key.bytes());
        format!("{BEGIN}{VERSION}\nsite {}\nfor {}\nkey {key}\n", self.site, self.recipient)
    }

    /// The text, and the signature as minisign has it.
    pub fn signed(&self, key: &SecretKey) -> String {
        let text = self.text();
        let comment = format!("site {} key {}", self.site, self.key.name());
        let signature = signature_file(key, text.as_bytes(), &comment);
        text + &signature
    }

    /// With the key that signed it.
    pub fn read(text: &str) -> Result<(Letter, PublicKey), Code> {
        if !text.starts_with(BEGIN) {
            return Err(DAMAGED);
        }
        let end = text.match_indices('\n').nth(LINES - 1).map_or(text.len(), |(at, line)| at + line.len());
        let (said, signature) = text.split_at(end);
        let giver = signed_by(signature, said.as_bytes()).ok_or(UNSIGNED)?;
        Ok((Letter::of(said).ok_or(DAMAGED)?, giver))
    }

    /// One way to write it, and nothing else is read.
    fn of(text: &str) -> Option<Letter> {
        let mut lines = text.lines().skip(1);
        let mut next = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let (site, recipient) = (next("site")?.to_owned(), next("for")?.to_owned());
        let letter = Letter { site, recipient, key: bytes(next("key")?)? };
        (letter.text() == text).then_some(letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_it_can_be_another() {
        let (ours, other) = (SecretKey::from_seed([1; 32]), SecretKey::from_seed([2; 32]));
        let letter = |recipient: &str| Letter {
            site: "01".to_owned(),
            recipient: recipient.to_owned(),
            key: RegionKey::from_bytes([7; 32]),
        };
        let text = letter("age1x").signed(&ours);
        let (read, giver) = Letter::read(&text).unwrap();
        assert_eq!((read.site.as_str(), read.recipient.as_str(), giver), ("01", "age1x", ours.public()));
        assert_eq!(read.key, letter("age1x").key);
        assert_eq!(Letter::read(&letter("age1x").signed(&other)).unwrap().1, other.public());
        for at in 0..text.len() {
            let mut bad = text.clone().into_bytes();
            bad[at] ^= 1;
            assert!(String::from_utf8(bad).is_ok_and(|bad| Letter::read(&bad).is_err()), "byte {at}");
        }
        // As it was written before anybody signed it, and with the signature of another text.
        assert_eq!(Letter::read("kaowu-region-key 1\nAAAA\n").unwrap_err(), UNSIGNED);
        let swapped = letter("age1y").text() + text.split_at(letter("age1x").text().len()).1;
        assert_eq!(Letter::read(&swapped).unwrap_err(), UNSIGNED);
        assert_eq!(Letter::read("").unwrap_err(), DAMAGED);
    }
}
