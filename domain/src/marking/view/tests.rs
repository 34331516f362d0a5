//! What holds of every view, whatever the markings and whoever reads.

use super::*;
use crate::{
    delegations::DelegateDetails,
    ids::AccountId,
    marking::Scope,
    programme::{
        ItemDetails, ItemTime, Participant, PressTerms,
        day::Actual,
        input::{Author, ItemInput},
    },
    releases::LineNow,
    text::{Label, Prose, Title},
    time::{
        Moment, Span,
        fixed::{
            OffsetChanges, ZoneTable,
            tests::{at, offset, table, wall, zone},
        },
    },
    visits::{Parties, VisitDates, VisitDetails},
};
use chrono::NaiveDate;
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::BTreeSet;
use uuid::Uuid;

fn account() -> AccountId {
    AccountId(Uuid::from_u128(1))
}

pub(crate) fn visit_id() -> VisitId {
    VisitId(Uuid::from_u128(2))
}

pub(crate) fn item_id() -> ItemId {
    ItemId(Uuid::from_u128(3))
}

fn named() -> PersonId {
    PersonId(Uuid::from_u128(4))
}

pub(crate) fn title(text: &str) -> Title {
    Title::parse(text).unwrap()
}

/// A directory in which everybody has the same name.
pub(crate) struct Anybody;

impl Directory for Anybody {
    fn person(&self, _: PersonId) -> Option<String> {
        Some("Somebody".to_owned())
    }

    fn room(&self, _: RoomId) -> Option<String> {
        Some("Rotunda, City Hall".to_owned())
    }
}

/// A reader's rights, as far as they differ here: the account is the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rights {
    pub(crate) ceiling: Marking,
    listed: bool,
    named: bool,
}

impl Rights {
    pub(crate) fn reader(self) -> Reader {
        let visits = self.listed.then(visit_id).into_iter().collect();
        Reader::office(account(), self.ceiling, visits, self.named.then(item_id).into_iter().collect())
    }

    /// What both have.
    fn and(self, other: Self) -> Self {
        Self { ceiling: self.ceiling.min(other.ceiling), listed: self.listed && other.listed, named: self.named && other.named }
    }
}

pub(crate) fn any_marking() -> impl Strategy<Value = Marking> {
    select(Marking::ALL.to_vec())
}

fn any_rights() -> impl Strategy<Value = Rights> {
    (any_marking(), any::<bool>(), any::<bool>()).prop_map(|(ceiling, listed, named)| Rights { ceiling, listed, named })
}

/// Somebody on the visit's list who reads nothing marked TLP:RED, which no release holds.
pub(crate) fn any_listed() -> impl Strategy<Value = Rights> {
    any_rights().prop_map(|rights| Rights { ceiling: rights.ceiling.min(Marking::AmberStrict), listed: true, named: false })
}

/// The markings of the parts of a visit, a line and a delegate; a cover or none.
#[derive(Debug, Clone)]
pub(crate) struct Markings {
    pub(crate) parts: Vec<Marking>,
    pub(crate) is_listed_at_red: bool,
    pub(crate) covers: bool,
}

pub(crate) fn any_markings() -> impl Strategy<Value = Markings> {
    let markings = (vec(any_marking(), 16), any::<bool>(), any::<bool>());
    markings.prop_map(|(parts, is_listed_at_red, covers)| Markings { parts, is_listed_at_red, covers })
}

impl Markings {
    fn marked<T>(&self, place: usize, scope: Scope, value: T) -> Marked<T> {
        let list = if self.is_listed_at_red { BTreeSet::from([account()]) } else { BTreeSet::new() };
        Marked::with_list(self.parts[place], scope, list, value)
    }

    fn cover(&self, place: usize) -> Option<Marked<Title>> {
        self.covers.then(|| Marked::new(self.parts[place], Scope::Office, title("Engagement")))
    }

