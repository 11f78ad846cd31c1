//! A file that only one site can open: age with an X25519 key. Knows the format, no place on a disk.
use crate::model::{Code, Refusal};
use age::secrecy::ExposeSecret;
use age::x25519;
use age::{DecryptError, Decryptor, Encryptor};
use std::fmt;
use std::io::{self, Read, Write};
use std::iter::once;

pub use age::stream::{StreamReader, StreamWriter};

/// The first bytes of such a file.
pub const MAGIC: &[u8] = b"age-encryption.org/v1\n";

pub const NOT_FOR_US: Code = Code("locked.not_for_us");
pub const DAMAGED: Code = Code("locked.damaged");
pub const BAD_KEY: Code = Code("locked.bad_key");

/// What opens files; never printed.
#[derive(Clone)]
pub struct Identity(x25519::Identity);

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({})", self.recipient())
    }
}

/// A new identity as the text of a file, in the form of `age-keygen`.
pub fn new_identity() -> String {
    let identity = x25519::Identity::generate();
    format!("# public key: {}\n{}\n", identity.to_public(), identity.to_string().expose_secret())
}

impl Identity {
    pub fn parse(text: &str) -> Option<Identity> {
        let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))?;
        Some(Identity(line.parse().ok()?))
    }

    /// `age1…`: what others lock a file to.
    pub fn recipient(&self) -> String {
        self.0.to_public().to_string()
    }
}

/// Whether a text is a key that files can be locked to.
pub fn is_recipient(text: &str) -> bool {
    text.parse::<x25519::Recipient>().is_ok()
}

/// Locks what is written to one recipient; `finish` ends it.
pub fn lock<W: Write>(recipient: &str, to: W) -> io::Result<Result<StreamWriter<W>, Refusal>> {
    let Ok(key) = recipient.parse::<x25519::Recipient>() else {
        return Ok(Err(Refusal::new(BAD_KEY).with("value", recipient)));
    };
    let lock = Encryptor::with_recipients(once(&key as &dyn age::Recipient)).map_err(io::Error::other)?;
    lock.wrap_output(to).map(Ok)
}

/// Opens a locked file. Every piece that is read afterwards is checked; a damaged one is an error of reading.
pub fn open<R: Read>(from: R, identity: &Identity) -> Result<StreamReader<R>, LockFault> {
    let lock = Decryptor::new(from).map_err(fault)?;
    lock.decrypt(once(&identity.0 as &dyn age::Identity)).map_err(fault)
}

#[derive(Debug)]
pub enum LockFault {
    Refused(Refusal),
    Io(io::Error),
}

fn fault(error: DecryptError) -> LockFault {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    match error {
        DecryptError::Io(error) if ![InvalidData, InvalidInput, Other, UnexpectedEof].contains(&error.kind()) => {
            LockFault::Io(error)
        }
        DecryptError::NoMatchingKeys => LockFault::Refused(Refusal::new(NOT_FOR_US)),
        _ => LockFault::Refused(Refusal::new(DAMAGED)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_recipient_opens_and_no_byte_can_be_another() {
        let ours = Identity::parse(&new_identity()).unwrap();
        let other = Identity::parse(&new_identity()).unwrap();
        let mut to = lock(&ours.recipient(), Vec::new()).unwrap().unwrap();
        to.write_all(b"whole numbers").unwrap();
        let good = to.finish().unwrap();
        let read = |bytes: &[u8], identity: &Identity| -> Option<Vec<u8>> {
            let mut out = Vec::new();
            open(bytes, identity).ok()?.read_to_end(&mut out).ok()?;
            Some(out)
        };
        assert_eq!(read(&good, &ours).as_deref(), Some(&b"whole numbers"[..]));
        assert!(matches!(open(&good[..], &other), Err(LockFault::Refused(r)) if r.is(NOT_FOR_US)));
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert_eq!(read(&bad, &ours), None, "byte {at}");
        }
        assert_eq!(read(&good[..good.len() - 1], &ours), None);
        assert!(is_recipient(&ours.recipient()) && !is_recipient("age1"));
        assert!(!format!("{ours:?}").contains("SECRET"));
    }
}
