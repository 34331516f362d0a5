//! What holds of the difference of two releases, whatever they hold and whoever reads.

use super::*;
use crate::{
    marking::view::tests::{Anybody, Markings, any_listed, any_marking, any_markings, title, visit_id},
    text::Prose,
    time::{ZoneRules, fixed::tests::table},
};
use proptest::{collection::vec, prelude::*};

/// Somebody who reads all that a release may hold.
fn well_informed() -> Reader {
    Audience::Security.standing_reader(visit_id(), Marking::AmberStrict)
}

/// A world in which everything may be read by whoever is on the visit's list.
fn open() -> Markings {
    Markings { parts: vec![Marking::Green; 16], is_listed_at_red: false, covers: true }
}

fn views() -> Frozen {
    let (visit, item, delegate) = (open().visit(), open().item(), open().delegate());
    let reader = well_informed();
    Frozen {
        items: vec![ItemView::of(&item, &visit, &reader, &Anybody, &table()).unwrap().as_agreed()],
        delegates: vec![DelegateView::of(&delegate, "Viet Nam", &visit, &reader).unwrap()],
        visit: VisitView::of(&visit, &reader, &Anybody).unwrap(),
    }
}

/// What is said of a line: a title, notes or none, whether the principal drops by, the marking of the notes.
type Said = (u8, Option<u8>, bool, Marking);

fn any_said() -> impl Strategy<Value = Said> {
    (0..3_u8, proptest::option::of(0..3_u8), any::<bool>(), any_marking())
}

/// Some of eight lines, each saying one of a few things, and some of four delegates.
fn any_contents() -> impl Strategy<Value = Frozen> {
    let lines = vec(proptest::option::of(any_said()), 8);
    let delegates = vec(proptest::option::of(0..3_u8), 4);
    (lines, delegates, 0..3_u8).prop_map(|(lines, delegates, named)| {
        let Frozen { mut visit, items, delegates: known } = views();
        let numbered = |number: usize| Uuid::from_u128(100 + number as u128);
        let line = |(number, said): (usize, Option<Said>)| {
            let (name, notes, drop_by, marking) = said?;
            let mut item = items[0].clone();
            item.id = ItemId(numbered(number));
            item.title = Some(format!("Meeting {name}"));
            item.notes = notes.map(|notes| format!("Notes {notes}"));
            item.drop_by = drop_by;
            item.markings.insert(ItemPart::Notes, marking);
            if notes.is_none() {
                item.markings.remove(&ItemPart::Notes);
            }
            Some(item)
        };
        let delegate = |(number, rank): (usize, Option<u8>)| {
            let mut delegate = known[0].clone();
            delegate.id = DelegateId(numbered(number));
            delegate.rank = Some(format!("Rank {}", rank?));
            Some(delegate)
        };
        visit.title = Some(format!("Visit {named}"));
        Frozen {
            visit,
            items: lines.into_iter().enumerate().filter_map(line).collect(),
            delegates: delegates.into_iter().enumerate().filter_map(delegate).collect(),
        }
    })
}

/// The earlier release with a difference carried out on it.
fn applied(before: &Frozen, told: &Difference) -> Frozen {
    fn list<T: Clone, Id: Ord>(before: &[T], removed: &[T], added: &[T], changed: Vec<T>, id: fn(&T) -> Id) -> Vec<T> {
        let mut things: BTreeMap<Id, T> = before.iter().map(|thing| (id(thing), thing.clone())).collect();
        for thing in removed {
            assert!(things.remove(&id(thing)).is_some(), "what is taken out was there");
        }
        for thing in added {
            assert!(things.insert(id(thing), thing.clone()).is_none(), "what is new was not there");
        }
        for thing in changed {
            assert!(things.insert(id(&thing), thing).is_some(), "what is changed was there");
        }
        things.into_values().collect()
    }
    let items = told.changed.iter().map(|change| change.after.clone()).collect();
    let delegates = told.delegates_changed.iter().map(|change| change.after.clone()).collect();
    Frozen {
        visit: told.visit.as_ref().map_or_else(|| before.visit.clone(), |change| change.after.clone()),
        items: list(&before.items, &told.removed, &told.added, items, |item| item.id),
        delegates: list(&before.delegates, &told.delegates_removed, &told.delegates_added, delegates, |delegate| delegate.id),
    }
}

