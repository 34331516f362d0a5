### The day itself: lines as they begin and end, how late a programme runs, and the rest of a day moved.

day-late = Running { $minutes } min late
day-early = Running { $minutes } min early
day-on-time = Running on time
# What that is known by, after it.
day-because-begun = “{ $title }” began then
day-because-ended = “{ $title }” ended then
day-because-not-begun = “{ $title }” has not begun
day-because-not-ended = “{ $title }” has not ended
day-because = { $late }: { $because }

day-begin = Begun now
day-begin-of = Begun now: { $title }
day-end = Ended now
day-end-of = Ended now: { $title }
day-not-begun = Not begun after all
day-not-begun-of = Not begun after all: { $title }
day-not-ended = Not ended after all
day-not-ended-of = Not ended after all: { $title }
day-began-at = began { $time }
day-ended-at = ended { $time }
day-stale = Somebody else changed this line meanwhile, so nothing was taken down. It is shown as it is now.

day-went-title = As it went
day-went-says = When it was planned stays as it is, with all that it holds.
day-went-field = What is taken down
day-went-field-begin = It began
day-went-field-end = It ended
day-went-field-undo = Take back what was taken down last
day-went-at = When
day-went-at-hint = 9.42, on today’s date; with its day where that is another: 17 Mar 9.42. Left empty, now.
day-went-do = Take it down
day-went-now = So far: { $says }

day-fixed = fixed
day-field-fixed = Fixed
day-field-fixed-hint = A broadcast, a runway, a prayer: it stays where it is when the rest of its day is moved.

day-rest = Move the rest …
day-rest-of = Move the rest of the day, from “{ $title }” on …
day-rest-title = Move the rest of the day
day-rest-from = From “{ $title }” on, { $when }.
day-rest-minutes = By how many minutes
day-rest-minutes-hint = 20 is later; −20 is earlier. Twelve hours at most.
day-rest-look = See where it goes
day-rest-lines = { $count ->
    [0] Nothing moves
    [one] { $count } line moves
   *[other] { $count } lines move
}
day-rest-moves = { $before } becomes { $after }
day-rest-asks-again = Its room has to be given again: until then it waits.
day-rest-stays-begun = has begun, stays
day-rest-stays-fixed = fixed, stays
day-rest-stays-with-fixed = stays with the fixed part of its meeting
day-rest-stays-lapsed = its hold has ended, stays
day-rest-stays-hidden = not yours to read, stays
day-rest-touches = “{ $title }” now follows without a break, and stays.
day-rest-overlaps = { $minutes ->
    [one] It now overlaps “{ $title }”, which stays, by { $minutes } minute.
   *[other] It now overlaps “{ $title }”, which stays, by { $minutes } minutes.
}
day-rest-passes = It now stands on the other side of “{ $title }”, which stays.
day-rest-whom = It touches: { $names }. Those of them who have an account here are told, and so is who may change this programme.
day-rest-nobody = Who may change this programme is told.
day-rest-released = What was released stays as it was released: release the programme again for those who read that.
day-rest-reason-hint = Needed where a clash is overridden; it is recorded.
day-rest-do = Move them all
day-rest-back = Back to the programme
day-rest-again = Nothing was moved: something has changed since you looked, or cannot go where it would. Here is all of it as it is now.
day-rest-done-later = { $minutes ->
    [one] The rest of the day is { $minutes } minute later.
   *[other] The rest of the day is { $minutes } minutes later.
}
day-rest-done-earlier = { $minutes ->
    [one] The rest of the day is { $minutes } minute earlier.
   *[other] The rest of the day is { $minutes } minutes earlier.
}
