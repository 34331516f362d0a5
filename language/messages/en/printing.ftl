### Programmes on paper.

printing-says = The marking, the version and its code stand at the head and the foot of every sheet. What may not be on paper is left out.
printing-do = Print
printing-do-without-scripts = Print this page from your browser’s menu.
printing-depths = How much
printing-papers = Paper
printing-paper-a4 = A4
printing-paper-letter = Letter
printing-preview = The printed page
printing-draft = Draft, not released
printing-back = Back to the programme
printing-version = Version { $number } · { $code }
printing-printed = Printed { $on }
printing-depth-overview = Highlights
printing-depth-summary = What the guest does
printing-depth-detailed = Every line

## Rooms.

printing-rooms-title = Rooms
printing-rooms-says = What may not be on paper is “{ board-reserved }”, here as on the paper of everybody else.
printing-rooms-changes = Rooms change: the board has what holds now.
printing-room = Room
printing-taken = room taken { $times }
printing-free = free
printing-span-day = The day
printing-span-week = The week
printing-span-month = The month
printing-back-to-board = Back to the board
printing-back-to-room = Back to the room

## What stands under a released programme.

printing-code = Whether this version is current is told at { $address }, where the code is entered.
