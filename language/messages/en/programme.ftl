### Programmes: lines by day, and the form of a line.

programme-add = Add a line
programme-release-do = Release
programme-subscribe = Subscribe
programme-new-title = New line
programme-new-do = Add the line
programme-edit-title = Change the line
programme-edit-do = Save the line
programme-remove-title = Remove this line …
programme-remove-says = The line leaves the programme, and the room and people it holds become free. It stays in the record.
programme-remove-do = Remove the line
programme-none-title = No lines yet
programme-none-says = Here stands the programme, minute by minute and on two clocks. It begins with the arrival.
programme-closed-title = The programme is a draft
programme-closed-says = Drafts are read by who is on the visit’s list. You read what is released to you.
programme-release = Version { $number }, released on { $date }. Its code is { $code }.
programme-none-at-depth = None of its lines is among the highlights. Choose to see more.
programme-day-of = day { $number } of { $days } · { $count ->
    [one] { $count } line
   *[other] { $count } lines
}
programme-day-lines = { $count ->
    [one] { $count } line
   *[other] { $count } lines
}
programme-stand-in = Engaged
programme-cover-is = Cover title: { $cover }
programme-hold-until = hold until { $time }
programme-moved-to = The line now starts at { $time }.
programme-move-stale = Somebody else changed this line meanwhile, so it was not moved. It is shown as it is now.
programme-people-count = { $count } people

programme-field-title = What
programme-field-kind = Kind
programme-field-date = Day
programme-field-date-hint = 17 Mar, tomorrow, 2027-03-17
programme-field-starts = Starts
programme-field-starts-hint = 9.30, 0745, noon; +15m after the line before
programme-field-ends = Ends
programme-field-ends-hint = 10.15, or +45m; on another day with its date: 18 Mar 1.30
programme-field-zone = Time zone
programme-field-end-zone = Time zone of the end
programme-field-end-zone-hint = Only where it differs: a flight has one at each end.
programme-field-room = Room
programme-field-layout = Layout
programme-field-people-count = How many people
programme-field-place = Other place
programme-field-place-hint = Where no room of ours is chosen.
programme-field-person = Person { $number }
programme-field-role = Takes part as
programme-field-press = Press
programme-field-dress = Dress
programme-field-carrier = Flight or train
programme-field-route = Route
programme-field-vehicles = Vehicles in order
programme-field-notes = Notes and instructions
programme-field-notes-hint = No text with a national classification: it is refused.
programme-field-drop-by = Drop-by
programme-field-drop-by-hint = The principal looks in while something else goes on.
programme-field-cover-hint = Shown to those who may not read the true title; people and place are covered with it.
programme-field-state = State
programme-field-hold-until = Held until
programme-field-hold-until-hint = Left empty, until it starts.
programme-field-reason-hint = Needed where a marking is lowered or a clash overridden; it is recorded.

programme-part-existence = That there is such a line
programme-part-time = When
programme-part-place = Where
programme-part-people = Who
programme-part-movement = Movement

programme-kind-arrival = Arrival
programme-kind-departure = Departure
programme-kind-movement = Movement
programme-kind-ceremony = Ceremony
programme-kind-courtesy-call = Courtesy call
programme-kind-bilateral = Bilateral meeting
programme-kind-plenary = Plenary
programme-kind-working-meal = Working meal
programme-kind-banquet = Banquet
programme-kind-reception = Reception
programme-kind-signing = Signing
programme-kind-wreath-laying = Wreath-laying
programme-kind-address = Address
programme-kind-press = Press
programme-kind-site-visit = Site visit
programme-kind-cultural = Cultural programme
programme-kind-religious = Religious service
programme-kind-sweep = Sweep
programme-kind-advance = Advance
programme-kind-hold = Hold
programme-kind-rest = Rest
programme-kind-overnight = Overnight

programme-state-wished = wished
programme-state-held = held
programme-state-firm = firm

programme-press-closed = closed to the press
programme-press-pool-spray = pool spray
programme-press-pool = pool
programme-press-full = full press

programme-role-host = host
programme-role-guest = guest
programme-role-interpreter = interpreter
programme-role-notetaker = notetaker
programme-role-greeter = greeter
programme-role-press = press

## Who takes part, those of one role together.

programme-people-host = { $names } ({ $count ->
    [one] host
   *[other] hosts
})
programme-people-guest = { $names } ({ $count ->
    [one] guest
   *[other] guests
})
programme-people-interpreter = { $names } ({ $count ->
    [one] interpreter
   *[other] interpreters
})
programme-people-notetaker = { $names } ({ $count ->
    [one] notetaker
   *[other] notetakers
})
programme-people-greeter = { $names } ({ $count ->
    [one] greeter
   *[other] greeters, in this order
})
programme-people-press = { $names } (press)

programme-layout-theatre = theatre
programme-layout-classroom = classroom
programme-layout-boardroom = boardroom
programme-layout-banquet = banquet
programme-layout-cabaret = cabaret
programme-layout-reception = reception

## The rooms of a visit.

programme-rooms-none = No line uses a room of ours
programme-rooms-none-says = Here stand the rooms that this visit’s lines use, as far as you may read them: when, how they are laid out, and how each line stands with its room.
programme-rooms-line = Line
programme-rooms-standing = How it stands
programme-rooms-taken = taken { $from }–{ $until }
