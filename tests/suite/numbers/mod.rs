//! Certificate numbers: the site's own segment, the issuer's list, the face on a blank form, the explanation.
mod by_command;
mod explained;
mod faces;
mod issued_list;
mod on_screen;
mod properties;
mod segments;
pub mod world;
