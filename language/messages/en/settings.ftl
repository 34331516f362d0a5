### Settings: what the office is, and what its visits are made with.

settings-says = What the office is, and what its visits are made with.
settings-office-title = Office
settings-sites-says = Where rooms stand: address, clocks, and how long the ways between take.
settings-rooms-says = What can be booked: layouts, features, opening hours, and what may be said there.
settings-blackouts-says = Times at which a room, or every room of a site, may not be used.
settings-rooms-not-yours = Sites and rooms are kept by a rooms manager or an administrator. Who keeps accounts can give one of these roles.
settings-rules-says = What is refused, what is a warning, and what the chief of protocol may let stand.
settings-templates-says = What a visit of each category starts from: usual lines, tasks and ceremonial.
settings-holidays-says = Weekends, public holidays and national days, over which the days of tasks are counted back.
settings-missions-says = Consulates, embassies, trade offices, cities and provinces, with their heads and the dates that decide precedence.
settings-people-says = Names in two scripts, forms of address, ranks, and who is a principal of the host.
settings-accounts-says = Who signs in, with which roles, and how high they read.
settings-open = Show all
settings-tz-version = Clocks go by release { $version } of the tz database.

settings-edit-title = Change the office
settings-edit-do = Save the office
settings-field-host = Host
settings-field-host-hint = Whose guests come: City of Los Angeles.
settings-field-name = Office
settings-field-name-hint = Who receives them: Office of International Affairs.
settings-field-zone = Time zone
settings-field-zone-hint = Times that are kept already stay in the zones they were kept in.
settings-field-place = Place shown beside local time
settings-field-country = Country
settings-field-country-hint = Two letters (ISO 3166-1): US.
settings-field-mailbox = Mailbox
settings-field-mailbox-hint = Calendars name it as the organiser of every event.
settings-field-languages = Languages it works in
settings-field-languages-hint = Language tags with commas between them: en, es. By them a programme is told where an interpreter is needed.
settings-holidays-hint = Days on which every site is closed, unless a site says otherwise of that day. With hours, rooms are open then.
