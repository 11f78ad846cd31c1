//! Papers handed in as files: a folder or an archive read without trusting it, and what each file is.
mod archive;
mod cmap;
mod entry_name;
mod facts;
mod folder;
mod kind;
mod pdf;
mod pdf_text;
mod roster;
mod source;

pub use facts::{Ask, MOST_READ, facts};
pub use kind::kind;
pub use roster::{Listed, roster};
pub use source::{DEEP, Entry, LINKED, Oddity, Source, SourceFault};
