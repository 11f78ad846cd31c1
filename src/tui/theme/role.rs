//! What a piece of the screen means; themes say how it looks.

macro_rules! roles {
    ($($variant:ident $name:literal => $fallback:ident,)*) => {
        /// A closed set: a pane asks for a role, never for a colour.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Role { $($variant,)* }

        impl Role {
            pub const ALL: [Role; [$($name),*].len()] = [$(Role::$variant),*];

            /// The name in theme files.
            pub fn name(self) -> &'static str {
                match self { $(Role::$variant => $name,)* }
            }

            /// The role whose look is used when a theme does not give this one. Ends at `Text`, which is its own.
            pub fn fallback(self) -> Role {
                match self { $(Role::$variant => Role::$fallback,)* }
            }
        }
    };
}

roles! {
    Text "text" => Text,
    Dim "dim" => Text,
    Title "title" => Text,
    Border "border" => Dim,
    Selected "selected" => Text,
    Header "header" => Title,
    Field "field" => Text,
    FieldFocus "field-focus" => Field,
    Key "key" => Title,
    Good "good" => Text,
    Warn "warn" => Title,
    Refused "refused" => Warn,
    Info "info" => Text,
    Bar "bar" => Good,
    Banner "banner" => Selected,
    Tab "tab" => Dim,
    TabActive "tab-active" => Selected,
    Hint "hint" => Dim,
    Toast "toast" => Info,
    Match "match" => Key,
    Popup "popup" => Text,
    PopupBorder "popup-border" => Border,
}

impl Role {
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chain_ends_at_text() {
        for role in Role::ALL {
            let end = (0..Role::ALL.len()).fold(role, |role, _| role.fallback());
            assert_eq!(end, Role::Text, "{}", role.name());
            assert_eq!(Role::parse(role.name()), Some(role));
        }
    }
}
