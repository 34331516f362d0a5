//! What the frame shows.

use language::Words;
use serde::{Deserialize, Serialize};

use crate::components::Symbol;

/// What the frame of a page shows to one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameView {
    /// The office's name: “City of Los Angeles”.
    pub office: String,
    /// A second line below it: “Office of International Affairs”.
    pub office_line: Option<String>,
    /// Which door one came in by.
    pub door: Door,
    /// The entries of the menu this account may use, in order.
    pub menu: Vec<MenuEntry>,
    /// The clocks in the bar.
    pub clocks: ClocksShown,
    /// Who is signed in.
    pub account: AccountShown,
    /// Whether the office is a demonstration.
    pub is_demo: bool,
}

/// Whether one is of the office or of a mission; the menus are different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// The office itself.
    Office,
    /// A mission, by its own door.
    Mission,
}

impl Door {
    /// All entries of its menu, for who may use all.
    pub const fn entries(self) -> &'static [MenuPlace] {
        match self {
            Self::Office => &[
                MenuPlace::Today,
                MenuPlace::Visits,
                MenuPlace::Calendar,
                MenuPlace::Rooms,
                MenuPlace::Missions,
                MenuPlace::People,
                MenuPlace::Calendars,
                MenuPlace::Settings,
                MenuPlace::Accounts,
            ],
            Self::Mission => &[MenuPlace::Today, MenuPlace::Visits, MenuPlace::Calendars],
        }
    }
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuEntry {
    /// Where it leads.
    pub place: MenuPlace,
    /// How many things wait there for this account; nothing is shown for 0.
    pub waiting: u32,
}

/// Where an entry of the menu leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MenuPlace {
    /// The day at a glance.
    Today,
    /// The visits.
    Visits,
    /// The calendar of all visits.
    Calendar,
    /// The rooms.
    Rooms,
    /// The missions and the consular corps.
    Missions,
    /// The people.
    People,
    /// One's calendar feeds.
    Calendars,
    /// The office's settings.
    Settings,
    /// The accounts.
    Accounts,
}

impl MenuPlace {
    /// The address.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Today => "/",
            Self::Visits => "/visits",
            Self::Calendar => crate::calendar::asked::PATH,
            Self::Rooms => "/rooms",
            Self::Missions => "/missions",
            Self::People => "/people",
            Self::Calendars => "/calendars",
            Self::Settings => "/settings",
            Self::Accounts => "/accounts",
        }
    }

    /// Whether it is one of the few that a narrow screen shows without opening the rest.
    pub(super) const fn is_first(self) -> bool {
        matches!(self, Self::Today | Self::Visits | Self::Rooms | Self::Missions)
    }

    pub(super) const fn symbol(self) -> Symbol {
        match self {
            Self::Today => Symbol::Today,
            Self::Visits => Symbol::Visits,
            Self::Calendar => Symbol::Calendar,
            Self::Rooms => Symbol::Rooms,
            Self::Missions => Symbol::Missions,
            Self::People => Symbol::People,
            Self::Calendars => Symbol::Calendars,
            Self::Settings => Symbol::Settings,
            Self::Accounts => Symbol::Accounts,
        }
    }

    pub(super) fn label(self, words: Words, door: Door) -> String {
        match (door, self) {
            (_, Self::Today) => words.shell_menu_today(),
            (Door::Office, Self::Visits) => words.shell_menu_visits(),
            (Door::Office, Self::People) => words.shell_menu_people(),
            (Door::Office, Self::Calendars) => words.shell_menu_calendars(),
            (Door::Mission, Self::Visits) => words.shell_menu_own_visits(),
            (Door::Mission, Self::People) => words.shell_menu_own_people(),
            (Door::Mission, Self::Calendars) => words.shell_menu_own_calendars(),
            (_, Self::Calendar) => words.shell_menu_calendar(),
            (_, Self::Rooms) => words.shell_menu_rooms(),
            (_, Self::Missions) => words.shell_menu_missions(),
            (_, Self::Settings) => words.shell_menu_settings(),
            (_, Self::Accounts) => words.shell_menu_accounts(),
        }
    }

    /// Whether a page at this address belongs to it.
    pub(super) fn holds(self, address: &str) -> bool {
        let own = self.path();
        address == own || (own != "/" && address.strip_prefix(own).is_some_and(|rest| rest.starts_with('/')))
    }
}

/// The clocks in the bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClocksShown {
    /// The server's clock when it answered, in seconds of Unix time. The browser only counts on from it.
    pub at: i64,
    /// The clocks: the office's zone first.
    pub clocks: Vec<ClockShown>,
}

/// One clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockShown {
    /// The shown name of its place.
    pub place: String,
    /// Its distance from UTC in seconds, east positive, at the time the server answered.
    pub offset: i32,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountShown {
    /// The name, as the account gives it.
    pub name: String,
    /// What it is: a role, or the mission.
    pub role: String,
}

domain::viewed_by! { FrameView {} }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_current_on_its_own_pages_alone() {
        assert!(MenuPlace::Visits.holds("/visits") && MenuPlace::Visits.holds("/visits/1/delegation"));
        assert!(!MenuPlace::Visits.holds("/visitsx") && !MenuPlace::Today.holds("/visits"));
    }

    #[test]
    fn a_mission_has_a_door_of_three_entries() {
        assert_eq!(Door::Mission.entries().len(), 3);
    }
}
