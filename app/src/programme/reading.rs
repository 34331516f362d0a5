//! Reading the form of a line: times as people type them, and what to offer where one does not exist.

use super::form::{ItemForm, MARKING, PERSON, ROLE, typed_moment, typed_time};
use crate::forms::{Alternative, Notice, NoticeLevel, Typed};
use chrono::{NaiveDate, NaiveTime};
use domain::{
    problems::{FieldProblem, Problem, Problems},
    programme::{
        ItemPart, ItemState,
        input::{ItemInput, ParticipantInput},
    },
    time::{
        Resolution, WallTime, ZoneName, ZoneRules,
        agreed::{AgreedTime, settle},
        clocks::rfc3339,
        typed::{Base, read_date, read_moment},
        wall_at,
    },
};
use language::Words;

/// The two ends of a line as they were read, as far as they could be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Times {
    /// The start.
    pub(super) starts: Option<AgreedTime>,
    /// The end.
    pub(super) ends: Option<AgreedTime>,
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

impl ItemForm {
    /// The times, read from today's date on.
    pub(super) fn times(&self, problems: &mut Problems, today: NaiveDate, rules: &dyn ZoneRules) -> Times {
        let zone = zone_of(problems, "zone", &self.zone);
        let end_zone = if self.end_zone.trim().is_empty() { zone.clone() } else { zone_of(problems, "end_zone", &self.end_zone) };
        let after: Option<WallTime> = self.after.parse().ok();
        let date =
            if self.date.trim().is_empty() { None } else { problems.take("date", read_date(&self.date, &Base { today, from: after })) };
        let midnight = date.map(|date| WallTime::new(date.and_time(NaiveTime::MIN)));
        // A span counts from the end of the line before; a time alone is on the day typed beside it.
        let from = if is_span(&self.starts) { after } else { midnight };
        let starts_local = if self.date.trim().is_empty() || date.is_some() {
            problems.take("starts", read_moment(&self.starts, &Base { today, from }))
        } else {
            None
        };
        let starts = starts_local.zip(zone).map(|(local, zone)| agreed(rules, local, zone, &self.starts_offset));
        let ends = match &starts {
            None if self.ends.trim().is_empty() => {
                problems.add("ends", Problem::Missing);
                None
            }
            None => None,
            Some(starts) => {
                let read = problems.take("ends", read_moment(&self.ends, &Base { today, from: Some(starts.local) }));
                read.zip(end_zone).map(|(local, zone)| self.end(rules, starts, local, zone))
            }
        };
        Times { starts, ends }
    }

    /// The end. A span is so many minutes of time that passes, whatever the clocks do meanwhile and whichever stand at the end.
    fn end(&self, rules: &dyn ZoneRules, starts: &AgreedTime, local: WallTime, zone: ZoneName) -> AgreedTime {
        let passed = is_span(&self.ends).then(|| {
            let at = settle(rules, starts).ok()?.at() + (local.naive() - starts.local.naive());
            let moment = wall_at(rules, &zone, at).ok()?;
            Some(AgreedTime::from(&moment))
        });
        passed.flatten().unwrap_or_else(|| agreed(rules, local, zone, &self.ends_offset))
    }

    /// When a hold ends by itself, in the form that the use case takes; empty where none was said.
    pub(super) fn hold_ends(&self, problems: &mut Problems, today: NaiveDate, times: &Times, rules: &dyn ZoneRules) -> String {
        if self.hold_until.trim().is_empty() || self.state != ItemState::Held.word() {
            return String::new();
        }
        let from = times.starts.as_ref().map(|starts| starts.local);
        let zone = times.starts.as_ref().map(|starts| starts.zone.clone()).or_else(|| ZoneName::parse(&self.zone).ok());
        let read = problems.take("hold_until", read_moment(&self.hold_until, &Base { today, from }));
        let Some((local, zone)) = read.zip(zone) else { return String::new() };
        let settled = problems.take("hold_until", settle(rules, &AgreedTime { local, zone, offset: None }));
        settled.map(|moment| rfc3339(&moment)).unwrap_or_default()
    }

