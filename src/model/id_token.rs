//! Identity numbers that two sites compare without telling them: an HMAC with a key that only the sites of a region have.
//! A plain digest would be found by trying all numbers of a district in seconds.
use super::DocumentKind;
use super::fold;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::fmt::Write;

/// Never printed: its debug form says only which key it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RegionKey([u8; 32]);

impl RegionKey {
    /// From 32 bytes that nobody can guess.
    pub fn from_bytes(bytes: [u8; 32]) -> RegionKey {
        RegionKey(bytes)
    }

    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Eight hex digits by which two sites see whether they have the same key.
    pub fn name(&self) -> String {
        self.digest(&[b"kaowu-region-key-1"]).chars().take(8).collect()
    }

    /// 64 hex digits; the same for the same kind of document and number, however it was typed.
    pub fn token(&self, document: DocumentKind, number: &str) -> String {
        let number = fold::number_like(number).to_ascii_uppercase();
        self.digest(&[b"kaowu-id-1", document.code().as_bytes(), number.as_bytes()])
    }

    fn digest(&self, parts: &[&[u8]]) -> String {
        // HMAC takes a key of any length, so there is always one.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        for part in parts {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

impl fmt::Debug for RegionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegionKey({})", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_one_token_under_one_key_and_another_under_another() {
        let (a, b) = (RegionKey::from_bytes([1; 32]), RegionKey::from_bytes([2; 32]));
        let id = DocumentKind::ResidentId;
        let token = a.token(id, "15069919900101002X");
        assert_eq!((token.len(), a.token(id, "１５０６９９19900101002x ")), (64, token.clone()));
        assert_ne!(b.token(id, "15069919900101002X"), token);
        assert_ne!(a.token(DocumentKind::Passport, "15069919900101002X"), token);
        assert_ne!(a.name(), b.name());
        assert!(!format!("{a:?}").contains("1, 1"));
    }
}