fn told(before: &Frozen, after: &Frozen) -> Difference {
    difference(before.contents(), after.contents())
}

/// A programme of one line, in which every text ends in a word.
struct Version {
    visit: Visit,
    item: ProgrammeItem,
    delegate: Delegate,
}

impl Version {
    fn of(markings: &Markings, word: &str) -> Self {
        let (mut visit, mut item, mut delegate) = (markings.visit(), markings.item(), markings.delegate());
        let ends = |text: &str| title(&format!("{text} {word}"));
        visit.details.title = visit.details.title.map(|text| ends(text.as_str()));
        item.details.title = item.details.title.map(|text| ends(text.as_str()));
        item.details.notes = item.details.notes.map(|_| Prose::parse_optional(&format!("Notes {word}")).unwrap());
        delegate.details = delegate.details.map(|mut details| {
            details.name = ends(details.name.as_str());
            details
        });
        Self { visit, item, delegate }
    }

    fn frozen(&self, audience: Audience, rules: &dyn ZoneRules) -> Option<Marked<Frozen>> {
        let delegates = [(self.delegate.clone(), "Viet Nam".to_owned())];
        let items = [self.item.clone()];
        let draft = Draft { visit: &self.visit, delegates: &delegates, items: &items };
        freeze(draft, audience, Marking::Red, &Anybody, rules)
    }
}

