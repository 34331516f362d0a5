//! Reading times that were typed, and what to offer where one does not exist.

use super::{typed_moment, typed_time};
use crate::forms::{Alternative, Notice, NoticeLevel, Typed};
use chrono::{NaiveDate, NaiveTime};
use domain::{
    problems::{FieldProblem, Problem, Problems},
    time::{
        Resolution, WallTime, ZoneName, ZoneRules,
        agreed::{AgreedTime, settle},
        clocks::rfc3339,
        typed::{Base, read_date, read_moment},
        wall_at,
    },
};
use language::Words;

/// The fields of a form in which its times stand, as they were typed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TypedTimes<'a> {
    /// The day it starts.
    pub(crate) date: &'a str,
    /// The time it starts.
    pub(crate) starts: &'a str,
    /// The time it ends, or how long it lasts.
    pub(crate) ends: &'a str,
    /// Zone of the start.
    pub(crate) zone: &'a str,
    /// Zone of the end; empty for the same.
    pub(crate) end_zone: &'a str,
    /// Which of two equal starts is meant, by its offset.
    pub(crate) starts_offset: &'a str,
    /// The same of the end.
    pub(crate) ends_offset: &'a str,
    /// When a hold ends by itself; empty where nothing is held, or it was not said.
    pub(crate) hold_until: &'a str,
    /// Which of two equal ends of the hold is meant.
    pub(crate) hold_until_offset: &'a str,
    /// The wall time from which a span in the start counts.
    pub(crate) after: Option<WallTime>,
}

/// Times as they were read, as far as they could be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Times {
    /// The start.
    pub(crate) starts: Option<AgreedTime>,
    /// The end.
    pub(crate) ends: Option<AgreedTime>,
    /// When a hold ends by itself, in the form that use cases take; empty where none was said.
    pub(crate) hold_until: String,
}

fn zone_of(problems: &mut Problems, field: &str, text: &str) -> Option<ZoneName> {
    problems.take(field, ZoneName::parse(text).map_err(|_| Problem::UnknownZone))
}

fn is_span(text: &str) -> bool {
    text.trim_start().starts_with(['+', '-', '\u{2212}'])
}

/// The time agreed, with the offset that was chosen where the zone's clocks show it twice; elsewhere none is needed, and one
/// left over from another day means nothing.
fn agreed(rules: &dyn ZoneRules, local: WallTime, zone: ZoneName, chosen: &str) -> AgreedTime {
    let twice = matches!(rules.resolve(&zone, local), Ok(Resolution::Ambiguous { .. }));
    let offset = chosen.parse().ok().filter(|_| twice);
    AgreedTime { local, zone, offset }
}

impl TypedTimes<'_> {
    /// The times, read from today's date on.
    pub(crate) fn read(&self, problems: &mut Problems, today: NaiveDate, rules: &dyn ZoneRules) -> Times {
        let zone = zone_of(problems, "zone", self.zone);
        let end_zone = if self.end_zone.trim().is_empty() { zone.clone() } else { zone_of(problems, "end_zone", self.end_zone) };
        let date =
            if self.date.trim().is_empty() { None } else { problems.take("date", read_date(self.date, &Base { today, from: self.after })) };
        let midnight = date.map(|date| WallTime::new(date.and_time(NaiveTime::MIN)));
        // A span counts from what was before; a time alone is on the day typed beside it.
        let from = if is_span(self.starts) { self.after } else { midnight };
        let starts_local = if self.date.trim().is_empty() || date.is_some() {
            problems.take("starts", read_moment(self.starts, &Base { today, from }))
        } else {
            None
        };
        let starts = starts_local.zip(zone).map(|(local, zone)| agreed(rules, local, zone, self.starts_offset));
        let ends = match &starts {
            None if self.ends.trim().is_empty() => {
                problems.add("ends", Problem::Missing);
                None
            }
            None => None,
            Some(starts) => {
                let read = problems.take("ends", read_moment(self.ends, &Base { today, from: Some(starts.local) }));
                read.zip(end_zone).map(|(local, zone)| self.end(rules, starts, local, zone))
            }
        };
        let hold_until = self.hold_ends(problems, today, starts.as_ref(), rules);
        Times { starts, ends, hold_until }
    }

    /// The end. A span is so many minutes of time that passes, whatever the clocks do meanwhile and whichever stand at the end.
    fn end(&self, rules: &dyn ZoneRules, starts: &AgreedTime, local: WallTime, zone: ZoneName) -> AgreedTime {
        let passed = is_span(self.ends).then(|| {
            let at = settle(rules, starts).ok()?.at() + (local.naive() - starts.local.naive());
            let moment = wall_at(rules, &zone, at).ok()?;
            Some(AgreedTime::from(&moment))
        });
        passed.flatten().unwrap_or_else(|| agreed(rules, local, zone, self.ends_offset))
    }

    /// When a hold ends by itself, on the clocks of the start.
    fn hold_ends(&self, problems: &mut Problems, today: NaiveDate, starts: Option<&AgreedTime>, rules: &dyn ZoneRules) -> String {
        if self.hold_until.trim().is_empty() {
            return String::new();
        }
        let from = starts.map(|starts| starts.local);
        let zone = starts.map(|starts| starts.zone.clone()).or_else(|| ZoneName::parse(self.zone).ok());
        let read = problems.take("hold_until", read_moment(self.hold_until, &Base { today, from }));
        let Some((local, zone)) = read.zip(zone) else { return String::new() };
        let settled = problems.take("hold_until", settle(rules, &agreed(rules, local, zone, self.hold_until_offset)));
        settled.map(|moment| rfc3339(&moment)).unwrap_or_default()
    }
}

