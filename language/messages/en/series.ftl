### Series of bookings: their form, the look at their days before they are saved, and their pages.

series-repeat = Repeat this booking …
series-new-title = Book a series
series-new-do = Book the series
series-edit-do = Save the series
series-edit-all-title = Change all that are to come
series-edit-following-title = Change this and all that follow
series-edit-following = This and all that follow
series-edit-following-from = This and all that follow, from { $day }
series-form-says = Nothing is booked yet: first you see every day, and whether the room can be had.
series-is-now = It is now: { $days }.
series-look = See the days

series-repeats-title = Repeats
series-field-repeats = How it repeats
series-field-repeats-hint = Counted from the date above.
series-field-repeats-stays = Left empty, as it is.
series-field-every = Every
series-field-every-hint = How many weeks or months apart. Left empty: every one.
series-field-weekdays = On which weekdays, if weekly; none ticked means that of the date above
series-field-dates = Chosen dates
series-field-dates-hint = If on chosen dates: the others besides the date above, with commas between them.
series-field-until = Until
series-field-until-hint = Its last day; or else how many times. At most three years and 400 times.
series-field-times = How many times
series-field-except = Without
series-field-except-hint = Days to leave out, with commas between them.
series-which-of-two = This time comes twice on some day, because the clocks go back. Which one is meant, each time?

series-repeats-weekly = weekly
series-repeats-monthly-on-day = monthly, on this day of the month
series-repeats-monthly-on-weekday = monthly, on this weekday of the month
series-repeats-monthly-on-last-weekday = monthly, on the last such weekday
series-repeats-dates = on chosen dates

series-every-weeks = { $every ->
    [one] every week
   *[other] every { $every } weeks
} on { $weekdays }
series-every-months-on-day = { $every ->
    [one] every month
   *[other] every { $every } months
} on day { $day }
series-every-months-on-weekday = { $every ->
    [one] every month
   *[other] every { $every } months
} on the { $number ->
    [1] first
    [2] second
    [3] third
   *[4] fourth
} { $weekday }
series-every-months-on-last-weekday = { $every ->
    [one] every month
   *[other] every { $every } months
} on the last { $weekday }
series-on-dates = { $count ->
    [one] on one chosen date
   *[other] on { $count } chosen dates
}
series-from-until = { $days }, from { $from } until { $until }
series-from-times = { $days }, from { $from }, { $times ->
    [one] once
   *[other] { $times } times
}

## The look at its days.

series-days-title = The days of the series
series-days-all-free = The room can be had on each of these days.
series-days-wait = This room is asked for: each new or changed day waits, pencilled, until it is given.
series-stale = Somebody else changed the series meanwhile. Here is what you typed; looked at and saved now, it goes over that.
series-days-refused = { $count ->
    [one] On one day it cannot be had. Say what is to become of that day, then save.
   *[other] On { $count } days it cannot be had. Say what is to become of each, then save.
}
series-days-again = Nothing was saved: some days still cannot be had, or somebody was quicker.
series-days-leave-rest = Leave out the rest and save
series-days-back = Back to the form
series-days-lost = This form is no longer kept
series-days-lost-says = A form is kept for an hour. Nothing was saved; please begin anew.
series-column-day = Day
series-column-verdict = What becomes of it
series-answer-leave = Leave it out
series-answer-take = Take { $slot }
series-verdict-free = free
series-verdict-elsewhere = elsewhere
series-verdict-refused = cannot be had
series-verdict-left-out = left out
series-verdict-stays = stays as it was changed
series-over-itself = It would lie over the one of { $day } of the same series, set-up and clearing included.
series-no-such-day = The month has no such day.

## Its page.

series-bookings-title = Bookings of the series
series-column-change = Change
series-changed-alone = changed by itself
series-other-clocks = The site’s clocks are others by now: this series stays on those of { $place }, on which it was agreed. Change it to agree it anew.
series-cancel-title = Cancel the series, or a part of it …
series-cancel-says = What has begun stays. The room becomes free at the other times, also where a booking was changed by itself.
series-cancel-do = Cancel these bookings
series-field-reach = How much of it
series-field-on = Which one, or from which on
series-reach-this = one booking
series-reach-following = one and all that follow
series-reach-all = all that are to come

## On a booking's page.

series-part-of = Series
series-show = one of a series
