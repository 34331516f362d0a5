-- The office, its accounts, its things, what they are engaged in, and the record.
-- Every table has office_id: nothing crosses between two offices.

CREATE TABLE offices (
    id UUID NOT NULL PRIMARY KEY,
    host_name TEXT,
    revision BIGINT NOT NULL,
    body TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL
);

-- One row: what holds for the whole database.
CREATE TABLE installation (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    tz_version TEXT NOT NULL,
    is_demo BOOLEAN NOT NULL
);

-- Every change appends a full revision; the rows elsewhere are what is current.
CREATE TABLE revisions (
    office_id UUID NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL,
    thing_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    body TEXT,
    changed_at TIMESTAMPTZ NOT NULL,
    changed_by UUID,
    request_id UUID NOT NULL,
    -- With the body, the digest in the record can be checked; destroyed with it, the digest tells nothing.
    salt BYTEA NOT NULL,
    PRIMARY KEY (office_id, kind, thing_id, revision)
);

-- Keys of sealed texts, one for each revision that has any; deleting one erases what it sealed.
CREATE TABLE sealing_keys (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    wrapped TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, id)
);

-- Why a revision was made, where the rules want a reason: a marking lowered, a clash overridden. Always sealed.
CREATE TABLE reasons (
    office_id UUID NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL,
    thing_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    sealed TEXT NOT NULL,
    key_id UUID,
    PRIMARY KEY (office_id, kind, thing_id, revision),
    FOREIGN KEY (office_id, kind, thing_id, revision) REFERENCES revisions (office_id, kind, thing_id, revision)
);

-- The office's own key, wrapped by the key file, and the value by which a wrong key file is known.
CREATE TABLE office_keys (
    office_id UUID NOT NULL PRIMARY KEY REFERENCES offices (id),
    wrapped TEXT NOT NULL,
    check_value TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE accounts (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    person_id UUID,
    mission_id UUID,
    confirmed BOOLEAN NOT NULL,
    password_hash TEXT,
    suspended_above_green BOOLEAN NOT NULL,
    ends_on TEXT,
    disabled_at TIMESTAMPTZ,
    made_at TIMESTAMPTZ NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX accounts_by_email ON accounts (office_id, email);

-- Roles, ceilings, lists and attachments, with from and until: what is past is kept.
CREATE TABLE grants (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('role', 'ceiling', 'list', 'attached')),
    subject_id UUID NOT NULL,
    word TEXT,
    thing_id UUID,
    reason TEXT,
    granted_at TIMESTAMPTZ NOT NULL,
    granted_by UUID,
    revoked_at TIMESTAMPTZ,
    revoked_by UUID,
    PRIMARY KEY (office_id, id)
);
CREATE INDEX grants_by_subject ON grants (office_id, subject_id, kind);
CREATE INDEX grants_by_thing ON grants (office_id, thing_id, kind);

CREATE TABLE sessions (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    account_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('session', 'api')),
    label TEXT,
    client TEXT,
    made_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    idle_ends_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, account_id) REFERENCES accounts (office_id, id)
);
CREATE UNIQUE INDEX sessions_by_token ON sessions (token_hash);
CREATE INDEX sessions_by_account ON sessions (office_id, account_id);

CREATE TABLE invitations (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    account_id UUID NOT NULL,
    invited_by UUID,
    made_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    cancelled_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, account_id) REFERENCES accounts (office_id, id)
);
CREATE UNIQUE INDEX invitations_by_token ON invitations (token_hash);

CREATE TABLE sites (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    revision BIGINT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX sites_by_name ON sites (office_id, name);

CREATE TABLE rooms (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    site_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, site_id) REFERENCES sites (office_id, id)
);
CREATE UNIQUE INDEX rooms_by_name ON rooms (office_id, site_id, name);

