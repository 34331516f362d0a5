### What the API says when it could not do what was asked (RFC 9457, `title`).

problem-not-found = There is no such thing here.
problem-sign-in = Nobody is signed in.
problem-forbidden = You may not do this.
problem-invalid = Something given is wrong.
problem-import-refused = Nothing of the file was taken.
problem-clash = This clashes with something else.
problem-stale = It was changed since you saw it.
problem-version-needed = Say in If-Match which version you saw.
problem-key-reused = This idempotency key was used for another request.
problem-too-many = Too many tries. Wait and try again.
problem-wrong-credentials = Address or password is not right.
problem-unavailable = The database does not answer just now. Try again.
problem-failed = Something failed here. Nothing was changed; the instance says where to look in the log.
problem-unreadable = The request can't be read.
problem-method-not-allowed = This address does not take that method.
problem-media-type = This address does not take that kind of content.
problem-too-large = The request is larger than this address takes.
problem-cross-origin = The request came from another site.
problem-too-slow = It took longer than a request may take.
problem-misdirected = No office is reached under the name in Host. Check how it is written, or ask your office under which name it is reached.
problem-no-office = No office is set up here yet. Run: chancery office set-up
