# What there is to know of a row before a table is imported.

imports-warning-no-travel-time = Ends when line { $line } begins at another place, { $place }: there is no time for the way.
imports-warning-overlap = Overlaps with line { $line } of the file.
imports-warning-outside-dates = Lies outside the dates of the visit.
imports-warning-kept = Differs from the file, and was written or changed by hand: it stays as it is.

## The page on which a file is chosen, shown and imported.

imports-link = Import lines
imports-export-link = Download as CSV
imports-title = Import lines from a file
imports-says = Choose a table of comma-separated values. You are first shown what it would do; nothing is written before you press Import. All of it is imported or nothing, as wished lines, and a line that is there already is not added again.
imports-columns-title = The columns
imports-columns-needed = Needed: { $columns }
imports-columns-optional = Optional: { $columns }
imports-columns-kinds = A kind is one of { $kinds }
imports-columns-times = Dates are written 2027-03-17 and times 09:30; an end on another day bears its date, 2027-03-18T01:30; a time that exists twice bears its offset, 01:30-07:00.
imports-field-file = File
imports-field-file-hint = CSV in UTF-8, with commas or semicolons.
imports-choose-do = Show what it would do
imports-choose-again-title = Choose another file
imports-preview-title = What the file would do
imports-counts = { $added } new, { $changed } changed, { $unchanged } there already, { $kept } kept as they are
imports-nothing-to-do = There is nothing to import: every line is there already.
imports-do = { $count ->
    [one] Import { $count } line
   *[other] Import { $count } lines
}
imports-rows-title = { $count ->
    [one] { $count } row is wrong
   *[other] { $count } rows are wrong
}
imports-rows-says = Nothing is imported while a row is wrong. Correct the file and choose it again.
imports-row-number = Row
imports-row-column = Column
imports-row-reason = What is wrong
imports-row-whole = the whole row
imports-row-shape = It has more cells than the header has names: a text with a comma in it needs quotation marks.
imports-row-no-date = Write a date that there is, as 2027-03-17.
imports-row-no-time = Write a time of day, as 09:30; on another day as 2027-03-18T01:30.
imports-row-no-hours = Write the hours as 08:00-12:00, two stretches as 08:00-12:00, 14:00-18:00; empty means closed.
imports-row-no-clock = Write a time of day, as 08:00.
imports-row-no-day-of-year = Write a day of the year, month first, as 06-01.
imports-row-twice = The same line stands in the file before.
imports-ignored = Left out, because they mean nothing here: { $columns }
imports-line-of-file = row { $line }
imports-action-new = new
imports-action-changed = changed
imports-action-unchanged = there already
imports-action-kept = kept as it is
imports-done = { $added ->
    [one] { $added } line was added
   *[other] { $added } lines were added
}, { $changed } changed, { $unchanged } stayed as they were.

imports-file-empty = The file holds no rows.
imports-file-not-utf8 = The file is not in UTF-8: row { $line } shows it. Save it as “CSV UTF-8” and choose it again; what it says is not guessed at.
imports-file-too-large = The file is larger than { $megabytes } MB. Divide it, and import the parts one after the other.
imports-file-too-many-rows = The file has more than { $most } rows. Divide it, and import the parts one after the other.
imports-file-missing-columns = { $count ->
    [one] The file has no column named { $columns }. Its first row must name the columns.
   *[other] The file has no columns named { $columns }. Its first row must name the columns.
}
imports-file-not-a-calendar = This is no iCalendar file. Give the calendar out as .ics and choose that.
imports-file-column-twice = The file has the column { $column } twice.
imports-file-lost = The file is no longer here: it is kept for an hour. Choose it again.

## Files of missions and people on pages.

imports-missions-title = Take in missions
imports-missions-says = A file of comma-separated values in UTF-8, a mission a line, its head beside it. A mission is found again by its name: a file taken in twice doubles nothing. All of it is taken in, or nothing.
imports-people-title = Take in people
imports-people-says = A file of comma-separated values in UTF-8, a person a line. A person is found again by name and mission: a file taken in twice doubles nobody. All of it is taken in, or nothing.
imports-rooms-title = Take in rooms
imports-rooms-says = A file of comma-separated values in UTF-8, a room a row, and after it a row for each of its seasons. A room is found again by its site and name: a file taken in twice doubles nothing. All of it is taken in, or nothing.
imports-sites-title = Take in sites
imports-sites-says = A file of comma-separated values in UTF-8, a site a row; a row more for each further way by car and each further holiday. A site is found again by its name: a file taken in twice doubles nothing. All of it is taken in, or nothing.
imports-blackouts-title = Take in blackouts
imports-blackouts-says = A file of comma-separated values in UTF-8, a blackout a row; without a room all rooms of the site are meant. A blackout is found again by its room or site, its start and its end: a file taken in twice doubles nothing. All of it is taken in, or nothing.
imports-take-in = Take in a file
imports-give-out = Download as a file
imports-take-in-hint = At most { $mebibytes } MiB and { $rows } rows.
imports-take-in-do = Take it in
imports-take-in-columns = A column that is missing leaves things as they are; an empty cell empties them.
imports-taken-title = The file is taken in
imports-refused-title = Nothing was written
imports-refused-rows = { $count ->
    [one] { $count } row is wrong.
   *[other] { $count } rows are wrong.
} Mend the file and choose it again.
imports-refused-more = And { $count } more, which are not listed.
imports-lost = What became of the file can no longer be shown. Look at the list, and choose the file again if it is not there.