CREATE TABLE missions (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    revision BIGINT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX missions_by_name ON missions (office_id, name);

CREATE TABLE people (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    revision BIGINT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    mission_id UUID,
    body TEXT NOT NULL,
    PRIMARY KEY (office_id, id)
);
CREATE INDEX people_by_name ON people (office_id, folded);

CREATE TABLE visits (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    body TEXT NOT NULL,
    removed_at TIMESTAMPTZ,
    key_id UUID,
    PRIMARY KEY (office_id, id)
);
CREATE INDEX visits_by_start ON visits (office_id, starts_on, id);

CREATE TABLE delegations (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    visit_id UUID NOT NULL,
    name TEXT NOT NULL,
    mission_id UUID,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, visit_id) REFERENCES visits (office_id, id)
);
CREATE INDEX delegations_by_visit ON delegations (office_id, visit_id);

CREATE TABLE delegates (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    revision BIGINT NOT NULL,
    visit_id UUID NOT NULL,
    delegation_id UUID NOT NULL,
    person_id UUID NOT NULL,
    position BIGINT NOT NULL,
    body TEXT NOT NULL,
    removed_at TIMESTAMPTZ,
    key_id UUID,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, visit_id) REFERENCES visits (office_id, id)
);
CREATE INDEX delegates_by_visit ON delegates (office_id, visit_id);

CREATE TABLE items (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    revision BIGINT NOT NULL,
    visit_id UUID NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL,
    tz_version TEXT NOT NULL,
    -- The revision that an import last wrote; another revision was written by hand.
    imported_revision BIGINT,
    body TEXT NOT NULL,
    removed_at TIMESTAMPTZ,
    key_id UUID,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, visit_id) REFERENCES visits (office_id, id)
);
CREATE INDEX items_by_visit ON items (office_id, visit_id, starts_at);
CREATE INDEX items_by_start ON items (office_id, starts_at);

-- Who is named on a line: by it a named account reads that line, and a person's engagements are found.
CREATE TABLE item_people (
    office_id UUID NOT NULL REFERENCES offices (id),
    item_id UUID NOT NULL,
    person_id UUID NOT NULL,
    PRIMARY KEY (office_id, item_id, person_id),
    FOREIGN KEY (office_id, item_id) REFERENCES items (office_id, id)
);
CREATE INDEX item_people_by_person ON item_people (office_id, person_id);

CREATE TABLE bookings (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    revision BIGINT NOT NULL,
    room_id UUID NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL,
    made_by UUID,
    body TEXT NOT NULL,
    removed_at TIMESTAMPTZ,
    key_id UUID,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, room_id) REFERENCES rooms (office_id, id)
);
CREATE INDEX bookings_by_room ON bookings (office_id, room_id, starts_at);

-- What only one may have at a time; a room's or person's id is also its resource's.
CREATE TABLE resources (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('room', 'person', 'vehicle', 'equipment')),
    PRIMARY KEY (office_id, id)
);

CREATE TABLE releases (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    visit_id UUID NOT NULL,
    audience TEXT NOT NULL,
    number BIGINT NOT NULL,
    released_at TIMESTAMPTZ NOT NULL,
    released_by UUID,
    code TEXT NOT NULL,
    body TEXT NOT NULL,
    key_id UUID,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, visit_id) REFERENCES visits (office_id, id)
);
CREATE UNIQUE INDEX releases_by_number ON releases (office_id, visit_id, audience, number);
CREATE UNIQUE INDEX releases_by_code ON releases (office_id, code);

CREATE TABLE feeds (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    scope_kind TEXT NOT NULL,
    scope_id UUID,
    detail TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    fetched_at TIMESTAMPTZ,
    fetched_by TEXT,
    -- The bytes last sent, as a hash, and the instant that Last-Modified may never fall behind.
    etag TEXT,
    modified_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, account_id) REFERENCES accounts (office_id, id)
);
CREATE UNIQUE INDEX feeds_by_token ON feeds (token_hash);

