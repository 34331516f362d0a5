### Series of bookings: what is said of their days.

series-over-itself = It would lie over the one of { $day } of the same series, set-up and clearing included.
series-no-such-day = The month has no such day.
