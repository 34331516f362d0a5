//! Who may do what: one decision for each action, compared by a test with the policy matrix beside this file.
//!
//! The right to act says nothing of the right to read; `marking` decides that. An action on a thing its actor may not
//! know of is `Hidden`, which answers as if the thing did not exist.

use crate::{
    accounts::Role,
    ids::{AccountId, MissionId, OfficeId},
    marking::{Marking, Reader, ReaderKind},
    programme::kinds,
};
use std::collections::BTreeSet;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    office: OfficeId,
    roles: BTreeSet<Role>,
    reader: Reader,
    operator: bool,
}

impl Actor {
    /// Somebody who signed in.
    pub fn new(office: OfficeId, roles: BTreeSet<Role>, reader: Reader) -> Self {
        Self { office, roles, reader, operator: false }
    }

    /// Somebody who did not.
    pub fn anonymous(office: OfficeId) -> Self {
        Self::new(office, BTreeSet::new(), Reader::public())
    }

    /// The operator at the machine's command line, who sets up and reads nothing above TLP:GREEN.
    pub fn operator(office: OfficeId) -> Self {
        Self { operator: true, ..Self::anonymous(office) }
    }

    /// The office it acts in.
    pub const fn office(&self) -> OfficeId {
        self.office
    }

    /// Its roles.
    pub const fn roles(&self) -> &BTreeSet<Role> {
        &self.roles
    }

    /// It, as a reader.
    pub const fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Its account, if it has one.
    pub const fn account(&self) -> Option<AccountId> {
        self.reader.account()
    }

    /// Its mission, if it belongs to one.
    pub fn mission(&self) -> Option<MissionId> {
        match self.reader.kind() {
            ReaderKind::Mission { mission, .. } => Some(*mission),
            ReaderKind::Public | ReaderKind::Door | ReaderKind::Office { .. } => None,
        }
    }

    /// Whether it is the operator.
    pub const fn is_operator(&self) -> bool {
        self.operator
    }

    /// Whether it has a role.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether it signed in.
    pub fn is_signed_in(&self) -> bool {
        self.account().is_some()
    }
}

kinds! {
    /// What one may want to do.
    Action {
        /// Change one's own password, end one's own sessions, make one's own tokens.
        KeepOwnAccount = "keep_own_account",
        /// Look at the office's pages: Today, search, the directory of missions and people.
        ReadOffice = "read_office",
        /// Look at the list of visits.
        ReadVisits = "read_visits",
        /// Make a visit.
        CreateVisit = "create_visit",
        /// Change a visit on whose list one is.
        EditVisit = "edit_visit",
        /// Change who is on a visit's access list.
        ManageAccessList = "manage_access_list",
        /// Add, change and remove lines, delegates and tasks of a visit on whose list one is.
        EditProgramme = "edit_programme",
        /// Say that a task which is one's own is done, of a visit on whose list one is.
        TickTask = "tick_task",
        /// Save a line in spite of a clash that may be overridden.
        OverrideClash = "override_clash",
        /// Lower a marking, or widen who reads a thing.
        LowerMarking = "lower_marking",
        /// Release a programme.
        ReleaseProgramme = "release_programme",
        /// See what was released of a visit.
        ReadReleases = "read_releases",
        /// Print a programme.
        PrintProgramme = "print_programme",
        /// See rooms, when they are taken and where something is free.
        ReadRooms = "read_rooms",
        /// Book a room beside any programme.
        BookRoom = "book_room",
        /// Change anybody's booking.
        ManageBookings = "manage_bookings",
        /// Give a room to a use that waits for it, where the room says that one's role gives it.
        ApproveBooking = "approve_booking",
        /// Move what a closed room hurts, as far as one may read it.
        MoveUses = "move_uses",
        /// Make and change sites and rooms.
        ManageRooms = "manage_rooms",
        /// Make, change and import missions.
        ManageMissions = "manage_missions",
        /// Make, change and import people.
        ManagePeople = "manage_people",
        /// Erase a person, and all that is kept of them.
        ErasePeople = "erase_people",
        /// Change the office itself.
        ManageOffice = "manage_office",
        /// Invite, disable and change accounts; their roles and sessions.
        ManageAccounts = "manage_accounts",
        /// Grant how high an account reads, never one's own.
        GrantCeiling = "grant_ceiling",
        /// Subscribe to a calendar of what one may read.
        SubscribeFeed = "subscribe_feed",
        /// Read the record.
        ReadAudit = "read_audit",
    }
}

