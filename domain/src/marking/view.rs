//! The views that travel: built here and nowhere else.
