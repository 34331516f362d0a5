//! What the frame shows, gathered from the request.

use super::view::{AccountShown, ClockShown, ClocksShown, Door, FrameView, MenuEntry, MenuPlace};
use crate::accounts::words::role_in_words;
use backend::{Outcome, RequestContext, accounts::access::SignedIn, rooms};
use domain::permission::{Action, Actor, role_allows};
use language::{Locale, Words};

/// The frame of somebody's pages.
pub(super) async fn frame_of(context: &RequestContext, signed_in: &SignedIn) -> Outcome<FrameView> {
    let words = Words::new(Locale::English);
    let office = &context.office().details;
    let door = if context.actor().mission().is_some() { Door::Mission } else { Door::Office };
    let waiting = rooms::approvals::count_waiting(context).await?;
    let menu = door
        .entries()
        .iter()
        .filter(|place| may_open(context.actor(), **place))
        .map(|place| MenuEntry { place: *place, waiting: if *place == MenuPlace::Rooms { waiting } else { 0 } })
        .collect();
    let own = context.zones().offset_at(&office.zone, context.now()).map_or(0, |offset| offset.seconds());
    let clocks =
        vec![ClockShown { place: office.place.to_string(), offset: own }, ClockShown { place: words.shell_clocks_utc(), offset: 0 }];
    let roles: Vec<String> = context.actor().roles().iter().map(|role| role_in_words(words, *role)).collect();
    Ok(FrameView {
        office: office.host.to_string(),
        office_line: Some(office.name.to_string()),
        door,
        menu,
        clocks: ClocksShown { at: context.now().timestamp(), clocks },
        account: AccountShown { name: signed_in.name.clone(), role: roles.join(", ") },
        is_demo: context.chancery().is_demo,
    })
}

/// Whether an entry of the menu leads to something for this account. The page behind it decides anew.
fn may_open(actor: &Actor, place: MenuPlace) -> bool {
    let actions: &[Action] = match place {
        MenuPlace::Today | MenuPlace::Visits | MenuPlace::Missions | MenuPlace::People if actor.mission().is_some() => return true,
        MenuPlace::Today | MenuPlace::Missions | MenuPlace::People => &[Action::ReadOffice],
        MenuPlace::Visits | MenuPlace::Calendar => &[Action::ReadVisits],
        MenuPlace::Rooms => &[Action::ReadRooms],
        MenuPlace::Calendars => &[Action::SubscribeFeed],
        MenuPlace::Settings => &[Action::ManageOffice, Action::ManageRooms, Action::ManageMissions, Action::ManagePeople],
        MenuPlace::Accounts => &[Action::ManageAccounts],
    };
    actor.roles().iter().any(|role| actions.iter().any(|action| role_allows(*role, *action)))
}
