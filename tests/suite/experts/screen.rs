//! The page of experts and the overlays of the panel pane, by keys.
