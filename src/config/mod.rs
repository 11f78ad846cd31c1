//! Where files are, what the environment says, and the embedded defaults that a user's folder overrides.
pub mod assets;
mod embedded;
pub mod environment;
pub mod paths;
pub mod process;
pub mod settings;

pub use assets::Assets;
pub use environment::Environment;
pub use paths::{ANCHOR, Home, own_folder, typed_path};
pub use settings::Settings;
