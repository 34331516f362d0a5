-- Series of bookings. Each occurrence is a booking, which knows the day it was made for.
CREATE TABLE series (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    room_id BLOB NOT NULL,
    made_by BLOB,
    body TEXT NOT NULL,
    removed_at TEXT,
    key_id BLOB,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, room_id) REFERENCES rooms (office_id, id)
) STRICT;
ALTER TABLE bookings ADD COLUMN series_id BLOB;
ALTER TABLE bookings ADD COLUMN series_on TEXT;
CREATE UNIQUE INDEX bookings_by_series ON bookings (office_id, series_id, series_on) WHERE removed_at IS NULL;