    pub(crate) fn visit(&self) -> Visit {
        let whole = || Scope::Visit(visit_id());
        let day = |day| NaiveDate::from_ymd_opt(2027, 3, day).unwrap();
        Visit {
            id: visit_id(),
            revision: 1,
            details: VisitDetails {
                direction: Direction::Inbound,
                category: VisitCategory::Official,
                state: VisitState::Confirmed,
                existence: self.parts[0],
                title: self.marked(1, whole(), title("Prime Minister")),
                cover: self.cover(2),
                dates: self.marked(3, whole(), VisitDates { starts_on: day(10), ends_on: day(20) }),
                parties: self.marked(
                    4,
                    whole(),
                    Parties { country: Some(Label::parse("VN").unwrap()), guest: Some(named()), host: Some(named()) },
                ),
                zone: zone("America/Los_Angeles"),
                place: title("Los Angeles"),
                capital_zone: zone("Asia/Ho_Chi_Minh"),
                capital: title("Hà Nội"),
                remarks: self.marked(5, whole(), Prose::parse_optional("Remarks").unwrap()),
                missions: Vec::new(),
                made_by: Some(account()),
            },
        }
    }

    pub(crate) fn item(&self) -> ProgrammeItem {
        let (whole, line) = (|| Scope::Visit(visit_id()), || Scope::Line(visit_id(), item_id()));
        let moment = |local| Moment { local: wall(local), zone: zone("America/Los_Angeles"), offset: offset("-08:00") };
        let time = ItemTime::new(moment("2027-03-12T09:07"), moment("2027-03-12T10:11")).unwrap();
        let actual = Actual { begun_at: Some(time.starts().at()), ended_at: Some(time.ends().at()) };
        let time = time.with_actual(actual);
        let movement =
            Movement { route: Some(title("Route")), vehicles: Some(title("Two cars")), carrier: Some(Label::parse("VN 98").unwrap()) };
        ProgrammeItem {
            id: item_id(),
            revision: 1,
            visit: visit_id(),
            details: ItemDetails {
                kind: ItemKind::Bilateral,
                state: ItemState::Held,
                hold_until: Some(time.starts().at()),
                existence: self.parts[6],
                time: self.marked(7, line(), time),
                title: self.marked(8, line(), title("Meeting")),
                cover: self.cover(9),
                place: self.marked(
                    10,
                    line(),
                    Whereabouts::Room {
                        room: RoomId(Uuid::from_u128(5)),
                        layout: Some(Layout::Boardroom),
                        people: Some(12),
                        features: vec![Feature::VideoLink],
                        sweep: true,
                    },
                ),
                people: self.marked(11, line(), vec![Participant { person: named(), role: PersonRole::Guest }]),
                movement: self.marked(12, whole(), Some(movement)),
                press: self.marked(13, line(), PressTerms { access: PressAccess::Pool }),
                dress: Some(Label::parse("Business").unwrap()),
                notes: self.marked(14, whole(), Prose::parse_optional("Notes").unwrap()),
                drop_by: true,
                fixed: true,
            },
        }
    }

    pub(crate) fn delegate(&self) -> Delegate {
        let details = DelegateDetails {
            name: title("Nguyen Van An"),
            own_script: None,
            pronunciation: None,
            address: None,
            rank: None,
            languages: Vec::new(),
            diet: None,
        };
        Delegate {
            id: DelegateId(Uuid::from_u128(6)),
            revision: 1,
            visit: visit_id(),
            delegation: DelegationId(Uuid::from_u128(7)),
            person: named(),
            role: DelegateRole::Head,
            position: 1,
            details: self.marked(15, Scope::Visit(visit_id()), details),
        }
    }

    fn visit_view(&self, reader: &Reader) -> Option<VisitView> {
        VisitView::of(&self.visit(), reader, &Anybody)
    }

    fn item_view(&self, reader: &Reader) -> Option<ItemView> {
        ItemView::of(&self.item(), &self.visit(), reader, &Anybody, &table())
    }

    fn delegate_view(&self, reader: &Reader) -> Option<DelegateView> {
        DelegateView::of(&self.delegate(), "Viet Nam", &self.visit(), reader)
    }

    pub(crate) fn line_now(&self) -> LineNow {
        LineNow::of(&self.item(), &self.visit())
    }

    /// A frozen line as a reader sees it today, beside its frozen visit.
    fn narrowed_item(&self, frozen: &ItemView, frozen_visit: &VisitView, reader: &Reader) -> Option<ItemView> {
        let visit = frozen_visit.narrowed(&self.visit(), reader)?;
        Some(frozen.narrowed(Some(&self.line_now()), reader)?.beside(&visit))
    }
}

