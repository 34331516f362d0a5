//! Permission in types: a store's write takes a permit, and only [`authorise`] makes one.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
};
use domain::permission::{Action, Decision, Facts, decide};
use std::marker::PhantomData;

/// A kind of action, as a type.
pub trait Permitted {
    /// The action.
    const ACTION: Action;
}

/// Proof that an actor may do an action. It is not made by hand, nor copied:
///
/// ```compile_fail,E0423
/// let permit = backend::permits::Permit::<backend::permits::EditVisit>(std::marker::PhantomData);
/// ```
/// ```compile_fail,E0599
/// fn twice(permit: backend::permits::Permit<backend::permits::EditVisit>) -> [backend::permits::Permit<backend::permits::EditVisit>; 2] {
///     [permit.clone(), permit]
/// }
/// ```
/// ```
/// fn once(permit: backend::permits::Permit<backend::permits::EditVisit>) -> [backend::permits::Permit<backend::permits::EditVisit>; 1] {
///     [permit]
/// }
/// ```
#[derive(Debug)]
pub struct Permit<A: Permitted>(PhantomData<A>);

macro_rules! permitted {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Permitted for $name {
            const ACTION: Action = Action::$name;
        }
    )*};
}

permitted! {
    /// Keep one's own account.
    KeepOwnAccount,
    /// Look at the office's pages.
    ReadOffice,
    /// Look at the list of visits.
    ReadVisits,
    /// Make a visit.
    CreateVisit,
    /// Change a visit.
    EditVisit,
    /// Change a visit's access list.
    ManageAccessList,
    /// Change a visit's programme, delegation and tasks.
    EditProgramme,
    /// Say that a task is done.
    TickTask,
    /// Save in spite of a clash.
    OverrideClash,
    /// Lower a marking.
    LowerMarking,
    /// Release a programme.
    ReleaseProgramme,
    /// See releases.
    ReadReleases,
    /// Print a programme.
    PrintProgramme,
    /// See rooms.
    ReadRooms,
    /// Book a room.
    BookRoom,
    /// Change anybody's booking.
    ManageBookings,
    /// Give a room to a use that waits for it.
    ApproveBooking,
    /// Move what a closed room hurts.
    MoveUses,
    /// Make and change sites and rooms.
    ManageRooms,
    /// Make and change missions.
    ManageMissions,
    /// Make and change people.
    ManagePeople,
    /// Erase people.
    ErasePeople,
    /// Change the office.
    ManageOffice,
    /// Keep accounts.
    ManageAccounts,
    /// Grant a ceiling.
    GrantCeiling,
    /// Subscribe to a calendar.
    SubscribeFeed,
    /// Read the record.
    ReadAudit,
}

/// What lets one change a line that there is.
pub trait ChangesLines: Permitted {}

impl ChangesLines for EditProgramme {}
impl ChangesLines for MoveUses {}

/// Decides, and gives the permit.
///
/// # Errors
/// When the actor may not, or may not know of the thing.
pub fn authorise<A: Permitted>(context: &RequestContext, facts: Facts) -> Outcome<Permit<A>> {
    match decide(context.actor(), A::ACTION, facts) {
        Decision::Allowed => Ok(Permit(PhantomData)),
        Decision::Forbidden => Err(Failure::Forbidden),
        Decision::SignIn => Err(Failure::SignIn),
        Decision::Hidden => Err(Failure::NotFound),
    }
}

/// The permit of what happens before anybody is signed in: sign-in itself, an invitation accepted, an empty office set up.
///
/// Each caller proves its right in another way: a password, a one-time link, the command line.
pub(crate) fn by_other_proof<A: Permitted>() -> Permit<A> {
    Permit(PhantomData)
}
