//! What the terminal's pen is set to, and the shortest bytes that change it.
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Colours and attributes of the next printed character. The default is the terminal's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pen {
    pub fg: Color,
    pub bg: Color,
    pub modifier: Modifier,
}

impl Default for Pen {
    fn default() -> Self {
        Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() }
    }
}

impl From<&Cell> for Pen {
    fn from(cell: &Cell) -> Self {
        Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }
}

/// Attribute, code that sets it, code that takes it back. Bold and dim share the latter.
const ATTRIBUTES: [(Modifier, &str, &str); 9] = [
    (Modifier::BOLD, "1", "22"),
    (Modifier::DIM, "2", "22"),
    (Modifier::ITALIC, "3", "23"),
    (Modifier::UNDERLINED, "4", "24"),
    (Modifier::SLOW_BLINK, "5", "25"),
    (Modifier::RAPID_BLINK, "6", "25"),
    (Modifier::REVERSED, "7", "27"),
    (Modifier::HIDDEN, "8", "28"),
    (Modifier::CROSSED_OUT, "9", "29"),
];

impl Pen {
    /// Appends the escape sequence that turns this pen into `to`; nothing when they are equal.
    pub fn change(self, to: Pen, out: &mut Vec<u8>) {
        if self == to {
            return;
        }
        let fresh = if to == Pen::default() { String::new() } else { format!("0{}", Pen::default().steps(to)) };
        let steps = self.steps(to);
        let steps = steps.strip_prefix(';').unwrap_or(&steps);
        let shorter = if steps.len() < fresh.len() { steps } else { &fresh };
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(shorter.as_bytes());
        out.push(b'm');
    }

    /// Codes for each difference, each with a leading `;`.
    fn steps(self, to: Pen) -> String {
        let mut codes = String::new();
        let mut had = self.modifier;
        for (flag, _, off) in ATTRIBUTES {
            if had.contains(flag) && !to.modifier.contains(flag) {
                codes.push(';');
                codes.push_str(off);
                let shared = ATTRIBUTES.iter().filter(|(_, _, other)| *other == off);
                had = shared.fold(had, |had, (flag, _, _)| had - *flag);
            }
        }
        for (flag, on, _) in ATTRIBUTES {
            if to.modifier.contains(flag) && !had.contains(flag) {
                codes.push(';');
                codes.push_str(on);
            }
        }
        if self.fg != to.fg {
            codes.push(';');
            codes.push_str(&colour(to.fg, 30));
        }
        if self.bg != to.bg {
            codes.push(';');
            codes.push_str(&colour(to.bg, 40));
        }
        codes
    }
}

/// SGR code of a colour; `base` is 30 for the foreground and 40 for the background.
fn colour(colour: Color, base: u8) -> String {
    let code = match colour {
        Color::Reset => base + 9,
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => base + 60,
        Color::LightRed => base + 61,
        Color::LightGreen => base + 62,
        Color::LightYellow => base + 63,
        Color::LightBlue => base + 64,
        Color::LightMagenta => base + 65,
        Color::LightCyan => base + 66,
        Color::White => base + 67,
        Color::Indexed(n) => return format!("{};5;{n}", base + 8),
        Color::Rgb(r, g, b) => return format!("{};2;{r};{g};{b}", base + 8),
    };
    code.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(from: Pen, to: Pen) -> String {
        let mut out = Vec::new();
        from.change(to, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn only_differences_are_sent() {
        let plain = Pen::default();
        let bold_red = Pen { fg: Color::Red, modifier: Modifier::BOLD, ..plain };
        let dim_red = Pen { fg: Color::Red, modifier: Modifier::DIM, ..plain };
        let title = Pen { fg: Color::White, bg: Color::LightBlue, modifier: Modifier::REVERSED };
        assert_eq!(bytes(plain, plain), "");
        assert_eq!(bytes(plain, bold_red), "\x1b[1;31m");
        assert_eq!(bytes(bold_red, plain), "\x1b[m");
        assert_eq!(bytes(plain, title), "\x1b[7;97;104m");
        assert_eq!(bytes(title, Pen { modifier: Modifier::empty(), ..title }), "\x1b[27m");
        assert_eq!(bytes(bold_red, dim_red), "\x1b[22;2m");
        let both = Pen { modifier: Modifier::BOLD | Modifier::DIM, ..bold_red };
        assert_eq!(bytes(both, bold_red), "\x1b[22;1m");
    }
}