/// Absent ≤ anything, and a value is at least itself.
fn is_kept<T: PartialEq>(less: &Option<T>, more: &Option<T>) -> bool {
    less.is_none() || less == more
}

/// Absent ≤ a cover title ≤ the true title.
fn title_is_kept(less: (&Option<String>, bool), more: (&Option<String>, bool)) -> bool {
    match (less, more) {
        ((None, _), _) => true,
        ((Some(true_title), false), (other, false)) => other.as_ref() == Some(true_title),
        ((Some(_), false), (_, true)) => false,
        ((Some(_), true), (other, _)) => other.is_some(),
    }
}

fn item_is_kept(less: &ItemView, more: &ItemView) -> bool {
    title_is_kept((&less.title, less.is_stand_in), (&more.title, more.is_stand_in))
        && (&less.starts, &less.ends) == (&more.starts, &more.ends)
        && is_kept(&less.kind, &more.kind)
        && is_kept(&less.hold_until, &more.hold_until)
        && is_kept(&less.capital, &more.capital)
        && is_kept(&less.shift, &more.shift)
        && is_kept(&less.room, &more.room)
        && is_kept(&less.layout, &more.layout)
        && is_kept(&less.people_count, &more.people_count)
        && (less.features.is_empty() || less.features == more.features)
        && (!less.sweep || more.sweep)
        && is_kept(&less.place, &more.place)
        && is_kept(&less.people, &more.people)
        && is_kept(&less.movement, &more.movement)
        && is_kept(&less.press, &more.press)
        && is_kept(&less.dress, &more.dress)
        && is_kept(&less.notes, &more.notes)
        && is_kept(&less.cover, &more.cover)
        && (!less.drop_by || more.drop_by)
        && (!less.fixed || more.fixed)
        && is_kept(&less.begun_at, &more.begun_at)
        && is_kept(&less.ended_at, &more.ended_at)
}

fn visit_is_kept(less: &VisitView, more: &VisitView) -> bool {
    title_is_kept((&less.title, less.is_cover), (&more.title, more.is_cover))
        && is_kept(&less.starts_on, &more.starts_on)
        && is_kept(&less.ends_on, &more.ends_on)
        && is_kept(&less.country, &more.country)
        && is_kept(&less.guest, &more.guest)
        && is_kept(&less.host, &more.host)
        && is_kept(&less.capital_zone, &more.capital_zone)
        && is_kept(&less.capital, &more.capital)
        && is_kept(&less.remarks, &more.remarks)
        && is_kept(&less.mission_ids, &more.mission_ids)
}

