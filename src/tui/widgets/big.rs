//! A time in figures of five lines, to be read from across a room.
use super::bars::Ink;

/// Lines of a figure.
pub const HEIGHT: u16 = 5;

/// Three cells by five lines, a bit a cell, from the left and from above.
const FIGURES: [(char, [u8; 5]); 12] = [
    ('0', [0b111, 0b101, 0b101, 0b101, 0b111]),
    ('1', [0b010, 0b110, 0b010, 0b010, 0b111]),
    ('2', [0b111, 0b001, 0b111, 0b100, 0b111]),
    ('3', [0b111, 0b001, 0b111, 0b001, 0b111]),
    ('4', [0b101, 0b101, 0b111, 0b001, 0b001]),
    ('5', [0b111, 0b100, 0b111, 0b001, 0b111]),
    ('6', [0b111, 0b100, 0b111, 0b101, 0b111]),
    ('7', [0b111, 0b001, 0b010, 0b010, 0b010]),
    ('8', [0b111, 0b101, 0b111, 0b101, 0b111]),
    ('9', [0b111, 0b101, 0b111, 0b001, 0b111]),
    (':', [0b000, 0b010, 0b000, 0b010, 0b000]),
    (' ', [0b000; 5]),
];

/// The lines of a text of digits and colons; other characters are blanks.
pub fn lines(text: &str, ink: Ink) -> Vec<String> {
    let dot = match ink {
        Ink::Block => '█',
        Ink::Ascii => '#',
    };
    let figure = |c: char| FIGURES.iter().find(|(f, _)| *f == c).map_or([0; 5], |(_, rows)| *rows);
    let figures: Vec<[u8; 5]> = text.chars().map(figure).collect();
    let row = |n: usize| {
        let cells = figures.iter().map(|rows| {
            let bits = rows.get(n).copied().unwrap_or(0);
            [4, 2, 1].map(|bit| if bits & bit == 0 { ' ' } else { dot }).iter().collect::<String>()
        });
        cells.collect::<Vec<_>>().join(" ").trim_end().to_owned()
    };
    (0..usize::from(HEIGHT)).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_five_lines_high() {
        let shown = lines("1:47", Ink::Ascii);
        assert_eq!(shown, [" #      # # ###", "##   #  # #   #", " #      ###  #", " #   #    #  #", "###       #  #"]);
        assert_eq!(lines("12", Ink::Block).len(), 5);
        assert!(lines("x", Ink::Ascii).iter().all(String::is_empty));
    }
}
