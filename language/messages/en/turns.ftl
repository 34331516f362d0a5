### Undoing one's own last changes of a programme, and doing them again.

turns-title = Your own changes
turns-undo = Undo: { $change }
turns-redo = Do again: { $change }
turns-added = line added
turns-changed = line changed
turns-removed = line removed
turns-moved = { $count ->
    [one] { $count } line moved
   *[other] { $count } lines moved
}
turns-copied = { $count ->
    [one] { $count } line copied
   *[other] { $count } lines copied
}
turns-undone = Your change was undone.
turns-redone = Your change was done again.
turns-kept = { $count ->
    [one] On { $count } line a marking that was raised stays raised. Lower it on the form of the line, with a reason.
   *[other] On { $count } lines a marking that was raised stays raised. Lower it on the form of each line, with a reason.
}
turns-stale = Somebody else has changed one of its lines since, so it was not undone, and can no longer be. The programme is shown as it is now.
turns-stale-redo = Somebody else has changed one of its lines since, so it was not done again, and can no longer be. The programme is shown as it is now.
turns-begun = One of its lines has begun, or is over, and stays as it is. Nothing was changed.
turns-no-room = One of its lines had a room that is no longer kept, so it can no longer be undone. Nothing was changed.
turns-not-next = That was done already. The programme is shown as it is now.
turns-state-refused = A line was held or firm, which the visit, as it stands now, does not allow. Nothing was changed.
turns-hold-ended = A line was held until a time that is past. Nothing was changed.
