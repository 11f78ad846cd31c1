//! The files compiled in. A new data file is one line here.

macro_rules! files {
    ($($folder:literal: $($name:literal),+ $(,)?;)+) => {
        /// Name as in `data/` (themes under `themes/`) and text.
        pub const FILES: &[(&str, &str)] = &[$($((
            concat!($folder, "/", $name),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/", $folder, "/", $name)),
        )),+),+];
    };
}

files! {
    "keymaps": "default.toml";
    "locales/zh-CN": "core.toml";
    "locales/en": "core.toml";
}
