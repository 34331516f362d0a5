# What there is to know of a row before a table is imported, and how a table says what its reader may not know.

imports-warning-no-travel-time = Ends when line { $line } begins at another place, { $place }: there is no time for the way.
imports-warning-overlap = Overlaps with line { $line } of the file.
imports-warning-outside-dates = Lies outside the dates of the visit.
imports-warning-kept = Differs from the file, and was written or changed by hand: it stays as it is.
imports-stand-in = Engaged
