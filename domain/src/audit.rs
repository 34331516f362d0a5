//! What is said of a change in the record.

use crate::programme::kinds;

kinds! {
    /// What somebody meant to do: one for each use case.
    Intent {
        /// Sign in.
        SignIn = "sign_in",
        /// A sign-in that was refused.
        SignInRefused = "sign_in_refused",
        /// Sign out.
        SignOut = "sign_out",
        /// End a session.
        EndSession = "end_session",
        /// Make a token of the API.
        MakeToken = "make_token",
        /// Revoke a token of the API.
        RevokeToken = "revoke_token",
        /// Set up an office.
        SetUpOffice = "set_up_office",
        /// Change the office.
        ChangeOffice = "change_office",
        /// Make an account.
        MakeAccount = "make_account",
        /// Invite to an account.
        InviteAccount = "invite_account",
        /// Make a new link for an account, in place of the one before.
        RenewInvitation = "renew_invitation",
        /// Cancel an invitation.
        CancelInvitation = "cancel_invitation",
        /// Accept an invitation.
        AcceptInvitation = "accept_invitation",
        /// Change an account.
        ChangeAccount = "change_account",
        /// Change one's password.
        ChangePassword = "change_password",
        /// Disable an account.
        DisableAccount = "disable_account",
        /// Enable an account that was disabled.
        EnableAccount = "enable_account",
        /// Confirm a mission's account up to TLP:AMBER.
        ConfirmAccount = "confirm_account",
        /// Withdraw what was confirmed.
        WithdrawConfirmation = "withdraw_confirmation",
        /// Let an account read above TLP:GREEN again, after somebody else changed its credential or address.
        LiftSuspension = "lift_suspension",
        /// Grant a role.
        GrantRole = "grant_role",
        /// Revoke a role.
        RevokeRole = "revoke_role",
        /// Grant a ceiling.
        GrantCeiling = "grant_ceiling",
        /// Put somebody on a visit's access list.
        GrantAccess = "grant_access",
        /// Take somebody off a visit's access list.
        RevokeAccess = "revoke_access",
        /// Make a site.
        MakeSite = "make_site",
        /// Change a site.
        ChangeSite = "change_site",
        /// Make a room.
        MakeRoom = "make_room",
        /// Change a room.
        ChangeRoom = "change_room",
        /// Retire a room.
        RetireRoom = "retire_room",
        /// Import rooms.
        ImportRooms = "import_rooms",
        /// Export rooms.
        ExportRooms = "export_rooms",
        /// Import sites.
        ImportSites = "import_sites",
        /// Export sites.
        ExportSites = "export_sites",
        /// Make a mission.
        MakeMission = "make_mission",
        /// Change a mission.
        ChangeMission = "change_mission",
        /// Import missions.
        ImportMissions = "import_missions",
        /// Export missions.
        ExportMissions = "export_missions",
        /// Make a person.
        MakePerson = "make_person",
        /// Change a person.
        ChangePerson = "change_person",
        /// Erase a person.
        ErasePerson = "erase_person",
        /// Import people.
        ImportPeople = "import_people",
        /// Export people.
        ExportPeople = "export_people",
        /// Make a visit.
        MakeVisit = "make_visit",
        /// Change a visit.
        ChangeVisit = "change_visit",
        /// Add a delegate.
        AddDelegate = "add_delegate",
        /// Change a delegate.
        ChangeDelegate = "change_delegate",
        /// Remove a delegate.
        RemoveDelegate = "remove_delegate",
        /// Add a line.
        AddItem = "add_item",
        /// Change a line.
        ChangeItem = "change_item",
        /// Remove a line.
        RemoveItem = "remove_item",
        /// Add a task.
        AddTask = "add_task",
        /// Change a task.
        ChangeTask = "change_task",
        /// Say that a task is done, or is not.
        TickTask = "tick_task",
        /// Remove a task.
        RemoveTask = "remove_task",
        /// Take in what a visit lacks of its category's template.
        TakeTemplate = "take_template",
        /// Change the template of a category.
        ChangeTemplate = "change_template",
        /// Put a day on the office's calendar of holidays.
        AddHoliday = "add_holiday",
        /// Take a day off the office's calendar of holidays.
        RemoveHoliday = "remove_holiday",
        /// Import holidays from a calendar file.
        ImportHolidays = "import_holidays",
        /// Take down that a line began or ended, or that it did not.
        RecordActual = "record_actual",
        /// Move the rest of a day.
        MoveRest = "move_rest",
        /// Renew the times that newer rules of the clocks moved.
        RenewTimes = "renew_times",
        /// Move lines together.
        MoveLines = "move_lines",
        /// Copy lines.
        CopyLines = "copy_lines",
        /// Undo one's own last change of a programme.
        UndoChange = "undo_change",
        /// Do again what one undid.
        RedoChange = "redo_change",
        /// Import a programme.
        ImportProgramme = "import_programme",
        /// Release a programme.
        ReleaseProgramme = "release_programme",
        /// Acknowledge a release.
        AcknowledgeRelease = "acknowledge_release",
        /// Print a programme.
        PrintProgramme = "print_programme",
        /// Export a programme as a file.
        ExportProgramme = "export_programme",
        /// Book a room.
        BookRoom = "book_room",
        /// Change a booking.
        ChangeBooking = "change_booking",
        /// Cancel a booking.
        CancelBooking = "cancel_booking",
        /// Book a series.
        BookSeries = "book_series",
        /// Change a series.
        ChangeSeries = "change_series",
        /// Cancel a series, or a part of it.
        CancelSeries = "cancel_series",
        /// Give a room to a use that waited for it.
        ApproveBooking = "approve_booking",
        /// Not give a room to a use that waited for it.
        DeclineBooking = "decline_booking",
        /// Take note of something one was told.
        ReadNews = "read_news",
        /// Black out a room or a site.
        MakeBlackout = "make_blackout",
        /// Change a blackout.
        ChangeBlackout = "change_blackout",
        /// End a blackout, or take it back.
        EndBlackout = "end_blackout",
        /// Close a room, and move what that hurts.
        CloseRoom = "close_room",
        /// Import blackouts.
        ImportBlackouts = "import_blackouts",
        /// Export blackouts.
        ExportBlackouts = "export_blackouts",
        /// Make a door plan.
        MakeDoorPlan = "make_door_plan",
        /// Revoke a door plan.
        RevokeDoorPlan = "revoke_door_plan",
        /// Print what takes rooms.
        PrintRooms = "print_rooms",
        /// Make a feed.
        MakeFeed = "make_feed",
        /// Renew a feed's link.
        RenewFeed = "renew_feed",
        /// Revoke a feed.
        RevokeFeed = "revoke_feed",
        /// A feed was fetched with new bytes.
        DeliverFeed = "deliver_feed",
        /// A page or the API delivered something from TLP:AMBER up for the first time.
        DeliverPage = "deliver_page",
        /// Paper, a file or a mail delivered something from TLP:AMBER up for the first time.
        DeliverCopy = "deliver_copy",
        /// An attempt that was refused.
        Refusal = "refusal",
        /// Load the demonstration office.
        LoadDemonstration = "load_demonstration",
    }
}

