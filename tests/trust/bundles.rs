//! Bundles that were altered, replayed, forked or made to harm.
