//! Bundles between sites: who signed them, for whom they are, what is refused.
mod empty;
mod flips;
mod hostile;
mod sites;
mod tokens;
mod tools;
mod vouching;
mod world;
