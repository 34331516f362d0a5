### Door plans: links for the displays by the doors of rooms, and what such a display says.

doors-title = Door plans
doors-title-of = Door plans of { $room }
doors-explain = A display by the door shows today’s use of this room at a link of its own, and asks for it anew each minute. It names nobody; what is marked higher than it may show is “{ board-reserved }”, and so is every line of a programme that has no cover title. A link ends with its day, and earlier if who made it may no longer look after rooms or read as high.
doors-none = No display shows this room.
doors-retired = This room is retired: no new door plan is made for it.
doors-fetched = Last shown
doors-never-fetched = Not shown yet
doors-made-by-you = { $when }, by you
doors-ended = ended
doors-make = Make a door plan
doors-field-ceiling = What may be read at the door
doors-field-reason-hint = Needed for more than TLP:CLEAR: who passes that door.
doors-field-ends-on = Last day
doors-field-ends-on-hint = Within a year.
doors-link-title = The link of the door plan
doors-link-once = It is shown this once. Whoever has it sees what the display sees: open it there, and give it to nobody else. If it gets lost, revoke it and make another. A display that can’t be set to light or dark takes ?theme=light or ?theme=dark at its end.
doors-link-open = Open it
doors-link-code = The link as a QR code, for the display

## On the display.

doors-day = { $day }, times in { $place }
doors-now = Now
doors-later = Later today
doors-until = until { $time }
doors-rest-of-day = for the rest of the day
doors-free = Free
doors-made-ready = Being made ready
doors-nothing-later = Nothing else today
doors-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
doors-room-retired = This room is no longer in use.
