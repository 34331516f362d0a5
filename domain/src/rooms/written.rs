//! Hours of a day as people write them in one field or one cell: `08:00-12:00, 14:00-18:00`.

use super::terms::DayHours;
use chrono::NaiveTime;

/// When something closes: midnight is that at the end of the day, `24:00`.
pub fn closing_written(closes: NaiveTime) -> String {
    if closes == NaiveTime::MIN { "24:00".to_owned() } else { closes.format("%H:%M").to_string() }
}

/// The stretches of a day in one text; empty for none.
pub fn hours_written(hours: impl IntoIterator<Item = DayHours>) -> String {
    let stretch = |hours: DayHours| format!("{}-{}", hours.opens.format("%H:%M"), closing_written(hours.closes));
    hours.into_iter().map(stretch).collect::<Vec<_>>().join(", ")
}

/// The stretches that a text names, each from when until when, as they were typed: commas, semicolons or spaces part them, and any
/// dash stands between the two. What has no dash is a beginning without an end.
pub fn hours_typed(text: &str) -> Vec<(String, String)> {
    let dashed = text.replace(['\u{2010}', '\u{2011}', '\u{2013}', '\u{2014}', '\u{2212}'], "-").replace([',', ';'], " ");
    let spaced = dashed.split_whitespace().collect::<Vec<_>>().join(" ");
    let joined = spaced.replace(" - ", "-").replace(" -", "-").replace("- ", "-");
    let stretch = |part: &str| match part.split_once('-') {
        Some((opens, closes)) => (opens.to_owned(), closes.to_owned()),
        None => (part.to_owned(), String::new()),
    };
    joined.split(' ').filter(|part| !part.is_empty()).map(stretch).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Vec<String> {
        hours_typed(text).into_iter().map(|(opens, closes)| format!("{opens}|{closes}")).collect()
    }

    #[test]
    fn stretches_are_read_however_they_are_parted() {
        assert_eq!(typed("08:00-12:00, 14:00–18:00"), ["08:00|12:00", "14:00|18:00"]);
        assert_eq!(typed(" 08:00 - 12:00;14:00 -18:00 "), ["08:00|12:00", "14:00|18:00"]);
        assert_eq!(typed("08:00-12:00 14:00-18:00"), ["08:00|12:00", "14:00|18:00"]);
        assert!(typed("  ").is_empty());
    }

    #[test]
    fn what_is_no_stretch_is_kept_to_be_refused() {
        assert_eq!(typed("late"), ["late|"]);
        assert_eq!(typed("08:00-"), ["08:00|"]);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let at = |text: &str| text.parse::<NaiveTime>().unwrap();
        let hours =
            [("08:00:00", "12:30:00"), ("14:00:00", "00:00:00")].map(|(opens, closes)| DayHours { opens: at(opens), closes: at(closes) });
        assert_eq!(hours_written(hours), "08:00-12:30, 14:00-24:00");
        assert_eq!(typed(&hours_written(hours)), ["08:00|12:30", "14:00|24:00"]);
        assert_eq!(hours_written([]), "");
    }
}
