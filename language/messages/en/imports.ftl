# What there is to know of a row before a table is imported, and how a table says what its reader may not know.

imports-warning-no-travel-time = Ends when line { $line } begins at another place, { $place }: there is no time for the way.
imports-warning-overlap = Overlaps with line { $line } of the file.
imports-warning-outside-dates = Lies outside the dates of the visit.
imports-warning-kept = Differs from the file, and was written or changed by hand: it stays as it is.
imports-stand-in = Engaged

## Files of missions and people on pages.

imports-missions-title = Take in missions
imports-missions-says = A file of comma-separated values in UTF-8, a mission a line, its head beside it. A mission is found again by its name: a file taken in twice doubles nothing. All of it is taken in, or nothing.
imports-people-title = Take in people
imports-people-says = A file of comma-separated values in UTF-8, a person a line. A person is found again by name and mission: a file taken in twice doubles nobody. All of it is taken in, or nothing.
imports-take-in = Take in a file
imports-give-out = Download as a file
imports-field-file = File
imports-field-file-hint = At most { $mebibytes } MiB and { $rows } lines.
imports-do = Take it in
imports-columns-title = The columns
imports-columns-needed = Needed:
imports-columns-optional = Where there are any; a column that is missing leaves things as they are, an empty cell empties them:
imports-done-title = The file is taken in
imports-done = Added: { $added }. Changed: { $changed }. As they were: { $unchanged }.
imports-ignored = These columns mean nothing here and were left out: { $columns }.
imports-refused-title = Nothing was written
imports-refused-rows = { $count ->
    [one] { $count } line is wrong.
   *[other] { $count } lines are wrong.
} Mend the file and choose it again.
imports-refused-more = And { $count } more, which are not listed.
imports-column-line = Line
imports-column-column = Column
imports-column-why = What is wrong
imports-row-shape = The line has more cells than the header: a text with a comma in it stands between quotation marks.
imports-lost = What became of the file can no longer be shown. Look at the list, and choose the file again if it is not there.
imports-file-empty = The file holds no lines, or a header alone.
imports-file-not-utf8 = The file is not in UTF-8 (line { $line }). Save it as “CSV UTF-8” and choose it again.
imports-file-too-large = The file is too large. Divide it.
imports-file-too-many-rows = The file has more than { $most } lines. Divide it.
imports-file-missing-columns = The file lacks columns that are needed: { $columns }.
imports-file-column-twice = The column { $column } is there twice.
