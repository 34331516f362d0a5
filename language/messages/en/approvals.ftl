### Rooms that have to be asked for: who waits, and what became of it.

approvals-title = Waiting for a room
approvals-says = Each of these holds its room no more than a pencilled hold does, until you decide.
approvals-none = Nothing waits for you
approvals-none-says = Here stand the uses of the rooms that you give, until you decide.
approvals-open = Waiting for a room ({ $count })
approvals-reserved = Reserved
approvals-ends-title = Given the room, it ends these pencilled holds:
approvals-beside-title = Also pencilled at this time:
approvals-when = { $from } to { $until }
approvals-give = Give the room
approvals-give-to = Give the room: { $title }, { $when }
approvals-decline-title = Do not give the room …
approvals-decline-of = Do not give the room: { $title }, { $when }
approvals-field-reason = Why not
approvals-field-reason-hint = Told to whoever asked for the room, and to those who give it.
approvals-decline-do = Do not give the room
approvals-gone = This no longer waits for you, or has changed since you looked. Look at the list again.
approvals-decided = Decided.

approvals-awaited = It waits for the room. Until that is given, it holds the room no more than a pencilled hold does, and at the latest until it starts.
approvals-declined = The room was not given to it: it holds nothing. Saved anew, it asks again.
approvals-declined-because = The room was not given to it: “{ $reason }” It holds nothing. Saved anew, it asks again.
approvals-given-away = The room was given to another use: it holds nothing any more.
approvals-given-away-to = The room was given to “{ $title }”: it holds nothing any more.
approvals-line-awaited = Its room is not given yet: it waits, pencilled.

approvals-chip-awaited = waits for the room
approvals-chip-declined = room not given
approvals-chip-given-away = room given to another

approvals-room-title = Who gives it
approvals-room-hint = Where nobody is ticked, nobody need ask. What is booked by who must ask is pencilled until one of these gives the room.
approvals-room-from-title = Who must ask
approvals-room-from-hint = If nobody is ticked, everybody must ask, except those who give it.
approvals-room-given-by = Given by
approvals-room-given-and-asked = { $given }; to be asked by { $asked }
