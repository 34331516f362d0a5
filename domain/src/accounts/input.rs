//! What a form or the API says of an account, and what is made of it.

use super::{Account, Role};
use crate::{
    ids::{MissionId, PersonId},
    marking::Marking,
    permission::ceiling_by_roles,
    problems::{FieldProblem, Problem, Problems},
    text::{EmailAddress, Label, Prose, Title},
    visits::input::{date, optional_id},
};
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, str::FromStr};

/// How many months a mission's account lasts at most.
pub const MISSION_MONTHS: u32 = 12;

/// What was said of somebody who is invited, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct InvitationInput {
    /// Address to sign in with.
    pub email: String,
    /// Name.
    pub name: String,
    /// Roles.
    pub roles: Vec<String>,
    /// The person it belongs to; empty for none.
    pub person_id: String,
    /// Its mission; empty for an account of the office.
    pub mission_id: String,
    /// The last day, `YYYY-MM-DD`; empty for none, which a mission's account can't do with.
    pub ends_on: String,
    /// Ceiling; empty for TLP:CLEAR. Above that it is given by those alone who may grant ceilings.
    pub ceiling: String,
    /// Why it is given that ceiling.
    pub reason: String,
}

/// What somebody is invited to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationTerms {
    /// Address.
    pub email: EmailAddress,
    /// Name.
    pub name: Title,
    /// Roles.
    pub roles: BTreeSet<Role>,
    /// Its person.
    pub person: Option<PersonId>,
    /// Its mission.
    pub mission: Option<MissionId>,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// Ceiling.
    pub ceiling: Marking,
    /// Why it is given that ceiling.
    pub reason: Option<Prose>,
}

impl InvitationInput {
    /// What it comes to on a day.
    ///
    /// # Errors
    /// With all that is wrong.
    pub fn into_terms(self, today: NaiveDate) -> Result<InvitationTerms, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let email = problems.take("email", EmailAddress::parse(&self.email));
        let name = problems.take("name", Title::parse(&self.name));
        let person = problems.take("person_id", optional_id(&self.person_id)).flatten();
        let mission = problems.take("mission_id", optional_id(&self.mission_id)).flatten();
        let ends_on = problems.take("ends_on", last_day(&self.ends_on, mission.is_some(), today)).flatten();
        let mut roles = BTreeSet::new();
        for word in self.roles.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
            match Role::from_word(word) {
                Some(role) if role.is_of_a_mission() == mission.is_some() => _ = roles.insert(role),
                _ => problems.add("roles", Problem::Unknown),
            }
        }
        if roles.is_empty() && problems.is_empty() {
            problems.add("roles", Problem::Missing);
        }
        let ceiling = match self.ceiling.trim() {
            "" => Some(Marking::Clear),
            label => problems.take("ceiling", Marking::from_str(label).map_err(|_| Problem::Unknown)),
        };
        let reason = problems.take("reason", Prose::parse_optional(&self.reason)).flatten();
        if ceiling.is_some_and(|ceiling| ceiling > Marking::Clear) {
            if mission.is_some() {
                problems.add("ceiling", Problem::MarkingRefused);
            } else if reason.is_none() {
                problems.add("reason", Problem::ReasonNeeded);
            }
        }
        let terms = email.zip(name).zip(ceiling).map(|((email, name), ceiling)| InvitationTerms {
            email,
            name,
            roles,
            person,
            mission,
            ends_on,
            ceiling,
            reason,
        });
        problems.finish(terms)
    }
}

/// What was said of an account that is there. What is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AccountInput {
    /// Address to sign in with.
    pub email: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// The person it belongs to; empty for none.
    pub person_id: Option<String>,
    /// The last day, `YYYY-MM-DD`; empty for none, which a mission's account can't do with.
    pub ends_on: Option<String>,
}

impl AccountInput {
    /// The account with what was said put in.
    ///
    /// # Errors
    /// With all that is wrong.
    pub fn onto(self, present: &Account, today: NaiveDate) -> Result<Account, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let mut new = present.clone();
        if let Some(text) = &self.email
            && let Some(email) = problems.take("email", EmailAddress::parse(text))
        {
            new.email = email;
        }
        if let Some(text) = &self.name
            && let Some(name) = problems.take("name", Title::parse(text))
        {
            new.name = name;
        }
        if let Some(text) = &self.person_id
            && let Some(person) = problems.take("person_id", optional_id(text))
        {
            new.person = person;
        }
        // A day that is past already stays when nothing else was said: the name of an account that ended can be mended.
        if let Some(text) = self.ends_on.as_deref().map(str::trim)
            && present.ends_on.map(|day| day.to_string()).unwrap_or_default() != text
            && let Some(day) = problems.take("ends_on", last_day(text, present.mission.is_some(), today))
        {
            new.ends_on = day;
        }
        problems.finish(Some(new))
    }
}

