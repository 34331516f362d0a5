### Calendar feeds: what stands in them, and how one subscribes.

## Names of calendars, as a subscriber's program lists them.

feeds-name-mine = My engagements · { $office }
feeds-name-thing = { $thing } · { $office }
feeds-name-visit = A visit · { $office }
feeds-name-office = All visits · { $office }

## Titles of events.

feeds-event-busy = Busy
feeds-event-engaged = Engaged
feeds-event-reserved = Reserved
feeds-event-closed = Closed
feeds-event-cancelled = Cancelled: { $title }

## What is said of an event.

feeds-time-local = Local time: { $from } to { $until } ({ $zone }, UTC{ $offset })
feeds-time-starts = Starts: { $time } local time ({ $zone }, UTC{ $offset })
feeds-time-ends = Ends: { $time } local time ({ $zone }, UTC{ $offset })
feeds-time-capital = In { $capital }: { $time } ({ $zone }, UTC{ $offset })
feeds-say-held = Held, not settled yet
feeds-say-people = With: { $people }
feeds-say-person = { $name } ({ $role })
feeds-say-expected = People: { $count }
feeds-say-route = Way: { $route }
feeds-say-vehicles = Vehicles: { $vehicles }
feeds-say-carrier = Flight or train: { $carrier }
feeds-say-dress = Dress: { $dress }
feeds-say-page = Page: { $address }
feeds-role-host = host
feeds-role-guest = guest
feeds-role-interpreter = interpreter
feeds-role-notetaker = notetaker
feeds-role-greeter = greeter
feeds-role-press = press
feeds-press-closed = Press: none
feeds-press-pool-spray = Press: a pool at the start
feeds-press-pool = Press: a pool
feeds-press-full = Press: open to all

## The page of subscriptions.

feeds-scope-mine = My engagements
feeds-scope-visit = A visit
feeds-scope-principal = A principal
feeds-scope-room = A room
feeds-scope-mission = A mission’s visits
feeds-scope-office = All visits of the office
feeds-detail-busy = Times alone
feeds-detail-titles = Times and titles
feeds-detail-full = Everything I may read, up to TLP:GREEN
feeds-page-title = Calendars
feeds-page-explain = A feed shows in your own calendar what you may read here, up to TLP:GREEN: a program outside the office fetches it. What is marked higher shows as “{ feeds-event-engaged }”, or not at all. If you may no longer read something, it goes from the feed.
feeds-page-mine = My feeds
feeds-page-change = Change
feeds-page-none = You subscribe to nothing yet.
feeds-page-made = Made
feeds-page-fetched = Last fetched
feeds-page-fetched-by = { $when } by { $client }
feeds-page-never-fetched = Not fetched yet
feeds-page-lost = You may no longer read what this feed shows; its calendar is not found.
feeds-field-scope = What
feeds-field-detail = How much
feeds-button-make = Make a feed
feeds-button-renew = New link
feeds-button-revoke = Revoke
feeds-button-revoke-all = Revoke all my feeds
feeds-link-title = The link of your feed
feeds-link-once = It is shown this once. Whoever has it sees the feed: give it to your calendar and to nobody else. If it gets lost, make a new link.
feeds-link-label = Link
feeds-link-open = Open in your calendar program
feeds-link-copy = Copy the link
feeds-link-code = The link as a QR code, for a telephone

## How to add it, and how often each program looks.

feeds-add-title = Add it to your calendar
feeds-add-google = Google Calendar: on a computer, beside “Other calendars” press +, choose “From URL” and paste the link. Google looks every 8 to 24 hours and can’t be told to look sooner.
feeds-add-outlook = Outlook: in the calendar choose “Add calendar”, then “Subscribe from web”, and paste the link. Outlook on the web and the new Outlook look about every 3 hours, sometimes once a day.
feeds-add-apple = Apple Calendar: choose File, “New Calendar Subscription”, and paste the link; on an iPhone open the link, or point the camera at the QR code. Set “Auto-refresh” to every hour: the default may be once a week.
feeds-add-thunderbird = Thunderbird: choose “New Calendar”, “On the Network”, and paste the link. It looks every 30 minutes unless you set it otherwise.
feeds-add-nextcloud = Nextcloud: in Calendar choose “New calendar”, “New subscription from link”, and paste the link. How often it looks is set by its administrator; many leave it at once a week, though this feed asks for every hour.
