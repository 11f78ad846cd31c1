//! Theme files: `inherits = "default"`, `[palette]` names for colours, `[roles]` with `{ fg, bg, mods }` or a colour.
use super::{Role, Theme};
use crate::tui::warning::{Source, Warning};
use ratatui::style::{Color, Modifier, Style};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Locale keys of the warnings that loading can give.
pub const WARNINGS: [&str; 8] =
    [MISSING, CYCLE, SYNTAX, UNKNOWN_KEY, UNKNOWN_ROLE, UNKNOWN_COLOUR, UNKNOWN_MODIFIER, NOT_A_LOOK];
const MISSING: &str = "theme.missing";
const CYCLE: &str = "theme.cycle";
const SYNTAX: &str = "theme.syntax";
const UNKNOWN_KEY: &str = "theme.unknown_key";
const UNKNOWN_ROLE: &str = "theme.unknown_role";
const UNKNOWN_COLOUR: &str = "theme.unknown_colour";
const UNKNOWN_MODIFIER: &str = "theme.unknown_modifier";
const NOT_A_LOOK: &str = "theme.not_a_look";

const COLOURS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

type Looks = Vec<(Role, Style)>;

pub(super) fn load(name: &str, source: &dyn Fn(&str) -> Option<String>) -> (Theme, Vec<Warning>) {
    let mut loading =
        Loading { source, seen: Vec::new(), palette: BTreeMap::new(), looks: Vec::new(), warnings: Vec::new() };
    loading.read(name, None);
    if loading.looks.is_empty() {
        return (Theme::plain(), loading.warnings);
    }
    let looks = &loading.looks;
    let given = |role: Role| looks.iter().rev().find(|(r, _)| *r == role).map(|(_, style)| *style);
    let look = |role: Role| {
        let chain = std::iter::successors(Some(role), |r| Some(r.fallback())).take(Role::ALL.len());
        chain.into_iter().find_map(given).unwrap_or_default()
    };
    let styles = Role::ALL.into_iter().map(look).collect();
    (Theme { styles }, loading.warnings)
}

struct Loading<'s> {
    source: &'s dyn Fn(&str) -> Option<String>,
    seen: Vec<String>,
    palette: BTreeMap<String, Color>,
    /// Later ones win.
    looks: Looks,
    warnings: Vec<Warning>,
}

impl Loading<'_> {
    /// `asked` is the warning place of the line that inherits this theme.
    fn read(&mut self, name: &str, asked: Option<Warning>) {
        let file = format!("{name}.toml");
        let tell = |code| Warning { code, ..asked.unwrap_or(Source { file: &file, text: "" }.warn(code, 0, name)) };
        if self.seen.iter().any(|seen| seen == name) {
            return self.warnings.push(tell(CYCLE));
        }
        let Some(text) = (self.source)(name) else { return self.warnings.push(tell(MISSING)) };
        self.seen.push(name.to_owned());
        let source = Source { file: &file, text: &text };
        let (document, errors) = DeTable::parse_recoverable(&text);
        let told = errors.iter().map(|e| source.warn(SYNTAX, e.span().map_or(0, |s| s.start), e.message()));
        self.warnings.extend(told);
        self.document(source, document.get_ref());
    }

    fn document(&mut self, source: Source<'_>, document: &DeTable<'_>) {
        if let Some(parent) = document.get("inherits") {
            let name = parent.get_ref().as_str().unwrap_or_default();
            self.read(name, Some(source.warn(MISSING, parent.span().start, name)));
        }
        for (key, value) in document {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("palette", DeValue::Table(table)) => self.palette(source, table),
                ("inherits", DeValue::String(_)) | ("roles", DeValue::Table(_)) => {}
                (name, _) => self.warnings.push(source.warn(UNKNOWN_KEY, key.span().start, name)),
            }
        }
        // After the palette, wherever it stands in the file.
        if let Some(roles) = document.get("roles").and_then(|v| v.get_ref().as_table()) {
            self.roles(source, roles);
        }
    }

    fn palette(&mut self, source: Source<'_>, table: &DeTable<'_>) {
        for (name, value) in table {
            let text = value.get_ref().as_str().unwrap_or_default();
            match colour(text) {
                Some(colour) => drop(self.palette.insert(name.get_ref().to_string(), colour)),
                None => self.warnings.push(source.warn(UNKNOWN_COLOUR, value.span().start, text)),
            }
        }
    }

    fn roles(&mut self, source: Source<'_>, table: &DeTable<'_>) {
        for (name, value) in table {
            let Some(role) = Role::parse(name.get_ref()) else {
                self.warnings.push(source.warn(UNKNOWN_ROLE, name.span().start, name.get_ref()));
                continue;
            };
            let style = self.look(source, value);
            self.looks.push((role, style));
        }
    }

    fn look(&mut self, source: Source<'_>, value: &Spanned<DeValue<'_>>) -> Style {
        let table = match value.get_ref() {
            DeValue::String(_) => return self.named(source, value).map_or_else(Style::new, |c| Style::new().fg(c)),
            DeValue::Table(table) => table,
            other => {
                self.warnings.push(source.warn(NOT_A_LOOK, value.span().start, other.type_str()));
                return Style::new();
            }
        };
        let mut style = Style::new();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "fg" => style.fg = self.named(source, value),
                "bg" => style.bg = self.named(source, value),
                "mods" => style = style.add_modifier(self.modifiers(source, value)),
                other => self.warnings.push(source.warn(UNKNOWN_KEY, key.span().start, other)),
            }
        }
        style
    }

    fn named(&mut self, source: Source<'_>, value: &Spanned<DeValue<'_>>) -> Option<Color> {
        let text = value.get_ref().as_str().unwrap_or_default();
        let found = self.palette.get(text).copied().or_else(|| colour(text));
        if found.is_none() {
            self.warnings.push(source.warn(UNKNOWN_COLOUR, value.span().start, text));
        }
        found
    }

    fn modifiers(&mut self, source: Source<'_>, value: &Spanned<DeValue<'_>>) -> Modifier {
        let names = value.get_ref().as_array().map(|a| a.iter().collect()).unwrap_or(vec![value]);
        let mut all = Modifier::empty();
        for name in names {
            let text = name.get_ref().as_str().unwrap_or_default();
            match MODIFIERS.iter().find(|(n, _)| *n == text) {
                Some((_, modifier)) => all |= *modifier,
                None => self.warnings.push(source.warn(UNKNOWN_MODIFIER, name.span().start, text)),
            }
        }
        all
    }
}

