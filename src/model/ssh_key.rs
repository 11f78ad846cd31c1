//! Public keys of people who come over SSH, by the fingerprint that `ssh-keygen -l` shows.
use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PREFIX: &str = "SHA256:";
/// Of a SHA-256 digest in base64 without padding.
const LENGTH: usize = 43;

/// The fingerprint of one line of a public key file, or the fingerprint itself as people copy it. `None`: neither.
pub fn fingerprint(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(rest) = text.split_whitespace().find_map(|word| word.strip_prefix(PREFIX)) {
        let good = rest.len() == LENGTH && rest.bytes().all(|b| ALPHABET.contains(&b));
        return good.then(|| format!("{PREFIX}{rest}"));
    }
    of_line(text)
}

/// Of the first line that holds a key: options before it and comments after it do not count.
pub fn of_file(text: &str) -> Option<String> {
    text.lines().filter(|line| !line.trim_start().starts_with('#')).find_map(of_line)
}

/// Every key that the session was let in with: sshd's file of `ExposeAuthInfo` has a line for each method.
pub fn of_session(text: &str) -> Vec<String> {
    text.lines().filter_map(|line| line.trim().strip_prefix("publickey ")).filter_map(of_line).collect()
}

/// A key is a word that begins with the length and name of its own kind, which the word before it says.
fn of_line(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    words.iter().zip(words.iter().skip(1)).find_map(|(kind, key)| {
        let blob = decode(key)?;
        let (length, rest) = blob.split_at_checked(4)?;
        let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
        (rest.get(..length)? == kind.as_bytes()).then(|| of_blob(&blob))
    })
}

fn of_blob(blob: &[u8]) -> String {
    format!("{PREFIX}{}", encode(&Sha256::digest(blob)))
}

fn encode(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let padded = chunk.iter().chain(&[0, 0]).take(3).fold(0u32, |sum, b| sum << 8 | u32::from(*b));
        for place in 0..=chunk.len() {
            let six = padded >> (18 - 6 * place) & 63;
            out.extend(usize::try_from(six).ok().and_then(|n| ALPHABET.get(n)).map(|b| char::from(*b)));
        }
    }
    out
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let six = ALPHABET.iter().position(|b| *b == byte)?;
        bits = bits << 6 | u32::try_from(six).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 255).ok()?);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made for this test; its private half was thrown away.
    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAFkmTMfCvSpfagwLjlp0Er8GUCz5KNXdoUr3vK6BDa3";
    const PRINT: &str = "SHA256:n5jwb9CL+jNiPHmZOz+USEJ2cQ6rbVSOBOXw075y8CA";

    #[test]
    fn a_key_has_the_fingerprint_that_ssh_keygen_shows() {
        for text in [KEY.to_owned(), format!("restrict,command=\"a b\" {KEY} somebody@desk"), PRINT.to_owned()] {
            assert_eq!(fingerprint(&text).as_deref(), Some(PRINT), "{text}");
        }
        assert_eq!(fingerprint(&format!("256 {PRINT} somebody (ED25519)")).as_deref(), Some(PRINT));
        assert_eq!(of_file(&format!("# mine\n\n{KEY} x\n")).as_deref(), Some(PRINT));
        assert_eq!(of_session(&format!("publickey {KEY}\npassword\n")), [PRINT]);
    }

    #[test]
    fn what_is_no_key_has_none() {
        let cut: String = KEY.chars().take(40).collect();
        let other = KEY.replace("ssh-ed25519", "ssh-rsa");
        let texts = ["", "SHA256:", "SHA256:abc", "ssh-ed25519", "ssh-ed25519 AAAA", "a b c", "é é", &other];
        for text in texts {
            assert_eq!(fingerprint(text), None, "{text}");
        }
        assert!(fingerprint(&cut).is_some_and(|print| print != PRINT));
        assert_eq!(of_session("password\nkeyboard-interactive/pam\n"), [""; 0]);
    }
}
