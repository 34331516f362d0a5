-- What somebody has booked and is not over.
CREATE INDEX bookings_by_maker ON bookings (office_id, made_by, ends_at);