/// An ANSI name, or `#rrggbb` for those who know their terminal.
fn colour(text: &str) -> Option<Color> {
    if let Some((_, colour)) = COLOURS.iter().find(|(name, _)| *name == text) {
        return Some(*colour);
    }
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let [_, r, g, b] = u32::from_str_radix(hex, 16).ok()?.to_be_bytes();
    Some(Color::Rgb(r, g, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundled(name: &str) -> Option<String> {
        let text = match name {
            "default" => include_str!("../../../themes/default.toml"),
            "light" => include_str!("../../../themes/light.toml"),
            "high-contrast" => include_str!("../../../themes/high-contrast.toml"),
            "mono" => include_str!("../../../themes/mono.toml"),
            _ => return None,
        };
        Some(text.to_owned())
    }

    #[test]
    fn bundled_themes_load_clean_and_need_no_grey() {
        for name in ["default", "light", "high-contrast", "mono"] {
            let (theme, warnings) = Theme::load(name, &bundled);
            assert_eq!(warnings, [], "{name}");
            for role in Role::ALL {
                let style = theme.style(role);
                assert_ne!(style.fg, Some(Color::DarkGray), "{name} {}", role.name());
                assert!(!matches!(style.fg, Some(Color::Rgb(..))) && !matches!(style.bg, Some(Color::Rgb(..))));
            }
            let marked = [Role::Selected, Role::Banner, Role::TabActive].map(|role| theme.style(role));
            assert!(marked.iter().all(|style| *style != theme.style(Role::Text)), "{name}");
        }
    }

    #[test]
    fn mono_has_no_colour_at_all() {
        let (theme, _) = Theme::load("mono", &bundled);
        for role in Role::ALL {
            let Style { fg, bg, .. } = theme.style(role);
            assert!([fg, bg].iter().all(|c| c.is_none_or(|c| c == Color::Reset)), "{}", role.name());
        }
    }

    #[test]
    fn a_user_theme_changes_single_roles_and_faults_are_told() {
        let text = "inherits = \"mono\"\ncolour = 1\n[palette]\nsky = \"bright-blue\"\nmud = \"brown\"\n\
            [roles]\ntitle = \"sky\"\nkey = { fg = \"#102030\", mods = [\"bold\", \"loud\"] }\nnope = \"red\"\ngood = 3\n";
        let source = |name: &str| if name == "mine" { Some(text.to_owned()) } else { bundled(name) };
        let (theme, warnings) = Theme::load("mine", &source);
        let mut told: Vec<String> = warnings.iter().map(Warning::to_string).collect();
        told.sort();
        assert_eq!(
            told,
            [
                "mine.toml:10 theme.not_a_look integer",
                "mine.toml:2 theme.unknown_key colour",
                "mine.toml:5 theme.unknown_colour brown",
                "mine.toml:8 theme.unknown_modifier loud",
                "mine.toml:9 theme.unknown_role nope",
            ]
        );
        assert_eq!(theme.style(Role::Title).fg, Some(Color::LightBlue));
        assert_eq!(theme.style(Role::Key).fg, Some(Color::Rgb(0x10, 0x20, 0x30)));
        assert_eq!(theme.style(Role::Selected), Theme::load("mono", &bundled).0.style(Role::Selected));
    }

    #[test]
    fn a_circle_or_a_missing_theme_ends_in_a_plain_one() {
        let circle = |name: &str| Some(format!("inherits = \"{}\"\n", if name == "a" { "b" } else { "a" }));
        let (theme, warnings) = Theme::load("a", &circle);
        assert_eq!((theme, warnings.first().map(|w| w.code)), (Theme::plain(), Some(CYCLE)));
        let (theme, warnings) = Theme::load("x", &|_| None);
        assert_eq!((theme, warnings.first().map(|w| w.code)), (Theme::plain(), Some(MISSING)));
    }
}
