### The day at a glance.

today-on = { $count ->
    [one] { $count } visit today
   *[other] { $count } visits today
}
today-arrivals = { $count ->
    [one] { $count } arrival
   *[other] { $count } arrivals
}
today-departures = { $count ->
    [one] { $count } departure
   *[other] { $count } departures
}
today-none-title = Nobody is in town today
today-none-says = Here stand the visits of the day: what is going on, what comes next, who arrives and who departs.
today-all-visits = All visits
today-now = now
today-next = next
today-quiet = Nothing of it that you may read is in the next 24 hours.
today-board-title = Arrivals and departures
today-coming-title = In the next fortnight