-- What each feed last showed of each event: by it SEQUENCE and DTSTAMP are of the reader's view.
CREATE TABLE feed_events (
    office_id UUID NOT NULL REFERENCES offices (id),
    feed_id UUID NOT NULL,
    uid UUID NOT NULL,
    seen_hash BYTEA NOT NULL,
    significant_hash BYTEA NOT NULL,
    sequence BIGINT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    -- What has gone is kept, so that its number does not fall if it comes back.
    is_shown BOOLEAN NOT NULL,
    cancelled_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, feed_id, uid),
    FOREIGN KEY (office_id, feed_id) REFERENCES feeds (office_id, id)
);

-- Forms that were refused and are shown again, sealed, for an hour.
CREATE TABLE form_drafts (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    session_id UUID,
    sealed TEXT NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, id)
);

CREATE TABLE idempotency_keys (
    office_id UUID NOT NULL REFERENCES offices (id),
    account_id UUID NOT NULL,
    key TEXT NOT NULL,
    rights_revision TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    began_at TIMESTAMPTZ NOT NULL,
    -- Set in the transaction of the change itself: what was done is never done again, whenever the server ended.
    done BOOLEAN NOT NULL,
    status BIGINT,
    thing_id UUID,
    ends_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, account_id, key, rights_revision)
);

-- First deliveries of what is marked TLP:AMBER or higher.
CREATE TABLE deliveries (
    office_id UUID NOT NULL REFERENCES offices (id),
    account_id UUID NOT NULL,
    thing_kind TEXT NOT NULL,
    thing_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    -- The highest of what was shown of it.
    marking TEXT NOT NULL,
    way TEXT NOT NULL,
    delivered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, account_id, thing_id, thing_kind, revision, way, marking)
);

-- The record. Each entry holds the hash of the one before.
CREATE TABLE audit_entries (
    office_id UUID NOT NULL REFERENCES offices (id),
    sequence BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id UUID,
    intent TEXT NOT NULL,
    outcome TEXT NOT NULL,
    things TEXT NOT NULL,
    request_id UUID NOT NULL,
    digest BYTEA,
    previous BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (office_id, sequence)
);

CREATE TABLE audit_checkpoints (
    office_id UUID NOT NULL REFERENCES offices (id),
    sequence BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (office_id, sequence)
);

CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE engagements (
    office_id UUID NOT NULL,
    id UUID NOT NULL,
    resource_id UUID NOT NULL,
    source_kind TEXT NOT NULL CHECK (source_kind IN ('item', 'booking')),
    source_id UUID NOT NULL,
    visit_id UUID,
    site_id UUID,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    core_starts_at TIMESTAMPTZ NOT NULL,
    core_ends_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('firm', 'held')),
    hold_until TIMESTAMPTZ,
    exclusive BOOLEAN NOT NULL,
    drop_by BOOLEAN NOT NULL,
    overridden BOOLEAN NOT NULL DEFAULT FALSE,
    marking TEXT NOT NULL,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, resource_id) REFERENCES resources (office_id, id),
    CHECK (starts_at < ends_at),
    CHECK (ends_at - starts_at <= INTERVAL '15 days'),
    CHECK (exclusive OR state = 'held' OR drop_by OR overridden),
    -- The last line against double booking.
    CONSTRAINT engagements_exclude_each_other EXCLUDE USING gist (
        office_id WITH =, resource_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&
    ) WHERE (exclusive)
);
CREATE INDEX engagements_by_resource ON engagements (office_id, resource_id, starts_at, ends_at, exclusive);
CREATE INDEX engagements_by_source ON engagements (office_id, source_id);
CREATE INDEX engagements_by_visit ON engagements (office_id, visit_id);
CREATE INDEX engagements_by_hold ON engagements (office_id, resource_id, hold_until) WHERE hold_until IS NOT NULL;

-- The record is only ever appended to.
CREATE FUNCTION refuse_change_of_the_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record is only appended to';
END $$;
CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE OR DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_the_record();
CREATE TRIGGER audit_entries_are_not_truncated BEFORE TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_record();
CREATE TRIGGER audit_checkpoints_are_not_changed BEFORE UPDATE OR DELETE ON audit_checkpoints
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_the_record();
CREATE TRIGGER audit_checkpoints_are_not_truncated BEFORE TRUNCATE ON audit_checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_record();
