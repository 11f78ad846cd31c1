//! What was typed and not yet saved comes back.
