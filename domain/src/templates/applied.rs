//! What a template brings a visit: its lines on the visit's days and clocks, its tasks with their days counted back from arrival.

use super::{DayCount, Template, TemplateLine, TemplateTask};
use crate::{
    holidays::Calendar,
    programme::{ItemState, input::ItemInput},
    tasks::input::TaskInput,
    text::folded,
    time::{WallTime, ZoneName, ZoneRules, agreed::AgreedTime, instant_near, wall_at},
    visits::VisitDates,
};
use chrono::{Days, NaiveDate, TimeDelta};
use std::collections::BTreeMap;

/// The lines a template brings a visit of these days, on the clocks of this zone; lines of days that the visit has not are left
/// out. Nobody has agreed their times minute by minute: one that does not exist becomes the first that does, and of one that
/// exists twice the first is taken.
pub fn lines_of(template: &Template, dates: VisitDates, zone: &ZoneName, rules: &dyn ZoneRules) -> Vec<ItemInput> {
    template.lines.iter().filter_map(|line| line_of(line, dates, zone, rules)).collect()
}

fn line_of(line: &TemplateLine, dates: VisitDates, zone: &ZoneName, rules: &dyn ZoneRules) -> Option<ItemInput> {
    let date = line.day.on(dates.starts_on, dates.ends_on)?;
    let starts_at = instant_near(rules, zone, WallTime::new(date.and_time(line.starts)))?;
    let starts = wall_at(rules, zone, starts_at).ok()?;
    let ends = wall_at(rules, zone, starts_at + TimeDelta::minutes(i64::from(line.minutes))).ok()?;
    Some(ItemInput {
        kind: Some(line.kind.word().to_owned()),
        title: Some(line.title.to_string()),
        starts: Some(AgreedTime::from(&starts)),
        ends: Some(AgreedTime::from(&ends)),
        state: Some(ItemState::Wished.word().to_owned()),
        ..ItemInput::default()
    })
}

/// The tasks a template brings a visit that begins on this day.
pub fn tasks_of(template: &Template, arrival: NaiveDate, calendar: &Calendar) -> Vec<TaskInput> {
    let task = |task: &TemplateTask| TaskInput {
        words: Some(task.words.to_string()),
        // No date is kept that lies before 1970, however many days are counted back.
        due_on: Some(due_on(task, arrival, calendar).max(NaiveDate::default()).to_string()),
        ..TaskInput::default()
    };
    template.tasks.iter().map(task).collect()
}

/// The day on which a usual task is due.
pub fn due_on(task: &TemplateTask, arrival: NaiveDate, calendar: &Calendar) -> NaiveDate {
    match task.count {
        DayCount::WorkingDays => calendar.counted_back(arrival, task.before),
        DayCount::Days => arrival.checked_sub_days(Days::new(u64::from(task.before))).unwrap_or(arrival),
    }
}

/// Those of the things a template brings that are not there yet. Each that is there stands for one of its name, so that a template
/// which names a thing twice brings it twice, and a name matches whatever its case, accents and spaces.
pub fn missing<T>(mut brought: Vec<T>, name: impl Fn(&T) -> &str, there: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<T> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for thing in there {
        *known.entry(folded(thing.as_ref())).or_default() += 1;
    }
    let mut is_missing = |thing: &T| match known.get_mut(&folded(name(thing))) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    brought.retain(|thing| is_missing(thing));
    brought
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        programme::ItemKind,
        templates::TemplateDay,
        text::Title,
        time::fixed::tests::{table, zone},
    };
    use rstest::rstest;

    fn dates(from: &str, to: &str) -> VisitDates {
        VisitDates { starts_on: from.parse().unwrap(), ends_on: to.parse().unwrap() }
    }

    fn line(day: TemplateDay, starts: &str, minutes: u32) -> TemplateLine {
        let title = Title::parse("Something").unwrap();
        TemplateLine { day, starts: starts.parse().unwrap(), minutes, kind: ItemKind::Ceremony, title }
    }

    fn times(line: TemplateLine, dates: VisitDates) -> Option<(String, String)> {
        let template = Template { lines: vec![line], ..Template::default() };
        let lines = lines_of(&template, dates, &zone("America/Los_Angeles"), &table());
        let text = |time: &Option<AgreedTime>| {
            let time = time.as_ref().unwrap();
            format!("{}{}", time.local, time.offset.unwrap())
        };
        lines.first().map(|line| (text(&line.starts), text(&line.ends)))
    }

    #[rstest]
    #[case(TemplateDay::Nth(1), "09:30:00", 45, Some(("2027-03-13T09:30-08:00", "2027-03-13T10:15-08:00")))]
    #[case(TemplateDay::Last, "23:30:00", 60, Some(("2027-03-15T23:30-07:00", "2027-03-16T00:30-07:00")))]
    #[case(TemplateDay::Nth(4), "09:30:00", 45, None)]
    // The clocks go forward from 02:00 to 03:00 on 14 March 2027: the first time that exists, and as long as it was meant to be.
    #[case(TemplateDay::Nth(2), "02:30:00", 60, Some(("2027-03-14T03:00-07:00", "2027-03-14T04:00-07:00")))]
    #[case(TemplateDay::Nth(2), "01:30:00", 60, Some(("2027-03-14T01:30-08:00", "2027-03-14T03:30-07:00")))]
    fn lines_stand_on_the_visits_days_and_clocks(
        #[case] day: TemplateDay,
        #[case] starts: &str,
        #[case] minutes: u32,
        #[case] expected: Option<(&str, &str)>,
    ) {
        let times = times(line(day, starts, minutes), dates("2027-03-13", "2027-03-15"));
        assert_eq!(times.as_ref().map(|(starts, ends)| (starts.as_str(), ends.as_str())), expected);
    }

    #[test]
    fn of_a_time_that_comes_twice_the_first_is_taken() {
        let (starts, ends) = times(line(TemplateDay::Nth(1), "01:30:00", 60), dates("2027-11-07", "2027-11-07")).unwrap();
        assert_eq!((starts.as_str(), ends.as_str()), ("2027-11-07T01:30-07:00", "2027-11-07T01:30-08:00"));
    }

    #[rstest]
    #[case(DayCount::Days, 10, "2027-03-05")]
    #[case(DayCount::WorkingDays, 10, "2027-03-01")]
    #[case(DayCount::WorkingDays, 0, "2027-03-15")]
    // Over Washington’s Birthday.
    #[case(DayCount::WorkingDays, 20, "2027-02-12")]
    fn tasks_are_due_so_many_days_before_arrival(#[case] count: DayCount, #[case] before: u16, #[case] due: &str) {
        let task = TemplateTask { before, count, words: Title::parse("Order the flags").unwrap() };
        let template = Template { tasks: vec![task], ..Template::default() };
        let tasks = tasks_of(&template, "2027-03-15".parse().unwrap(), &Calendar::of("US"));
        assert_eq!(tasks[0].due_on.as_deref(), Some(due));
    }

    #[test]
    fn what_is_there_already_is_not_brought_again() {
        let brought = || vec!["Movement", "Arrival", "Movement"];
        assert_eq!(missing(brought(), |it| it, ["movement", "Lunch"]), ["Arrival", "Movement"]);
        assert_eq!(missing(brought(), |it| it, ["Movement ", "ARRIVAL", "Movement"]), Vec::<&str>::new());
        assert_eq!(missing(brought(), |it| it, Vec::<String>::new()), brought());
    }
}
