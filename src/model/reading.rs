//! How a Chinese name is typed on a keyboard: pinyin without tones, and initials.
//!
//! The main reading comes first, surnames as surnames are read. `ü` is written `v`; a further reading has `u`.
//! Letters and digits stay, lower-case; other signs such as `·` are skipped.
use pinyin::{ToPinyin, ToPinyinMulti};
use std::sync::OnceLock;

/// At most this many readings of one name.
pub const MOST: usize = 8;

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// Surnames whose reading differs from the character's usual one; the first form is the main reading.
const SURNAMES: &[(char, &[&str])] = &[
    ('单', &["shan"]),
    ('單', &["shan"]),
    ('曾', &["zeng"]),
    ('仇', &["qiu"]),
    ('查', &["zha"]),
    ('区', &["ou"]),
    ('區', &["ou"]),
    ('解', &["xie"]),
    ('任', &["ren"]),
    ('朴', &["piao"]),
    ('盖', &["ge", "gai"]),
    ('华', &["hua"]),
    ('乐', &["yue", "le"]),
    ('召', &["shao"]),
    ('员', &["yun"]),
    ('折', &["she"]),
    ('黑', &["he", "hei"]),
    ('秘', &["bi"]),
    ('冼', &["xian"]),
    ('尉', &["wei"]),
    ('种', &["chong"]),
    ('重', &["chong"]),
    ('缪', &["miao"]),
    ('翟', &["zhai", "di"]),
    ('覃', &["qin", "tan"]),
    ('晁', &["chao"]),
    ('逄', &["pang"]),
    ('燕', &["yan"]),
    ('纪', &["ji"]),
    ('能', &["nai"]),
    ('那', &["na"]),
    ('哈', &["ha"]),
    ('尹', &["yin"]),
    ('薄', &["bo"]),
    ('柏', &["bai", "bo"]),
    ('车', &["che"]),
    ('贾', &["jia"]),
    ('石', &["shi"]),
    ('洗', &["xian"]),
    ('谌', &["chen", "shen"]),
    ('郇', &["xun", "huan"]),
    ('隗', &["wei", "kui"]),
    ('佴', &["nai"]),
    ('阚', &["kan"]),
    ('句', &["gou"]),
    ('都', &["du"]),
    ('祭', &["zhai"]),
    ('繁', &["po"]),
    ('适', &["kuo"]),
    ('长', &["zhang"]),
    ('沈', &["shen"]),
    ('宿', &["su"]),
    ('牟', &["mou", "mu"]),
    ('盛', &["sheng"]),
    ('葛', &["ge"]),
    ('仉', &["zhang"]),
    ('曲', &["qu"]),
    ('卜', &["bu"]),
    ('万', &["wan"]),
    ('俞', &["yu"]),
    ('洪', &["hong"]),
];

const COMPOUND: &[(&str, [&str; 2])] = &[
    ("尉迟", ["yu", "chi"]),
    ("万俟", ["mo", "qi"]),
    ("长孙", ["zhang", "sun"]),
    ("令狐", ["ling", "hu"]),
    ("诸葛", ["zhu", "ge"]),
    ("欧阳", ["ou", "yang"]),
    ("司马", ["si", "ma"]),
    ("上官", ["shang", "guan"]),
    ("夏侯", ["xia", "hou"]),
    ("皇甫", ["huang", "fu"]),
    ("澹台", ["tan", "tai"]),
    ("公孙", ["gong", "sun"]),
    ("慕容", ["mu", "rong"]),
    ("宇文", ["yu", "wen"]),
    ("司徒", ["si", "tu"]),
    ("东方", ["dong", "fang"]),
    ("独孤", ["du", "gu"]),
    ("南宫", ["nan", "gong"]),
    ("呼延", ["hu", "yan"]),
    ("赫连", ["he", "lian"]),
    ("鲜于", ["xian", "yu"]),
    ("单于", ["chan", "yu"]),
    ("拓跋", ["tuo", "ba"]),
    ("百里", ["bai", "li"]),
    ("贺兰", ["he", "lan"]),
];

/// Characters that sound in given names and transliterations as they seldom do elsewhere.
const IN_NAMES: &[(char, &str)] = &[('卜', "bu")];

/// Frequent in names, with rare sounds that nobody types for a person: only the main sound counts.
const ONE_SOUND: &str = "丁万之于亨以任会伯余俊信倩其冯勤古可叶合吴呼和夏奇姚姣姬娃宁家尹帕干平广强彬彭思才承提斯方明\
                         月有朱杜枝格汗汤汪沈波洋浩潘炎王登白石筠红胜致舒艾苑若英莉董蔡言许贾超达邓那郝陆震青朝";

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    pub pinyin: String,
    pub initials: String,
}

/// All readings, the main one first; at most [`MOST`]. Empty when the name has nothing to type.
pub fn readings(name: &str) -> Vec<Reading> {
    let mut main = Reading::default();
    match read_main(name, &mut main) {
        Further::None if main.pinyin.is_empty() => Vec::new(),
        Further::None => vec![main],
        Further::Some => further(name, main),
    }
}

