### The rules of clashes, and how bad an office holds a breach of each to be.

rules-title = Rules of clashes
rules-says = What a programme or a booking is told when it breaks a rule.
rules-levels-title = How bad it is
rules-levels-hint = What clashes now is judged anew at once. The chief of protocol overrides, with a reason that is kept. A room is never promised twice, and a time that does not exist cannot be kept: these two are refused always.
rules-column-rule = When
rules-column-level = It is
rules-level-of = When { $rule }
rules-save = Save the rules

rules-level-note = worth knowing
rules-level-warn = a warning
rules-level-override = refused, unless overridden
rules-level-block = refused

rules-room-twice = a room is wanted twice, set-up and clearing included
rules-equipment-twice = a vehicle or a piece of equipment is wanted twice
rules-person-twice = somebody is wanted in two things at once
rules-person-drop-by = somebody is wanted in two things at once, and only drops by at one
rules-travel-short = the time between two places is shorter than the way
rules-travel-unknown = nobody has said how long the way between two places takes
rules-room-too-small = a room holds fewer than come
rules-room-lacks = a room lacks the layout or a feature that is asked
rules-room-closed = a room is not open
rules-room-blacked-out = a room may not be used
rules-room-not-cleared = a room is cleared for less than what is said there
rules-outside-visit = a line lies outside the dates of its visit
rules-before-arrival = the visitor takes part before arriving
rules-after-departure = the visitor takes part after leaving
rules-interpreter-missing = host and guest share no language, and nobody interprets who speaks both
rules-relief-missing = an interpreter in a booth works longer than half an hour without relief
rules-night-in-capital = it is night in the capital of the guest, within 48 hours of arrival
rules-rest-day = it is a weekend or a day of rest of either side
rules-holiday = it is a holiday or national day of either side
rules-time-skipped = a time does not exist, because the clocks go forward over it
rules-time-twice = a time comes twice, and nobody has said which is meant
rules-unswept-use = a room is swept, and used by others before what it was swept for
