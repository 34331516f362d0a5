-- Links for the displays by the doors of rooms.
CREATE TABLE door_plans (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    room_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    ceiling TEXT NOT NULL CHECK (ceiling IN ('TLP:CLEAR', 'TLP:GREEN')),
    ends_on TEXT NOT NULL,
    made_by UUID NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    fetched_at TIMESTAMPTZ,
    fetched_by TEXT,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, room_id) REFERENCES rooms (office_id, id),
    FOREIGN KEY (office_id, made_by) REFERENCES accounts (office_id, id)
);
CREATE UNIQUE INDEX door_plans_by_token ON door_plans (token_hash);
CREATE INDEX door_plans_by_room ON door_plans (office_id, room_id);
