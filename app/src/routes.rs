//! Which page stands at which address. A feature adds its own routes in `FEATURE/page.rs` and one line here.

use crate::{
    accounts::{AccountPage, AccountsPage, InvitationPage, OwnAccountPage, SignInPage},
    approvals::ApprovalsPage,
    blackouts::{BlackoutFormPage, BlackoutPage, BlackoutsPage},
    bookings::{BookingFormPage, BookingPage, OwnBookingsPage},
    calendar::CalendarPage,
    clashes::ClashesPage,
    closing::{ClosingFormPage, ClosingPage},
    components::escaped::window_title,
    delegations::{DelegatePage, DelegationPage},
    doors::DoorsPage,
    errors::NotFoundPage,
    feeds::CalendarsPage,
    holidays::HolidaysPage,
    imports::{BlackoutImportPage, HolidayImportPage, MissionImportPage, PersonImportPage, RoomImportPage, SiteImportPage},
    live::Live,
    missions::{MissionFormPage, MissionPage, MissionsPage},
    people::{PeoplePage, PersonFormPage, PersonPage},
    printing::{BoardPrintPage, PrintPage, RoomPrintPage},
    programme::{ImportPage, ItemPage, ProgrammePage, RestPage, ShiftPage, VisitRoomsPage},
    releases::{CodePage, ReleasesPage},
    rooms::{BoardPage, FinderPage, RoomFormPage, RoomPage, RoomsPage, SiteFormPage, SitesPage},
    search::SearchPage,
    series::{SeriesDaysPage, SeriesFormPage, SeriesPage},
    settings::{OfficeFormPage, RulesPage, SettingsPage},
    shell::FramePage,
    tasks::{TaskPage, TasksPage},
    templates::{TemplatePage, TemplatesPage},
    today::TodayPage,
    visits::{AccessPage, EditVisitPage, NewVisitPage, VisitsPage},
    words::{page_locale, use_words},
};
use language::Words;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

/// All that stands in the page's body.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Words::new(page_locale()));
    provide_context(Live::default());
    let words = use_words();
    view! {
        <Title formatter=move |page: String| window_title(words.shell_page_title(page)) />
        <Router>
            <Routes fallback=|| view! { <main id="main" tabindex="-1"><NotFoundPage /></main> }>
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/invitation/:token") view=InvitationPage ssr=SsrMode::Async />
                <Route path=path!("/code") view=CodePage ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=FramePage ssr=SsrMode::Async>
                    <Route path=path!("/") view=TodayPage ssr=SsrMode::Async />
                    <Route path=path!("/calendar") view=CalendarPage ssr=SsrMode::Async />
                    <Route path=path!("/clashes") view=ClashesPage ssr=SsrMode::Async />
                    <Route path=path!("/visits") view=VisitsPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/new") view=NewVisitPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id") view=ProgrammePage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/edit") view=EditVisitPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/access") view=AccessPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/delegation") view=DelegationPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/delegation/new") view=DelegatePage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/delegation/:delegate") view=DelegatePage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/tasks") view=TasksPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/tasks/new") view=TaskPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/tasks/:task") view=TaskPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/rooms") view=VisitRoomsPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/releases") view=ReleasesPage ssr=SsrMode::Async />
                    <Route path=path!("/calendars") view=CalendarsPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/print") view=PrintPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/import") view=ImportPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/rest") view=RestPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/shift") view=ShiftPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/items/new") view=ItemPage ssr=SsrMode::Async />
                    <Route path=path!("/visits/:id/items/:item") view=ItemPage ssr=SsrMode::Async />
                    <Route path=path!("/accounts") view=AccountsPage ssr=SsrMode::Async />
                    <Route path=path!("/accounts/:id") view=AccountPage ssr=SsrMode::Async />
                    <Route path=path!("/account") view=OwnAccountPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms") view=BoardPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/list") view=RoomsPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/find") view=FinderPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/print") view=BoardPrintPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/new") view=RoomFormPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/blackouts") view=BlackoutsPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/import") view=RoomImportPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/blackouts/import") view=BlackoutImportPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/blackouts/new") view=BlackoutFormPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/blackouts/:id") view=BlackoutPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/blackouts/:id/edit") view=BlackoutFormPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/approvals") view=ApprovalsPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/:id") view=RoomPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/:id/print") view=RoomPrintPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/:id/doors") view=DoorsPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/:id/edit") view=RoomFormPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/:id/close") view=ClosingFormPage ssr=SsrMode::Async />
                    <Route path=path!("/rooms/:id/closing") view=ClosingPage ssr=SsrMode::Async />
                    <Route path=path!("/bookings") view=OwnBookingsPage ssr=SsrMode::Async />
                    <Route path=path!("/bookings/new") view=BookingFormPage ssr=SsrMode::Async />
                    <Route path=path!("/bookings/:id") view=BookingPage ssr=SsrMode::Async />
                    <Route path=path!("/bookings/:id/edit") view=BookingFormPage ssr=SsrMode::Async />
                    <Route path=path!("/series/new") view=SeriesFormPage ssr=SsrMode::Async />
                    <Route path=path!("/series/days") view=SeriesDaysPage ssr=SsrMode::Async />
                    <Route path=path!("/series/:id") view=SeriesPage ssr=SsrMode::Async />
                    <Route path=path!("/series/:id/edit") view=SeriesFormPage ssr=SsrMode::Async />
                    <Route path=path!("/missions") view=MissionsPage ssr=SsrMode::Async />
                    <Route path=path!("/missions/new") view=MissionFormPage ssr=SsrMode::Async />
                    <Route path=path!("/missions/import") view=MissionImportPage ssr=SsrMode::Async />
                    <Route path=path!("/missions/:id") view=MissionPage ssr=SsrMode::Async />
                    <Route path=path!("/missions/:id/edit") view=MissionFormPage ssr=SsrMode::Async />
                    <Route path=path!("/people") view=PeoplePage ssr=SsrMode::Async />
                    <Route path=path!("/people/new") view=PersonFormPage ssr=SsrMode::Async />
                    <Route path=path!("/people/import") view=PersonImportPage ssr=SsrMode::Async />
                    <Route path=path!("/people/:id") view=PersonPage ssr=SsrMode::Async />
                    <Route path=path!("/people/:id/edit") view=PersonFormPage ssr=SsrMode::Async />
                    <Route path=path!("/settings") view=SettingsPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/office") view=OfficeFormPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/rules") view=RulesPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/templates") view=TemplatesPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/templates/:category") view=TemplatePage ssr=SsrMode::Async />
                    <Route path=path!("/settings/holidays") view=HolidaysPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/holidays/import") view=HolidayImportPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/sites") view=SitesPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/sites/new") view=SiteFormPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/sites/import") view=SiteImportPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/sites/:id") view=SiteFormPage ssr=SsrMode::Async />
                    <Route path=path!("/search") view=SearchPage ssr=SsrMode::Async />
                    // Last: an address that is nobody's, inside the frame.
                    <Route path=path!("/*any") view=NotFoundPage ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
