### Finding a room for a use, and what rooms lack that nearly suit.

finder-title = Find a room
finder-do = Find rooms
finder-needs-title = What it asks of the room
finder-marking = Marking of what is said there
finder-zone-hint = Left empty, the clocks of the site; without a site, those of the office.
finder-fit-title = { $count ->
    [one] One room suits and is free
   *[other] { $count } rooms suit and are free
}
finder-fit-none = No room suits and is free
finder-fit-none-says = Below stand the rooms that nearly do, with what they lack.
finder-fit-none-at-all = Ask for fewer people, less, another site or another time.
finder-near-title = Rooms that nearly suit
finder-column-holds = Holds
finder-column-lacks = What it lacks
finder-column-other-times = Free at
finder-book = Book the room: { $room }
finder-book-at = Book { $room } at { $time }

finder-too-small = holds { $holds }, and { $wanted } are expected
finder-no-layout = can’t be laid out like that: { $layout }
finder-without = no { $thing }
finder-closed = closed at that time
finder-blacked-out = may not be used until { $until }
finder-cleared = cleared up to { $marking } only
finder-taken = taken at that time
finder-other-site = at another site
finder-not-for-you = kept for others to book
