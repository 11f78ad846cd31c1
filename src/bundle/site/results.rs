//! Tables: results as computed, with the digest of what they were computed from, and their audit.
