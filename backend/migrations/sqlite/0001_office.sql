-- The office, its accounts, its things, what they are engaged in, and the record.
-- Every table has office_id: nothing crosses between two offices.

CREATE TABLE offices (
    id BLOB NOT NULL PRIMARY KEY,
    host_name TEXT,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

-- One row: what holds for the whole database.
CREATE TABLE installation (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    tz_version TEXT NOT NULL,
    is_demo INTEGER NOT NULL
) STRICT;

-- Every change appends a full revision; the rows elsewhere are what is current.
CREATE TABLE revisions (
    office_id BLOB NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL,
    thing_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    body TEXT,
    changed_at TEXT NOT NULL,
    changed_by BLOB,
    request_id BLOB NOT NULL,
    -- With the body, the digest in the record can be checked; destroyed with it, the digest tells nothing.
    salt BLOB NOT NULL,
    PRIMARY KEY (office_id, kind, thing_id, revision)
) STRICT;

-- Keys of sealed texts, one for each revision that has any; deleting one erases what it sealed.
CREATE TABLE sealing_keys (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    wrapped TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (office_id, id)
) STRICT;

-- Why a revision was made, where the rules want a reason: a marking lowered, a clash overridden. Always sealed.
CREATE TABLE reasons (
    office_id BLOB NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL,
    thing_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    sealed TEXT NOT NULL,
    key_id BLOB,
    PRIMARY KEY (office_id, kind, thing_id, revision),
    FOREIGN KEY (office_id, kind, thing_id, revision) REFERENCES revisions (office_id, kind, thing_id, revision)
) STRICT;

-- The office's own key, wrapped by the key file, and the value by which a wrong key file is known.
CREATE TABLE office_keys (
    office_id BLOB NOT NULL PRIMARY KEY REFERENCES offices (id),
    wrapped TEXT NOT NULL,
    check_value TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

CREATE TABLE accounts (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    person_id BLOB,
    mission_id BLOB,
    confirmed INTEGER NOT NULL,
    password_hash TEXT,
    suspended_above_green INTEGER NOT NULL,
    ends_on TEXT,
    disabled_at TEXT,
    made_at TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (office_id, id)
) STRICT;
CREATE UNIQUE INDEX accounts_by_email ON accounts (office_id, email);

-- Roles, ceilings, lists and attachments, with from and until: what is past is kept.
CREATE TABLE grants (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('role', 'ceiling', 'list', 'attached')),
    subject_id BLOB NOT NULL,
    word TEXT,
    thing_id BLOB,
    reason TEXT,
    granted_at TEXT NOT NULL,
    granted_by BLOB,
    revoked_at TEXT,
    revoked_by BLOB,
    PRIMARY KEY (office_id, id)
) STRICT;
CREATE INDEX grants_by_subject ON grants (office_id, subject_id, kind);
CREATE INDEX grants_by_thing ON grants (office_id, thing_id, kind);

CREATE TABLE sessions (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    account_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('session', 'api')),
    label TEXT,
    client TEXT,
    made_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    idle_ends_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    revoked_at TEXT,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, account_id) REFERENCES accounts (office_id, id)
) STRICT;
CREATE UNIQUE INDEX sessions_by_token ON sessions (token_hash);
CREATE INDEX sessions_by_account ON sessions (office_id, account_id);

CREATE TABLE invitations (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    account_id BLOB NOT NULL,
    invited_by BLOB,
    made_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    used_at TEXT,
    cancelled_at TEXT,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, account_id) REFERENCES accounts (office_id, id)
) STRICT;
CREATE UNIQUE INDEX invitations_by_token ON invitations (token_hash);

CREATE TABLE sites (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (office_id, id)
) STRICT;
CREATE UNIQUE INDEX sites_by_name ON sites (office_id, name);

CREATE TABLE rooms (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    site_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, site_id) REFERENCES sites (office_id, id)
) STRICT;
CREATE UNIQUE INDEX rooms_by_name ON rooms (office_id, site_id, name);

CREATE TABLE missions (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (office_id, id)
) STRICT;
CREATE UNIQUE INDEX missions_by_name ON missions (office_id, name);

CREATE TABLE people (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    mission_id BLOB,
    body TEXT NOT NULL,
    PRIMARY KEY (office_id, id)
) STRICT;
CREATE INDEX people_by_name ON people (office_id, folded);

CREATE TABLE visits (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    body TEXT NOT NULL,
    removed_at TEXT,
    key_id BLOB,
    PRIMARY KEY (office_id, id)
) STRICT;
CREATE INDEX visits_by_start ON visits (office_id, starts_on, id);