kinds! {
    /// By which way something was delivered.
    Way {
        /// A page.
        Page = "page",
        /// The API.
        Api = "api",
        /// A calendar feed.
        Feed = "feed",
        /// Paper.
        Print = "print",
        /// A file.
        File = "file",
        /// Electronic mail.
        Mail = "mail",
    }
}

impl Way {
    /// What the record calls a first delivery by it.
    pub const fn intent(self) -> Intent {
        match self {
            Self::Page | Self::Api => Intent::DeliverPage,
            Self::Feed => Intent::DeliverFeed,
            Self::Print | Self::File | Self::Mail => Intent::DeliverCopy,
        }
    }
}

kinds! {
    /// The kinds of things that entries name.
    ThingKind {
        /// Office.
        Office = "office",
        /// Account.
        Account = "account",
        /// Grant.
        Grant = "grant",
        /// Session.
        Session = "session",
        /// Token.
        Token = "token",
        /// Invitation.
        Invitation = "invitation",
        /// Site.
        Site = "site",
        /// Room.
        Room = "room",
        /// Mission.
        Mission = "mission",
        /// Person.
        Person = "person",
        /// Visit.
        Visit = "visit",
        /// Delegation.
        Delegation = "delegation",
        /// Delegate.
        Delegate = "delegate",
        /// Line of a programme.
        Item = "item",
        /// Task of a visit.
        Task = "task",
        /// Template of a category of visits.
        Template = "template",
        /// Day on the office's calendar of holidays.
        Holiday = "holiday",
        /// Booking.
        Booking = "booking",
        /// Series of bookings.
        Series = "series",
        /// Blackout.
        Blackout = "blackout",
        /// Door plan.
        DoorPlan = "door_plan",
        /// Something told to an account.
        News = "news",
        /// Release.
        Release = "release",
        /// Feed.
        Feed = "feed",
    }
}