    /// What was said, for the use case; the parts that the form does not show stay as they are.
    pub(super) fn input(&self, times: Times, hold_until: String) -> ItemInput {
        let given = |part: ItemPart, text: &str| (self.shows(part) || !text.is_empty()).then(|| text.to_owned());
        let whole = |text: &str| Some(text.to_owned());
        let has_room = !self.room_id.is_empty();
        let has_people = self.more.iter().any(|(name, value)| name.starts_with(PERSON) && !value.is_empty());
        let marked = |(name, value): (&String, &String)| Some((name.strip_prefix(MARKING)?.to_owned(), value.clone()));
        ItemInput {
            kind: whole(&self.kind),
            title: given(ItemPart::Title, &self.title),
            starts: times.starts,
            ends: times.ends,
            room_id: given(ItemPart::Place, &self.room_id),
            layout: given(ItemPart::Place, if has_room { &self.layout } else { "" }),
            people_count: given(ItemPart::Place, if has_room { &self.people_count } else { "" }),
            features: None,
            sweep: None,
            place: given(ItemPart::Place, if has_room { "" } else { &self.place }),
            people: (self.shows(ItemPart::People) || has_people).then(|| self.people()),
            route: given(ItemPart::Movement, &self.route),
            vehicles: given(ItemPart::Movement, &self.vehicles),
            carrier: given(ItemPart::Movement, &self.carrier),
            press: given(ItemPart::Press, &self.press).filter(|press| !press.is_empty()),
            dress: whole(&self.dress),
            notes: given(ItemPart::Notes, &self.notes),
            cover: whole(&self.cover),
            drop_by: Some(!self.drop_by.is_empty()),
            state: whole(&self.state),
            hold_until: Some(hold_until),
            markings: self.more.iter().filter_map(marked).filter(|(_, marking)| !marking.is_empty()).collect(),
            reason: whole(&self.reason),
        }
    }

    /// The people in the order of their rows.
    fn people(&self) -> Vec<ParticipantInput> {
        let mut rows: Vec<(u32, &String)> =
            self.more.iter().filter_map(|(name, value)| Some((name.strip_prefix(PERSON)?.parse().ok()?, value))).collect();
        rows.sort_unstable_by_key(|(number, _)| *number);
        rows.into_iter()
            .filter(|(_, person)| !person.is_empty())
            .map(|(number, person)| ParticipantInput {
                person_id: person.clone(),
                role: self.more.get(&format!("{ROLE}{number}")).cloned().unwrap_or_default(),
            })
            .collect()
    }
}

/// What would work instead of a time that does not exist: the two nearest that do, each a button.
pub(super) fn skipped(words: Words, problems: &[FieldProblem]) -> Vec<Notice> {
    let notice = |problem: &FieldProblem| {
        let Problem::TimeSkipped { before, after } = problem.problem else { return None };
        let is_start = problem.field == "starts";
        let alternatives = [before, after]
            .map(|local| {
                let fields = if is_start {
                    Typed::default().with("date", local.date().to_string()).with("starts", typed_time(local, local.date()))
                } else {
                    Typed::default().with("ends", typed_moment(local))
                };
                Alternative { label: typed_moment(local), fields }
            })
            .to_vec();
        let says = if is_start { words.programme_start_skipped() } else { words.programme_end_skipped() };
        Some(Notice { level: NoticeLevel::Block, says, alternatives })
    };
    problems.iter().filter_map(notice).collect()
}

