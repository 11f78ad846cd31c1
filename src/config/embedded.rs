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
    "/data/" "layouts": "applications.toml", "candidate-33.toml", "collection-zwfw.toml", "platform.toml", "roster-xinjiang.toml";
    "/data/" "locales/zh-CN": "applications.toml", "bundle.toml", "certificates.toml", "checkin.toml", "cli.toml", "core.toml", "demo.toml", "entry.toml", "export.toml", "history.toml", "import.toml", "intake.toml", "panel.toml", "policy.toml", "results.toml", "screen.toml", "seating.toml", "sheets.toml", "upkeep.toml", "warning.toml";
    "/data/" "locales/en": "applications.toml", "bundle.toml", "certificates.toml", "checkin.toml", "cli.toml", "core.toml", "demo.toml", "entry.toml", "export.toml", "history.toml", "import.toml", "intake.toml", "panel.toml", "policy.toml", "results.toml", "screen.toml", "seating.toml", "sheets.toml", "upkeep.toml", "warning.toml";
    "/data/" "policies": "base.toml", "nmg-2023.toml";
    "/data/" "sheets": "upload-11.toml";
    "/" "themes": "default.toml", "high-contrast.toml", "light.toml", "mono.toml";
}