/// What would work instead of a time that does not exist: the two nearest that do, each a button.
pub(crate) fn skipped(words: Words, problems: &[FieldProblem]) -> Vec<Notice> {
    let notice = |problem: &FieldProblem| {
        let Problem::TimeSkipped { before, after } = problem.problem else { return None };
        let says = match problem.field.as_str() {
            "starts" => words.time_start_skipped(),
            "ends" => words.time_end_skipped(),
            "hold_until" => words.time_hold_skipped(),
            _ => return None,
        };
        let alternatives = [before, after].map(|local| {
            let fields = match problem.field.as_str() {
                "starts" => Typed::default().with("date", local.date().to_string()).with("starts", typed_time(local, local.date())),
                field => Typed::default().with(field, typed_moment(local)),
            };
            Alternative { label: typed_moment(local), fields }
        });
        Some(Notice { alternatives: alternatives.to_vec(), ..Notice::new(NoticeLevel::Block, says) })
    };
    problems.iter().filter_map(notice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use backend::zones::{ZoneOptions, Zones};

    const LOS_ANGELES: &str = "America/Los_Angeles";

    fn typed<'a>(date: &'a str, starts: &'a str, ends: &'a str) -> TypedTimes<'a> {
        TypedTimes { date, starts, ends, zone: LOS_ANGELES, ..TypedTimes::default() }
    }

    fn times(typed: &TypedTimes<'_>) -> (Times, Vec<FieldProblem>) {
        let mut problems = Problems::new();
        let today = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
        let times = typed.read(&mut problems, today, &Zones::newest(&ZoneOptions::default()).unwrap());
        (times, problems.into_vec())
    }

    fn read(typed: &TypedTimes<'_>) -> (Option<String>, Option<String>, Vec<FieldProblem>) {
        let (times, problems) = times(typed);
        let text = |time: Option<AgreedTime>| time.map(|time| format!("{} {}", time.local, time.zone));
        (text(times.starts), text(times.ends), problems)
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        let (starts, ends, problems) = read(&typed("17 Mar", "9.30", "+25m"));
        assert_eq!(starts.as_deref(), Some("2027-03-17T09:30 America/Los_Angeles"));
        assert_eq!(ends.as_deref(), Some("2027-03-17T09:55 America/Los_Angeles"));
        assert!(problems.is_empty());
    }

    #[test]
    fn a_span_counts_time_that_passes_over_a_change_of_clocks_and_of_zones() {
        let (_, ends, _) = read(&typed("2027-03-14", "01:50", "+25m"));
        assert_eq!(ends.as_deref(), Some("2027-03-14T03:15 America/Los_Angeles"));
        let flight = TypedTimes { end_zone: "Asia/Ho_Chi_Minh", ..typed("2027-03-17", "23:30", "+15h") };
        assert_eq!(read(&flight).1.as_deref(), Some("2027-03-19T04:30 Asia/Ho_Chi_Minh"));
    }

    #[test]
    fn a_span_in_the_start_counts_from_what_was_before() {
        let after = TypedTimes { after: "2027-03-17T10:15".parse().ok(), ..typed("17 Mar", "+15m", "+30m") };
        assert_eq!(read(&after).0.as_deref(), Some("2027-03-17T10:30 America/Los_Angeles"));
        assert!(read(&typed("17 Mar", "+15m", "+30m")).0.is_none());
    }

    #[test]
    fn an_offset_chosen_for_another_time_is_let_go() {
        let chosen = TypedTimes { starts_offset: "-08:00", ..typed("2027-11-07", "01:30", "02:30") };
        let twice = times(&chosen).0.starts.unwrap();
        assert_eq!(twice.offset.map(|offset| offset.to_string()).as_deref(), Some("-08:00"));
        assert_eq!(times(&TypedTimes { date: "2027-11-08", ..chosen }).0.starts.unwrap().offset, None);
    }

    #[test]
    fn a_hold_that_ends_in_the_hour_that_comes_twice_asks_which() {
        let held = TypedTimes { hold_until: "01:30", ..typed("2027-11-07", "09:00", "+1h") };
        let asked: Vec<String> = times(&held).1.into_iter().map(|problem| problem.field).collect();
        assert_eq!(asked, ["hold_until"]);
        let (answered, problems) = times(&TypedTimes { hold_until_offset: "-08:00", ..held });
        assert_eq!((answered.hold_until.as_str(), problems.len()), ("2027-11-07T01:30:00-08:00", 0));
    }

    #[test]
    fn a_time_that_does_not_exist_comes_with_the_two_nearest_as_buttons() {
        let skipped_in = |field: &str| {
            let problem = Problem::TimeSkipped { before: "2027-03-14T01:59".parse().unwrap(), after: "2027-03-14T03:00".parse().unwrap() };
            let notices = skipped(Words::default(), &[FieldProblem { field: field.into(), problem }]);
            let values = notices[0].alternatives.iter().map(|alternative| alternative.fields.get(field).to_owned());
            values.collect::<Vec<String>>()
        };
        assert_eq!(skipped_in("starts"), ["01:59", "03:00"]);
        assert_eq!(skipped_in("hold_until"), ["2027-03-14 01:59", "2027-03-14 03:00"]);
    }
}