CREATE TABLE delegations (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    name TEXT NOT NULL,
    mission_id BLOB,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, visit_id) REFERENCES visits (office_id, id)
) STRICT;
CREATE INDEX delegations_by_visit ON delegations (office_id, visit_id);

CREATE TABLE delegates (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    visit_id BLOB NOT NULL,
    delegation_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    body TEXT NOT NULL,
    removed_at TEXT,
    key_id BLOB,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, visit_id) REFERENCES visits (office_id, id)
) STRICT;
CREATE INDEX delegates_by_visit ON delegates (office_id, visit_id);

CREATE TABLE items (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    visit_id BLOB NOT NULL,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    state TEXT NOT NULL,
    tz_version TEXT NOT NULL,
    -- The revision that an import last wrote; another revision was written by hand.
    imported_revision INTEGER,
    body TEXT NOT NULL,
    removed_at TEXT,
    key_id BLOB,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, visit_id) REFERENCES visits (office_id, id)
) STRICT;
CREATE INDEX items_by_visit ON items (office_id, visit_id, starts_at);
CREATE INDEX items_by_start ON items (office_id, starts_at);

-- Who is named on a line: by it a named account reads that line, and a person's engagements are found.
CREATE TABLE item_people (
    office_id BLOB NOT NULL REFERENCES offices (id),
    item_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    PRIMARY KEY (office_id, item_id, person_id),
    FOREIGN KEY (office_id, item_id) REFERENCES items (office_id, id)
) STRICT;
CREATE INDEX item_people_by_person ON item_people (office_id, person_id);

CREATE TABLE bookings (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    room_id BLOB NOT NULL,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    state TEXT NOT NULL,
    made_by BLOB,
    body TEXT NOT NULL,
    removed_at TEXT,
    key_id BLOB,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, room_id) REFERENCES rooms (office_id, id)
) STRICT;
CREATE INDEX bookings_by_room ON bookings (office_id, room_id, starts_at);

-- What only one may have at a time; a room's or person's id is also its resource's.
CREATE TABLE resources (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('room', 'person', 'vehicle', 'equipment')),
    PRIMARY KEY (office_id, id)
) STRICT;

CREATE TABLE releases (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    audience TEXT NOT NULL,
    number INTEGER NOT NULL,
    released_at TEXT NOT NULL,
    released_by BLOB,
    code TEXT NOT NULL,
    body TEXT NOT NULL,
    key_id BLOB,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, visit_id) REFERENCES visits (office_id, id)
) STRICT;
CREATE UNIQUE INDEX releases_by_number ON releases (office_id, visit_id, audience, number);
CREATE UNIQUE INDEX releases_by_code ON releases (office_id, code);

CREATE TABLE feeds (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    scope_kind TEXT NOT NULL,
    scope_id BLOB,
    detail TEXT NOT NULL,
    made_at TEXT NOT NULL,
    revoked_at TEXT,
    fetched_at TEXT,
    fetched_by TEXT,
    -- The bytes last sent, as a hash, and the instant that Last-Modified may never fall behind.
    etag TEXT,
    modified_at TEXT,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, account_id) REFERENCES accounts (office_id, id)
) STRICT;
CREATE UNIQUE INDEX feeds_by_token ON feeds (token_hash);

-- What each feed last showed of each event: by it SEQUENCE and DTSTAMP are of the reader's view.
CREATE TABLE feed_events (
    office_id BLOB NOT NULL REFERENCES offices (id),
    feed_id BLOB NOT NULL,
    uid BLOB NOT NULL,
    seen_hash BLOB NOT NULL,
    significant_hash BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    -- What has gone is kept, so that its number does not fall if it comes back.
    is_shown INTEGER NOT NULL,
    cancelled_at TEXT,
    PRIMARY KEY (office_id, feed_id, uid),
    FOREIGN KEY (office_id, feed_id) REFERENCES feeds (office_id, id)
) STRICT;

-- Forms that were refused and are shown again, sealed, for an hour.
CREATE TABLE form_drafts (
    office_id BLOB NOT NULL REFERENCES offices (id),
    id BLOB NOT NULL,
    session_id BLOB,
    sealed TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    PRIMARY KEY (office_id, id)
) STRICT;

CREATE TABLE idempotency_keys (
    office_id BLOB NOT NULL REFERENCES offices (id),
    account_id BLOB NOT NULL,
    key TEXT NOT NULL,
    rights_revision TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    began_at TEXT NOT NULL,
    -- Set in the transaction of the change itself: what was done is never done again, whenever the server ended.
    done INTEGER NOT NULL,
    status INTEGER,
    thing_id BLOB,
    ends_at TEXT NOT NULL,
    PRIMARY KEY (office_id, account_id, key, rights_revision)
) STRICT;

