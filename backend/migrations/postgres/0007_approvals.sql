-- How lines and bookings stand with a room that had to be asked for, or that was given to another: one row for each.
CREATE TABLE approvals (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    source_kind TEXT NOT NULL CHECK (source_kind IN ('item', 'booking')),
    source_id UUID NOT NULL,
    visit_id UUID,
    room_id UUID NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('awaited', 'given', 'declined', 'given_away')),
    asked_by UUID,
    made_at TIMESTAMPTZ NOT NULL,
    decided_by UUID,
    decided_at TIMESTAMPTZ,
    other_kind TEXT,
    other_id UUID,
    sealed TEXT,
    key_id UUID,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, source_kind, source_id),
    FOREIGN KEY (office_id, room_id) REFERENCES rooms (office_id, id),
    CHECK (starts_at < ends_at)
);
CREATE INDEX approvals_awaited ON approvals (office_id, starts_at) WHERE standing = 'awaited';
CREATE INDEX approvals_by_start ON approvals (office_id, starts_at);
CREATE INDEX approvals_by_visit ON approvals (office_id, visit_id);

-- What accounts are told: of what, and never in which words.
CREATE TABLE news (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('approved', 'declined', 'given_away')),
    source_kind TEXT NOT NULL CHECK (source_kind IN ('item', 'booking')),
    source_id UUID NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    read_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, account_id) REFERENCES accounts (office_id, id)
);
CREATE INDEX news_by_account ON news (office_id, account_id, made_at);
CREATE INDEX news_by_source ON news (office_id, source_id);
