//! What nobody may do alone.
