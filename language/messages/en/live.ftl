### What is said on open pages of what others change.

live-just-changed = Changed just now
live-changed = { $count ->
    [0] This page has changed.
    [one] Something on this page has changed just now.
   *[other] { $count } things on this page have changed just now.
}
live-left-over = What you were writing about is no longer on this page. You had written: { $text }
live-cut-off = This page does not follow changes at the moment: the server is not reached.
live-reload = Reload
live-line-changed = Somebody else has just changed this. What you typed is still here.
live-both-versions = Show both versions
