### What one is told.

news-title = News
news-approved = { $title }, { $when }: you have { $room }.
news-declined = { $title }, { $when }: you do not have { $room }, and it holds nothing.
news-declined-because = { $title }, { $when }: you do not have { $room }, and it holds nothing. “{ $reason }”
news-given-away = { $title }, { $when }: { $room } was given to another use, and it holds nothing any more.
news-given-away-to = { $title }, { $when }: { $room } was given to “{ $with }”, and it holds nothing any more.
news-moved = { $title }: its room was closed, and it was moved. It is now in { $room }, { $when }.
news-shifted = { $title } was moved together with other lines. It is now { $when }.
news-clocks-changed = { $title }: the rules of its clocks changed. By them it is { $when }, as it was agreed wherever that hour still exists; elsewhere it comes at another moment.
news-a-room = a room
news-open = Open it
news-open-of = Open it: { $title }
news-noted = Noted
news-noted-of = Noted: { $title }