/// The last day of an account: none, or one that is not past; a mission's account lasts twelve months at most.
fn last_day(text: &str, of_a_mission: bool, today: NaiveDate) -> Result<Option<NaiveDate>, Problem> {
    if text.trim().is_empty() {
        return if of_a_mission { Err(Problem::Missing) } else { Ok(None) };
    }
    let day = date(text)?;
    let latest = if of_a_mission { today.checked_add_months(Months::new(MISSION_MONTHS)) } else { NaiveDate::from_ymd_opt(2100, 12, 31) };
    let latest = latest.unwrap_or(NaiveDate::MAX);
    if (today..=latest).contains(&day) { Ok(Some(day)) } else { Err(Problem::DateOutOfBounds { earliest: today, latest }) }
}

/// The ceiling an account keeps when it is given a role: administrators, auditors and the press fall to TLP:GREEN, until
/// the chief of protocol or the security lead raises them.
pub fn ceiling_with(role: Role, present: Marking) -> Marking {
    present.min(ceiling_by_roles(&BTreeSet::from([role])))
}

/// A ceiling as it was typed, with its reason.
///
/// # Errors
/// When it is none of the five labels, or no reason is given.
pub fn ceiling_and_reason(ceiling: &str, reason: &str) -> Result<(Marking, Prose), Vec<FieldProblem>> {
    let mut problems = Problems::new();
    let marking = problems.take("ceiling", Marking::from_str(ceiling.trim()).map_err(|_| Problem::Unknown));
    let reason = problems.take("reason", self::reason(reason));
    problems.finish(marking.zip(reason))
}

/// A reason, which must be given.
///
/// # Errors
/// When it is empty, too long, or holds control characters.
pub fn reason(text: &str) -> Result<Prose, Problem> {
    Prose::parse_optional(text).map_err(Problem::from)?.ok_or(Problem::ReasonNeeded)
}

/// What somebody calls a token of the API.
///
/// # Errors
/// When it is empty, too long, or holds control characters.
pub fn token_label(text: &str) -> Result<Label, Problem> {
    Label::parse(text).map_err(Problem::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, 9).unwrap()
    }

    fn input(roles: &[&str]) -> InvitationInput {
        InvitationInput {
            email: "linh@example.org".into(),
            name: "Linh".into(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            ..Default::default()
        }
    }

    fn of_a_mission(ends_on: &str) -> InvitationInput {
        InvitationInput { mission_id: "00000000-0000-4000-8000-000000000001".into(), ends_on: ends_on.into(), ..input(&["mission_member"]) }
    }

    fn fields(result: Result<InvitationTerms, Vec<FieldProblem>>) -> Vec<String> {
        result.unwrap_err().into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_new_account_reads_nothing_marked_unless_it_is_granted() {
        assert_eq!(input(&["staff"]).into_terms(today()).unwrap().ceiling, Marking::Clear);
        assert_eq!(fields(InvitationInput { ceiling: "TLP:AMBER".into(), ..input(&["staff"]) }.into_terms(today())), ["reason"]);
    }

    #[test]
    fn roles_of_the_office_and_of_a_mission_do_not_mix() {
        assert_eq!(fields(input(&["mission_head"]).into_terms(today())), ["roles"]);
        assert_eq!(fields(InvitationInput { roles: vec!["staff".into()], ..of_a_mission("2027-06-01") }.into_terms(today())), ["roles"]);
        assert_eq!(fields(input(&[]).into_terms(today())), ["roles"]);
    }

    #[test]
    fn a_missions_account_ends_within_twelve_months() {
        assert!(of_a_mission("2028-03-09").into_terms(today()).is_ok());
        for wrong in ["", "2028-03-10", "2027-03-08", "soon"] {
            assert_eq!(fields(of_a_mission(wrong).into_terms(today())), ["ends_on"], "{wrong}");
        }
    }

    #[test]
    fn a_missions_account_has_no_ceiling() {
        let input = InvitationInput { ceiling: "TLP:AMBER".into(), reason: "asked".into(), ..of_a_mission("2027-06-01") };
        assert_eq!(fields(input.into_terms(today())), ["ceiling"]);
    }

    #[test]
    fn the_press_falls_to_green_and_staff_stays() {
        assert_eq!(ceiling_with(Role::Press, Marking::Red), Marking::Green);
        assert_eq!(ceiling_with(Role::Staff, Marking::Red), Marking::Red);
        assert_eq!(ceiling_with(Role::Administrator, Marking::Clear), Marking::Clear);
    }
}
