-- What is taken in a stretch of time, of all rooms at once: a board, a search, a refusal's alternatives.
CREATE INDEX engagements_by_start ON engagements (office_id, starts_at, ends_at);
CREATE INDEX bookings_by_start ON bookings (office_id, starts_at, ends_at);
