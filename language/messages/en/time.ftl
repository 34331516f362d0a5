### How times are said.

time-day-marker-later = { $days ->
    [one] the next day
   *[other] { $days } days later
}
time-day-marker-earlier = { $days ->
    [one] the day before
   *[other] { $days } days earlier
}

## Days. The weekday is 1 for Monday to 7 for Sunday (ISO 8601), the month 1 to 12.

time-day = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
} { $day } { $month ->
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
}
time-date = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
} { $day } { $month ->
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
# The first day of a range whose last day, which follows, has the same month and year.
time-date-in-month = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
} { $day }
# A day of any year: “1 June”.
time-day-of-year = { $day } { $month ->
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
}
# The same, with the same year.
time-date-in-year = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
} { $day } { $month ->
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
}
time-dates = { $from } – { $to }

## The difference between the local zone and the capital's.

time-shift-was = was { $difference } until { $day } { $month ->
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
}
time-shift-will-be = { $difference } from { $day } { $month ->
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
}
# Between the parts of such a note.
time-shift-joint = {", "}

## Where the clocks go forward over a time, or show it twice.

time-start-skipped = The start does not exist on that day: the clocks go forward over it.
time-end-skipped = The end does not exist on that day: the clocks go forward over it.
time-hold-skipped = The end of the hold does not exist on that day: the clocks go forward over it.
time-which-start = The start comes twice on that day. Which one is meant?
time-which-end = The end comes twice on that day. Which one is meant?
time-which-hold = The end of the hold comes twice on that day. Which one is meant?
time-first-of-two = The first, at UTC{ $offset }
time-second-of-two = The second, at UTC{ $offset }
