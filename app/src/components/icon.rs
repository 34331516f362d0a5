//! Our own symbols, as inline SVG.

use leptos::prelude::*;

/// Our own symbols. Each stands beside a text or in a control with a label, never for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    /// A sun over a line: the day.
    Today,
    /// A flag on a staff: visits.
    Visits,
    /// A door: rooms.
    Rooms,
    /// A house with columns: missions.
    Missions,
    /// Two heads: people.
    People,
    /// Waves that go out: the calendars one subscribes to.
    Calendars,
    /// A sheet with rings: the calendar.
    Calendar,
    /// Two sliders: settings.
    Settings,
    /// A key: accounts.
    Accounts,
    /// A lens.
    Search,
    /// A cross.
    Close,
    /// Three dots: the rest.
    More,
}

impl Symbol {
    /// The path, on a square of 20 units.
    const fn path(self) -> &'static str {
        match self {
            Self::Today => "M2 15h16M5 12a5 5 0 0 1 10 0M10 3v2M3.5 6.5l1.4 1.4M16.5 6.5l-1.4 1.4",
            Self::Visits => "M5 18V3M5 4h10l-2.5 3.5L15 11H5",
            Self::Rooms => "M4 18h12M6 18V3h8v15M11 10.5v1",
            Self::Missions => "M3 17h14M4 7l6-4 6 4M4 7.5h12M6 8v8M10 8v8M14 8v8",
            Self::People => {
                "M7.5 9a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6M2.5 17c0-3 2-5 5-5s5 2 5 5M12.5 3.8a2.6 2.6 0 0 1 0 5M14.5 12.3c2 .6 3 2.4 3 4.7"
            }
            Self::Calendars => "M4 16h.1M4 11a5 5 0 0 1 5 5M4 6a10 10 0 0 1 10 10",
            Self::Calendar => "M3 5h14v12H3zM3 9h14M7 3v4M13 3v4",
            Self::Settings => "M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4",
            Self::Accounts => "M7 13a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M10.5 9.5H18M15 9.5v3",
            Self::Search => "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M13 13l4.5 4.5",
            Self::Close => "M5 5l10 10M15 5L5 15",
            Self::More => "M3.5 10h1M9.5 10h1M15.5 10h1",
        }
    }
}

/// One of our symbols, drawn in the colour of the text.
#[component]
pub fn Icon(
    /// Which.
    symbol: Symbol,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
            <path d=symbol.path() fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"></path>
        </svg>
    }
}
