-- Series of bookings. Each occurrence is a booking, which knows the day it was made for.
CREATE TABLE series (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    revision BIGINT NOT NULL,
    room_id UUID NOT NULL,
    made_by UUID,
    body TEXT NOT NULL,
    removed_at TIMESTAMPTZ,
    key_id UUID,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, room_id) REFERENCES rooms (office_id, id)
);
ALTER TABLE bookings ADD COLUMN series_id UUID;
ALTER TABLE bookings ADD COLUMN series_on TEXT;
CREATE UNIQUE INDEX bookings_by_series ON bookings (office_id, series_id, series_on) WHERE removed_at IS NULL;