/// Whether a name has readings beside the main one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Further {
    None,
    Some,
}

/// Writes the main reading into `out`, whose buffers are used again. Allocates nothing once they are large enough.
pub fn read_main(name: &str, out: &mut Reading) -> Further {
    out.pinyin.clear();
    out.initials.clear();
    let mut further = Further::None;
    for (c, surname) in Sounds::of(name) {
        let (sound, more) = main_sound(c, surname);
        out.push(sound, c);
        if more {
            further = Further::Some;
        }
    }
    further
}

impl Reading {
    /// Adds a syllable, or the character itself when it is a letter or digit.
    fn push(&mut self, sound: &str, c: char) {
        match sound.chars().next() {
            Some(initial) => {
                self.pinyin.push_str(sound);
                self.initials.push(initial);
            }
            None if c.is_ascii_alphanumeric() => {
                self.pinyin.push(c.to_ascii_lowercase());
                self.initials.push(c.to_ascii_lowercase());
            }
            None => {}
        }
    }
}

/// Readings that differ from the main one in one place, then in two.
fn further(name: &str, main: Reading) -> Vec<Reading> {
    let places: Vec<(char, Vec<&'static str>)> = Sounds::of(name).map(|(c, s)| (c, all_sounds(c, s))).collect();
    let mut found = vec![main];
    let choices: Vec<(usize, &'static str)> = places
        .iter()
        .enumerate()
        .flat_map(|(at, (_, sounds))| sounds.iter().skip(1).map(move |sound| (at, *sound)))
        .collect();
    for one in &choices {
        add(&mut found, &places, &[*one]);
    }
    for (n, one) in choices.iter().enumerate() {
        for two in choices.iter().skip(n + 1).filter(|two| two.0 != one.0) {
            add(&mut found, &places, &[*one, *two]);
        }
    }
    found
}

fn add(found: &mut Vec<Reading>, places: &[(char, Vec<&'static str>)], changed: &[(usize, &'static str)]) {
    if found.len() >= MOST {
        return;
    }
    let mut reading = Reading::default();
    for (at, (c, sounds)) in places.iter().enumerate() {
        let changed = changed.iter().find(|(place, _)| *place == at).map(|(_, sound)| *sound);
        reading.push(changed.or(sounds.first().copied()).unwrap_or_default(), *c);
    }
    if !found.contains(&reading) {
        found.push(reading);
    }
}

/// The surname's fixed sounds where a character stands as a surname.
type Surname = &'static [&'static str];

/// The characters of a name, each with its fixed sounds when it is part of the surname.
struct Sounds<'a> {
    chars: std::str::Chars<'a>,
    fixed: [Surname; 2],
    at: usize,
}

impl<'a> Sounds<'a> {
    fn of(name: &'a str) -> Sounds<'a> {
        Sounds { chars: name.chars(), fixed: surname(name), at: 0 }
    }
}

impl Iterator for Sounds<'_> {
    type Item = (char, Surname);

    fn next(&mut self) -> Option<Self::Item> {
        let c = self.chars.next()?;
        let fixed = self.fixed.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        Some((c, fixed))
    }
}

/// Names written in parts (`阿卜杜拉·买买提`) and single characters have no surname to look for.
fn surname(name: &str) -> [Surname; 2] {
    let mut chars = name.chars();
    let (Some(first), Some(second)) = (chars.next(), chars.next()) else { return [&[], &[]] };
    let entry = glyph(first);
    let marked = entry.is_some_and(|g| g.surname != 0 || g.compound);
    if !marked || name.contains('·') {
        return [&[], &[]];
    }
    let two = COMPOUND.iter().find(|(form, _)| form.chars().eq([first, second]));
    if let Some((_, [one, two])) = two {
        return [std::slice::from_ref(one), std::slice::from_ref(two)];
    }
    [entry.and_then(|g| SURNAMES.get(usize::from(g.surname).checked_sub(1)?)).map_or(&[], |(_, s)| *s), &[]]
}

/// What the table holds of one character.
#[derive(Clone, Copy)]
struct Glyph {
    main: &'static str,
    /// Whether there are sounds beside `main`.
    more: bool,
    /// Position in [`SURNAMES`], from 1; 0 is none.
    surname: u8,
    /// Whether a compound surname begins with it.
    compound: bool,
}

fn glyph(c: char) -> Option<Glyph> {
    static TABLE: OnceLock<Vec<Glyph>> = OnceLock::new();
    let table = TABLE.get_or_init(|| (FIRST..=LAST).filter_map(char::from_u32).map(fresh_glyph).collect());
    let at = u32::from(c).checked_sub(FIRST)?;
    table.get(usize::try_from(at).ok()?).copied()
}

fn fresh_glyph(c: char) -> Glyph {
    let sounds = usual_sounds(c);
    let surname = SURNAMES.iter().position(|(s, _)| *s == c).map_or(0, |n| n + 1);
    Glyph {
        main: sounds.first().copied().unwrap_or_default(),
        more: sounds.len() > 1,
        surname: u8::try_from(surname).unwrap_or_default(),
        compound: COMPOUND.iter().any(|(form, _)| form.starts_with(c)),
    }
}

