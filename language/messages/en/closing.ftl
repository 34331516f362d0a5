### Closing a room: when and why, what that hurts, and where each use goes.

closing-title = Close this room
closing-open = Close this room …
closing-form-says = Nothing is closed yet: first you see what is booked there at that time, with a room or time for each.
closing-field-starts = Closed from
closing-field-ends = Closed until
closing-field-ends-hint = A time, with its day where that is another: 20 Mar 18.00. Or how long: +3h. Left empty, the room is closed for good: for ten years.
closing-field-cause-hint = Shown on the board to who may read its marking; to others it is “Closed”.
closing-look = See what it hurts
closing-look-title = What it hurts
closing-lost-says = What was typed is kept for an hour. Say again when the room is closed.
closing-says = Each of these goes where it says, in the same step that closes the room, or none does. Who made them is told.
closing-hurts-nothing = Nothing is booked there at that time.
closing-moves-nothing = You can move none of these: they stay, and who may change them is told that their room is closed.
closing-again = Nothing was closed: something has changed since you looked, or cannot go where you chose. Here is all of it as it is now, with what you chose.
closing-goes-of = Where it goes: { $title }, { $when }
closing-answer-stay = Leave it: it stands in a closed room
closing-answer-refused = { $slot } (cannot be had)
closing-nothing-offered = No room is free for it then, and no time near it.
closing-stays = It stays: who may change it is told that its room is closed.
closing-reserved-stays = It stays: it is not yours to move.
closing-do = Close the room
closing-back = Back to when and why
closing-instead = Close the room instead, and move what is booked there
closing-from-room = To move what is booked there, close the room from its own page.
closing-retire-first = Close it from now on, and move what uses it
