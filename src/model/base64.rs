//! Base64 with padding, RFC 4648: one way to write bytes, and nothing else is read.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (n, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let letter = usize::try_from(bits >> shift & 63).ok().and_then(|place| LETTERS.get(place));
            out.push(if n > three.len() { '=' } else { letter.map_or('=', |l| char::from(*l)) });
        }
    }
    out
}

/// `None` for anything that [`encode`] does not write.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let bare = text.trim_end_matches('=');
    for four in bare.as_bytes().chunks(4) {
        let mut bits = 0u32;
        for n in 0..4 {
            let letter = four.get(n).copied().unwrap_or(b'A');
            let place = LETTERS.iter().position(|l| *l == letter)?;
            bits = bits << 6 | u32::try_from(place).ok()?;
        }
        let bytes = bits.to_be_bytes();
        out.extend(bytes.get(1..four.len())?);
    }
    (encode(&out) == text).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn as_the_standard_has_it() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(encode(plain.as_bytes()), coded);
            assert_eq!(decode(coded).unwrap(), plain.as_bytes());
        }
        for bad in ["Z", "Zg", "Zg=", "Zh==", "Zg==\n", "Zm9v=", "Zm 9v", "Z===", "é"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_the_same(text in "[A-D+/=]{0,12}", bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
            if let Some(found) = decode(&text) {
                prop_assert_eq!(encode(&found), text);
            }
        }
    }
}
