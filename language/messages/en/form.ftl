### What every form says.

form-problems-count = { $count ->
    [one] There is { $count } problem
   *[other] There are { $count } problems
}
form-problems-kept = What you typed is still here.
form-field-optional = optional
form-draft-lost = This form was refused, and what you typed could not be kept. Please fill it in again.
form-working = Saving …
form-alternatives-title = What would work

## What is wrong with a field: the words of each problem.

form-problem-missing = Fill this in.
form-problem-too-long = Write at most { $most } characters.
form-problem-control-characters = Remove the invisible characters: control characters, or ones that turn the direction of the text.
form-problem-unknown = Choose one of the values offered.
form-problem-unknown-word = “{ $word }” is not known here. Known are: { $known }.
form-problem-not-a-time = Write a date and time, such as 14 Mar 2027 09:15 or 2027-03-14T09:15.
form-problem-date-missing = Write the date too, such as 14 Mar or tomorrow.
form-problem-time-missing = Write the time of day too, such as 9.30 or 21:15.
form-problem-day-or-month-first = In figures alone the day and the month can be taken for each other: write 14 Mar 2027 or 2027-03-14.
form-problem-short-year = Write the year with four figures.
form-problem-year-out-of-bounds = Write a year from 1970 to 2100.
form-problem-no-such-date = There is no such date.
form-problem-other-weekday = This date is on another day of the week.
form-problem-no-such-time = There is no such time of day.
form-problem-nothing-to-count-from = There is no time here yet to count from: write the date and time.
form-problem-utc-offset = Leave the offset from UTC out: the zone is chosen beside it.
form-problem-out-of-bounds = Write a number from { $least } to { $most }.
form-problem-unknown-zone = Write the name of a time zone, such as America/Los_Angeles.
form-problem-time-skipped = This time does not exist: the clocks go forward over it. The nearest that do are { $before } and { $after }.
form-problem-time-ambiguous = This time comes twice: the clocks go back over it. Say whether you mean the first (UTC{ $first }) or the second (UTC{ $second }).
form-problem-wrong-offset = The zone’s clocks do not stand at this offset at that time.
form-problem-not-yet = That is still to come.
form-problem-ends-before-start = The end must come after the start.
form-problem-too-long-span = This lasts too long: at most { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}.
form-problem-already-taken = This is in use already.
form-problem-above-ceiling = This marking is above what you may read.
form-problem-marking-refused = This marking is not allowed here: a part is never marked lower than what holds it, and lowering needs the right to.
form-problem-national-classification = This text bears the label of a national classification. Chancery must not hold such text; nothing of it was stored.
form-problem-state-refused = It cannot be brought into this state from the one it is in.
form-problem-form = This does not have the form it needs.
form-problem-reason-needed = Give a reason.
form-problem-too-short = Write at least { $least } characters.
form-problem-too-common = This is among the first passwords that anybody tries. Choose another.
form-problem-wrong-password = This is not the present password.
form-problem-date-out-of-bounds = Write a date from { $earliest } to { $latest }.
form-problem-last-with-role = Nobody else has this role. Give it to another account first.
form-problem-still-used = It is used now or later. Move or cancel what uses it first.
form-problem-no-list-of-its-own = At TLP:RED nobody could read the visit any more, for a visit has no list of its own. Choose TLP:AMBER+STRICT, and mark its parts TLP:RED where they need it.
form-problem-above-directory = The whole office may look into the directory of people, and a new name would be put there. Choose a person who is in it already, or lower the marking to TLP:AMBER.

## What is wrong with the whole.

form-stale = Somebody else changed this after you opened it. What you typed is still here and nothing was saved: open the page again in another window, compare, and send it from there.
form-newer = Somebody else changed this after you opened it. What you typed is still here and nothing was saved. Below stands what differs.
form-newer-caption = What differs
form-newer-field = Field
form-newer-theirs = As it is now
form-newer-yours = As you typed it
form-newer-save-over = Save mine over it
form-newer-yes = yes
form-override-by-reason = You may save it all the same: give a reason below, which is recorded.
