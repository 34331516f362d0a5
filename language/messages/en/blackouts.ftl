### Blackouts: times at which nobody may use a room, or any room of a site.

blackouts-title = Blackouts
blackouts-none = Nothing is blacked out
blackouts-none-says = Here stand the times at which a room, or every room of a site, may not be used: works, inspections, elections.
blackouts-all-rooms-of = { $site }, all rooms
blackouts-new-title = Black out a room
blackouts-new-do = Black it out
blackouts-edit-title = Change the blackout
blackouts-edit-do = Save the blackout
blackouts-look = Look at that day
blackouts-field-of = Room or site
blackouts-field-ends-hint = A time, with its day where that is another: 20 Mar 18.00. Or how long it lasts: +3h.
blackouts-field-zone-hint = Left empty, the clocks of the site.
blackouts-field-cause = Why
blackouts-field-cause-hint = Shown on the board to who may read its marking; to others it is “Closed”. What is booked already stays, and its page says so.
blackouts-field-reason-hint = Needed to lower the marking.
blackouts-cause-hidden = Why it is blacked out is marked higher than you read: that stays as it is.
blackouts-end-title = End this blackout …
blackouts-end-says = The room may be used again at that time. The blackout stays in the record.
blackouts-end-do = End the blackout
