//! Reading the forms of a series.

use super::{
    SeriesDaysForm, SeriesForm,
    form::{ANSWER, LEAVE, weekday_field},
};
use crate::times::reading::Times;
use backend::rooms::series::Part;
use chrono::NaiveDate;
use domain::{
    problems::{FieldProblem, Problem, Problems},
    rooms::series::{
        Reach, SeriesDay,
        input::{SeriesAnswer, SeriesInput, TakenSlot},
    },
    time::{
        agreed::AgreedTime,
        typed::{Base, read_date},
    },
};

/// How many bookings of a series are meant, and from which day on.
pub(super) fn part(reach: &str, on: &str) -> Option<Part> {
    let on = on.parse().ok();
    let reach = match (reach, on) {
        ("this", Some(_)) => Reach::This,
        ("following", Some(_)) => Reach::Following,
        ("all", _) => Reach::All,
        _ => return None,
    };
    Some(Part { reach, on })
}

/// The answer for a day, if it says anything that is one.
fn answer(on: SeriesDay, text: &str) -> Option<SeriesAnswer> {
    if text == LEAVE {
        return Some(SeriesAnswer { on, take: None });
    }
    Some(SeriesAnswer { on, take: Some(taken_slot(text)?) })
}

/// The slot that an answer takes, as [`super::form::answer_of_slot`] wrote it.
pub(crate) fn taken_slot(text: &str) -> Option<TakenSlot> {
    let mut parts = text.split(' ');
    let (from, from_offset, until, until_offset) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let zone: domain::time::ZoneName = parts.next()?.to_owned().try_into().ok()?;
    let room_id = parts.next().map(str::to_owned);
    let time =
        |local: &str, offset: &str| Some(AgreedTime { local: local.parse().ok()?, zone: zone.clone(), offset: Some(offset.parse().ok()?) });
    Some(TakenSlot { starts: time(from, from_offset)?, ends: time(until, until_offset)?, room_id })
}

/// Days that were typed with commas between them.
fn days(problems: &mut Problems, field: &str, text: &str, today: NaiveDate) -> Vec<String> {
    let read = |text: &str| read_date(text, &Base { today, from: None }).map(|date| date.to_string());
    // A day that its month lacks is left out by its name, which is no date.
    let read = |text: &str| text.parse::<SeriesDay>().map(|day| day.to_string()).or_else(|_| read(text));
    let typed = text.split([',', ';', '\n']).map(str::trim).filter(|text| !text.is_empty());
    let read: Result<Vec<String>, _> = typed.map(read).collect();
    problems.take(field, read.map_err(Problem::from)).unwrap_or_default()
}

impl SeriesForm {
    /// What was said, for the use case.
    pub(super) fn input(&self, times: Times, problems: &mut Problems, today: NaiveDate) -> SeriesInput {
        let is_new = self.reach.is_empty();
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
        // On a change what is left empty stays as it was.
        let stays = |text: &str| !is_new && text.trim().is_empty();
        let sent = |field: &str| self.booking.more.get(field).is_some_and(|sent| !sent.is_empty());
        let first = times.starts.as_ref().map(|starts| starts.local.date());
        let until = said(&self.until).and_then(|text| {
            let base = Base { today: first.unwrap_or(today), from: None };
            problems.take("until", read_date(&text, &base).map_err(Problem::from)).map(|date| date.to_string())
        });
        let answers = self.booking.more.iter().filter_map(|(field, text)| answer(field.strip_prefix(ANSWER)?.parse().ok()?, text));
        let weekdays = (1..=7).filter(|day| sent(&weekday_field(*day))).map(Into::into).collect();
        let today = first.unwrap_or(today);
        SeriesInput {
            answers: answers.collect(),
            repeats: said(&self.repeats),
            every: said(&self.every).map(|text| text.as_str().into()),
            weekdays: Some(weekdays),
            dates: Some(days(problems, "dates", &self.dates, today)),
            until,
            times: said(&self.times).map(|text| text.as_str().into()),
            except: (!stays(&self.except)).then(|| days(problems, "except", &self.except, today)),
            twice: said(&self.twice),
            booking: self.booking.input(times),
        }
    }
}

