### Rooms and sites: their lists and forms.

rooms-sites-title = Sites
rooms-sites-none = No sites yet
rooms-sites-none-says = A site is where rooms stand: a city hall, a residence, an airport. It begins with its name.
rooms-site-add = Add a site
rooms-site-new-title = New site
rooms-site-new-do = Add the site
rooms-site-edit-title = Change the site
rooms-site-edit-do = Save the site
rooms-site-field-name = Name
rooms-site-field-address = Address
rooms-site-field-zone = Time zone
rooms-site-field-zone-hint = Opening hours are on its clocks.
rooms-site-travel-title = Minutes by car from here
rooms-site-travel-hint = Left empty, the way is as long as the way back; where neither is said, a programme warns.
rooms-site-travel-to = To { $site }
rooms-site-column-travel = By car
rooms-site-way = { $site }: { $minutes } min
rooms-site-leave = Leave it as it is

rooms-none-yet = No rooms yet
rooms-none-yet-says = Here stand the rooms, site by site, with what they hold and have. The first step is a room.
rooms-add = Add a room
rooms-change = Change the room
rooms-new-title = New room
rooms-new-do = Add the room
rooms-edit-title = Change the room
rooms-edit-do = Save the room
rooms-retire-title = Retire this room …
rooms-retire-says = It is offered no more: not on the board, in the list, in a search or a form. What is past still names it, and its name is free again. It can't be taken back.
rooms-retire-do = Retire the room
rooms-retire-still-used = The room is used now or later: by a programme, a booking or a hold. Move or cancel what uses it first; then it can be retired.
rooms-retired = This room is retired: it can be booked no more. What is past still names it.
rooms-site-first = A room stands at a site
rooms-site-first-says = There is no site yet: add one first.
rooms-field-site = Site
rooms-field-name = Name
rooms-field-floor = Floor
rooms-field-floor-hint = As it is called there: 3, Tower, Mezzanine.
rooms-field-clearance = Cleared up to
rooms-field-clearance-hint = The highest marking that may be discussed there.
rooms-layouts-title = Layouts
rooms-layouts-hint = How many it holds in each layout it can take, and the minutes it takes to lay it out and to clear it. A layout left empty is not offered.
rooms-layout-column = Layout
rooms-layout-capacity = People
rooms-layout-set-up = Minutes before
rooms-layout-clearing = Minutes after
rooms-layout-capacity-of = { $layout }: people
rooms-layout-set-up-of = { $layout }: minutes before
rooms-layout-clearing-of = { $layout }: minutes after
rooms-features-title = What it has
rooms-hours-title = Opening hours
rooms-hours-hint = On the site’s clocks, such as 08:00 and 18:00. A day left empty is closed; a room without any hours is always open. A day may stand twice.
rooms-hours-weekday = Day
rooms-hours-opens = Opens
rooms-hours-closes = Closes
rooms-hours-weekday-of = Row { $row }: day
rooms-hours-opens-of = Row { $row }: opens
rooms-hours-closes-of = Row { $row }: closes
rooms-seasons-title = Seasons
rooms-seasons-hint = Parts of every year in which other hours hold: school holidays, the dark months. Hours of a day are written 08:00-12:00, 14:00-18:00; a day left empty is closed. A season may run over New Year.
rooms-season-number = Season { $number }
rooms-season-name = Name
rooms-season-from = First day
rooms-season-until = Last day
rooms-season-day-hint = Month and day: 06-01 for 1 June.
rooms-season-said = { $name }, { $from } to { $until }:
rooms-closed = closed
rooms-field-sweep = Minutes for a sweep
rooms-field-sweep-hint = Added before the set-up of a use that asks for one.
rooms-sweep-title = Sweep
rooms-sweep-said = { $minutes } min
rooms-booked-by-title = Who may book it
rooms-booked-by-hint = With no box ticked, whoever may book rooms. Who keeps the rooms always may.
rooms-holidays-title = Holidays
rooms-holidays-next = Next holidays
rooms-site-holidays-hint = Days on which its rooms are closed. With hours, they are open then, whatever a room’s own hours are. The office’s holidays are closed too, unless the same day stands here.
rooms-holiday-on = Day
rooms-holiday-name = Name
rooms-holiday-on-of = Holiday { $row }: day
rooms-holiday-name-of = Holiday { $row }: name
rooms-holiday-opens-of = Holiday { $row }: opens
rooms-holiday-closes-of = Holiday { $row }: closes
rooms-holiday-said = { $day }, { $name }: { $hours }
rooms-weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
