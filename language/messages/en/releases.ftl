### Releases: what of a programme was given to whom, and releasing it.

releases-tab = Releases
releases-title = Released
releases-none-title = Nothing is released yet
releases-none-says = A release freezes the programme for an audience, as that audience may read it. It bears a number and a code, by which anybody holding it can ask whether it is current.
releases-column-audience = For whom
releases-column-number = Version
releases-column-at = Released
releases-column-code = Code
releases-print-named = Print: { $audience }
releases-form-title = Release the programme
releases-form-says = Each audience gets what it may read, never above what you may read. Where nothing changed for an audience since its last version, that version stays.
releases-form-do = Release

releases-audience-ceiling = Up to { $marking }
releases-audience-office = The office
releases-audience-visiting-mission = The missions attached to the visit
releases-audience-corps = The consular corps
releases-audience-security = Security
releases-audience-press = Press
releases-audience-public = The public
