### Bookings of rooms beside any programme: their pages and form.

bookings-new-title = Book a room
bookings-new-do = Book the room
bookings-book-this-room = Book this room
bookings-edit-title = Change the booking
bookings-edit-do = Save the booking
bookings-leave = Leave it as it is
bookings-own-title = My bookings
bookings-own-none = You have booked nothing that is still to come
bookings-own-none-says = Here stands what you have booked beside any programme, until it is over. The first step is a free stretch of a room’s day.
bookings-own-look = Look at the rooms
bookings-rooms-none = There is no room you may book
bookings-rooms-none-says = A room stands at a site, and may be kept for some roles.
bookings-room-kept = This room is kept for others: your role may not book it. Choose another.
bookings-cancel-title = Cancel this booking …
bookings-cancel-says = The room becomes free at that time. The booking stays in the record.
bookings-cancel-do = Cancel the booking

bookings-field-purpose = What for
bookings-field-purpose-hint = Shown on the board to who may read its marking; to others the room is “Reserved”.
bookings-field-zone = Time zone
bookings-field-zone-hint = Left empty, the clocks of the room’s site.
bookings-field-state = State
bookings-field-marking = Marking
bookings-field-sweep = Swept before
bookings-field-sweep-hint = The minutes that takes are added before the set-up.
bookings-needs-title = What it asks of the room
bookings-features-title = The room must have

bookings-state-firm = firm
bookings-state-held = held

bookings-column-when = When
bookings-when = { $day }, { $from } to { $until }
bookings-when-days = { $day } { $from } to { $end-day } { $until }
bookings-hold-until = held until { $time }
bookings-hold-ended = The hold ended at { $time } by itself: it keeps the room for nobody any more.
bookings-hold-ended-short = hold ended
bookings-promised-until = promised until { $time }

bookings-field-hold = A hold is
bookings-hold-pencilled = pencilled: others may hold the room too
bookings-hold-promised = promised: nobody else may have it
