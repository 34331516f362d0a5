# What stands in the way of a line or booking, and until when.

clashes-not-available = Not available at this time. Choose one of the times or rooms below.
clashes-another-engagement = another engagement
clashes-thing-twice = { $thing } is taken until { $until } by “{ $other }”, set-up and clearing included.
clashes-thing-held = { $thing } is held until { $until } by “{ $other }”, set-up and clearing included. That hold ends by itself at { $lapses }.
clashes-person-twice = { $person } is engaged until { $until } in “{ $other }”.
clashes-person-drop-by = { $person } drops by while “{ $other }” goes on. The chief of protocol may allow it, with a reason.
clashes-travel-short = { $person } needs { $needed } minutes for the way and has { $given }, before or after “{ $other }”.
clashes-travel-unknown = Nobody has said how long { $person } needs for the way to or from “{ $other }”.
clashes-room-too-small = { $room } holds { $holds } like that, and { $wanted } are expected.
clashes-room-lacks = { $room } lacks what is asked: { $thing }.
clashes-room-closed = { $room } is closed for at least a part of this time. The chief of protocol may allow it, with a reason.
clashes-room-blacked-out = { $room } may not be used until { $until }. The chief of protocol may allow it, with a reason.
clashes-room-not-cleared = { $room } is cleared up to { $marking } only. The chief of protocol may allow it, with a reason.
clashes-outside-visit = This lies outside the dates of the visit.
clashes-before-arrival = This starts before the guest arrives.
clashes-after-departure = This ends after the guest has left.
# { $time } and { $until } are on the clocks of the line, { $there } on those of the capital, with its day marker: “05:30 (+1)”.
clashes-night-in-capital = At { $time } it is { $there } in { $capital }: night for a guest who arrives less than 48 hours before. It counts until { $until }.
clashes-unswept-use = { $room } is swept until { $swept }, and used for “{ $other }” before this starts.
clashes-interpreter-missing = Host and guest share no language, and nobody is named to interpret.
clashes-booth-empty = A booth for interpretation is asked for, and nobody is named to interpret.
clashes-interpreter-other-languages = Nobody who is named to interpret speaks both the host’s language and the guest’s.
clashes-relief-missing = In a booth one interpreter alone works { $minutes } minutes at most. A second one is needed as relief.
clashes-weekend = { $day } is a day of the weekend in { $country }.
clashes-rest-day = { $day } is a day of rest in { $country }: { $name }.
clashes-holiday = { $day } is a holiday in { $country }: { $name }.
clashes-national-day = { $day } is the national day of { $country }: { $name }.
clashes-day-off = { $day } is a day on which nobody works in { $country }.
clashes-start-in-doubt = The start is a time that does not exist, or exists twice, on that day.
clashes-end-in-doubt = The end is a time that does not exist, or exists twice, on that day.

## All that stands, in one place.

clashes-title = Clashes
clashes-says = { $count ->
    [one] One line does not stand as it is. Press what would work: its form opens on it, and saving checks it again.
   *[other] { $count } lines do not stand as they are. Press what would work: the line's form opens on it, and saving checks it again.
}
clashes-looked-through = { $count ->
    [one] { $count } visit looked through
   *[other] { $count } visits looked through
}
clashes-none = Nothing clashes
clashes-none-says = Whatever comes to stand in the way of a line, here or elsewhere, is told here: a room that is closed, somebody wanted twice, a way that takes too long. You see the programmes that you may change.
clashes-filter-label = Which clashes
clashes-filter-apply = Show these
clashes-filter-all = Show all clashes
clashes-none-match = No clash is like that
clashes-none-match-says = No line of a programme that you may change breaks this rule, at this level.
clashes-of-visit = { $count ->
    [one] One line does not stand as it is
   *[other] { $count } lines do not stand as they are
}
