//! What a release says of people, apart from the rest of it: what is kept of somebody is sealed under their own key, and goes with it.

use super::Frozen;
use crate::{
    ids::{DelegateId, PersonId},
    marking::{
        Marked,
        view::{DelegateView, Named},
    },
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

/// What a release says of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FrozenPerson {
    /// The name by which the visit and its lines name them.
    name: Option<String>,
    /// What it says of them as a delegate, in each delegation that they are in.
    delegates: BTreeMap<DelegateId, FrozenDelegate>,
}

/// What a release says of somebody as a delegate.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct FrozenDelegate {
    name: String,
    own_script: Option<String>,
    pronunciation: Option<String>,
    address: Option<String>,
    rank: Option<String>,
    languages: Vec<String>,
    diet: Option<String>,
}

impl FrozenDelegate {
    fn exchange(&mut self, view: &mut DelegateView) {
        mem::swap(&mut self.name, &mut view.name);
        mem::swap(&mut self.own_script, &mut view.own_script);
        mem::swap(&mut self.pronunciation, &mut view.pronunciation);
        mem::swap(&mut self.address, &mut view.address);
        mem::swap(&mut self.rank, &mut view.rank);
        mem::swap(&mut self.languages, &mut view.languages);
        mem::swap(&mut self.diet, &mut view.diet);
    }
}

impl Marked<Frozen> {
    /// Whom it names, whoever may read that: what is said of them is kept under their keys.
    pub fn people_for_keys(&self) -> BTreeSet<PersonId> {
        let Frozen { visit, delegates, items } = self.for_rules();
        let parties = [&visit.guest, &visit.host].into_iter().flatten().map(|party| party.id);
        let participants = items.iter().filter_map(|item| item.people.as_ref()).flatten().map(|participant| participant.person_id);
        parties.chain(participants).chain(delegates.iter().map(|view| view.person_id)).collect()
    }
}

impl Frozen {
    /// The release without anything of people but who they are, and what it says of each.
    pub fn without_people(mut self) -> (Self, BTreeMap<PersonId, FrozenPerson>) {
        let mut people: BTreeMap<PersonId, FrozenPerson> = BTreeMap::new();
        let mut take = |id: PersonId, name: &mut String| people.entry(id).or_default().name = Some(mem::take(name));
        for party in [&mut self.visit.guest, &mut self.visit.host].into_iter().flatten() {
            take(party.id, &mut party.name);
        }
        for participant in self.items.iter_mut().filter_map(|item| item.people.as_mut()).flatten() {
            take(participant.person_id, &mut participant.name);
        }
        for view in &mut self.delegates {
            people.entry(view.person_id).or_default().delegates.entry(view.id).or_default().exchange(view);
        }
        (self, people)
    }

    /// The release with what it says of people put back. Of whom nothing is left, they are in it no more.
    #[must_use]
    pub fn with_people(mut self, mut people: BTreeMap<PersonId, FrozenPerson>) -> Self {
        let name = |id: PersonId| people.get(&id).and_then(|person| person.name.clone());
        for place in [&mut self.visit.guest, &mut self.visit.host] {
            *place = place.take().and_then(|party| Some(Named { name: name(party.id)?, ..party }));
        }
        for shown in self.items.iter_mut().filter_map(|item| item.people.as_mut()) {
            shown.retain_mut(|participant| match name(participant.person_id) {
                Some(name) => {
                    participant.name = name;
                    true
                }
                None => false,
            });
        }
        self.delegates.retain_mut(|view| {
            let kept = people.get_mut(&view.person_id).and_then(|person| person.delegates.get_mut(&view.id));
            kept.map(|kept| kept.exchange(view)).is_some()
        });
        self
    }
}