/// The problems by the names of the form's fields: people stand in rows, of which the first is named.
pub(super) fn in_fields(problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
    let renamed = |problem: FieldProblem| match problem.field.as_str() {
        "people" => FieldProblem { field: format!("{PERSON}1"), ..problem },
        "movement" => FieldProblem { field: "route".to_owned(), ..problem },
        "time" => FieldProblem { field: "starts".to_owned(), ..problem },
        _ => problem,
    };
    problems.into_iter().map(renamed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use backend::zones::{ZoneOptions, Zones};

    const LOS_ANGELES: &str = "America/Los_Angeles";

    fn rules() -> Zones {
        Zones::newest(&ZoneOptions::default()).unwrap()
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, 1).unwrap()
    }

    fn form(date: &str, starts: &str, ends: &str) -> ItemForm {
        ItemForm { date: date.into(), starts: starts.into(), ends: ends.into(), zone: LOS_ANGELES.into(), ..ItemForm::default() }
    }

    fn read(form: &ItemForm) -> (Option<String>, Option<String>, Vec<FieldProblem>) {
        let mut problems = Problems::new();
        let times = form.times(&mut problems, today(), &rules());
        let text = |time: Option<AgreedTime>| time.map(|time| format!("{} {}", time.local, time.zone));
        (text(times.starts), text(times.ends), problems.into_vec())
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        let (starts, ends, problems) = read(&form("17 Mar", "9.30", "+25m"));
        assert_eq!(starts.as_deref(), Some("2027-03-17T09:30 America/Los_Angeles"));
        assert_eq!(ends.as_deref(), Some("2027-03-17T09:55 America/Los_Angeles"));
        assert!(problems.is_empty());
    }

    #[test]
    fn a_span_counts_time_that_passes_over_a_change_of_clocks_and_of_zones() {
        let (_, ends, _) = read(&form("2027-03-14", "01:50", "+25m"));
        assert_eq!(ends.as_deref(), Some("2027-03-14T03:15 America/Los_Angeles"));
        let flight = ItemForm { end_zone: "Asia/Ho_Chi_Minh".into(), ..form("2027-03-17", "23:30", "+15h") };
        assert_eq!(read(&flight).1.as_deref(), Some("2027-03-19T04:30 Asia/Ho_Chi_Minh"));
    }

    #[test]
    fn a_span_in_the_start_counts_from_the_line_before() {
        let after = ItemForm { after: "2027-03-17T10:15".into(), ..form("17 Mar", "+15m", "+30m") };
        assert_eq!(read(&after).0.as_deref(), Some("2027-03-17T10:30 America/Los_Angeles"));
        assert!(read(&form("17 Mar", "+15m", "+30m")).0.is_none());
    }

    #[test]
    fn an_offset_chosen_for_another_time_is_let_go() {
        let mut problems = Problems::new();
        let chosen = ItemForm { starts_offset: "-08:00".into(), ..form("2027-11-07", "01:30", "02:30") };
        let twice = chosen.times(&mut problems, today(), &rules()).starts.unwrap();
        assert_eq!(twice.offset.map(|offset| offset.to_string()).as_deref(), Some("-08:00"));
        let once = ItemForm { date: "2027-11-08".into(), ..chosen }.times(&mut problems, today(), &rules()).starts.unwrap();
        assert_eq!(once.offset, None);
    }

    #[test]
    fn a_time_that_does_not_exist_comes_with_the_two_nearest_as_buttons() {
        let problem = Problem::TimeSkipped { before: "2027-03-14T01:59".parse().unwrap(), after: "2027-03-14T03:00".parse().unwrap() };
        let notices = skipped(Words::default(), &[FieldProblem { field: "starts".into(), problem }]);
        let starts: Vec<&str> = notices[0].alternatives.iter().map(|alternative| alternative.fields.get("starts")).collect();
        assert_eq!(starts, ["01:59", "03:00"]);
    }

    #[test]
    fn what_the_form_does_not_show_is_not_touched() {
        let form = ItemForm { parts: "existence time".into(), ..form("17 Mar", "9.30", "10.00") };
        let input = form.input(Times::default(), String::new());
        assert_eq!((input.title, input.people, input.notes, input.route), (None, None, None, None));
    }

    #[test]
    fn people_keep_the_order_of_their_rows() {
        let more = [("person_10", "c"), ("person_2", "a"), ("role_2", "greeter"), ("person_3", "")];
        let more = more.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
        let people = ItemForm { more, ..ItemForm::default() }.people();
        let rows: Vec<_> = people.iter().map(|row| (row.person_id.as_str(), row.role.as_str())).collect();
        assert_eq!(rows, [("a", "greeter"), ("c", "")]);
    }
}