proptest! {
    #[test]
    fn a_release_differs_in_nothing_from_itself(release in any_contents()) {
        let told = told(&release, &release);
        prop_assert!(told.is_empty());
        prop_assert_eq!(told, Difference::default());
    }

    #[test]
    fn a_difference_carried_out_on_the_earlier_release_gives_the_later(before in any_contents(), after in any_contents()) {
        let result = applied(&before, &told(&before, &after));
        prop_assert!(told(&result, &after).is_empty());
        let ids = |release: &Frozen| release.items.iter().map(|item| item.id).collect::<BTreeSet<_>>();
        prop_assert_eq!(ids(&result), ids(&after));
    }

    #[test]
    fn backwards_what_is_new_is_taken_out_and_the_same_is_changed(before in any_contents(), after in any_contents()) {
        let (there, back) = (told(&before, &after), told(&after, &before));
        prop_assert_eq!(&there.added, &back.removed);
        prop_assert_eq!(&there.removed, &back.added);
        prop_assert_eq!(&there.delegates_added, &back.delegates_removed);
        let parts = |told: &Difference| told.changed.iter().map(|one| (one.after.id, one.parts.clone())).collect::<BTreeMap<_, _>>();
        prop_assert_eq!(parts(&there), parts(&back));
        prop_assert_eq!(there.delegates_changed.len(), back.delegates_changed.len());
        prop_assert_eq!(there.visit.is_some(), back.visit.is_some());
        prop_assert_eq!(there.marking(), back.marking());
    }

    #[test]
    fn each_line_of_the_later_release_is_new_or_changed_or_the_same(before in any_contents(), after in any_contents()) {
        let told = told(&before, &after);
        for item in &after.items {
            let was = before.items.iter().find(|was| was.id == item.id);
            match told.of_line(item.id) {
                LineSince::Added => prop_assert!(was.is_none()),
                LineSince::Changed(change) => {
                    prop_assert_eq!((Some(&change.before), &change.after), (was, item));
                    prop_assert_eq!(&change.parts, &was.unwrap().parts_unlike(item));
                }
                LineSince::Same => prop_assert!(was.is_some_and(|was| was.parts_unlike(item).is_empty())),
            }
        }
    }

    /// A difference holds nothing but what its reader is shown of the two releases today.
    #[test]
    fn nothing_is_told_that_the_reader_may_not_read(
        earlier in any_markings(), later in any_markings(), now in any_markings(), rights in any_listed(), place in 0..Audience::ALL.len()
    ) {
        let (audience, reader) = (Audience::ALL[place], rights.reader());
        let versions = [Version::of(&earlier, "earlier"), Version::of(&later, "later")];
        let frozen = versions.each_ref().map(|version| version.frozen(audience, &table()));
        let today = Version::of(&now, "today");
        let lines = BTreeMap::from([(today.item.id, now.line_now())]);
        let delegates = BTreeMap::from([(today.delegate.id, today.delegate.details.marking())]);
        let own = OwnDelegations::default();
        let today = Today { visit: &today.visit, lines: &lines, delegates: &delegates, own: &own };
        let shown = frozen.each_ref().map(|frozen| shown_to(frozen.as_ref()?.for_rules(), audience, today, &reader));
        let [Some(before), Some(after)] = &shown else { return Ok(()) };
        let told = told(before, after);
        prop_assert!(told.changed.iter().all(|change| before.items.contains(&change.before) && after.items.contains(&change.after)));
        prop_assert!(told.added.iter().all(|item| after.items.contains(item)) && told.removed.iter().all(|item| before.items.contains(item)));
        let text = serde_json::to_string(&told).unwrap();
        // The places of the markings: titles of visit and line, notes, a delegate.
        let ceiling = reader.ceiling();
        for (place, word) in [(1, "Prime Minister"), (8, "Meeting"), (14, "Notes"), (15, "Nguyen Van An")] {
            for (then, version) in [(&earlier, "earlier"), (&later, "later")] {
                let marking = then.parts[place].max(now.parts[place]);
                if marking > ceiling || marking > audience.ceiling() && then.parts[place] > audience.ceiling() {
                    prop_assert!(!text.contains(&format!("{word} {version}")), "{marking} {text}");
                }
            }
        }
    }

    /// Two freezings say the same exactly when their maker would tell nobody of a difference.
    #[test]
    fn a_version_is_made_only_of_what_its_maker_may_read(
        earlier in any_markings(), hidden in any_markings(), rights in any_listed(), place in 0..Audience::ALL.len()
    ) {
        let (audience, maker) = (Audience::ALL[place], rights.reader());
        let Some(last) = Version::of(&earlier, "earlier").frozen(audience, &table()) else { return Ok(()) };
        prop_assert!(say_the_same(&last, &last, &maker, &table()));
        // What is above the maker's ceiling is said otherwise in the other: it makes no version.
        let mut other = Version::of(&earlier, "earlier");
        let above = |marking: Marking| marking > maker.ceiling();
        if above(other.item.details.notes.marking()) {
            other.item.details.notes = other.item.details.notes.map(|_| Prose::parse_optional("Quite other").unwrap());
        }
        if hidden.covers && above(other.visit.details.title.marking()) {
            other.visit.details.title = other.visit.details.title.map(|_| title("Somebody else"));
        }
        other.visit.details.state = crate::visits::VisitState::UnderWay;
        other.visit.details.missions = vec![MissionId(Uuid::from_u128(9))];
        let Some(next) = other.frozen(audience, &table()) else { return Ok(()) };
        prop_assert!(say_the_same(&last, &next, &maker, &table()));
    }
}

#[test]
fn what_was_released_before_a_mission_was_attached_was_not_made_to_it() {
    let (early, late) = (MissionId(Uuid::from_u128(9)), MissionId(Uuid::from_u128(10)));
    let mut version = Version::of(&open(), "earlier");
    version.visit.details.missions = vec![early];
    let frozen = version.frozen(Audience::VisitingMission, &table()).unwrap();
    assert!(was_made_to(&frozen, Audience::VisitingMission, Some(early)));
    assert!(!was_made_to(&frozen, Audience::VisitingMission, Some(late)));
    assert!(was_made_to(&frozen, Audience::Corps, Some(late)) && was_made_to(&frozen, Audience::VisitingMission, None));
}