-- First deliveries of what is marked TLP:AMBER or higher.
CREATE TABLE deliveries (
    office_id BLOB NOT NULL REFERENCES offices (id),
    account_id BLOB NOT NULL,
    thing_kind TEXT NOT NULL,
    thing_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    -- The highest of what was shown of it.
    marking TEXT NOT NULL,
    way TEXT NOT NULL,
    delivered_at TEXT NOT NULL,
    PRIMARY KEY (office_id, account_id, thing_id, thing_kind, revision, way, marking)
) STRICT;

-- The record. Each entry holds the hash of the one before.
CREATE TABLE audit_entries (
    office_id BLOB NOT NULL REFERENCES offices (id),
    sequence INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BLOB,
    intent TEXT NOT NULL,
    outcome TEXT NOT NULL,
    things TEXT NOT NULL,
    request_id BLOB NOT NULL,
    digest BLOB,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (office_id, sequence)
) STRICT;

CREATE TABLE audit_checkpoints (
    office_id BLOB NOT NULL REFERENCES offices (id),
    sequence INTEGER NOT NULL,
    at TEXT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (office_id, sequence)
) STRICT;

CREATE TABLE engagements (
    office_id BLOB NOT NULL,
    id BLOB NOT NULL,
    resource_id BLOB NOT NULL,
    source_kind TEXT NOT NULL CHECK (source_kind IN ('item', 'booking')),
    source_id BLOB NOT NULL,
    visit_id BLOB,
    site_id BLOB,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    core_starts_at TEXT NOT NULL,
    core_ends_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('firm', 'held')),
    hold_until TEXT,
    exclusive INTEGER NOT NULL,
    drop_by INTEGER NOT NULL,
    overridden INTEGER NOT NULL DEFAULT 0,
    marking TEXT NOT NULL,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, resource_id) REFERENCES resources (office_id, id),
    CHECK (starts_at < ends_at),
    -- A bound on length keeps the search of the trigger below short.
    CHECK (julianday(ends_at) - julianday(starts_at) <= 15),
    CHECK (exclusive OR state = 'held' OR drop_by OR overridden)
) STRICT;
CREATE INDEX engagements_by_resource ON engagements (office_id, resource_id, starts_at, ends_at, exclusive);
CREATE INDEX engagements_by_source ON engagements (office_id, source_id);
CREATE INDEX engagements_by_visit ON engagements (office_id, visit_id);
CREATE INDEX engagements_by_hold ON engagements (office_id, resource_id, hold_until) WHERE hold_until IS NOT NULL;

-- The last line against double booking.
CREATE TRIGGER engagements_exclude_on_insert BEFORE INSERT ON engagements WHEN NEW.exclusive BEGIN
    SELECT RAISE(ABORT, 'engagements_exclude_each_other') WHERE EXISTS (
        SELECT 1 FROM engagements AS other
        WHERE other.office_id = NEW.office_id AND other.resource_id = NEW.resource_id
          AND other.starts_at < NEW.ends_at AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%S', NEW.starts_at, '-15 days')
          AND other.ends_at > NEW.starts_at AND other.exclusive);
END;
CREATE TRIGGER engagements_exclude_on_update BEFORE UPDATE ON engagements WHEN NEW.exclusive BEGIN
    SELECT RAISE(ABORT, 'engagements_exclude_each_other') WHERE EXISTS (
        SELECT 1 FROM engagements AS other
        WHERE other.office_id = NEW.office_id AND other.resource_id = NEW.resource_id AND other.id <> NEW.id
          AND other.starts_at < NEW.ends_at AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%S', NEW.starts_at, '-15 days')
          AND other.ends_at > NEW.starts_at AND other.exclusive);
END;

-- The record is only ever appended to.
CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON audit_entries BEGIN
    SELECT RAISE(ABORT, 'the record is only appended to');
END;
CREATE TRIGGER audit_entries_are_not_deleted BEFORE DELETE ON audit_entries BEGIN
    SELECT RAISE(ABORT, 'the record is only appended to');
END;
CREATE TRIGGER audit_entries_are_not_replaced BEFORE INSERT ON audit_entries
WHEN EXISTS (SELECT 1 FROM audit_entries WHERE office_id = NEW.office_id AND sequence = NEW.sequence) BEGIN
    SELECT RAISE(ABORT, 'the record is only appended to');
END;
CREATE TRIGGER audit_checkpoints_are_not_changed BEFORE UPDATE ON audit_checkpoints BEGIN
    SELECT RAISE(ABORT, 'the record is only appended to');
END;
CREATE TRIGGER audit_checkpoints_are_not_deleted BEFORE DELETE ON audit_checkpoints BEGIN
    SELECT RAISE(ABORT, 'the record is only appended to');
END;