/// The visit's view as a release has it: of the live draft it knows nothing.
fn released(view: VisitView) -> VisitView {
    VisitView { mission_ids: None, is_draft: false, ..view }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn who_marks_a_line_is_shown_all_of_it_as_before_and_nothing_more(markings in any_markings(), rights in any_rights(), existence in any_marking()) {
        // Who works on a visit is on its list.
        let reader = Rights { listed: true, ..rights }.reader();
        let (item, visit) = (markings.item(), markings.visit());
        let author = Author { reader: Some(&reader), originator: Some(account()), ceiling: reader.ceiling(), may_lower: false };
        let input = ItemInput { markings: BTreeMap::from([("existence".to_owned(), existence.to_string())]), ..ItemInput::default() };
        if let (Some(before), Ok(details)) = (markings.item_view(&reader), input.onto(&item, &visit, author, &table())) {
            let after = ItemView::of(&ProgrammeItem { details, ..item }, &visit, &reader, &Anybody, &table());
            let after = after.ok_or_else(|| TestCaseError::fail("the line is lost to who marked it"))?;
            prop_assert!(item_is_kept(&after, &before) && item_is_kept(&before, &after), "{before:?} {after:?}");
        }
    }

    #[test]
    fn more_ceiling_and_lists_lower_no_field(markings in any_markings(), one in any_rights(), other in any_rights()) {
        let (less, more) = (one.and(other).reader(), one.reader());
        match (markings.visit_view(&less), markings.visit_view(&more)) {
            (Some(less), Some(more)) => prop_assert!(visit_is_kept(&less, &more), "{less:?} {more:?}"),
            (less, more) => prop_assert!(less.is_none(), "{less:?} {more:?}"),
        }
        match (markings.item_view(&less), markings.item_view(&more)) {
            (Some(less), Some(more)) => prop_assert!(item_is_kept(&less, &more), "{less:?} {more:?}"),
            (less, more) => prop_assert!(less.is_none(), "{less:?} {more:?}"),
        }
        prop_assert!(is_kept(&markings.delegate_view(&less), &markings.delegate_view(&more)));
    }

    #[test]
    fn a_released_view_grows_with_its_readers_rights(
        then in any_markings(),
        now in any_markings(),
        frozen_for in any_listed(),
        one in any_rights(),
        other in any_rights(),
    ) {
        let frozen = frozen_for.reader();
        let (less, more) = (one.and(other).reader(), one.reader());
        let Some(visit) = then.visit_view(&frozen).map(VisitView::kept) else { return Ok(()) };
        match (visit.narrowed(&now.visit(), &less), visit.narrowed(&now.visit(), &more)) {
            (Some(less), Some(more)) => prop_assert!(visit_is_kept(&less, &more), "{less:?} {more:?}"),
            (less, more) => prop_assert!(less.is_none(), "{less:?} {more:?}"),
        }
        let Some(item) = then.item_view(&frozen).map(ItemView::kept) else { return Ok(()) };
        match (now.narrowed_item(&item, &visit, &less), now.narrowed_item(&item, &visit, &more)) {
            (Some(less), Some(more)) => prop_assert!(item_is_kept(&less, &more), "{less:?} {more:?}"),
            (less, more) => prop_assert!(less.is_none(), "{less:?} {more:?}"),
        }
    }

    #[test]
    fn narrowing_twice_is_narrowing_to_what_both_may_read(
        then in any_markings(),
        now in any_markings(),
        frozen_for in any_listed(),
        one in any_rights(),
        other in any_rights(),
    ) {
        let frozen = frozen_for.reader();
        let (first, second, both) = (one.reader(), other.reader(), one.and(other).reader());
        let Some(visit) = then.visit_view(&frozen).map(VisitView::kept) else { return Ok(()) };
        let twice = visit.narrowed(&now.visit(), &first).and_then(|view| view.narrowed(&now.visit(), &second));
        prop_assert_eq!(&twice, &visit.narrowed(&now.visit(), &both));
        let Some(item) = then.item_view(&frozen).map(ItemView::kept) else { return Ok(()) };
        let once = visit.narrowed(&now.visit(), &first);
        let twice = once.and_then(|visit_once| {
            let item_once = now.narrowed_item(&item, &visit, &first)?;
            now.narrowed_item(&item_once, &visit_once, &second)
        });
        prop_assert_eq!(twice, now.narrowed_item(&item, &visit, &both));
        let delegate = then.delegate_view(&frozen).map(DelegateView::kept);
        let today = Some(now.delegate().details.marking());
        let narrowed = |view: Option<DelegateView>, reader: &Reader| view.and_then(|view| view.narrowed(visit_id(), today, reader));
        prop_assert_eq!(narrowed(narrowed(delegate.clone(), &first), &second), narrowed(delegate, &both));
    }

    #[test]
    fn what_is_frozen_for_one_and_shown_to_another_is_what_both_may_read(
        markings in any_markings(),
        one in any_listed(),
        other in any_listed(),
    ) {
        // A release keeps no cover beside a true title: who may no longer read the title is shown none.
        let markings = Markings { covers: false, ..markings };
        let (first, second, both) = (one.reader(), other.reader(), one.and(other).reader());
        let visit = markings.visit_view(&first).map(VisitView::kept);
        let shown = visit.as_ref().and_then(|visit| visit.narrowed(&markings.visit(), &second));
        prop_assert_eq!(shown, markings.visit_view(&both).map(released));
        let item = markings.item_view(&first).map(ItemView::kept);
        let shown = visit.zip(item).and_then(|(visit, item)| markings.narrowed_item(&item, &visit, &second));
        prop_assert_eq!(shown, markings.item_view(&both));
        let delegate = markings.delegate_view(&first).map(DelegateView::kept);
        let today = Some(markings.delegate().details.marking().max(markings.visit().details.existence));
        let shown = delegate.and_then(|delegate| delegate.narrowed(visit_id(), today, &second));
        prop_assert_eq!(shown, markings.delegate_view(&both));
    }
}

