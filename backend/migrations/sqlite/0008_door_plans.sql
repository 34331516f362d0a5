-- Links for the displays by the doors of rooms.
CREATE TABLE door_plans (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    room_id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    ceiling TEXT NOT NULL CHECK (ceiling IN ('TLP:CLEAR', 'TLP:GREEN')),
    ends_on TEXT NOT NULL,
    made_by BLOB NOT NULL,
    made_at TEXT NOT NULL,
    revoked_at TEXT,
    fetched_at TEXT,
    fetched_by TEXT,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, room_id) REFERENCES rooms (office_id, id),
    FOREIGN KEY (office_id, made_by) REFERENCES accounts (office_id, id)
) STRICT;
CREATE UNIQUE INDEX door_plans_by_token ON door_plans (token_hash);
CREATE INDEX door_plans_by_room ON door_plans (office_id, room_id);
