//! Finding the words for what the rules answer with types.

use chrono::{Datelike, NaiveDate};
use domain::{
    imports::FileProblem,
    problems::Problem,
    time::{
        WallTime, ZoneName,
        agreed::MomentView,
        clocks::{ShiftNote, hours_minutes},
        typed::NotUnderstood,
    },
};
use language::{Locale, Words};
use leptos::prelude::*;

/// The words of the page's locale.
pub fn use_words() -> Words {
    use_context().unwrap_or_default()
}

/// The locale the page is in: on the server as the request's context says, in the browser as the page says.
pub(crate) fn page_locale() -> Locale {
    #[cfg(feature = "hydrate")]
    let found = document().document_element().and_then(|html| html.get_attribute("lang")).and_then(|tag| Locale::from_tag(&tag));
    #[cfg(not(feature = "hydrate"))]
    let found = use_context::<Locale>();
    found.unwrap_or_default()
}

/// `14 March 2027 02:30` is written as the ISO date and the time: the one form that is read alike everywhere.
fn wall_time_in_words(local: WallTime) -> String {
    local.to_string().replace('T', " ")
}

/// The place by which a zone is named: the last part of its name.
pub fn place_of_zone(zone: &ZoneName) -> String {
    zone.as_str().rsplit('/').next().unwrap_or_default().replace('_', " ")
}

/// A day with its weekday, without the year: “Wednesday 17 March”.
pub fn day_in_words(words: Words, date: NaiveDate) -> String {
    words.time_day(date.weekday().number_from_monday(), date.day(), date.month())
}

/// A day with its weekday and year: “Wed 17 March 2027”.
pub fn date_in_words(words: Words, date: NaiveDate) -> String {
    words.time_date(date.weekday().number_from_monday(), date.day(), date.month(), date.year().to_string())
}

/// A moment by its own clocks: “Wed 17 March 2027 09:30”.
pub fn moment_in_words(words: Words, moment: &MomentView) -> String {
    format!("{} {}", date_in_words(words, moment.local.date()), hours_minutes(moment.local))
}

/// The days from one to another, both included: “Tue 16 – Thu 18 March 2027”.
pub fn dates_in_words(words: Words, from: NaiveDate, to: NaiveDate) -> String {
    if from == to {
        return date_in_words(words, from);
    }
    let first = match (from.year() == to.year(), from.month() == to.month()) {
        (true, true) => words.time_date_in_month(from.weekday().number_from_monday(), from.day()),
        (true, false) => words.time_date_in_year(from.weekday().number_from_monday(), from.day(), from.month()),
        (false, _) => date_in_words(words, from),
    };
    words.time_dates(first, date_in_words(words, to))
}

/// What is worth noting of the difference of two zones: “was +15 h until 14 March”.
pub fn shift_in_words(words: Words, note: &ShiftNote) -> String {
    let was = note.was.map(|was| words.time_shift_was(was.difference.to_string(), was.on.day(), was.on.month()));
    let will_be = note.will_be.map(|next| words.time_shift_will_be(next.difference.to_string(), next.on.day(), next.on.month()));
    let parts: Vec<String> = was.into_iter().chain(will_be).collect();
    parts.join(words.time_shift_joint().as_str())
}

/// Why a typed date or time was not understood, said to who typed it.
fn words_of_typed_time(words: Words, reason: NotUnderstood) -> String {
    match reason {
        NotUnderstood::Empty => words.form_problem_missing(),
        NotUnderstood::Unreadable => words.form_problem_not_a_time(),
        NotUnderstood::DateMissing => words.form_problem_date_missing(),
        NotUnderstood::TimeMissing => words.form_problem_time_missing(),
        NotUnderstood::DayOrMonthFirst => words.form_problem_day_or_month_first(),
        NotUnderstood::ShortYear => words.form_problem_short_year(),
        NotUnderstood::YearOutOfBounds => words.form_problem_year_out_of_bounds(),
        NotUnderstood::NoSuchDate => words.form_problem_no_such_date(),
        NotUnderstood::OtherWeekday => words.form_problem_other_weekday(),
        NotUnderstood::NoSuchTime => words.form_problem_no_such_time(),
        NotUnderstood::NothingToCountFrom => words.form_problem_nothing_to_count_from(),
        NotUnderstood::UtcOffset => words.form_problem_utc_offset(),
    }
}

