//! What the pages of visits show, and the smaller forms on them.

use super::VisitForm;
use crate::{components::Choice, forms::FormFields};
use domain::{
    marking::{Marking, view::VisitView},
    visits::{VisitCategory, VisitState},
};
use serde::{Deserialize, Serialize};

/// The list of visits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitListView {
    /// The visits that pass the filters, each with its country's name.
    pub visits: Vec<VisitHead>,
    /// Whether there are any that do not pass.
    pub is_filtered: bool,
    /// Whether one may make a visit.
    pub may_create: bool,
}

/// A visit with what one may do with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitHead {
    /// The visit.
    pub visit: VisitView,
    /// The country's name, or its code where nobody has named it.
    pub country: Option<String>,
    /// What one may do.
    pub rights: VisitRights,
}

/// What one may do with a visit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitRights {
    /// Change the visit.
    pub edit: bool,
    /// Add, change and remove lines.
    pub edit_programme: bool,
    /// Say that a task of one's own is done.
    pub tick_task: bool,
    /// Look at rooms.
    pub read_rooms: bool,
    /// Read who is on the access list.
    pub read_list: bool,
    /// Change who is on it.
    pub manage_list: bool,
    /// Release the programme.
    pub release: bool,
    /// Print the programme.
    pub print: bool,
    /// Subscribe to a calendar of it.
    pub subscribe: bool,
}

/// The form of a visit, and what it offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitFormView {
    /// The visit as it is; none for a new one.
    pub head: Option<VisitHead>,
    /// What the form opens with.
    pub stored: VisitForm,
    /// The states it may be in next.
    pub states: Vec<VisitState>,
    /// People.
    pub people: Vec<Choice>,
    /// Missions.
    pub missions: Vec<Choice>,
    /// Names of countries.
    pub countries: Vec<String>,
    /// Names of zones.
    pub zones: Vec<String>,
    /// What the template of each category brings a new visit; none for one that is there.
    pub templates: Vec<TemplateBrings>,
    /// The highest marking one may give.
    pub ceiling: Marking,
}

/// How much a category's template brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateBrings {
    /// The category.
    pub category: VisitCategory,
    /// How many lines.
    pub lines: u32,
    /// How many tasks.
    pub tasks: u32,
}

/// Who is on a visit's access list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccessView {
    /// The visit.
    pub head: VisitHead,
    /// Who is on it: account and name.
    pub listed: Vec<Choice>,
    /// Who could be put on it; empty to who may not.
    pub others: Vec<Choice>,
}

/// The form that puts somebody on a visit's access list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GrantForm {
    /// The visit.
    pub id: String,
    /// The account.
    pub account_id: String,
    /// Why.
    pub reason: String,
}

impl FormFields for GrantForm {
    const NAME: &'static str = "grant-access";
}

/// The form that takes somebody off a visit's access list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RevokeForm {
    /// The visit.
    pub id: String,
    /// The account.
    pub account_id: String,
}

impl FormFields for RevokeForm {
    const NAME: &'static str = "revoke-access";
}

domain::viewed_by! {
    VisitHead { visit }
    VisitListView { visits }
    VisitFormView { head }
    AccessView { head }
}
