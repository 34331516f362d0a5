//! What is said of releases.

use domain::releases::Audience;
use language::Words;

/// What an audience is called.
pub fn audience_in_words(words: Words, audience: Audience) -> String {
    match audience {
        Audience::Office => words.releases_audience_office(),
        Audience::VisitingMission => words.releases_audience_visiting_mission(),
        Audience::Corps => words.releases_audience_corps(),
        Audience::Security => words.releases_audience_security(),
        Audience::Press => words.releases_audience_press(),
        Audience::Public => words.releases_audience_public(),
    }
}
