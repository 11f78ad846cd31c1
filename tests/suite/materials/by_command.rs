//! `kaowu application materials` and its companions.
