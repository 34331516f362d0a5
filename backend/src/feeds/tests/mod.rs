//! Whole calendars, written and read again.

mod documents;
mod reading;
mod table_rules;
mod zone_definitions;
