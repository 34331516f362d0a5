//! Releases as they are stored.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
    parts::{Opener, Row, Sealer, StoredPart},
    people::keys::PersonKeys,
    sealing::SealedText,
};
use chrono::{DateTime, Utc};
use domain::{
    ids::{PersonId, ReleaseId, VisitId},
    marking::{Marked, Marking, Scope, Sealing},
    releases::{Audience, Frozen, FrozenPerson, ReleaseHead},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A release's row, with its sealing key.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct ReleaseRow {
    pub(super) id: Uuid,
    visit_id: Uuid,
    audience: String,
    number: i64,
    released_at: DateTime<Utc>,
    body: String,
    wrapped: Option<String>,
}

/// A release's body: its content under one marking; what it says of each person under that person's key; and its code, which is sealed
/// whatever the content's marking: from a stolen copy of the database nobody learns which codes are good.
#[derive(Debug, Serialize, Deserialize)]
struct ReleaseBody {
    code: StoredPart<String>,
    frozen: StoredPart<Frozen>,
    /// None in a release of an earlier version, whose content holds what it says of people.
    #[serde(default)]
    people: Option<BTreeMap<PersonId, SealedText>>,
}

/// A release as it was frozen, to be narrowed for whoever reads it.
#[derive(Debug, Clone)]
pub(crate) struct Release {
    /// Which.
    pub(crate) head: ReleaseHead,
    /// Its content.
    pub(crate) frozen: Marked<Frozen>,
}

const TABLE: &str = "releases";

/// What is said of a person.
const OF_A_PERSON: &str = "person";

#[expect(clippy::disallowed_methods, reason = "this is a rows.rs")]
const PROOF: Sealing = Sealing::for_rows();

impl ReleaseRow {
    /// The release, with what it says of those whose keys are given: those of all whom it names, but for the erased.
    pub(crate) fn into_release(self, context: &RequestContext, keys: &PersonKeys) -> Outcome<Release> {
        let corrupt = || Failure::Corrupt { what: "release" };
        let body: ReleaseBody = serde_json::from_str(&self.body).map_err(|_| corrupt())?;
        // A release is never written again: it has one revision.
        let opener = Opener::new(context, Row { table: TABLE, id: self.id, revision: 1 }, self.wrapped.as_deref())?;
        let visit = VisitId(self.visit_id);
        let mut code = None;
        let _emptied = opener.part("code", Scope::Visit(visit), body.code)?.map(|text| code = Some(text));
        let mut frozen: Marked<Frozen> = opener.part("frozen", Scope::Visit(visit), body.frozen)?;
        let mut said: BTreeMap<PersonId, FrozenPerson> = BTreeMap::new();
        match body.people {
            Some(people) => {
                for (person, sealed) in people {
                    let Some(key) = keys.get(person) else { continue };
                    let text = opener.text_under(key, OF_A_PERSON, frozen.marking(), &sealed)?;
                    said.insert(person, serde_json::from_str(&text).map_err(|_| corrupt())?);
                }
            }
            None => {
                frozen = frozen.map(|frozen| {
                    let (frozen, people) = frozen.without_people();
                    said.extend(people.into_iter().filter(|(person, _)| keys.get(*person).is_some()));
                    frozen
                })
            }
        }
        let frozen = frozen.map(|frozen| frozen.with_people(said));
        Ok(Release {
            head: ReleaseHead {
                id: ReleaseId(self.id),
                visit_id: visit,
                audience: Audience::from_word(&self.audience).ok_or_else(corrupt)?,
                number: u32::try_from(self.number).map_err(|_| corrupt())?,
                released_at: self.released_at,
                code: code.ok_or_else(corrupt)?,
            },
            frozen,
        })
    }
}

/// A release's content without what it says of people, and that.
pub(crate) type Parted = (Marked<Frozen>, BTreeMap<PersonId, FrozenPerson>);

/// Parts a release's content from what it says of people.
pub(crate) fn parted(release: &Release) -> Parted {
    let mut said = BTreeMap::new();
    let frozen = release.frozen.clone().map(|frozen| {
        let (frozen, people) = frozen.without_people();
        said = people;
        frozen
    });
    (frozen, said)
}

/// The stored form of a release, by a sealer of its own and the keys of all whom it names; the sealer keeps the key that was needed.
pub(crate) fn body_of(
    context: &RequestContext,
    sealer: &mut Sealer<'_>,
    keys: &PersonKeys,
    head: &ReleaseHead,
    (frozen, said): &Parted,
) -> Outcome<String> {
    let code = Marked::new(Marking::AmberStrict, Scope::Visit(head.visit_id), head.code.clone());
    let mut people = BTreeMap::new();
    for (person, said) in said {
        let key = keys.get(*person).ok_or(Failure::Corrupt { what: "release" })?;
        let text = serde_json::to_string(said).map_err(|_| Failure::Sealing)?;
        people.insert(*person, Sealer::under(context, row(head.id), key).text(OF_A_PERSON, frozen.marking(), &text)?);
    }
    let body =
        ReleaseBody { code: sealer.part("code", &code, &PROOF)?, frozen: sealer.part("frozen", frozen, &PROOF)?, people: Some(people) };
    serde_json::to_string(&body).map_err(|_| Failure::Corrupt { what: "release" })
}

/// The row of a release, for its sealer.
pub(crate) const fn row(id: ReleaseId) -> Row {
    Row { table: TABLE, id: id.uuid(), revision: 1 }
}
