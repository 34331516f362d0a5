-- How lines and bookings stand with a room that had to be asked for, or that was given to another: one row for each.
CREATE TABLE approvals (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    source_kind TEXT NOT NULL CHECK (source_kind IN ('item', 'booking')),
    source_id BLOB NOT NULL,
    visit_id BLOB,
    room_id BLOB NOT NULL,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('awaited', 'given', 'declined', 'given_away')),
    asked_by BLOB,
    made_at TEXT NOT NULL,
    decided_by BLOB,
    decided_at TEXT,
    other_kind TEXT,
    other_id BLOB,
    sealed TEXT,
    key_id BLOB,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, source_kind, source_id),
    FOREIGN KEY (office_id, room_id) REFERENCES rooms (office_id, id),
    CHECK (starts_at < ends_at)
) STRICT;
CREATE INDEX approvals_awaited ON approvals (office_id, starts_at) WHERE standing = 'awaited';
CREATE INDEX approvals_by_start ON approvals (office_id, starts_at);
CREATE INDEX approvals_by_visit ON approvals (office_id, visit_id);

-- What accounts are told: of what, and never in which words.
CREATE TABLE news (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('approved', 'declined', 'given_away')),
    source_kind TEXT NOT NULL CHECK (source_kind IN ('item', 'booking')),
    source_id BLOB NOT NULL,
    made_at TEXT NOT NULL,
    read_at TEXT,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, account_id) REFERENCES accounts (office_id, id)
) STRICT;
CREATE INDEX news_by_account ON news (office_id, account_id, made_at);
CREATE INDEX news_by_source ON news (office_id, source_id);
