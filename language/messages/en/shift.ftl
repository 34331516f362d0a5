### Lines of a programme moved or copied together.

shift-choose = Choose “{ $title }”
shift-chosen = The lines chosen
shift-chosen-move = Move the lines chosen …
shift-chosen-copy = Copy the lines chosen …
shift-day-move = Move the day …
shift-day-move-of = Move the day …: { $day }
shift-day-copy = Copy the day …
shift-day-copy-of = Copy the day …: { $day }

shift-move-title = Move lines together
shift-copy-title = Copy lines
shift-which = Which lines
shift-by = By how much
shift-by-hint = +25m is later, −10m earlier; 1h, 1h30, 2 days. On the clocks of each line.
shift-to = Or to which day
shift-to-hint = 18 Mar, tomorrow, 2027-03-18. The first line goes to that day; the others keep their distance from it.
shift-twice = Which of two equal times
shift-twice-first = The first, before the clocks go back
shift-twice-second = The second, after they went back
shift-move-look = See where they go
shift-copy-look = See the copies
shift-copies = { $count ->
    [0] Nothing is copied
    [one] { $count } copy
   *[other] { $count } copies
}
shift-copied-to = Its copy: { $when }
shift-copies-say = Copies are wishes: they hold no room and no person until you settle them. What you may not read is not copied.
shift-unsound = Nothing can be done as long as a line has no time there. Leave that line out, or go another way.
shift-move-do = { $count ->
    [one] Move the line
   *[other] Move all { $count } lines
}
shift-copy-do = { $count ->
    [one] Make the copy
   *[other] Make all { $count } copies
}
shift-again = Nothing was done: something has changed since you looked, or cannot go where it would. Here is all of it as it is now.
shift-no-room = The room of this line is no longer kept then. Give the line another room first.
shift-moved = The lines were moved.
shift-copied = The copies stand in the programme as wishes.
