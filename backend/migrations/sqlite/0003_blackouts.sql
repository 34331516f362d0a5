-- Times at which nobody may use a room, or any room of a site.
CREATE TABLE blackouts (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    room_id BLOB,
    site_id BLOB,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    body TEXT NOT NULL,
    removed_at TEXT,
    key_id BLOB,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, room_id) REFERENCES rooms (office_id, id),
    FOREIGN KEY (office_id, site_id) REFERENCES sites (office_id, id),
    CHECK (starts_at < ends_at),
    CHECK ((room_id IS NULL) <> (site_id IS NULL))
) STRICT;
CREATE INDEX blackouts_by_end ON blackouts (office_id, ends_at);
