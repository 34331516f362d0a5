//! Stand-ins: what shows that something is there, where its reader may not read what.

use super::{ItemView, TakenView, Viewed, ViewedBy, taken};
use crate::{
    marking::Reader,
    programme::ProgrammeItem,
    time::{Moment, Span, agreed::MomentView},
    visits::Visit,
};

/// A line as it shows to a reader, or by a channel, that may not read it: a cover title at most, and edges on the quarter of
/// an hour unless its time may be read.
///
/// Whether a thing must show at all is decided by who asks for its stand-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandInView {
    viewed_by: ViewedBy,
    /// The cover title, if there is one and it may be read.
    pub title: Option<String>,
    /// From and until, if they may be read.
    pub times: Option<(MomentView, MomentView)>,
    /// When it shows as taken.
    pub taken: TakenView,
}

impl StandInView {
    /// The stand-in of a line.
    pub fn of(item: &ProgrammeItem, visit: &Visit, reader: &Reader) -> Option<Self> {
        let details = &item.details;
        let floor = details.existence.max(visit.details.existence);
        let time = details.time.clone().at_least(floor);
        let times = time.reveal_for(reader).map(|when| (MomentView::from(when.starts()), MomentView::from(when.ends())));
        let title = details.cover.as_ref().and_then(|cover| cover.reveal_for(reader)).map(ToString::to_string);
        Self::during(details.span()?, reader).map(|bare| Self { title, times, ..bare })
    }

    /// The stand-in of a line of a release, as its reader reads it by a way that narrows it: `narrowed` is what passes.
    pub fn of_released(line: &ItemView, narrowed: Option<&ItemView>, reader: &Reader) -> Option<Self> {
        let [starts, ends] = [&line.starts, &line.ends].map(|moment| Moment::from(moment.clone()).at());
        let times = narrowed.map(|view| (view.starts.clone(), view.ends.clone()));
        let title = narrowed.filter(|view| view.is_stand_in).and_then(|view| view.title.clone());
        Self::during(Span::new(starts, ends)?, reader).map(|bare| Self { title, times, ..bare })
    }

    /// The stand-in of anything that takes a span.
    pub fn during(span: Span, reader: &Reader) -> Option<Self> {
        let taken = taken(&[span]).into_iter().next()?;
        Some(Self { viewed_by: ViewedBy::of(reader), title: None, times: None, taken })
    }

    /// The same with a cover title that its reader may read, taken from another view.
    #[must_use]
    pub fn titled(self, title: Option<String>) -> Self {
        Self { title, ..self }
    }
}

impl Viewed for StandInView {
    fn viewed_by(&self) -> ViewedBy {
        self.viewed_by
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn the_edges_of_a_stand_in_lie_on_the_quarter_of_an_hour_outward() {
        let at = |minute: i64| DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap();
        let shown = StandInView::during(Span::new(at(7), at(31)).unwrap(), &Reader::public()).unwrap();
        assert_eq!(shown.taken, TakenView { starts: at(0), ends: at(45) });
        assert_eq!((shown.title, shown.times), (None, None));
    }
}