impl SeriesDaysForm {
    /// The form of the series with these answers for the days that `open` names; one that was answered before keeps its answer.
    pub(super) fn onto(&self, mut form: SeriesForm, open: impl IntoIterator<Item = SeriesDay>) -> SeriesForm {
        for on in open {
            let field = super::form::answer_field(on);
            let said = self.more.get(&field).filter(|said| !said.is_empty()).cloned();
            if let Some(said) = said.or_else(|| (self.rest == LEAVE).then(|| LEAVE.to_owned())) {
                form.booking.more.insert(field, said);
            }
        }
        form
    }
}

/// The problems under the names of the form's fields; what is wrong with an answer is asked anew.
pub(super) fn in_fields(problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
    crate::forms::renamed(problems, |field| field.strip_prefix("booking.").map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> SeriesForm {
        let more = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        SeriesForm { booking: crate::bookings::BookingForm { more, ..Default::default() }, ..SeriesForm::default() }
    }

    fn read(form: &SeriesForm) -> (SeriesInput, Vec<String>) {
        let mut problems = Problems::new();
        let input = form.input(Times::default(), &mut problems, NaiveDate::from_ymd_opt(2027, 3, 1).unwrap());
        (input, problems.into_vec().into_iter().map(|problem| problem.field).collect())
    }

    #[test]
    fn weekdays_days_and_answers_are_read_as_they_were_given() {
        let fields = [
            ("weekday_3", "yes"),
            ("weekday_5", ""),
            ("answer_2027-03-17", LEAVE),
            ("answer_2027-03-24", "2027-03-24T10:30 -07:00 2027-03-24T11:30 -07:00 America/Los_Angeles"),
            ("answer_nonsense", LEAVE),
            ("answer_2027-03-31", "nonsense"),
        ];
        let given = SeriesForm { dates: "17 Mar, 2027-04-05".into(), except: "31 Mar; 2027-02-31".into(), ..form(&fields) };
        let (input, problems) = read(&given);
        assert_eq!(input.weekdays, Some(vec![3.into()]));
        assert_eq!(input.dates, Some(vec!["2027-03-17".to_owned(), "2027-04-05".to_owned()]));
        assert_eq!(input.except, Some(vec!["2027-03-31".to_owned(), "2027-02-31".to_owned()]));
        let taken: Vec<_> = input.answers.iter().map(|answer| (answer.on.to_string(), answer.take.is_some())).collect();
        assert_eq!(taken, [("2027-03-17".to_owned(), false), ("2027-03-24".to_owned(), true)]);
        assert!(problems.is_empty());
    }

    #[test]
    fn what_is_no_day_is_said_and_what_is_left_empty_on_a_change_stays() {
        let given = SeriesForm { dates: "soon".into(), until: "whenever".into(), ..form(&[]) };
        assert_eq!(read(&given).1, ["until", "dates"]);
        let changed = SeriesForm { reach: "all".into(), ..form(&[]) };
        assert_eq!((read(&changed).0.except, read(&form(&[])).0.except), (None, Some(Vec::new())));
    }

    #[test]
    fn a_day_that_is_not_answered_for_is_left_out_where_the_rest_is() {
        let on: SeriesDay = "2027-03-17".parse().unwrap();
        let answered = |rest: &str| {
            let days = SeriesDaysForm { rest: rest.into(), ..SeriesDaysForm::default() };
            days.onto(form(&[]), [on]).booking.more.get("answer_2027-03-17").cloned()
        };
        assert_eq!((answered(LEAVE).as_deref(), answered("")), (Some(LEAVE), None));
    }

    #[test]
    fn a_part_of_a_series_names_its_day() {
        assert!(part("following", "2027-03-17").is_some_and(|part| part.reach == Reach::Following));
        assert!(part("following", "").is_none() && part("nonsense", "2027-03-17").is_none());
        assert!(part("all", "").is_some_and(|part| part.on.is_none()));
    }
}
