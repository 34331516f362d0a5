-- Times at which nobody may use a room, or any room of a site.
CREATE TABLE blackouts (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    revision BIGINT NOT NULL,
    room_id UUID,
    site_id UUID,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    body TEXT NOT NULL,
    removed_at TIMESTAMPTZ,
    key_id UUID,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, room_id) REFERENCES rooms (office_id, id),
    FOREIGN KEY (office_id, site_id) REFERENCES sites (office_id, id),
    CHECK (starts_at < ends_at),
    CHECK ((room_id IS NULL) <> (site_id IS NULL))
);
CREATE INDEX blackouts_by_end ON blackouts (office_id, ends_at);
