//! The materials part of the dossier, by keys.