/// What a decision depends on besides role and action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Whether the thing may be known of by the actor; none where there is no one thing.
    pub known: Option<bool>,
    /// Whether the actor is on the visit's access list; none where there is no visit.
    pub listed: Option<bool>,
    /// Whether the thing is the actor's own.
    pub own: bool,
}

impl Facts {
    /// No one thing.
    pub const NONE: Self = Self { known: None, listed: None, own: false };

    /// A visit that the actor may know of or not, and is on the list of or not.
    pub const fn visit(known: bool, listed: bool) -> Self {
        Self { known: Some(known), listed: Some(listed), own: false }
    }

    /// A thing of the actor's own, or not.
    pub const fn own(own: bool) -> Self {
        Self { known: None, listed: None, own }
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Go on.
    Allowed,
    /// The actor may know of it and may not do it (403).
    Forbidden,
    /// Nobody is signed in (401).
    SignIn,
    /// The actor may not know of it (404).
    Hidden,
}

/// Whether a role by itself allows an action; the matrix.
pub const fn role_allows(role: Role, action: Action) -> bool {
    use Action::*;
    use Role::*;
    match action {
        KeepOwnAccount | ReadReleases | SubscribeFeed => !matches!((role, action), (Auditor, SubscribeFeed)),
        ReadOffice | ReadVisits | ReadRooms => !role.is_of_a_mission(),
        CreateVisit | EditVisit | EditProgramme => matches!(role, ChiefOfProtocol | ProtocolOfficer),
        TickTask => !role.is_of_a_mission() && !matches!(role, Auditor),
        ManageAccessList => matches!(role, ChiefOfProtocol | ProtocolOfficer | SecurityLead),
        OverrideClash => matches!(role, ChiefOfProtocol),
        LowerMarking => matches!(role, ChiefOfProtocol | ProtocolOfficer | SecurityLead),
        ReleaseProgramme => matches!(role, ChiefOfProtocol | ProtocolOfficer),
        PrintProgramme => !role.is_of_a_mission() && !matches!(role, Auditor),
        BookRoom => matches!(role, ChiefOfProtocol | ProtocolOfficer | SecurityLead | RoomsManager | Scheduler),
        ManageBookings | MoveUses => matches!(role, ChiefOfProtocol | RoomsManager),
        ApproveBooking => matches!(role, ChiefOfProtocol | SecurityLead | RoomsManager),
        ManageRooms => matches!(role, RoomsManager | Administrator),
        ManageMissions | ManagePeople => matches!(role, ChiefOfProtocol | ProtocolOfficer | Administrator),
        ErasePeople | ManageOffice => matches!(role, ChiefOfProtocol | Administrator),
        ManageAccounts => matches!(role, Administrator | ChiefOfProtocol),
        GrantCeiling => matches!(role, ChiefOfProtocol | SecurityLead),
        ReadAudit => matches!(role, Auditor),
    }
}

/// Whether an action is on one visit, and so needs its actor on the visit's access list.
pub const fn needs_list(action: Action) -> bool {
    use Action::*;
    matches!(action, EditVisit | ManageAccessList | EditProgramme | TickTask | OverrideClash | ReleaseProgramme)
}

/// Whether an action may be done by the operator at the command line, when nobody is named with `--as`.
pub const fn operator_may(action: Action) -> bool {
    use Action::*;
    matches!(action, ManageRooms | ManageMissions | ManagePeople | ErasePeople | ManageOffice | ManageAccounts | ReadAudit)
}

/// By which right one looks at the things on which an action is, where it is one for all of them.
const fn looked_at_by(action: Action) -> Option<Action> {
    use Action::*;
    match action {
        ManageRooms | ApproveBooking => Some(ReadRooms),
        ManageMissions | ManagePeople | ErasePeople => Some(ReadOffice),
        _ => None,
    }
}

/// Decides.
pub fn decide(actor: &Actor, action: Action, facts: Facts) -> Decision {
    let by_role = |action| actor.roles.iter().any(|role| role_allows(*role, action));
    // Who may look at nothing of the kind is not told what of it there is.
    let looks = !actor.is_signed_in() || looked_at_by(action).is_none_or(by_role);
    if facts.known.is_some_and(|known| !known || !looks) {
        return Decision::Hidden;
    }
    if actor.is_operator() {
        return if operator_may(action) { Decision::Allowed } else { Decision::Forbidden };
    }
    if !actor.is_signed_in() {
        return Decision::SignIn;
    }
    let allowed = by_role(action) && (!needs_list(action) || facts.listed == Some(true)) && !(action == Action::GrantCeiling && facts.own);
    if allowed { Decision::Allowed } else { Decision::Forbidden }
}

/// The highest ceiling an account with these roles may have, unless the chief or the security lead raises it.
pub fn ceiling_by_roles(roles: &BTreeSet<Role>) -> Marking {
    if roles.iter().any(|r| matches!(r, Role::Administrator | Role::Auditor | Role::Press) || r.is_of_a_mission()) {
        Marking::Green
    } else {
        Marking::Red
    }
}

/// The matrix as text: an action a line, a role a column, `yes` or `-`.
pub fn matrix() -> String {
    let mut text = String::from("action");
    for role in Role::ALL {
        text.push(' ');
        text.push_str(role.word());
    }
    text.push('\n');
    for action in Action::ALL {
        text.push_str(action.word());
        for role in Role::ALL {
            text.push_str(if role_allows(*role, *action) { " yes" } else { " -" });
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn actor(role: Role) -> Actor {
        let reader = Reader::office(AccountId(Uuid::from_u128(1)), Marking::Red, BTreeSet::new(), BTreeSet::new());
        Actor::new(OfficeId(Uuid::from_u128(2)), BTreeSet::from([role]), reader)
    }

    #[test]
    fn the_matrix_is_the_one_that_was_reviewed() {
        assert_eq!(matrix(), include_str!("permission_matrix.txt"), "update domain/src/permission_matrix.txt and have it reviewed");
    }

    #[test]
    fn what_one_may_not_know_of_does_not_exist() {
        assert_eq!(decide(&actor(Role::ChiefOfProtocol), Action::EditVisit, Facts::visit(false, false)), Decision::Hidden);
    }

    #[test]
    fn who_may_look_at_nothing_of_the_kind_is_not_told_what_there_is() {
        let decided = |role, known| decide(&actor(role), Action::ManageRooms, Facts { known: Some(known), ..Facts::NONE });
        assert_eq!([true, false].map(|known| decided(Role::MissionHead, known)), [Decision::Hidden; 2]);
        assert_eq!([true, false].map(|known| decided(Role::Staff, known)), [Decision::Forbidden, Decision::Hidden]);
        assert_eq!([true, false].map(|known| decided(Role::RoomsManager, known)), [Decision::Allowed, Decision::Hidden]);
    }

    #[test]
    fn a_role_alone_edits_no_programme() {
        assert_eq!(decide(&actor(Role::ProtocolOfficer), Action::EditProgramme, Facts::visit(true, false)), Decision::Forbidden);
        assert_eq!(decide(&actor(Role::ProtocolOfficer), Action::EditProgramme, Facts::visit(true, true)), Decision::Allowed);
    }

    #[test]
    fn nobody_grants_themselves_a_ceiling() {
        assert_eq!(decide(&actor(Role::SecurityLead), Action::GrantCeiling, Facts::own(true)), Decision::Forbidden);
        assert_eq!(decide(&actor(Role::SecurityLead), Action::GrantCeiling, Facts::own(false)), Decision::Allowed);
    }

    #[test]
    fn who_is_not_signed_in_is_asked_to() {
        let nobody = Actor::anonymous(OfficeId(Uuid::from_u128(2)));
        for action in Action::ALL {
            assert_eq!(decide(&nobody, *action, Facts::NONE), Decision::SignIn, "{action:?}");
        }
    }
}
