### How times are said.

time-day-marker-later = { $days ->
    [one] the next day
   *[other] { $days } days later
}
time-day-marker-earlier = { $days ->
    [one] the day before
   *[other] { $days } days earlier
}
