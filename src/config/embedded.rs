//! The files compiled in. A new data file is one line here.

macro_rules! files {
    ($($place:literal $folder:literal: $($name:literal),+ $(,)?;)+) => {
        /// Name as users write it, and text.
        pub const FILES: &[(&str, &str)] = &[$($((
            concat!($folder, "/", $name),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), $place, $folder, "/", $name)),
        )),+),+];
    };
}

files! {
    "/data/" "codes": "education.csv", "ethnic-groups.csv", "occupations.csv", "regions.csv", "sources.csv", "workdays.csv";
    "/data/" "keymaps": "default.toml";
    "/data/" "layouts": "candidate-33.toml";
    "/data/" "locales/zh-CN": "cli.toml", "core.toml", "import.toml", "intake.toml", "policy.toml", "screen.toml";
    "/data/" "locales/en": "cli.toml", "core.toml", "import.toml", "intake.toml", "policy.toml", "screen.toml";
    "/data/" "policies": "base.toml", "nmg-2023.toml";
    "/" "themes": "default.toml", "high-contrast.toml", "light.toml", "mono.toml";
}
