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
releases-form-says = Each audience gets what it may read. You release for audiences that are told nothing above what you may read. Where nothing changed for an audience since its last version, that version stays.
releases-form-do = Release

releases-audience-ceiling = Up to { $marking }
releases-audience-office = The office
releases-audience-visiting-mission = The missions attached to the visit
releases-audience-corps = The consular corps
releases-audience-security = Security
releases-audience-press = Press
releases-audience-public = The public

## What is new in a release.

releases-shown-title = Version { $number } · { $audience }
releases-shown-read = Read it as it was released
releases-since = What is new since version { $number }
releases-added = new
releases-changed = changed
releases-removed = taken out
releases-the-visit = The visit
releases-nothing-told = Nothing that you may read has changed.
releases-count-added = { $count ->
    [one] { $count } line new
   *[other] { $count } lines new
}
releases-count-changed = { $count ->
    [one] { $count } line changed
   *[other] { $count } lines changed
}
releases-count-removed = { $count ->
    [one] { $count } line taken out
   *[other] { $count } lines taken out
}
releases-count-delegates = { $count ->
    [one] { $count } delegate
   *[other] { $count } delegates
}
releases-count-visit = the head of the visit
# A part that says something else than before: “When: 10:00 – 11:00; was 09:00 – 10:00”.
releases-part-changed = { $part }: { $after }; was { $before }
releases-part-new = { $part }: { $after }; was empty
releases-part-gone = { $part }: no longer { $before }
releases-part-room = Layout and needs
releases-part-capital = Capital time
releases-part-marking = Marking
releases-part-dates = Dates
releases-part-parties = Guest and host
releases-part-zones = Places of the two clocks
releases-part-remarks = Purpose and remarks
releases-part-name = Name
releases-part-address = Form of address
releases-part-rank = Rank or office
releases-part-delegation = Delegation
releases-part-position = Place in the order
releases-part-languages = Languages
releases-part-diet = For the kitchen
releases-yes = yes
releases-no = no
releases-swept = swept before

## Before it is released.

releases-preview-may-not-know = May not know of this visit: nothing can be released to it.
releases-preview-first = { $count ->
    [one] Its first version, with { $count } line.
   *[other] Its first version, with { $count } lines.
}
releases-preview-unchanged = Nothing has changed for { $audience } since version { $number }.
releases-preview-since = It will be told, since version { $number }

## Acknowledging.

releases-acknowledge-says = Please acknowledge that you have read this version. A later one asks again.
releases-acknowledge-do = I have read version { $number }
releases-acknowledged = You acknowledged version { $number } on { $at }.
releases-acknowledged-title = Who has acknowledged
releases-acknowledged-nobody = nobody is asked
releases-acknowledged-count = { $done } of { $all } have
releases-standing-done = acknowledged
releases-standing-done-at = version { $number }, { $at }
releases-standing-missing = not yet
releases-standing-earlier = last version { $number }, { $at }
releases-standing-nothing = no version so far

## The code on paper.

releases-code-title = Is this programme current?
releases-code-says = A printed programme bears its version and a code at the head and the foot of each sheet. Enter the code, and you are told whether it is the last version. Nothing else is told.
releases-code-field = Code
releases-code-hint = Eight letters and numbers, in any case, with or without a space.
releases-code-do = Ask
releases-code-current = Version { $number } is current.
releases-code-superseded = Version { $number } is no longer current: a later one was released.
releases-code-unknown = No programme bears this code. Please compare it with the paper.
releases-code-link = Is a printed programme current? Enter its code