/// What is wrong with a field, said to who filled it in.
pub fn words_of_problem(words: Words, problem: &Problem) -> String {
    match *problem {
        Problem::Missing => words.form_problem_missing(),
        Problem::TooLong { most } => words.form_problem_too_long(most),
        Problem::ControlCharacters => words.form_problem_control_characters(),
        Problem::Unknown => words.form_problem_unknown(),
        Problem::UnknownWord { ref word, ref known } => words.form_problem_unknown_word(word, known.join(", ")),
        Problem::NotATime => words.form_problem_not_a_time(),
        Problem::NotUnderstood { reason } => words_of_typed_time(words, reason),
        Problem::OutOfBounds { least, most } => words.form_problem_out_of_bounds(least, most),
        Problem::UnknownZone => words.form_problem_unknown_zone(),
        Problem::TimeSkipped { before, after } => words.form_problem_time_skipped(wall_time_in_words(before), wall_time_in_words(after)),
        Problem::TimeAmbiguous { first_offset, second_offset } => {
            words.form_problem_time_ambiguous(first_offset.to_string(), second_offset.to_string())
        }
        Problem::WrongOffset => words.form_problem_wrong_offset(),
        Problem::NotYet => words.form_problem_not_yet(),
        Problem::EndsBeforeStart => words.form_problem_ends_before_start(),
        Problem::TooLongSpan { most_hours } => words.form_problem_too_long_span(most_hours),
        Problem::AlreadyTaken => words.form_problem_already_taken(),
        Problem::AboveCeiling => words.form_problem_above_ceiling(),
        Problem::MarkingRefused => words.form_problem_marking_refused(),
        Problem::NationalClassification => words.form_problem_national_classification(),
        Problem::StateRefused => words.form_problem_state_refused(),
        Problem::Form => words.form_problem_form(),
        Problem::ReasonNeeded => words.form_problem_reason_needed(),
        Problem::TooShort { least } => words.form_problem_too_short(least),
        Problem::TooCommon => words.form_problem_too_common(),
        Problem::WrongPassword => words.form_problem_wrong_password(),
        Problem::DateOutOfBounds { earliest, latest } => words.form_problem_date_out_of_bounds(earliest.to_string(), latest.to_string()),
        Problem::LastWithRole => words.form_problem_last_with_role(),
        Problem::StillUsed => words.form_problem_still_used(),
        Problem::AboveDirectory => words.form_problem_above_directory(),
        Problem::NoListOfItsOwn => words.form_problem_no_list_of_its_own(),
    }
}

/// Why a file can't be read at all, said to who chose it.
pub fn words_of_file_problem(words: Words, problem: &FileProblem) -> String {
    match problem {
        FileProblem::Empty => words.imports_file_empty(),
        FileProblem::NotUtf8 { line } => words.imports_file_not_utf8(*line),
        FileProblem::TooLarge { most_bytes } => words.imports_file_too_large(most_bytes / (1024 * 1024)),
        FileProblem::TooManyRows { most } => words.imports_file_too_many_rows(*most),
        FileProblem::MissingColumns { columns } => words.imports_file_missing_columns(columns.len(), columns.join(", ")),
        FileProblem::NotACalendar => words.imports_file_not_a_calendar(),
        FileProblem::ColumnTwice { column } => words.imports_file_column_twice(column),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_does_not_exist_names_the_nearest_that_do() {
        let problem = Problem::TimeSkipped { before: "2027-03-14T01:59".parse().unwrap(), after: "2027-03-14T03:00".parse().unwrap() };
        let said = words_of_problem(Words::default(), &problem);
        assert!(said.contains("2027-03-14 01:59") && said.contains("2027-03-14 03:00"), "{said}");
    }

    #[test]
    fn an_unknown_word_is_named_with_those_that_are_known() {
        let problem = Problem::UnknownWord { word: "jacuzzi".into(), known: vec!["kitchen".into(), "secure".into()] };
        let said = words_of_problem(Words::default(), &problem);
        assert!(said.contains("jacuzzi") && said.contains("kitchen, secure"), "{said}");
    }

    #[test]
    fn a_time_that_comes_twice_shows_both_offsets() {
        let [first_offset, second_offset] = ["-07:00", "-08:00"].map(|offset| offset.parse().unwrap());
        let problem = Problem::TimeAmbiguous { first_offset, second_offset };
        let said = words_of_problem(Words::default(), &problem);
        assert!(said.contains("UTC-07:00") && said.contains("UTC-08:00"), "{said}");
    }
}
