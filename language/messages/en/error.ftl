### What a page says when it cannot do what was asked: what happened, what was kept, what to do.

error-sign-in-title = Please sign in
error-sign-in-says = You are not signed in, or your session has ended. Nothing was changed.
error-sign-in-do = Sign in
error-not-allowed-title = You may not do this
error-not-allowed-says = Your role does not allow it. Nothing was changed. Ask the chief of protocol if you need it.
error-not-found-title = Nothing here
error-not-found-says = There is nothing at this address, or nothing that you may see.
error-conflict-title = Somebody else changed this
error-conflict-says = It was changed after you opened it. Your change was not saved. Open it again to see how it stands now.
error-refused-title = This was refused
error-refused-says = What was sent cannot be used. Nothing was changed. Go back and check it.
error-too-many-title = Too many attempts
error-too-many-says = Wait { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
} and try again. Nothing was changed.
error-too-large-title = Too large
error-too-large-says = More was sent than can be taken at once. Nothing was changed.
error-misdirected-title = No office under this name
error-misdirected-says = No office is reached under the name in this address. Check how it is written, or ask your office under which name it is reached.
error-unreachable-title = The office cannot be reached
error-unreachable-says = The connection was lost, so it is not known whether your last change was saved. What you typed is still here. Look before you send it again.
error-failed-title = Something went wrong
error-failed-says = It is our fault, not yours. What was saved before is still there. Try again; if it happens again, tell your administrator the reference.
error-reference-number = Reference { $reference }
error-home-link = Go to Today
