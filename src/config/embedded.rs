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
    "/data/" "forms": "application-nmg.html", "application-xinjiang.html", "page.html", "pledge.html", "roster-xinjiang.html";
    "/data/" "keymaps": "default.toml";
    "/data/" "layouts": "candidate-33.toml";
    "/data/" "locales/zh-CN": "applications.toml", "bundle.toml", "certificates.toml", "checkin.toml", "cli.toml", "core.toml", "demo.toml", "eligibility.toml", "entry.toml", "export.toml", "history.toml", "import.toml", "intake.toml", "panel.toml", "policy.toml", "results.toml", "screen.toml", "seating.toml", "upkeep.toml", "warning.toml";
    "/data/" "locales/en": "applications.toml", "bundle.toml", "certificates.toml", "checkin.toml", "cli.toml", "core.toml", "demo.toml", "eligibility.toml", "entry.toml", "export.toml", "history.toml", "import.toml", "intake.toml", "panel.toml", "policy.toml", "results.toml", "screen.toml", "seating.toml", "upkeep.toml", "warning.toml";
    "/data/" "policies": "base.toml", "nmg-2023.toml";
    "/data/" "codes": "schools.csv";
    "/data/" "rules": "gb-2018.toml", "gb-2023.toml", "routes.toml", "xinjiang-2022.toml", "zwfw-2024.toml";
    "/data/" "locales/zh-CN": "applications.toml", "prints.toml", "bundle.toml", "certificates.toml", "checkin.toml", "cli.toml", "core.toml", "demo.toml", "entry.toml", "export.toml", "history.toml", "import.toml", "intake.toml", "panel.toml", "policy.toml", "results.toml", "screen.toml", "seating.toml", "upkeep.toml", "warning.toml";
    "/data/" "locales/en": "applications.toml", "prints.toml", "bundle.toml", "certificates.toml", "checkin.toml", "cli.toml", "core.toml", "demo.toml", "entry.toml", "export.toml", "history.toml", "import.toml", "intake.toml", "panel.toml", "policy.toml", "results.toml", "screen.toml", "seating.toml", "upkeep.toml", "warning.toml";
    "/data/" "policies": "base.toml", "nmg-2023.toml";
    "/data/" "codes": "education.csv", "ethnic-groups.csv", "occupations-zwfw-2024.csv", "occupations.csv", "regions.csv", "sources.csv", "workdays.csv";
    "/data/" "keymaps": "default.toml";
    "/data/" "layouts": "candidate-33.toml";
    "/data/" "locales/zh-CN": "applications.toml", "bundle.toml", "certificates.toml", "checkin.toml", "cli.toml", "core.toml", "demo.toml", "entry.toml", "export.toml", "history.toml", "import.toml", "intake.toml", "panel.toml", "policies.toml", "policy.toml", "results.toml", "screen.toml", "seating.toml", "upkeep.toml", "warning.toml";
    "/data/" "locales/en": "applications.toml", "bundle.toml", "certificates.toml", "checkin.toml", "cli.toml", "core.toml", "demo.toml", "entry.toml", "export.toml", "history.toml", "import.toml", "intake.toml", "panel.toml", "policies.toml", "policy.toml", "results.toml", "screen.toml", "seating.toml", "upkeep.toml", "warning.toml";
    "/data/" "policies": "base.toml", "nmg-2023.toml", "nmg-enterprise-2019.toml", "wushen-2024.toml", "wushen-zwfw-2024.toml", "xinjiang-2022.toml";
    "/data/" "sheets": "upload-11.toml";
    "/" "themes": "default.toml", "high-contrast.toml", "light.toml", "mono.toml";
}
