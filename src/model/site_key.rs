//! The key that a site signs with, Ed25519. Keys are written as minisign writes them, so that its tool checks what we sign.
use super::base64;
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fmt::Write;

/// Letters before a key and a signature over the bytes themselves.
const ALGORITHM: [u8; 2] = *b"Ed";

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey([u8; 32]);

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; 64]);

/// Never printed: its debug form says only whose it is.
#[derive(Clone)]
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// From 32 bytes that nobody can guess.
    pub fn from_seed(seed: [u8; 32]) -> SecretKey {
        SecretKey(SigningKey::from_bytes(&seed))
    }

    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({})", self.public().text())
    }
}

impl PublicKey {
    pub fn from_bytes(bytes: [u8; 32]) -> PublicKey {
        PublicKey(bytes)
    }

    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// `RW…`: algorithm, number and key, as `minisign -P` takes it.
    pub fn text(&self) -> String {
        base64::encode(&[&ALGORITHM[..], &self.number(), &self.0].concat())
    }

    pub fn parse(text: &str) -> Option<PublicKey> {
        let bytes = base64::decode(text)?;
        let key = PublicKey(bytes.get(10..)?.try_into().ok()?);
        (bytes.get(..10)? == [&ALGORITHM[..], &key.number()].concat()).then_some(key)
    }

    /// Eight bytes by which a signature names its key.
    pub fn number(&self) -> [u8; 8] {
        let digest = Sha256::digest(self.0);
        std::array::from_fn(|n| digest.get(n).copied().unwrap_or_default())
    }

    /// Strict: one key and one message have one signature that anybody can make.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> bool {
        let key = VerifyingKey::from_bytes(&self.0).ok();
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        key.is_some_and(|key| key.verify_strict(message, &signature).is_ok())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.text())
    }
}

impl Signature {
    pub fn from_bytes(bytes: [u8; 64]) -> Signature {
        Signature(bytes)
    }

    pub fn bytes(&self) -> &[u8; 64] {
        &self.0
    }

    pub fn text(&self) -> String {
        base64::encode(&self.0)
    }

    pub fn parse(text: &str) -> Option<Signature> {
        Some(Signature(base64::decode(text)?.try_into().ok()?))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({})", self.text())
    }
}

/// A signature as minisign keeps it in a file of its own. The comment is signed too.
pub fn signature_file(key: &SecretKey, message: &[u8], comment: &str) -> String {
    let signature = key.sign(message);
    let public = key.public();
    let line = base64::encode(&[&ALGORITHM[..], &public.number(), signature.bytes()].concat());
    let whole = key.sign(&[&signature.bytes()[..], comment.as_bytes()].concat());
    let mut text = format!("{UNTRUSTED}{}\n{line}\n", public.text());
    let _ = writeln!(text, "{TRUSTED}{comment}\n{}", whole.text());
    text
}

const UNTRUSTED: &str = "untrusted comment: kaowu ";
const TRUSTED: &str = "trusted comment: ";

/// Whose key the file names, when the file is exactly as [`signature_file`] writes it for this message.
pub fn signed_by(file: &str, message: &[u8]) -> Option<PublicKey> {
    let mut lines = file.split('\n');
    let key = PublicKey::parse(lines.next()?.strip_prefix(UNTRUSTED)?)?;
    let bytes = base64::decode(lines.next()?)?;
    let comment = lines.next()?.strip_prefix(TRUSTED)?;
    let whole = Signature::parse(lines.next()?)?;
    let signature = Signature(bytes.get(10..)?.try_into().ok()?);
    let named = bytes.get(..10)? == [&ALGORITHM[..], &key.number()].concat();
    let ends = lines.next() == Some("") && lines.next().is_none();
    let signed = key.verify(message, &signature);
    (named && ends && signed && key.verify(&[&signature.0[..], comment.as_bytes()].concat(), &whole)).then_some(key)
}

/// 64 hex digits as sixteen groups of four, to compare by eye.
pub fn groups(digest: &str) -> Vec<&str> {
    (0..digest.len() / 4).filter_map(|n| digest.get(n * 4..n * 4 + 4)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_written_and_no_other_way() {
        let key = SecretKey::from_seed([7; 32]).public();
        assert!(key.text().starts_with("RW"));
        assert_eq!(PublicKey::parse(&key.text()), Some(key));
        for bad in ["", "RW", &key.text()[1..], &key.text().to_lowercase()] {
            assert_eq!(PublicKey::parse(bad), None, "{bad}");
        }
        assert!(!format!("{:?}", SecretKey::from_seed([7; 32])).contains("7, 7"));
    }

    /// F16: no byte of a signature file can be another.
    #[test]
    fn every_flipped_bit_of_a_signature_file_is_noticed() {
        let key = SecretKey::from_seed([1; 32]);
        let file = signature_file(&key, b"message", "site 01, operation 7");
        assert_eq!(signed_by(&file, b"message"), Some(key.public()));
        assert_eq!(signed_by(&file, b"massage"), None);
        for at in 0..file.len() {
            for bit in 0..8 {
                let mut bytes = file.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                if let Ok(text) = String::from_utf8(bytes) {
                    assert_eq!(signed_by(&text, b"message"), None, "byte {at} bit {bit}");
                }
            }
        }
    }

    #[test]
    fn a_digest_is_shown_in_groups() {
        assert_eq!(groups(&"0123456789abcdef".repeat(4)).len(), 16);
        assert_eq!(groups("01234567"), ["0123", "4567"]);
    }
}