/// The main sound, and whether there are others. Characters outside the table (rare ones) are looked up each time.
fn main_sound(c: char, fixed: Surname) -> (&'static str, bool) {
    if c.is_ascii() {
        return ("", false);
    }
    let (main, more) = match glyph(c) {
        Some(glyph) => (glyph.main, glyph.more),
        None => {
            let sounds = usual_sounds(c);
            (sounds.first().copied().unwrap_or_default(), sounds.len() > 1)
        }
    };
    match fixed {
        [] => (main, more),
        [only] => (only, more || *only != main),
        [first, ..] => (first, true),
    }
}

/// Surname sounds first, then the usual ones.
fn all_sounds(c: char, fixed: Surname) -> Vec<&'static str> {
    let mut sounds = fixed.to_vec();
    for sound in usual_sounds(c) {
        if !sounds.contains(&sound) {
            sounds.push(sound);
        }
    }
    sounds
}

fn usual_sounds(c: char) -> Vec<&'static str> {
    let mut sounds = Vec::new();
    let mut push = |sound: &'static str| {
        if !sound.is_empty() && !sounds.contains(&sound) {
            sounds.push(sound);
        }
    };
    let in_names = IN_NAMES.iter().find(|(name, _)| *name == c).map(|(_, sound)| *sound);
    let main = in_names.or_else(|| c.to_pinyin().map(pinyin::Pinyin::plain));
    let others = c.to_pinyin_multi().filter(|_| !ONE_SOUND.contains(c));
    let others = others.into_iter().flatten().map(pinyin::Pinyin::plain);
    for sound in main.into_iter().chain(others) {
        for typed in typed_forms(sound) {
            push(typed);
        }
    }
    sounds
}

/// `ü` has no key: `v` first, `u` as people also type it. Sounds such as `ê`, `ń` that no name has are dropped.
fn typed_forms(sound: &'static str) -> [&'static str; 2] {
    match sound {
        "lü" => ["lv", "lu"],
        "nü" => ["nv", "nu"],
        "lüe" => ["lve", "lue"],
        "nüe" => ["nve", "nue"],
        _ if sound.is_ascii() => [sound, ""],
        _ => ["", ""],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn main(name: &str) -> String {
        let mut reading = Reading::default();
        read_main(name, &mut reading);
        reading.pinyin
    }

    #[test]
    fn initials_find_a_name() {
        let all = readings("张三");
        assert_eq!(all[0], Reading { pinyin: "zhangsan".into(), initials: "zs".into() });
    }

    #[test]
    fn surnames_are_read_as_surnames() {
        for (name, pinyin) in [
            ("单明", "shanming"),
            ("仇勇", "qiuyong"),
            ("查健", "zhajian"),
            ("区艳健", "ouyanjian"),
            ("解放", "xiefang"),
            ("任浩", "renhao"),
            ("朴成", "piaocheng"),
            ("曾桂", "zenggui"),
            ("盖华", "gehua"),
            ("华华", "huahua"),
            ("乐山", "yueshan"),
            ("尉迟明", "yuchiming"),
            ("万俟明", "moqiming"),
            ("长孙明", "zhangsunming"),
            ("令狐冲", "linghuchong"),
            ("万明", "wanming"),
        ] {
            assert_eq!(main(name), pinyin, "{name}");
        }
    }

    #[test]
    fn the_usual_sound_of_a_surname_is_a_further_reading() {
        assert!(readings("单明").iter().any(|r| r.pinyin == "danming"));
        assert!(readings("乐山").iter().any(|r| r.pinyin == "leshan"));
        assert!(readings("查干").iter().any(|r| r.pinyin == "chagan"));
        assert_eq!(main("明单"), "mingdan");
    }

    #[test]
    fn u_with_dots_is_typed_as_v_or_u() {
        let all = readings("吕娟");
        assert_eq!(all[0].pinyin, "lvjuan");
        assert!(all.iter().any(|r| r.pinyin == "lujuan"));
    }

    #[test]
    fn dots_are_skipped_and_letters_stay() {
        assert_eq!(main("阿卜杜拉·买买提"), "abudulamaimaiti");
        assert_eq!(main("A张3"), "azhang3");
        assert!(readings("·").is_empty());
        assert!(readings("").is_empty());
    }

    proptest! {
        #[test]
        fn readings_are_few_distinct_and_typable(name in "[\u{4E00}-\u{9FFF}·]{0,6}") {
            let all = readings(&name);
            prop_assert!(all.len() <= MOST);
            for (n, one) in all.iter().enumerate() {
                prop_assert!(one.pinyin.bytes().all(|b| b.is_ascii_lowercase()));
                prop_assert!(!all[..n].contains(one));
            }
        }

        #[test]
        fn any_text_is_read(name in "\\PC{0,10}") {
            readings(&name);
        }
    }
}
