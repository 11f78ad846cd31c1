//! What is known about the width of characters on the terminal at hand, and their ASCII look-alikes.
use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthChar;

/// How the terminal draws East Asian Ambiguous characters such as `─ · “`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ambiguous {
    /// One cell: the cursor can be trusted after them.
    Narrow,
    /// Two cells, or the user asked for ASCII: none of them is sent, look-alikes are.
    Wide,
    /// Nobody answered: they are sent, and the cursor is placed anew after each.
    #[default]
    Unknown,
}

impl Ambiguous {
    /// Whether borders, bars and text are sent as ASCII look-alikes.
    pub fn is_ascii(self) -> bool {
        self == Ambiguous::Wide
    }
}

/// Whether every terminal agrees with us about the width of this cell, so that no cursor move is needed after it.
pub fn is_certain(symbol: &str, ambiguous: Ambiguous) -> bool {
    let mut chars = symbol.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return false };
    match c {
        ' '..='~' => true,
        '\u{4DC0}'..='\u{4DFF}' => false,
        '\u{3000}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFD}' => {
            c.width() == Some(2) && c.width_cjk() == Some(2)
        }
        _ => ambiguous == Ambiguous::Narrow && c.width() == Some(1) && c.width_cjk() == Some(2),
    }
}

/// The one-cell ASCII look-alike of an ambiguous character, `None` for all others. Only for output: stored text
/// keeps its characters. Letters lose their marks (`ǎ` is `a`), `…` becomes one `.`, because a cell cannot grow.
pub fn ascii_form(symbol: &str) -> Option<char> {
    let mut chars = symbol.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    if c.is_ascii() || c.width() != Some(1) {
        return None;
    }
    // The width table counts marked letters as narrow; the standard calls many of them ambiguous.
    if let Some(base) = c.nfd().next().filter(|base| c.is_alphabetic() && base.is_ascii_alphabetic()) {
        return Some(base);
    }
    if c.width_cjk() != Some(2) {
        return None;
    }
    Some(match c {
        '─' | '━' | '┄' | '┈' | '—' | '–' | '―' | '‐' => '-',
        '│' | '┃' | '┆' | '┊' | '‖' => '|',
        '═' => '=',
        '║' => '|',
        '\u{250C}'..='\u{254B}' | '\u{2552}'..='\u{2570}' => '+',
        '█' | '▉' | '▊' | '▋' | '▓' | '▒' | '■' | '▆' | '▇' | '▅' => '#',
        '▄' | '▌' | '▍' | '▃' => '=',
        '▁' | '▂' | '▎' | '▏' | '░' | '□' => '-',
        '“' | '”' | '„' | '″' => '"',
        '‘' | '’' | '′' => '\'',
        '…' | '·' | '‥' => '.',
        '•' | '●' | '○' | '◎' | '★' | '☆' | '×' | '※' => '*',
        '→' | '⇒' | '▶' | '▷' => '>',
        '←' | '◀' | '◁' => '<',
        '↑' | '▲' | '△' => '^',
        '↓' | '▼' | '▽' => 'v',
        '①' => '1',
        '②' => '2',
        '③' => '3',
        '④' => '4',
        '⑤' => '5',
        '⑥' => '6',
        '⑦' => '7',
        '⑧' => '8',
        '⑨' => '9',
        '÷' => '/',
        '±' => '+',
        'Ⅰ' => '1',
        'Ⅱ' => '2',
        'Ⅲ' => '3',
        'Ⅳ' => '4',
        'Ⅴ' => '5',
        _ => '?',
    })
}

/// The pieces of a border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoxSet {
    pub top_left: &'static str,
    pub top_right: &'static str,
    pub bottom_left: &'static str,
    pub bottom_right: &'static str,
    pub across: &'static str,
    pub down: &'static str,
}

impl BoxSet {
    pub fn for_terminal(ambiguous: Ambiguous) -> BoxSet {
        if ambiguous.is_ascii() {
            let plus = "+";
            return BoxSet {
                top_left: plus,
                top_right: plus,
                bottom_left: plus,
                bottom_right: plus,
                across: "-",
                down: "|",
            };
        }
        BoxSet {
            top_left: "┌", top_right: "┐", bottom_left: "└", bottom_right: "┘", across: "─", down: "│"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ideographs_are_certain_ambiguous_only_when_probed() {
        for symbol in ["a", " ", "张", "，", "：", "𠮷", "　"] {
            assert!(is_certain(symbol, Ambiguous::Unknown), "{symbol}");
        }
        for symbol in ["─", "·", "“", "①", "█"] {
            assert!(!is_certain(symbol, Ambiguous::Unknown), "{symbol}");
            assert!(is_certain(symbol, Ambiguous::Narrow), "{symbol}");
        }
        for symbol in ["☎\u{fe0f}", "e\u{301}", "\u{3099}", "\u{303f}", "䷀", "ｶ", ""] {
            assert!(!is_certain(symbol, Ambiguous::Narrow), "{symbol:?}");
        }
    }

    #[test]
    fn every_ambiguous_character_has_a_one_cell_ascii_form() {
        for c in ('\u{80}'..='\u{2FFFF}').filter(|c| c.width() == Some(1) && c.width_cjk() == Some(2)) {
            let form = ascii_form(&c.to_string());
            assert!(form.is_some_and(|f| f.is_ascii_graphic()), "{c}");
        }
        assert_eq!(ascii_form("·"), Some('.'));
        assert_eq!(ascii_form("ǎ"), Some('a'));
        assert_eq!(ascii_form("’"), Some('\''));
        assert_eq!(ascii_form("张"), None);
        assert_eq!(ascii_form("a"), None);
    }
}
