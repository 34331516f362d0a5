//! What is said of rooms.

use crate::programme::words::layout_in_words;
use domain::rooms::{Feature, LayoutCapacity, OpeningHours};
use language::Words;

/// What a feature is called.
pub fn feature_in_words(words: Words, feature: Feature) -> String {
    match feature {
        Feature::InterpretationBooths => words.directory_feature_interpretation_booths(),
        Feature::VideoLink => words.directory_feature_video_link(),
        Feature::StepFree => words.directory_feature_step_free(),
        Feature::HearingLoop => words.directory_feature_hearing_loop(),
        Feature::Secure => words.directory_feature_secure(),
        Feature::PrayerRoom => words.directory_feature_prayer_room(),
        Feature::Kitchen => words.directory_feature_kitchen(),
    }
}

/// A layout with what the room holds in it and its margins.
pub fn layout_said(words: Words, layout: &LayoutCapacity) -> String {
    let name = layout_in_words(words, layout.layout);
    words.directory_room_layout(name, layout.capacity, layout.set_up_minutes, layout.clearing_minutes)
}

/// Opening hours of a day of the week.
pub fn hours_said(words: Words, hours: &OpeningHours) -> String {
    words.directory_room_hours(u32::from(hours.weekday), hours.opens.format("%H:%M").to_string(), hours.closes.format("%H:%M").to_string())
}