#[test]
fn a_cover_title_is_shown_no_further_than_its_own_marking() {
    let mut parts = vec![Marking::Green; 16];
    (parts[1], parts[8]) = (Marking::AmberStrict, Marking::AmberStrict);
    (parts[2], parts[9]) = (Marking::Amber, Marking::Amber);
    let markings = Markings { parts, is_listed_at_red: false, covers: true };
    let rights = |ceiling| Rights { ceiling, listed: true, named: false }.reader();
    let frozen_for = rights(Marking::Amber);
    let (visit, item) = (markings.visit_view(&frozen_for).unwrap().kept(), markings.item_view(&frozen_for).unwrap().kept());
    assert_eq!((visit.title.as_deref(), item.title.as_deref(), item.marking), (Some("Engagement"), Some("Engagement"), Marking::Amber));
    for (ceiling, shown) in [(Marking::Amber, Some("Engagement")), (Marking::Green, None)] {
        let visit = visit.narrowed(&markings.visit(), &rights(ceiling)).unwrap();
        let item = item.narrowed(Some(&markings.line_now()), &rights(ceiling)).unwrap();
        assert_eq!((visit.title.as_deref(), item.title.as_deref()), (shown, shown), "{ceiling}");
        assert_eq!((visit.marking, item.marking), (ceiling, ceiling));
    }
    let mut raised = markings.clone();
    (raised.parts[2], raised.parts[9]) = (Marking::Red, Marking::Red);
    assert_eq!(visit.narrowed(&raised.visit(), &frozen_for).unwrap().title, None, "raised since");
    assert_eq!(item.narrowed(Some(&raised.line_now()), &frozen_for).unwrap().title, None, "raised since");
}

#[test]
fn who_may_not_know_the_capital_is_not_told_its_time() {
    let mut parts = vec![Marking::Green; 16];
    parts[4] = Marking::Amber;
    let markings = Markings { parts, is_listed_at_red: false, covers: false };
    let rights = |ceiling| Rights { ceiling, listed: true, named: false }.reader();
    let frozen_for = rights(Marking::Amber);
    let (visit, item) = (markings.visit_view(&frozen_for).unwrap().kept(), markings.item_view(&frozen_for).unwrap().kept());
    assert!(item.capital.is_some());
    assert!(markings.narrowed_item(&item, &visit, &frozen_for).unwrap().capital.is_some());
    let narrowed = markings.narrowed_item(&item, &visit, &rights(Marking::Green)).unwrap();
    assert_eq!((narrowed.capital, narrowed.shift), (None, None));
}

#[test]
fn a_frozen_line_is_read_by_the_clocks_of_today_as_it_would_be_frozen_now() {
    let markings = Markings { parts: vec![Marking::Green; 16], is_listed_at_red: false, covers: false };
    let reader = Rights { ceiling: Marking::Green, listed: true, named: false }.reader();
    let frozen = |item: &ProgrammeItem, rules: &dyn ZoneRules| {
        ItemView::of(item, &markings.visit(), &reader, &Anybody, rules).unwrap().as_agreed().kept()
    };
    let during = Span::new(at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z")).unwrap();
    // By these the local clocks stay an hour ahead of their winter, as far from the capital's as they ever are.
    let always = |name: &str, hours: &str| (zone(name), OffsetChanges::always(offset(hours)));
    let later = ZoneTable::new("later", during, [always("America/Los_Angeles", "-07:00"), always("Asia/Ho_Chi_Minh", "+07:00")]);
    let (item, visit) = (markings.item(), markings.visit_view(&reader).unwrap().kept());
    let was = frozen(&item, &table());
    assert!(was.shift.is_some_and(|shift| shift.will_be.is_some()), "the clocks go forward before the visit ends");
    let mut moved = item.clone();
    moved.details = item.details.renewed(&later).unwrap();
    let now = was.clone().by_the_clocks(&visit, &later);
    assert_eq!(now, frozen(&moved, &later));
    assert_eq!((now.shift, now.hold_until), (None, Some(Moment::from(now.starts.clone()).at())));
    assert_eq!(was.clone().by_the_clocks(&visit, &table()), was);
    // To who may not know when the visit ends, nothing is told of what comes before that.
    let dateless = VisitView { ends_on: None, ..visit };
    assert_eq!(was.by_the_clocks(&dateless, &table()).shift, None);
}
