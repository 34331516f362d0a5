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
today-then = then
today-quiet = Nothing of it that you may read is in the next 24 hours.
today-board-title = Arrivals and departures
today-coming-title = In the next fortnight

## What wants a decision.

today-decisions-title = Wants a decision
today-decision-hold = hold
today-decision-wish = wish
today-decision-release = release
# A line and when it is, for the sentences below.
today-line-at = “{ $title }” ({ $when } { $place })
today-hold-ends = The hold for { $line } ends { $until }: then it holds nothing.
today-wish-near = { $line } is only wished: it holds nothing yet.
today-nothing-released = Nothing is released to the visiting mission yet.
today-settle = settle
today-release = release
today-decision-approval = room
today-approvals-wait = { $count ->
    [one] One use of a room waits for you to give it.
   *[other] { $count } uses of rooms wait for you to give them.
}
today-decide = decide
today-decision-acknowledgement = read?
today-unacknowledged = Version { $number } ({ $audience }) is not acknowledged by { $missing } of { $asked }.
today-see-who = see who
today-acknowledge-says = You have not acknowledged version { $number } ({ $audience }).
today-acknowledge = read it
