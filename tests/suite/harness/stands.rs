//! Whether a text tells a value. Every site has random keys and salts: four digits of a mark stand somewhere in the digests
//! of a long list sooner or later, and tell nobody anything there.

/// Groups of four on a line of a digest as people read it.
const LINE: usize = 8;

/// Whether a value stands in a text by itself: not as a part of a longer number, nor of a digest, whole or in groups of four.
pub fn stands(text: &str, value: &str) -> bool {
    let hex = |c: Option<char>| c.is_some_and(|c| c.is_ascii_hexdigit());
    let numeric = value.starts_with(|c: char| c.is_ascii_digit());
    text.match_indices(value).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + value.len()..]);
        let within = hex(before.chars().next_back()) || hex(after.chars().next());
        !numeric || !(within || groups(before.rsplit(' ')) + groups(after.split(' ')) + 1 >= LINE)
    })
}

/// How many groups of four follow, each behind a blank.
fn groups<'a>(beside: impl Iterator<Item = &'a str>) -> usize {
    let group = |part: &&str| part.trim_end().len() == 4 && part.trim_end().bytes().all(|b| b.is_ascii_hexdigit());
    beside.skip(1).take_while(group).count()
}

#[test]
fn a_value_by_itself_is_told_and_one_within_a_digest_is_not() {
    for told in ["4350", "{\"points\":4350}", "theory=4350,", "6650 4350 2023-10-15 0840", "a\\n4350 x", "丙 4350 分"]
    {
        assert!(stands(told, "4350"), "{told}");
    }
    for hidden in ["a4350", "43501", "c56c4350ba43", "free: 14350 MiB"] {
        assert!(!stands(hidden, "4350"), "{hidden}");
    }
    let line = ["4350", "8695", "ba43", "323a", "2919", "4963", "a7d1", "5b2b"];
    for turn in 0..8 {
        let turned: Vec<_> = line.iter().cycle().skip(turn).take(8).copied().collect();
        assert!(!stands(&format!("摘要  {}\n      x", turned.join(" ")), "4350"), "{turned:?}");
        assert!(stands(&turned[..7].join(" "), "4350") == turned[..7].contains(&"4350"), "{turned:?}");
    }
    assert!(stands("甲卷涂改痕迹乙", "涂改痕迹") && stands("43.5分", "43.5"));
    assert!(!stands("", "43.5") && !stands("143.5", "43.5"));
}
