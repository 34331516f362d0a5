### Rooms, missions and people, and what a search finds.

directory-found-count = { $count ->
    [one] { $count } thing
   *[other] { $count } things
} found for “{ $asked }”
directory-found-ask = Search visits, people, missions and rooms
directory-found-none = Nothing found
directory-found-none-says = Each word begins a word of a title, a name, a country or a place.
directory-place = Place
directory-kind = Kind
directory-head = Head
directory-address = Address
directory-national-day = National day
directory-because = What decided
directory-next-page = Next page

## Rooms. The weekday is 1 for Monday to 7 for Sunday (ISO 8601).

directory-rooms-none = No such room
directory-rooms-none-says = Take a filter away, or ask who keeps the rooms.
directory-room-layout = { $layout }: { $capacity }, { $before } min before, { $after } min after
directory-room-weekday = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
directory-room-weekdays = { $first }–{ $last }
directory-room-hours = { $days } { $hours }
directory-room-hours-of-day = { $opens }–{ $closes }
directory-room-layouts = Layouts
directory-room-layout-filter = Layout
directory-room-features = Features
directory-room-people = People
directory-room-open = Open
directory-room-floor = Floor
directory-room-clearance = Cleared up to
directory-feature-interpretation-booths = interpretation booths
directory-feature-video-link = video link
directory-feature-step-free = step-free
directory-feature-hearing-loop = hearing loop
directory-feature-secure = secure
directory-feature-prayer-room = prayer room
directory-feature-kitchen = kitchen

## Missions.

directory-missions-none = No missions yet
directory-missions-says = In the order of the consular corps (Vienna Convention on Consular Relations, article 16).
directory-mission-consulate-general = consulate general
directory-mission-consulate = consulate
directory-mission-honorary-consulate = honorary consulate
directory-mission-embassy = embassy
directory-mission-trade-office = trade office
directory-mission-cultural-institute = cultural institute
directory-mission-city = city
directory-mission-province = province
directory-because-first = nobody stands before
directory-because-override = by decision: { $name }
directory-because-foreign-to-the-rules = the rules do not know the position
directory-because-office-rank = rank of the office
directory-because-date-of-office = date of taking office
directory-because-ad-interim = chargé d’affaires ad interim
directory-because-mission-class = class of the head of mission
directory-because-holy-see = practice for the Holy See
directory-because-functions-taken-up = date of taking up functions
directory-because-head-of-post = heads of post come first
directory-because-acting-head = acting head
directory-because-acting-since = date of taking over as acting head
directory-because-post-class = class of the head of post
directory-because-honorary = honorary after career
directory-because-admission = date of admission
directory-because-commission = date of the commission
directory-because-state-name = name of the state
directory-because-equal = nothing tells them apart

## People.

directory-people-none = Nobody found
directory-own-script = In own script
directory-pronunciation = Said
directory-form-of-address = Form of address
directory-rank = Rank
directory-rank-own = Rank in own language
directory-standing = Standing
directory-languages = Languages
directory-diet = Diet
directory-standing-host-principal = principal of the host
directory-standing-host-staff = staff of the host
directory-standing-interpreter = interpreter
directory-standing-visiting-principal = visiting principal
directory-standing-mission-member = member of a mission
directory-standing-guest = guest
