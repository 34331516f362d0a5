### The day board of rooms, and a room's week.

board-of = { $shown } of { $all } rooms
board-times-in = times in { $place }
board-hatched = set-up and clearing are hatched
board-made-ready = { $title } (set-up or clearing)
board-day-before = The day before
board-day-after = The day after
board-to-today = Today
board-week-before = The week before
board-week-after = The week after
board-list = The rooms, with what they have
board-none = No room is like that
board-none-says = Ask for fewer people, another layout or another site.
board-filter-site = Site
board-filter-name = Name
board-filter-day = Day
board-filter-more = Only rooms that would do
board-reserved = Reserved
board-hold = hold
board-hold-until = hold until { $time }
board-from-to = { $from } to { $until }
board-more = and { $count } more
board-free = Book { $room }: free from { $from } to { $until }
board-hour-again = { $clock } again
board-day-of = { $site }, { $day }
board-week-title = This week
board-week-of = Week of { $day }
board-closed-all-day = closed
board-month-title = Its month
board-month-before = The month before
board-month-after = The month after
board-book-on = Book on { $day }
board-month-of = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
board-closed = Closed
