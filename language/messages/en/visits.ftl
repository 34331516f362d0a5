### Visits: the list, the head of one, its form, and who is on its access list.

visits-list-title = Visits
visits-new-title = New visit
visits-new-do = Make the visit
visits-edit-title = Change the visit
visits-edit-do = Save the visit
visits-form-cancel = Leave it as it is
visits-none-title = No visits yet
visits-none-says = Here stand the visits you may know of, inbound and outbound. A visit begins with its category, its dates and its title; the programme follows.
visits-none-match-title = No visit matches
visits-none-match-says = None of the visits you may know of passes these filters.
visits-filter-label = Visits
visits-filter-text = Title, country or guest
visits-filter-apply = Show
visits-filter-all = Show all visits
visits-column-marking = Marking
visits-untitled = A visit
visits-draft = Draft
visits-cover-shown = Cover title

visits-tabs-label = Visit
visits-tab-programme = Programme
visits-tab-access = Access

visits-fact-dates = Dates
visits-fact-local = Local time
visits-fact-capital = Capital time

visits-field-category = Category
visits-field-direction = Direction
visits-field-state = State
visits-field-title = Title
visits-field-title-hint = Who comes, as it stands on the programme: Prime Minister of Viet Nam.
visits-field-starts-on = First day
visits-field-ends-on = Last day
visits-field-day-hint = As you say it: 16 Mar, next Tuesday, 2027-03-16.
visits-field-country = Country
visits-field-country-hint = Without a country, or where it has no mission here, say the time zone of the capital.
visits-field-guest = Visiting principal
visits-field-host = Host
visits-field-zone = Time zone of the programme
visits-field-place = Place shown beside local time
visits-field-capital-zone = Time zone of the capital
visits-field-capital-zone-hint = Left empty, it is that of the country’s mission.
visits-field-capital = The capital’s name
visits-field-capital-hint = As it is written there: Hà Nội.
visits-field-remarks = Purpose and remarks
visits-field-cover = Cover title
visits-field-cover-hint = Shown to those who may not read the true title. Left empty, it stays as it is.
visits-field-reason = Reason
visits-field-reason-hint = Needed where a marking is lowered; it is recorded.

visits-missions-title = Missions attached: { $count }
visits-markings-title = Markings, part by part
visits-marking-now = Now { $marking }. Left empty, it stays.
visits-marking-usual = Left empty, it takes the usual marking.
visits-part-existence = That it exists
visits-part-dates = Dates
visits-part-parties = Country, guest, host, capital

visits-category-state = State visit
visits-category-official = Official visit
visits-category-official-working = Official working visit
visits-category-working = Working visit
visits-category-guest-of-government = Guest of government
visits-category-private = Private visit
visits-category-courtesy-call = Courtesy call
visits-category-transit = Transit
visits-category-summit = Summit
visits-category-consular-event = Consular event

visits-state-requested = Requested
visits-state-held = Held
visits-state-confirmed = Confirmed
visits-state-under-way = Under way
visits-state-completed = Completed
visits-state-declined = Declined
visits-state-withdrawn = Withdrawn
visits-state-postponed = Postponed
visits-state-cancelled = Cancelled

visits-direction-inbound = Inbound: the guest comes to us
visits-direction-outbound = Outbound: we go

visits-access-title = Who is on the list
visits-access-says = These people of the office read the live programme, each up to their own ceiling. Everybody else reads what is released to them.
visits-access-name = Name
visits-access-change = Change
visits-access-remove = Remove
visits-access-remove-named = Remove { $name } from the list
visits-access-add-title = Put somebody on the list
visits-access-account = Who
visits-access-reason-hint = Why they need to know. It is recorded.
visits-access-add = Put on the list
